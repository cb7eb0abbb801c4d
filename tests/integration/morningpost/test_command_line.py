from __future__ import annotations

import csv
import json

import pytest

from sandbox.sources import Fault
from tests.integration.morningpost.shell import Shell

CONTRACT = (
    "run",
    "collect",
    "assemble",
    "show",
    "audit",
    "approve",
    "hold",
    "publish",
    "deliver",
    "worker",
    "broadcast",
    "broadcasts",
    "pause",
    "resume",
    "cancel",
    "retry",
    "status",
    "doctor",
    "import",
    "export",
    "demo",
)


def test_wrong_settings_are_all_told_with_status_2(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_RATE", "fast")
    monkeypatch.setenv("PAPER_TIMEZONE", "Mars")
    ran = shell.run("status")
    assert ran.status == 2
    assert "TELEGRAM_RATE" in ran.err
    assert "PAPER_TIMEZONE" in ran.err


def test_a_wrong_list_of_feeds_is_told_with_status_2(shell: Shell) -> None:
    (shell.folder / "feeds.toml").write_text("[[feed]]\nname = 3\n", encoding="utf-8")
    ran = shell.run("collect")
    assert ran.status == 2
    assert "FEEDS_FILE" in ran.err


@pytest.mark.parametrize(
    "words",
    [("nonsense",), ("show", "--date", "4.7.2026"), ("collect", "--at", "noon"), ("show", "--edition", "braille")],
)
def test_wrong_use_is_told_with_status_2(shell: Shell, words: tuple[str, ...]) -> None:
    ran = shell.run(*words)
    assert ran.status == 2
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("command", ["show", "audit", "approve", "hold", "publish"])
def test_without_an_issue_a_command_says_what_to_do(shell: Shell, command: str) -> None:
    ran = shell.run(command)
    assert ran.status == 1
    assert "morningpost assemble" in ran.err


def test_an_issue_without_readings_is_held_with_status_3(shell: Shell) -> None:
    ran = shell.run("assemble", "--date", "2026-08-22")
    assert ran.status == 3
    assert "Held" in ran.err
    assert shell.run("publish").status == 3


def test_every_source_failing_is_status_1_and_recorded(shell: Shell) -> None:
    for site in ("huggingface", "github", "api.github", "ossinsight", "arxiv", "arxiv-rss", "hackernews", "feeds"):
        shell.sources.fail(site, Fault("status", 404))
    ran = shell.run("collect")
    assert ran.status == 1
    assert "doctor" in ran.err
    assert "failed" in shell.run("status").out


def test_a_broken_database_is_told_in_a_line(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    (shell.folder / "broken.db").write_text("this is no database, " * 100, encoding="utf-8")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{shell.folder / 'broken.db'}")
    ran = shell.run("status")
    assert ran.status == 1
    assert "Traceback" not in ran.err
    assert len(ran.err.strip().splitlines()) == 1


def test_help_names_every_command_of_the_contract_and_each_has_help_of_its_own(shell: Shell) -> None:
    overview = shell.run("--help")
    assert overview.status == 0
    for command in CONTRACT:
        assert f" {command} " in overview.out
        assert len(shell.run(command, "--help").out) > 80


def test_a_morning_by_hand_from_the_sources_to_every_reader(press: Shell) -> None:
    assert "LEAD STORY" in press.run("show").out
    assert "  goal 600–1,200 " in press.run("show", "--measures").out
    assert "Lead Story: " in press.run("show", "--why").out
    assert "goals met" in press.run("status").out
    audit = press.run("audit")
    assert (audit.status, "FAIL" in audit.out) == (0, False)
    reader = press.telegram.user(1001, "Ada")
    reader.start()
    (press.folder / "readers.csv").write_text("chat_id,zone,hour,style\n1001,Asia/Tokyo,7,classic\n", encoding="utf-8")
    assert press.run("import", "readers.csv").out == "1 added, 0 updated.\n"
    assert "published" in press.run("publish", "--now").out
    delivered = press.run("deliver", "--until-done")
    assert "sent 2" in delivered.out
    assert len(reader.received) == 1
    assert len(press.telegram.chat("@ai_morning_post").messages) == 1
    again = press.run("publish", "--now"), press.run("deliver", "--until-done")
    assert [ran.status for ran in again] == [0, 0]
    assert len(reader.received) == 1


@pytest.mark.parametrize("edition", ["plain", "classic", "rich", "json"])
def test_an_issue_shows_in_every_edition_and_by_section(press: Shell, edition: str) -> None:
    shown = press.run("show", "--edition", edition)
    assert shown.status == 0
    if edition in {"rich", "json"}:
        assert json.loads(shown.out)
    if edition != "json":
        assert press.run("show", "--edition", edition, "--section", "tools").status == 0


def test_what_programs_read_is_json(press: Shell) -> None:
    status = json.loads(press.run("status", "--json").out)
    assert status["issue"]["date"] == "2026-08-22"
    assert json.loads(press.run("assemble", "--date", "2026-08-22", "--json").out)["state"] == "draft"
    assert json.loads(press.run("audit", "--json").out)["passed"] is True
    collected = json.loads(press.run("collect", "--source", "hackernews", "--json").out)
    assert {harvest["source"] for harvest in collected} == {"hackernews"}


def test_hold_and_approve_from_a_shell(press: Shell) -> None:
    assert "held" in press.run("hold").out
    assert press.run("publish").status == 3
    assert "approved" in press.run("approve").out
    assert press.run("publish").status == 0


def test_readers_are_exported_as_they_were_imported(shell: Shell) -> None:
    (shell.folder / "in.csv").write_text("chat_id,zone,hour,style\n1,UTC,6,rich\n2,Asia/Kolkata,8,\n", encoding="utf-8")
    shell.run("import", "in.csv")
    shell.run("export", "out.csv")
    with (shell.folder / "out.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [(row["chat_id"], row["zone"], row["hour"], row["style"]) for row in rows] == [
        ("1", "UTC", "6", "rich"),
        ("2", "Asia/Kolkata", "8", "classic"),
    ]


def test_a_wrong_row_imports_nothing(shell: Shell) -> None:
    (shell.folder / "in.csv").write_text("chat_id,hour\n1,7\n2,25\n", encoding="utf-8")
    ran = shell.run("import", "in.csv")
    assert ran.status == 1
    assert "line 3" in ran.err
    assert "none yet" in shell.run("status").out


def test_the_doctor_finds_a_good_set_up_good(shell: Shell) -> None:
    ran = shell.run("doctor")
    assert ran.status == 0, ran.out
    assert "may post and edit" in ran.out


def test_the_doctor_says_what_to_do_about_each_lack(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_CHANNEL", "@another_channel")
    monkeypatch.setenv("TELEGRAM_ADMINS", "77")
    shell.sources.fail("hackernews", Fault("status", 404))
    ran = shell.run("doctor")
    assert ran.status == 1
    assert "Add Admin" in ran.out
    assert "press Start" in ran.out
    assert "hackernews" in ran.out


@pytest.mark.parametrize(("token", "told"), [("", "/newbot"), ("123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "again")])
def test_the_doctor_says_where_a_token_comes_from(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, token: str, told: str
) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", token)
    ran = shell.run("doctor")
    assert ran.status == 1
    assert told in ran.out
    assert not token or token not in ran.out + ran.err


def test_the_demo_ends_after_its_receipt_with_status_0(shell: Shell) -> None:
    ran = shell.run("demo", "--once")
    assert ran.status == 0
    assert "SAMPLE" in ran.out
    assert "sent 6" in ran.out
