"""Readers of other languages are spoken to in theirs, by Telegram's word of it or by their own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.commands import READER_COMMANDS, SECTION_COMMANDS
from bot.languages.lookup import LANGUAGES, words_of
from bot.languages.templates import END, ISOLATE, MARK
from bot.texts import sections
from domain.issue import Issue, SectionName
from domain.readers import ChatId, Subscriber
from sandbox.telegram import Fault, Message, Reader
from tests.integration.house import Morning, morning_at_work


@pytest.fixture
async def morning(tmp_path: Path) -> AsyncIterator[Morning]:
    async with morning_at_work(tmp_path) as at_work:
        yield at_work


def speaker(morning: Morning, tag: str, user_id: int = 1001) -> Reader:
    """A person whose app is set to a language."""
    return morning.telegram.user(user_id, "Ada Lovelace", language=tag)


def menu(reader: Reader) -> dict[str, str]:
    return {command["command"]: command["description"] for command in reader.commands}


def texts_of(message: Message) -> list[str]:
    return [button.text for row in message.buttons for button in row]


def papers(reader: Reader) -> list[Message]:
    return [message for message in reader.received if "SOURCES" in message.text]


def labels(language: str, issue: Issue, page: SectionName) -> list[str]:
    """What the buttons of the sections say under a page, or under a front page that has that section whole."""
    return [sections.short(words_of(language), part.name) for part in issue.sections if part.name is not page]


#: By the tag of the reader's app: what he is welcomed with, and what he is told when he has pressed an hour.
WELCOME = {
    "ru": ("Одно сообщение каждое утро", "Ваш выпуск приходит каждый день в 07:00 (Москва)."),
    "ar": (
        "رسالة واحدة كل صباح",
        f"يصلك العدد كل يوم في الساعة {ISOLATE}07:00{END} ({ISOLATE}الرياض{END}).",
    ),
    "zh-hans": ("每天早上一条消息", "报纸每天 07:00 送到（上海）。"),
}

#: How the line of /today stands in their help.
TODAYS_LINE = {
    "ru": "/today – Сегодняшняя первая полоса",
    "ar": f"{MARK}{ISOLATE}/today{END} – {ISOLATE}الصفحة الأولى لليوم{END}",
    "zh-hans": "/today – 今天的头版",
}


@pytest.mark.parametrize("tag", WELCOME)
async def test_a_reader_joins_reads_and_asks_in_his_language(morning: Morning, tag: str) -> None:
    first, joined = WELCOME[tag]
    issue = morning.publish()
    reader = speaker(morning, tag)
    (welcome,) = await morning.say(reader, "/start")
    assert first in welcome.text
    await morning.press(reader, welcome, "07:00")
    await morning.telegram.until(lambda: len(reader.received) == 3)
    known = morning.house.subscribers.get(ChatId(1001))
    assert known is not None
    assert known.language == tag[:2]
    assert joined in welcome.text
    assert [message for message in reader.received if f"No. {issue.number}" in message.text]

    (today,) = await morning.say(reader, "/today")
    await morning.press(reader, today, "p:20260704:tools")
    await morning.telegram.until(lambda: "tools of the week" in reader.received[-1].text.lower())

    (told,) = await morning.say(reader, "/help")
    assert TODAYS_LINE[tag] in told.text.splitlines()


async def test_the_morning_paper_comes_to_each_reader_with_buttons_in_his_language(morning: Morning) -> None:
    people = {language: speaker(morning, language, number) for number, language in enumerate(LANGUAGES, 1001)}
    for language, reader in people.items():
        reader.start()
        morning.house.subscribers.join(Subscriber(ChatId(reader.id), morning.house.clock(), language=language))
    issue = morning.draft()
    morning.house.desk.publish(issue.date, "test", now=True)
    await morning.telegram.until(lambda: all(map(papers, people.values())))
    for language, reader in people.items():
        (paper,) = papers(reader)
        assert texts_of(paper) == labels(language, issue, SectionName.LEAD)
        assert paper.text == papers(people["en"])[0].text
    (posted,) = await morning.telegram.until(lambda: [m for m in morning.channel.messages.values() if m.from_bot])
    assert texts_of(posted) == labels("en", issue, SectionName.LEAD)


async def test_a_corrected_copy_keeps_the_language_of_its_buttons(morning: Morning) -> None:
    reader = speaker(morning, "ru")
    reader.start()
    morning.house.subscribers.join(Subscriber(ChatId(1001), morning.house.clock(), language="ru"))
    issue = morning.draft()
    morning.house.desk.publish(issue.date, "test", now=True)
    (paper,) = await morning.telegram.until(lambda: papers(reader))
    morning.correct(replace(issue, sections=issue.sections[:4]))
    morning.house.outbox.open_correction(issue.date, at=morning.house.clock(), by="test")
    await morning.telegram.until(lambda: paper.edited_at)
    assert texts_of(paper) == ["Цифры", "Разбор", "Мнение"]


async def test_a_stranger_turns_pages_by_buttons_in_the_language_of_his_app(morning: Morning) -> None:
    issue = morning.publish()
    stranger = speaker(morning, "de")
    (front,) = await morning.say(stranger, "/today")
    assert texts_of(front)[: len(issue.sections) - 1] == labels("de", issue, SectionName.LEAD)
    await morning.press(stranger, front, "Tools")
    await morning.telegram.until(lambda: "◀ Titelseite" in texts_of(front))
    assert texts_of(front)[: len(issue.sections) - 1] == labels("de", issue, SectionName.TOOLS)


async def test_a_paper_of_another_language_has_its_own_buttons_in_the_channel(tmp_path: Path) -> None:
    (tmp_path / "paper.toml").write_text('language = "ru"\n')
    async with morning_at_work(tmp_path) as morning:
        reader = speaker(morning, "en")
        reader.start()
        morning.house.subscribers.join(Subscriber(ChatId(1001), morning.house.clock(), language="en"))
        issue = morning.draft()
        morning.house.desk.publish(issue.date, "test", now=True)
        (posted,) = await morning.telegram.until(lambda: [m for m in morning.channel.messages.values() if m.from_bot])
        assert texts_of(posted) == labels("ru", issue, SectionName.LEAD)
        (paper,) = await morning.telegram.until(lambda: papers(reader))
        assert texts_of(paper) == labels("en", issue, SectionName.LEAD)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_language_has_a_menu_of_its_own(morning: Morning, language: str) -> None:
    words = words_of(language)
    wanted = {command.name: words.plain_of(command.description) for command in READER_COMMANDS}
    reader = speaker(morning, language)
    await morning.telegram.until(lambda: wanted == menu(reader))
    assert len(set(wanted.values())) == len(READER_COMMANDS)


async def test_menus_that_telegram_puts_off_are_told_a_little_later(tmp_path: Path) -> None:
    put_off = Fault.too_many_requests(1).only(methods=["setMyCommands"], times=3)
    async with morning_at_work(tmp_path, faults=[put_off]) as morning:
        (_,) = await morning.say(morning.reader(), "/help")
        readers = [speaker(morning, language, number) for number, language in enumerate(LANGUAGES, 2001)]
        await morning.telegram.until(lambda: all(menu(reader) for reader in readers))


async def test_what_a_reader_has_set_goes_before_what_his_app_says(morning: Morning) -> None:
    reader = speaker(morning, "ru")
    await morning.say(reader, "/subscribe")
    morning.house.subscribers.change(ChatId(1001), language="fr")
    (told,) = await morning.say(reader, "/help")
    assert told.text.startswith("Commandes")


async def test_a_reader_of_a_language_that_is_not_spoken_is_answered_in_the_papers(tmp_path: Path) -> None:
    (tmp_path / "paper.toml").write_text('language = "de"\n')
    async with morning_at_work(tmp_path) as morning:
        (german,) = await morning.say(speaker(morning, "tlh"), "/help")
        assert german.text.startswith("Befehle")
        (spanish,) = await morning.say(speaker(morning, "es-MX", 1002), "/help")
        assert spanish.text.startswith("Comandos")
        other = speaker(morning, "tlh", 1003)
        await morning.telegram.until(lambda: menu(other).get("start") == "Was diese Zeitung ist")


@pytest.mark.parametrize(
    ("tag", "told"), [("ru", "Попробуйте /today"), ("ar", f"{ISOLATE}/today{END}"), ("zh", "请试试 /today")]
)
async def test_a_forged_button_is_answered_in_the_pressers_language(morning: Morning, tag: str, told: str) -> None:
    reader = speaker(morning, tag)
    await morning.say(reader, "/help")
    assert told in await morning.forge(reader, "p:x:y")
    assert told in await morning.forge(reader, "do:nonsense")


async def test_a_command_in_an_arabic_line_can_be_tapped(morning: Morning) -> None:
    (told,) = await morning.say(speaker(morning, "ar"), "/help")
    tapped = [
        told.text.encode("utf-16-le")[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode(
            "utf-16-le"
        )
        for entity in told.entities
        if entity["type"] == "bot_command"
    ]
    assert {f"/{command.name}" for command in SECTION_COMMANDS} <= set(tapped)
