"""The sandbox in another process: everything that tests do by hand can be done over HTTP."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from sandbox.__main__ import main
from sandbox.serving import Serving
from sandbox.telegram import SandboxTelegram

ADA = 1001


@pytest.fixture
def control(serving: Serving) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"{serving.url}/_sandbox/") as client:
        yield client


def _do(control: httpx.Client, path: str, **body: Any) -> Any:
    answer = control.post(path, json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_conversation_can_be_held_over_http(control: httpx.Client, api: httpx.Client) -> None:
    _do(control, "users", id=ADA, name="Ada Lovelace", language="de")
    _do(control, "say", user_id=ADA, text="/start")
    keyboard = {"inline_keyboard": [[{"text": "Lead", "callback_data": "lead"}]]}
    api.post("sendMessage", json={"chat_id": ADA, "text": "<b>x</b>", "parse_mode": "HTML", "reply_markup": keyboard})
    _do(control, "press", user_id=ADA, chat_id=ADA, message_id=2, button="Lead")
    _do(control, "block", user_id=ADA)
    _do(control, "unblock", user_id=ADA)

    updates = api.post("getUpdates").json()["result"]
    assert [min(set(update) - {"update_id"}) for update in updates] == [
        "message",
        "callback_query",
        "my_chat_member",
        "my_chat_member",
    ]
    assert [message["html"] for message in control.get(f"chats/{ADA}").json()["messages"]] == ["/start", "<b>x</b>"]


def test_crowds_channels_and_groups_can_be_made(telegram: SandboxTelegram, control: httpx.Client) -> None:
    _do(control, "users", first_id=1, count=500)
    channel = _do(control, "channels", name="@paper", title="The Paper", admins=[1])
    group = _do(control, "groups", title="Group", members=[1, 2])
    _do(control, "rights", chat_id=channel["id"], rights=["can_post_messages"])

    assert len(telegram.world.chats) == 502
    assert telegram.chat("@paper").bot.rights == {"can_post_messages"}
    assert telegram.chat(group["id"]).members.keys() == {1, 2}


def test_faults_latency_outages_and_limits_can_be_set(control: httpx.Client, api: httpx.Client) -> None:
    _do(control, "users", id=ADA, started=True)
    send = {"chat_id": ADA, "text": "x"}
    _do(control, "faults", fault="too_many_requests", retry_after=9, methods=["sendMessage"], times=1)
    assert api.post("sendMessage", json=send).json()["parameters"] == {"retry_after": 9}
    _do(control, "faults", fault="half_json", times=1)
    assert not api.post("getMe").text.endswith("}")
    _do(control, "outage", seconds=60, status=503)
    assert api.post("getMe").status_code == 503
    _do(control, "latency", p50=0.001, p99=0.002)
    control.delete("faults")
    assert api.post("getMe").status_code == 200
    _do(control, "limits", per_second=1, chat_interval=None, penalties=[4])
    answers = [api.post("sendMessage", json=send).status_code for _ in range(2)]
    assert answers == [200, 429]

    told = control.get("stats").json()
    assert (told["accepted"], told["refused"], told["most_in_one_second"]) == (1, 1, 1)
    control.delete("stats")
    assert control.get("stats").json()["accepted"] == 0


@pytest.mark.parametrize(
    ("path", "body"),
    [("faults", {"fault": "none"}), ("users", {}), ("say", {"user_id": "x", "text": "y"}), ("limits", {"per": 1})],
)
def test_wrong_use_is_told_in_a_sentence(control: httpx.Client, path: str, body: dict[str, Any]) -> None:
    answer = control.post(path, json=body)

    assert answer.status_code == 400
    assert answer.json()["error"]


def test_a_form_of_another_site_cannot_control_the_sandbox(control: httpx.Client) -> None:
    assert control.post("block", data={"user_id": "1"}).status_code == 415


def test_an_unknown_chat_is_not_found(control: httpx.Client) -> None:
    assert control.get("chats/5").status_code == 404


def test_the_page_is_served_with_a_policy_that_lets_nothing_else_run(serving: Serving) -> None:
    page = httpx.get(serving.url)

    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert "http" not in page.text.replace("http-equiv", "")
    assert httpx.get(f"{serving.url}/_sandbox/page/secret.py").status_code == 404


def test_the_sandbox_runs_as_a_process_of_its_own_and_stops_when_told() -> None:
    command = [sys.executable, "-m", "sandbox", "--limit", "paid", "--latency", "0.001,0.002", "--sources", "sample"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[4], text=True) as process:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        me = httpx.get(f"{told['telegram']}/bot{told['token']}/getMe").json()
        sources = httpx.get(f"{told['sources']}/_sandbox/").json()
        feeds = Path(told["settings"]["FEEDS_FILE"])
        assert feeds.exists()
        os.kill(process.pid, signal.SIGTERM)
        assert process.wait(10) == 0

    assert me["result"]["is_bot"] is True
    assert sources["mornings"]
    assert not feeds.exists()


@pytest.mark.parametrize("arguments", [["--latency", "fast"], ["--limit", "some"], ["--port", "x"]])
def test_wrong_arguments_end_it_with_status_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(arguments)

    assert "usage" in capsys.readouterr().err


def test_a_world_that_is_not_there_ends_it_with_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--sources", str(tmp_path), "--first", "2026-06-15"]) == 1
    assert main(["--sources", str(tmp_path)]) == 1

    assert "recordings need --first" in capsys.readouterr().err
