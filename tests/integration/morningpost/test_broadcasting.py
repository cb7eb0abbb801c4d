"""Notices, corrections and the turns of broadcasts, by the command line and a local Telegram, to the end."""

from __future__ import annotations

import io
import json
import re
from datetime import timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families as parsed

from sandbox.telegram import Fault, Reader, Refusal
from tests.integration.morningpost.shell import ADMIN, Shell

LONG = "\n\n".join(f"<b>Paragraph {number}.</b> {'More words of it. ' * 40}".strip() for number in range(1, 9))


def readers(shell: Shell, *ids: int) -> list[Reader]:
    """Persons who have started the bot and are on the list."""
    people = [shell.telegram.user(number, f"Reader {number}") for number in ids]
    for person in people:
        person.start()
    rows = "".join(f"{number},UTC,7,classic\n" for number in ids)
    (shell.folder / "readers.csv").write_text(f"chat_id,zone,hour,style\n{rows}", encoding="utf-8")
    assert shell.run("import", "readers.csv").status == 0
    return people


def text(shell: Shell, words: str) -> str:
    """A file with the words of a notice."""
    (shell.folder / "notice.html").write_text(words, encoding="utf-8")
    return "notice.html"


def test_a_notice_with_a_wrong_tag_is_refused_by_its_name_and_nothing_is_queued(shell: Shell) -> None:
    readers(shell, 1001)
    ran = shell.run("broadcast", "--text", text(shell, "Hello\n<h1>all</h1>"), "--yes")
    assert ran.status == 1
    assert "line 2: Telegram knows no <h1>" in ran.err
    assert "Nothing was ever sent" in shell.run("broadcasts").out


@pytest.mark.parametrize("words", [("--to", "everyone"), ("--language", "German!"), ()])
def test_a_notice_to_nobody_clear_is_wrong_use(shell: Shell, words: tuple[str, ...]) -> None:
    file = () if not words else ("--text", text(shell, "Hello"))
    assert shell.run("broadcast", *file, *words).status == 2


def test_a_file_that_is_not_there_is_told(shell: Shell) -> None:
    ran = shell.run("broadcast", "--text", "none.html", "--yes")
    assert (ran.status, "none.html can't be read" in ran.err) == (1, True)


def test_a_notice_without_readers_is_not_queued(shell: Shell) -> None:
    ran = shell.run("broadcast", "--text", text(shell, "Hello"), "--yes")
    assert (ran.status, "Nobody to write to" in ran.err) == (1, True)


def test_without_a_terminal_and_without_yes_nothing_is_queued(shell: Shell) -> None:
    readers(shell, 1001)
    ran = shell.run("broadcast", "--text", text(shell, "Hello"))
    assert (ran.status, "--yes" in ran.err) == (2, True)
    assert "Nothing was ever sent" in shell.run("broadcasts").out


@pytest.mark.parametrize(("answer", "queued"), [("n\n", False), ("\n", False), ("y\n", True)])
def test_on_a_terminal_it_asks_first(shell: Shell, monkeypatch: pytest.MonkeyPatch, answer: str, queued: bool) -> None:
    readers(shell, 1001)
    monkeypatch.setattr("morningpost.commands.broadcasting.is_terminal", lambda: True)
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    ran = shell.run("broadcast", "--text", text(shell, "Hello"))
    assert ran.status == (0 if queued else 1)
    assert ("Queued as broadcast 1" in ran.out) is queued


def test_a_notice_in_two_parts_reaches_three_readers_of_whom_one_has_blocked(shell: Shell) -> None:
    one, two, gone = readers(shell, 1001, 1002, 1003)
    gone.block()
    ran = shell.run("broadcast", "--text", text(shell, LONG), "--yes")
    assert ran.status == 0, ran.err
    assert "message 2 of 2" in ran.out
    assert "to 3 readers" in ran.out
    assert "6 messages: less than a second at 30 a second" in ran.out
    delivered = shell.run("deliver", "--until-done")
    assert delivered.status == 0
    for reader in (one, two):
        first, second = reader.received
        assert first.text.startswith("Paragraph 1.")
        assert "Paragraph 8." in second.text
        assert first.entities[0]["type"] == "bold"
    assert gone.received == []
    assert "sent 4" in delivered.out
    assert "blocked 1: they have blocked the bot or are gone" in delivered.out
    assert shell.telegram.chat("@ai_morning_post").messages == {}
    assert "notice (broadcast 1): done" in shell.run("broadcasts").out
    assert "1 blocked" in shell.run("status").out


def test_a_notice_goes_to_who_has_not_been_seen_for_long(shell: Shell) -> None:
    notice = text(shell, "Do you still read us?")
    one, two = readers(shell, 1001, 1002)
    assert "Nobody to write to" in shell.run("broadcast", "--text", notice, "--to", "inactive", "--yes").err
    quiet = shell.telegram.user(1003, "Reader 1003")
    quiet.start()
    rows = "chat_id,joined_at,seen_on\n1003,2025-01-01T00:00:00+00:00,2025-02-01\n"
    (shell.folder / "quiet.csv").write_text(rows, encoding="utf-8")
    assert shell.run("import", "quiet.csv").status == 0
    ran = shell.run("broadcast", "--text", notice, "--to", "inactive", "--yes")
    assert "to 1 inactive readers" in ran.out
    shell.run("deliver", "--until-done")
    assert [len(reader.received) for reader in (one, two, quiet)] == [0, 0, 1]


def test_the_same_words_within_a_day_are_sent_once_unless_again_is_said(shell: Shell) -> None:
    (reader,) = readers(shell, 1001)
    notice = text(shell, "We move to a new name.")
    for _ in range(2):
        assert shell.run("broadcast", "--text", notice, "--yes").status == 0
        shell.run("deliver", "--until-done")
    assert len(reader.received) == 1
    assert "--again" in shell.run("broadcast", "--text", notice, "--yes").out
    assert "Queued as broadcast 2" in shell.run("broadcast", "--text", notice, "--yes", "--again").out
    shell.run("deliver", "--until-done")
    assert len(reader.received) == 2


def test_a_notice_goes_to_the_readers_of_a_language_silently(shell: Shell) -> None:
    one, _ = readers(shell, 1001, 1002)
    ran = shell.run("broadcast", "--text", text(shell, "Hallo"), "--language", "en", "--to", "groups", "--yes")
    assert "Nobody to write to" in ran.err
    ran = shell.run(
        "broadcast", "--text", text(shell, "Hallo"), "--language", "EN", "--to", "private", "--silent", "--yes"
    )
    assert "to 2 private chats, language EN, silently" in ran.out
    shell.run("deliver", "--until-done")
    assert one.received[0].silent


def test_a_paid_broadcast_tells_its_price_first_and_its_cost_afterwards(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    readers(shell, *range(1001, 1101))
    monkeypatch.setenv("TELEGRAM_RATE", "100")
    assert "costs Stars" in shell.run("status").err
    monkeypatch.setenv("TELEGRAM_PAID_BROADCAST", "true")
    told = shell.run("broadcast", "--text", text(shell, "Hello"), "--yes").out
    assert "paid: about 7 Stars, at most 10" in told
    assert "paid: about 7 Stars, at most 10" in shell.run("deliver", "--until-done").out.split("sent")[0]
    receipt = json.loads(shell.run("broadcasts", "--json").out)[0]
    assert (receipt["sent"], receipt["limit"]) == (100, 100)
    assert 0 < receipt["stars"] <= 7


def test_a_published_day_is_corrected_in_every_chat_and_in_the_channel(press: Shell) -> None:
    one, two = readers(press, 1001, 1002)
    assert press.run("publish", "--now").status == 0
    press.run("deliver", "--until-done")
    channel = press.telegram.chat("@ai_morning_post")
    before = {reader.id: reader.received[0].text for reader in (one, two)}
    (posted,) = channel.messages.values()
    words_before = posted.text
    issue = json.loads(press.run("show", "--edition", "json").out)
    cited = re.findall(r'"r(\d+)-', json.dumps(issue))
    assert press.run("doubt", "--reading", cited[0], "--why", "another page").status == 0
    corrected = press.run("correct", "2026-08-22")
    assert corrected.status == 0
    assert "3 delivered copies are to be edited" in corrected.out
    assert "3 delivered copies" in press.run("correct", "2026-08-22").out, "saying it twice owes nothing twice"
    edited = press.run("deliver", "--until-done")
    assert "correction of the issue of 22 August 2026 (broadcast 2): done" in edited.out
    assert "sent 3" in edited.out
    for reader in (one, two):
        (copy,) = reader.received
        assert copy.edited_at is not None or copy.edits
        assert copy.text != before[reader.id]
        assert "Corrected" in copy.text
    assert posted.text != words_before
    assert len(channel.messages) == 1


def test_a_broadcast_is_paused_resumed_and_cancelled_by_its_number(shell: Shell) -> None:
    one, two = readers(shell, 1001, 1002)
    shell.run("broadcast", "--text", text(shell, "Hello"), "--yes")
    assert "paused" in shell.run("pause", "1").out
    shell.run("deliver", "--until-done")
    assert one.received == []
    assert "on its way" in shell.run("resume", "1").out
    shell.run("deliver", "--until-done")
    assert (len(one.received), len(two.received)) == (1, 1)
    ran = shell.run("pause", "1")
    assert (ran.status, ran.err) == (1, "Broadcast 1 is done: it cannot be paused now.\n")
    shell.run("broadcast", "--text", text(shell, "Bye"), "--yes")
    assert "cancelled 2" in shell.run("cancel", "2").out
    shell.run("deliver", "--until-done")
    assert len(one.received) == 1
    assert "cannot be resumed" in shell.run("resume", "2").err
    assert "nothing of it is sent any more" in shell.run("retry", "2").err


@pytest.mark.parametrize("command", ["pause", "resume", "cancel", "retry"])
def test_a_number_that_is_no_broadcast_is_told(shell: Shell, command: str) -> None:
    ran = shell.run(command, "77")
    assert (ran.status, ran.err) == (1, "There is no broadcast 77: `morningpost broadcasts` lists them.\n")
    assert shell.run(command, "first").status == 2


def test_only_who_was_refused_is_retried(shell: Shell) -> None:
    one, two = readers(shell, 1001, 1002)
    refusal = Fault.refuse(Refusal(400, "Bad Request: not enough rights to send text messages to the chat"))
    shell.telegram.faults.add(refusal.only(chats=[1002]))
    shell.run("broadcast", "--text", text(shell, "Hello"), "--yes")
    delivered = shell.run("deliver", "--until-done").out
    assert "refused 1: " in delivered
    shell.telegram.faults.clear()
    assert "1 are to be sent again" in shell.run("retry", "1").out
    shell.run("deliver", "--until-done")
    assert (len(one.received), len(two.received)) == (1, 1)
    assert "There is nobody to send it to again" in shell.run("retry", "1").out
    assert "There is nobody to send it to again" in shell.run("retry", "1", "--uncertain").out


def test_messages_that_nobody_sends_are_an_alarm_in_the_status_and_for_the_doctor(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    readers(shell, 1001)
    shell.run("broadcast", "--text", text(shell, "Hello"), "--yes")
    assert "ALARM" not in shell.run("status").out
    monkeypatch.setattr("storage.receipts.UNATTENDED", timedelta(seconds=-1))
    assert "nobody has worked since" in shell.run("status").out
    assert json.loads(shell.run("status", "--json").out)["unattended_since"] is not None
    assert "start `morningpost run`" in shell.run("doctor").out
    shell.run("deliver", "--until-done")
    assert "ALARM" not in shell.run("status").out


def test_the_status_can_be_read_by_prometheus(shell: Shell) -> None:
    readers(shell, 1001, 1002)
    families = {family.name: family for family in parsed(shell.run("status", "--metrics").out)}
    assert "morningpost_deliveries" not in families
    shell.run("broadcast", "--text", text(shell, "Hello"), "--yes")
    shell.run("deliver", "--until-done")
    families = {family.name: family for family in parsed(shell.run("status", "--metrics").out)}
    deliveries = {each.labels["state"]: each.value for each in families["morningpost_deliveries"].samples}
    assert (deliveries["sent"], deliveries["open"], deliveries["uncertain"]) == (2, 0, 0)
    assert families["morningpost_unattended"].samples[0].value == 0
    assert families["morningpost_rate_limit"].samples[0].value == 30
    assert families["morningpost_joined"].samples[0].value == 2
    assert families["morningpost_inactive"].samples[0].value == 0
    assert [(each.labels, each.value) for each in families["morningpost_layout"].samples] == [
        ({"layout": "classic"}, 2)
    ]
    assert "morningpost_page_views" in families


def test_the_status_tells_what_readers_do(shell: Shell) -> None:
    readers(shell, 1001, 1002)
    told = json.loads(shell.run("status", "--json").out)["statistics"]
    assert (told["days"], told["languages"], told["opened"]) == (7, {"en": 2}, {"by_day": {}, "by_page": {}})
    assert sum(told["joined"].values()) == 2
    assert "2 joined, 0 left, 0 pages opened, 0 votes; 0 inactive" in shell.run("status").out


def test_the_admins_are_sent_the_receipt(shell: Shell) -> None:
    readers(shell, 1001)
    shell.run("broadcast", "--text", text(shell, "Hello"), "--yes")
    shell.run("deliver", "--until-done")
    told = shell.telegram.user(ADMIN).received[-1].text
    assert "notice (broadcast 1): done" in told
    assert "sent 1" in told


def test_a_paid_issue_tells_its_price_when_it_is_published(press: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    readers(press, *range(1001, 1100))
    assert "100 messages: at least 3 s at 30 a second" in press.run("publish", "--now").out
    monkeypatch.setenv("TELEGRAM_RATE", "1000")
    monkeypatch.setenv("TELEGRAM_PAID_BROADCAST", "true")
    assert "paid: about 10 Stars, at most 10" in press.run("publish", "--now").out
