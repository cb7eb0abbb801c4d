"""Hostile words in every field of every source: the issue stays whole, and they stand nowhere but as harmless names."""

from __future__ import annotations

import asyncio
import html
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiogram.types import InputRichMessage

from domain.claims import Role, Words
from domain.editions import Style
from domain.issue import Issue
from domain.text import plain_line
from formatters.editions import render_all
from formatters.rich.limits import problems
from morningpost.settings import Settings
from morningpost.telegram import Identity
from morningpost.wiring import House, build_house
from newsroom.checking.wording import standard_wording
from sandbox import sample
from sandbox.serving import Serving
from sandbox.sources import LocalSources, Morning
from sandbox.sources.world import (
    Dataset,
    Entry,
    Feed,
    FoundRepository,
    Model,
    Paper,
    Preprint,
    Space,
    Story,
    TrendingRepository,
)
from tests import tdlib
from tests.attacks import NAMES, Attack, attacks

MORNINGS = 4


class Clock:
    """Stands where it is put."""

    def __init__(self) -> None:
        self.now = datetime(2026, 8, 15, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def _dealt() -> list[Sequence[Attack]]:
    """The attacks, dealt out over the mornings."""
    every = attacks()
    return [every[number::MORNINGS] for number in range(MORNINGS)]


def _poisoned(morning: Morning, chosen: Sequence[Attack], day: int) -> Morning:
    """The sample morning with each attack as title, description, abstract, body, tag and topic; all of them popular."""
    at = morning.at - timedelta(hours=8)
    texts = [f"{attack.text} for language models" if attack.core else attack.text for attack in chosen]
    number = 10_000 * (day + 1)
    stories = tuple(
        Story(number + n, _line(text), 900 - n, 500 - n, at, f"https://news-{day}-{n}.example/llm")
        for n, text in enumerate(texts)
    )
    papers = tuple(
        Paper(f"2608.{number + n:05}", _line(text), 300 - n, text, (_line(text),), at, at, ai_keywords=(text,))
        for n, text in enumerate(texts)
    )
    trending = tuple(
        TrendingRepository(f"evil-{day}-sample/agent-{n}", 9_000 + n, 900 - n, 10, text, "Python", ())
        for n, text in enumerate(texts[:20])
    )
    named = tuple(TrendingRepository(name, 8_000, 700, 1, "An agent for language models.") for name in NAMES)
    found = tuple(
        FoundRepository(
            f"evil-{day}-sample/tool-{n}", 5_000 + n, description=text, topics=("llm", "agents"), created_at=at
        )
        for n, text in enumerate(texts)
    )
    preprints = tuple(
        Preprint(f"2608.{number + 500 + n:05}", _line(text), text, (_line(text),), ("cs.CL",), at)
        for n, text in enumerate(texts)
    )
    models = tuple(
        Model(
            f"evil-{day}-sample/LLM-{n}", 7_000 - n, 90_000, 600.0, "text-generation", None, (text, f"license:{text}")
        )
        for n, text in enumerate(texts[:15])
    )
    datasets = tuple(
        Dataset(f"evil-{day}-sample/set-{n}", 900 - n, 9_000, 90.0, description=text)
        for n, text in enumerate(texts[:15])
    )
    spaces = tuple(
        Space(f"evil-{day}-sample/space-{n}", 800 - n, 80.0, tags=(text,)) for n, text in enumerate(texts[:9])
    )
    return replace(
        morning,
        models=(*models, *(morning.models or ())[:15]),
        datasets=(*datasets, *(morning.datasets or ())[:10]),
        spaces=(*spaces, *(morning.spaces or ())[:10]),
        papers=papers + (morning.papers or ()),
        github_daily=trending + named + (morning.github_daily or ()),
        github_search=found + (morning.github_search or ()),
        arxiv_recent=preprints,
        hn_front_page=stories + (morning.hn_front_page or ()),
        hn_search=stories + (morning.hn_search or ()),
        feeds={slug: _with_entries(feed, texts, at, slug) for slug, feed in morning.feeds.items()},
    )


def _line(text: str) -> str:
    """A title as a site would take it: not longer than a book."""
    return text[:3000] or "LLM"


def _with_entries(feed: Feed, texts: Sequence[str], at: datetime, slug: str) -> Feed:
    hostile = tuple(
        Entry(
            html.escape(_line(text)),
            f"https://{slug}.example/evil-{n}",
            at,
            at,
            summary=html.escape(text),
            content=html.escape(f"A post about language models. {text}"),
        )
        for n, text in enumerate(texts)
        if text.isprintable()
    )
    return replace(feed, entries=hostile[:12] + feed.entries, raw=None, manner="plain")


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Issue, House, Sequence[Attack]]]:
    """Four mornings of hostile sources, collected over HTTP into SQLite, assembled and checked."""
    folder = tmp_path_factory.mktemp("hostile")
    world = [
        _poisoned(morning, chosen, day)
        for day, (morning, chosen) in enumerate(zip(sample.mornings()[-MORNINGS:], _dealt(), strict=True))
    ]
    sources, clock = LocalSources(world), Clock()
    found = []
    with Serving(sources) as server:
        house = _house(folder, sources, server.url, clock)
        for morning, chosen in zip(world, _dealt(), strict=True):
            sources.turn_to(morning)
            clock.now = morning.at
            asyncio.run(house.collect(morning.at))
            clock.now += timedelta(minutes=1)
            found.append((house.desk.assemble(morning.at.date()).issue, house, chosen))
    return found


def _house(folder: Path, sources: LocalSources, url: str, clock: Clock) -> House:
    feeds = folder / "feeds.toml"
    feeds.write_text(sources.feeds_toml(url), encoding="utf-8")
    environ = {**sources.addresses(url), "FEEDS_FILE": str(feeds), "DATA_DIR": str(folder)}
    house = build_house(Settings.from_env(environ, folder), clock, Identity("ai_morning_post_bot"), sample=True)
    house.database.migrate()
    return house


def test_there_are_two_hundred_attacks_of_many_families() -> None:
    every = attacks()
    assert len({attack.text for attack in every}) >= 200
    assert len({attack.family for attack in every}) >= 10


def _printed(issue: Issue, house: House) -> Iterator[tuple[str, str]]:
    """Every page of every edition as a reader sees it, with where it stands."""
    for edition in render_all(issue, house.paper):
        for name, page in edition.pages.items():
            body = html.unescape(page.body) if edition.style is Style.CLASSIC else page.body
            yield (
                f"{edition.style}/{name}",
                json.dumps(json.loads(body), ensure_ascii=False) if _is_json(body) else body,
            )


def _is_json(body: str) -> bool:
    return body[:1] in "[{"


def test_no_order_link_or_markup_of_a_source_reaches_any_edition(
    lived: list[tuple[Issue, House, Sequence[Attack]]],
) -> None:
    for issue, house, _ in lived:
        pages = dict(_printed(issue, house))
        for attack in attacks():
            core = plain_line(attack.core)
            shown = [
                where for where, text in pages.items() if core and (core in text or json.dumps(core)[1:-1] in text)
            ]
            assert shown == [], f"{attack.family}: {attack.text!r} stands in {shown}"


def test_the_issue_is_whole_and_every_sentence_of_it_recomputes(
    lived: list[tuple[Issue, House, Sequence[Attack]]],
) -> None:
    for issue, house, _ in lived:
        assert issue.checks.claims > 40
        assert "no lead" not in (issue.checks.held or "")
        assert len([section for section in issue.sections if section.stories]) >= 6
        report = house.desk.audit(issue.date)
        assert [str(verdict.problems) for verdict in report.failed] == []


def test_our_own_words_are_words_of_the_house_whatever_the_sources_say(
    lived: list[tuple[Issue, House, Sequence[Attack]]],
) -> None:
    law = standard_wording()
    known = law.vocabulary | {word.lower() for word in law.capitals}
    for issue, _, _ in lived:
        ours = " ".join(
            run.text.lower()
            for claim in issue.claims()
            if claim.role is Role.CLAIM
            for run in claim.runs
            if isinstance(run, Words)
        )
        words = {word.strip(".,:;!?()“”’'").removesuffix("'s").removesuffix("’s") for word in ours.split()}
        strange = {word for word in words if word.isalpha() and word not in known}
        assert strange == set()


def test_every_link_is_one_that_a_source_gave_and_telegram_links_nothing_else(
    lived: list[tuple[Issue, House, Sequence[Attack]]],
) -> None:
    for issue, house, _ in lived:
        linked = {url for claim in issue.claims() for url in claim.links}
        assert linked
        assert [url for url in linked if not url.startswith("https://") or "evil.example" in url] == []
        for edition in render_all(issue, house.paper):
            for page in edition.pages.values():
                _accepted(edition.style, page.body, issue)


def _accepted(style: Style, body: str, issue: Issue) -> None:
    """What Telegram would say of the page: TDLib of classic markup, the checker of rich blocks."""
    if style is Style.CLASSIC:
        verdict = tdlib.judge(body)
        assert verdict.error == ""
        unasked = [entity for entity in verdict.linked_unasked if "evil" in entity[1] or "t.me" in entity[1]]
        assert unasked == []
    elif style is Style.RICH and _is_json(body):
        blocks = json.loads(body)
        assert problems(blocks, issue.coverage.as_of) == []
        InputRichMessage.model_validate({"blocks": blocks, "skip_entity_detection": True})
