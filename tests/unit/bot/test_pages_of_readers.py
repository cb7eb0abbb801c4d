"""Every page that a reader's own data stand on, in every language: Telegram takes it as it was meant."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from bot.languages.lookup import LANGUAGES, words_of
from bot.languages.words import Words
from bot.subscribers.settings import coming
from bot.subscribers.zones import atlas
from bot.texts import inviting, joining, leaving, privacy, settings, topics
from domain.editions import Message, Style
from domain.issue import Paper
from domain.preferences import Refusal
from domain.readers import Cadence, ChatId, Subscriber, SubscriberState
from tests.tdlib import judge

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = date(2026, 11, 22)
PAPER = Paper(title="The <AI> & Post", motto="No <b>", zone="UTC", channel="@post", bot="post_bot", sample=True)
HOSTILE = "<b>&\u202e[x](y)"
READERS = (
    Subscriber(ChatId(1), NOW, zone="America/Argentina/Buenos_Aires", keywords=("<b>&[x](y)", "ليلى"), silent=True),
    Subscriber(ChatId(2), NOW, weekdays=frozenset({1, 4}), topics=frozenset(topics.TITLES), style=Style.RICH),
    Subscriber(ChatId(3), NOW, cadence=Cadence.WEEKLY, order=("tools",), sections=frozenset({"tools", "lead"})),
    Subscriber(ChatId(4), NOW, state=SubscriberState.PAUSED, paused_until=date(2026, 12, 24)),
    Subscriber(ChatId(5), NOW, state=SubscriberState.PAUSED),
    Subscriber(ChatId(6), NOW, state=SubscriberState.LEFT),
)  # fmt: skip


def pages(words: Words) -> Iterator[Message]:
    """Each page for each reader."""
    for reader in READERS:
        following = coming(reader, NOW)
        yield settings.home(words, reader, following)
        yield settings.hours(words, reader)
        yield settings.continents(words, reader, atlas().continents(), private=True)
        yield settings.zones(words, reader, "America", atlas().of("America"), 1)
        yield settings.found_zones(words, reader, atlas().find("Brazil"))
        yield from (page(words, reader) for page in (settings.days, settings.cadence, settings.sections))
        yield from (page(words, reader) for page in (settings.silent, settings.languages))
        yield from (topics.page(words, reader, number) for number in (0, 1))
        yield joining.welcome(words, PAPER, reader)
        yield joining.all_hours(words, PAPER, reader)
        yield joining.welcome_back(words, PAPER, reader, following)
        yield joining.joined(words, PAPER, reader, following, new=True)
    yield from (settings.pauses(words, TODAY), settings.ask_date(words, TODAY), settings.wrong_date(words, TODAY))
    yield from (settings.ask_city(words), settings.no_such_city(words, HOSTILE), settings.ask_location(words)[0])
    yield from (settings.located(words, "Europe/Berlin"), settings.not_located(words), settings.layouts(words))
    yield from (joining.chosen(words, style) for style in (Style.RICH, Style.CLASSIC))
    yield from (joining.layout_question(words), joining.wrong_hour(words), joining.not_subscribed(words))
    yield from (leaving.instead(words), leaving.left(words), topics.ask_word(words), inviting.nowhere(words))
    yield from (topics.refused(words, refusal) for refusal in Refusal)
    counted = {"subscribers": 1, "deliveries": 12_345, "of_tomorrow": 2, "feedback": 0}
    yield from (privacy.privacy(words), privacy.forget_ask(words), privacy.forgotten(words, counted, {}))
    yield from (privacy.not_all(words), privacy.nothing_to_forget(words))


@pytest.mark.parametrize("language", LANGUAGES)
def test_telegram_takes_every_page_in_every_language(language: str) -> None:
    for page in pages(words_of(language)):
        if page.style is Style.RICH:
            assert [block["type"] for block in json.loads(page.body)] == ["heading", "table", "paragraph"]
        else:
            verdict = judge(page.body)
            assert not verdict.error, page.body
            assert not verdict.losses, page.body
        assert sum(map(len, page.keyboard)) <= 100
        for row in page.keyboard:
            assert 1 <= len(row) <= 8
            assert all(button.text.strip() and len(button.text) <= 64 for button in row), row


def test_a_proof_names_only_what_was_there() -> None:
    proof = privacy.forgotten(words_of("en"), {"subscribers": 1, "feedback": 0}, {"subscribers": 0, "feedback": 0})
    assert "Subscription and settings: 1 before, 0 now" in proof.body
    assert "Votes" not in proof.body
