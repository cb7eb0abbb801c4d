from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.commands import ADMIN_COMMANDS, READER_COMMANDS, SECTION_COMMANDS
from domain.editions import Style
from domain.issue import SECTION_TITLES, SectionName, Worth
from domain.measures import DEFINITIONS, Measure, Measures
from domain.readers import ChatId, Subscriber, SubscriberState
from newsroom.measuring import hold_to_goals
from sandbox.telegram import Fault, Harm, Message, Refusal
from tests.integration.house import ADMIN, Morning, morning_at_work


@pytest.fixture
async def morning(tmp_path: Path) -> AsyncIterator[Morning]:
    async with morning_at_work(tmp_path) as at_work:
        yield at_work


def state(morning: Morning, chat_id: int) -> SubscriberState | None:
    reader = morning.house.subscribers.get(ChatId(chat_id))
    return None if reader is None else reader.state


async def test_text_that_is_no_command_gets_a_short_useful_answer(morning: Morning) -> None:
    (answer,) = await morning.say(morning.reader(), "hello <b>there</b>")
    assert "/today" in answer.text


async def test_without_a_published_issue_the_paper_says_so(morning: Morning) -> None:
    morning.draft()
    (answer,) = await morning.say(morning.reader(), "/today")
    assert "no published issue yet" in answer.text


async def test_an_admins_command_from_a_reader_is_answered_like_an_unknown_one(morning: Morning) -> None:
    reader = morning.reader()
    (unknown,) = await morning.say(reader, "/nonsense")
    for command in ADMIN_COMMANDS:
        (answer,) = await morning.say(reader, f"/{command.name}")
        assert answer.text == unknown.text


@pytest.mark.parametrize("words", ["25", "8 Mars/Olympus", "eight", "8 UTC now", "-1"])
async def test_an_unclear_hour_is_told_and_subscribes_nobody(morning: Morning, words: str) -> None:
    (answer,) = await morning.say(morning.reader(), f"/subscribe {words}")
    assert "hour" in answer.text
    assert state(morning, 1001) is None


@pytest.mark.parametrize("data", ["p:20990101:lead", "p:20260704:../../etc", "do:nonsense", "p:x:y", "💣"])
async def test_a_forged_button_is_answered_and_does_nothing(morning: Morning, data: str) -> None:
    morning.publish()
    reader = morning.reader()
    await morning.say(reader, "/help")
    assert "Try /today" in await morning.forge(reader, data)
    assert reader.received[-1].text == "x"


async def test_the_hour_and_zone_are_what_the_reader_wrote(morning: Morning) -> None:
    (answer,) = await morning.say(morning.reader(), "/subscribe 8:00 Asia/Tokyo")
    assert "08:00 (Tokyo)" in answer.text
    reader = morning.house.subscribers.get(ChatId(1001))
    assert reader is not None
    assert (reader.hour, reader.zone) == (8, "Asia/Tokyo")
    await morning.say(morning.reader(), "/subscribe 9")
    reader = morning.house.subscribers.get(ChatId(1001))
    assert reader is not None
    assert (reader.hour, reader.zone) == (9, "Asia/Tokyo")


async def test_a_campaigns_link_subscribes_and_is_remembered(morning: Morning) -> None:
    reader = morning.reader()
    reader.start("sub_channel")
    await morning.telegram.until(lambda: reader.received)
    found = morning.house.subscribers.get(ChatId(1001))
    assert found is not None
    assert found.came_from == "channel"


async def test_every_section_is_a_command_and_a_page(morning: Morning) -> None:
    issue = morning.publish()
    present = {section.name for section in issue.sections}
    reader = morning.reader()
    for command in SECTION_COMMANDS:
        (answer,) = await morning.say(reader, f"/{command.name}")
        name = SectionName(command.name)
        expected = SECTION_TITLES[name] if name in present else "not in that issue"
        assert expected.lower() in answer.text.lower()


async def test_a_sections_button_opens_it_in_the_same_message_and_back_returns(morning: Morning) -> None:
    morning.publish()
    reader = morning.reader()
    (front,) = await morning.say(reader, "/today")
    shown = front.text
    assert await morning.press(reader, front, "p:20260704:tools") == ""
    (page,) = await morning.telegram.until(lambda: _changed(reader.received[-1], shown))
    assert "Tools of the Week".lower() in page.text.lower()
    assert len(reader.received) == 1
    await morning.press(reader, page, "p:20260704:front")
    await morning.telegram.until(lambda: reader.received[-1].text == shown)


def _changed(message: Message, shown: str) -> list[Message]:
    return [message] if message.text != shown else []


async def test_a_deep_link_opens_one_section_of_one_issue(morning: Morning) -> None:
    issue = morning.publish()
    reader = morning.reader()
    reader.start(f"lead_{issue.date:%Y%m%d}")
    (answer,) = await morning.telegram.until(lambda: reader.received)
    assert SECTION_TITLES[SectionName.LEAD].lower() in answer.text.lower()


async def test_blocking_and_unblocking_keep_the_list_true(morning: Morning) -> None:
    reader = morning.reader()
    await morning.say(reader, "/subscribe")
    reader.block()
    await _until_state(morning, SubscriberState.BLOCKED)
    reader.unblock()
    await _until_state(morning, SubscriberState.ACTIVE)


async def _until_state(morning: Morning, wanted: SubscriberState) -> None:
    async with asyncio.timeout(5):
        while state(morning, 1001) is not wanted:  # noqa: ASYNC110 -- the database has no event to wait for
            await asyncio.sleep(0.01)


async def test_help_and_privacy_name_what_they_must(morning: Morning) -> None:
    reader = morning.reader()
    (help_text,) = await morning.say(reader, "/help")
    assert all(f"/{command.name}" in help_text.text for command in READER_COMMANDS)
    assert not any(f"/{command.name}" in help_text.text for command in ADMIN_COMMANDS)
    (privacy,) = await morning.say(reader, "/privacy")
    assert "/forgetme" in privacy.text


async def test_in_a_group_only_its_admins_subscribe_it(morning: Morning) -> None:
    member = morning.reader()
    group = morning.telegram.group("AI readers", members=[member])
    member.say("/subscribe", group)
    await morning.telegram.until(lambda: [m for m in group.messages.values() if "only its admins" in m.text])
    assert state(morning, group.id) is None


async def test_commands_are_told_to_telegram_at_start_per_audience(morning: Morning) -> None:
    names = [command.name for command in READER_COMMANDS]
    theirs = [*names, *(command.name for command in ADMIN_COMMANDS)]
    reader, admin = morning.reader(), morning.admin()
    await morning.telegram.until(lambda: [command["command"] for command in reader.commands] == names)
    await morning.telegram.until(lambda: [command["command"] for command in admin.commands] == theirs)


async def test_a_broken_moment_of_telegram_loses_no_answer(morning: Morning) -> None:
    morning.telegram.faults.add(Fault.too_many_requests(1).only(methods=["sendMessage"], times=1))
    (answer,) = await morning.say(morning.reader(), "/help")
    assert "Commands" in answer.text


async def test_a_rich_reader_gets_the_classic_page_where_the_server_lacks_rich_messages(morning: Morning) -> None:
    morning.publish()
    morning.house.subscribers.join(Subscriber(ChatId(1001), datetime.now(UTC), style=Style.RICH))
    reader = morning.reader()
    (rich,) = await morning.say(reader, "/today")
    assert rich.blocks
    missing = Fault(Harm.REFUSE, Refusal(404, "Not Found: method not found")).only(methods=["sendRichMessage"])
    morning.telegram.faults.add(missing)
    (classic,) = await morning.say(reader, "/today")
    assert classic.text
    assert not classic.blocks


async def test_an_admin_sees_the_draft_as_it_will_be_sent_and_publishes_it(morning: Morning) -> None:
    issue = morning.draft()
    admin = morning.admin()
    front, verdict = await morning.say(admin, "/preview", answers=2)
    assert "draft" in verdict.text
    assert f"{issue.checks.supported} of {issue.checks.claims}" in verdict.text
    (published,) = await morning.say(admin, "/publish")
    assert "published" in published.text
    posts = await morning.telegram.until(lambda: list(morning.channel.messages.values()))
    assert posts[0].text == front.text
    assert all("?start=" in (button.url or "") for row in posts[0].buttons for button in row)


async def test_an_admin_sees_what_an_issue_measures_against_its_goals(morning: Morning) -> None:
    issue = morning.draft()
    admin = morning.admin()
    (before,) = await morning.say(admin, "/measures")
    assert "before issues were measured" in before.text
    measured = hold_to_goals(issue, [])
    checks = replace(measured.checks, measures=with_a_hostile_note(measured.checks.measures))
    morning.put(replace(measured, checks=checks))
    _, verdict = await morning.say(admin, "/preview", answers=2)
    assert "goals met: /measures" in verdict.text
    (table,) = await morning.say(admin, "/measures 2026-07-04")
    assert all(definition.title in table.text for definition in DEFINITIONS.values())
    assert "✗ Words in the longest sentence: 99 (goal ≤ 35): <b>a note</b>" in table.text
    assert [entity["type"] for entity in table.entities].count("bold") == 1


async def test_an_admin_sees_why_each_story_was_chosen_and_a_reader_does_not(morning: Morning) -> None:
    issue = morning.draft()
    admin = morning.admin()
    (unweighed,) = await morning.say(admin, "/why")
    assert "from before they did" in unweighed.text
    worth = Worth("gain", 0.5, 0.9, 1.4, 1.0, 0.35, 0.31, "gain; 2 kinds of source (code, talk) <b>heard</b>")
    lead, *others = issue.sections
    weighed = replace(lead, stories=(replace(lead.stories[0], worth=worth), *lead.stories[1:]))
    morning.put(replace(issue, sections=(weighed, *others)))
    (reasons,) = await morning.say(admin, "/why 2026-07-04")
    assert "worth 0.31: surprise 0.5, magnitude 0.9, breadth 1.4, recency 1, novelty 0.35" in reasons.text
    assert "gain; 2 kinds of source (code, talk) <b>heard</b>" in reasons.text
    (refused,) = await morning.say(morning.reader(), "/why")
    assert "worth" not in refused.text


def with_a_hostile_note(measures: Measures | None) -> Measures:
    assert measures is not None
    return Measures(
        tuple(
            replace(finding, found=99, note="<b>a note</b>" + " and more" * 90)
            if finding.measure is Measure.LONGEST_SENTENCE
            else finding
            for finding in measures.findings
        )
    )


async def test_an_issue_on_hold_is_not_published_until_it_is_approved(morning: Morning) -> None:
    morning.draft()
    admin = morning.admin()
    await morning.say(admin, "/hold")
    (refused,) = await morning.say(admin, "/publish")
    assert "held" in refused.text
    (approved,) = await morning.say(admin, "/approve")
    assert "approved" in approved.text
    (published,) = await morning.say(admin, "/publish 2026-07-04")
    assert "published" in published.text


@pytest.mark.parametrize("words", ["/publish tomorrow", "/hold 2026-07-04 now", "/preview 4.7.2026", "/measures now"])
async def test_a_date_that_is_none_is_told(morning: Morning, words: str) -> None:
    morning.draft()
    (answer,) = await morning.say(morning.admin(), words)
    assert "2026-07-04" in answer.text


async def test_an_act_on_an_issue_that_is_not_there_says_what_to_do(morning: Morning) -> None:
    (answer,) = await morning.say(morning.admin(), "/approve 2020-01-01")
    assert "morningpost assemble" in answer.text


async def test_an_admin_sees_readers_and_deliveries(morning: Morning) -> None:
    await morning.say(morning.reader(), "/subscribe")
    (stats,) = await morning.say(morning.admin(), "/stats")
    assert "Readers: 1 active" in stats.text
    assert "none yet" in stats.text


async def test_the_admins_help_lists_their_commands_too(morning: Morning) -> None:
    (answer,) = await morning.say(morning.telegram.user(ADMIN, "Editor"), "/help")
    assert "/publish" in answer.text
