"""How the paper does with its readers, in English, for its admins: a page of words with ways to more of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from html import escape
from typing import Final

from bot.texts.general import notice
from bot.texts.turns import escaped, turn_keyboard
from domain.deliveries import Receipt
from domain.editions import FRONT, Button, Keyboard, Message
from domain.feedback import Tally
from domain.issue import SECTION_TITLES, SectionName
from domain.readers import SubscriberState
from domain.statistics import PERIODS, USUAL_PERIOD, Statistics
from domain.text import plain_line
from domain.usage import INACTIVE_AFTER
from formatters.receipts import receipt_lines

#: What the data of every button here begins with: ``h:home:7``, ``h:picture:30``.
STATISTICS = "h"

#: Of what could be long, those with the most are told.
_NAMED = 5
CAMPAIGNS = 20
#: Of longer periods weeks are told instead of days.
_MOST_DAYS = 30


class Page(StrEnum):
    """What can be looked at; the last is sent as a picture."""

    HOME = "home"
    SECTIONS = "sections"
    DAYS = "days"
    CAMPAIGNS = "campaigns"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a button says: what to show, of how many days."""

    page: Page = Page.HOME
    days: int = USUAL_PERIOD


def pressed(data: str) -> Pressed | None:
    """What the data of a button says; None for what no button of ours carries."""
    match = re.fullmatch(rf"{STATISTICS}:({'|'.join(Page)}):({'|'.join(map(str, PERIODS))})", data, re.ASCII)
    return Pressed(Page(match[1]), int(match[2])) if match is not None else None


def page(wanted: Pressed, statistics: Statistics, newest: Receipt | None) -> Message:
    """A page of words; ``newest``: of all broadcasts, told on the first page with the turns that it can be given."""
    lines = _PAGES[wanted.page](statistics)
    if wanted.page is not Page.HOME:
        return notice("\n".join(lines), _ways(wanted))
    lines += ["", "<b>Newest broadcast</b>", *escaped(receipt_lines(newest) if newest else ["none yet"])]
    turns = turn_keyboard(newest) if newest else ()
    return notice("\n".join(lines), (*_ways(wanted), *turns))


def caption(statistics: Statistics) -> str:
    """Under the picture; plain."""
    joined, left = _moved(statistics)
    return f"{statistics.days} days: joined {joined:,}, left {left:,}, pages opened {statistics.views.total:,}."


def _ways(wanted: Pressed) -> Keyboard:
    """Other periods of the same page, and other pages of the same period."""
    periods = tuple(_button(f"{'✓ ' if days == wanted.days else ''}{days} days", wanted.page, days) for days in PERIODS)
    others = tuple(
        _button(f"{'◀ Back' if other is Page.HOME else other.value.capitalize() + ' ▸'}", other, wanted.days)
        for other in (Page.HOME, Page.SECTIONS, Page.DAYS, Page.CAMPAIGNS)
        if other is not wanted.page
    )
    return periods, others, (_button("As a picture", Page.PICTURE, wanted.days),)


def _button(text: str, page: Page, days: int) -> Button:
    return Button(text, callback=f"{STATISTICS}:{page}:{days}")


def _home(statistics: Statistics) -> list[str]:
    away = (state for state in SubscriberState if state is not SubscriberState.ACTIVE)
    layouts = {style.value: readers for style, readers in statistics.styles.items()}
    joined, left = _moved(statistics)
    opinions = statistics.opinions
    return [
        f"<b>Readers: {statistics.readers.get(SubscriberState.ACTIVE, 0):,} active</b>",
        " · ".join(f"{state.value} {statistics.readers.get(state, 0):,}" for state in away),
        f"inactive {statistics.inactive:,}: active, but not seen for {INACTIVE_AFTER.days} days",
        f"language: {_shares(statistics.languages)}",
        f"layout: {_shares(layouts)}",
        "",
        f"<b>In {statistics.days} days</b>",
        f"joined {joined:,} · left, and away still, {left:,}",
        f"pages opened {statistics.views.total:,}{_most_opened(statistics.views.by_page)}",
        f"votes{_thumbs(_all(opinions.pages.values()))} · with words {opinions.words:,}",
        f"in the channel: {_reactions(opinions.reactions)}",
        "",
        "<b>The newest issues</b>",
        *([_delivered(receipt) for receipt in statistics.issues] or ["none yet"]),
    ]


def _sections(statistics: Statistics) -> list[str]:
    """Every page that was opened or voted on."""
    opened, votes = statistics.views.by_page, statistics.opinions.pages
    lines = [
        f"{_title(name)}: <b>{opened.get(name, 0):,}</b>{_thumbs(votes.get(name))}"
        for name in dict.fromkeys((*opened, *votes))
    ]
    told = "Opened by buttons, commands and links; the paper of the morning is not counted, and nobody is named."
    return [_head("Pages opened, and votes", statistics), *(lines or ["none yet"]), f"<i>{told}</i>"]


def _days(statistics: Statistics) -> list[str]:
    """Who came and went, and what was opened, by day or by week; the newest first."""
    step = 1 if statistics.days <= _MOST_DAYS else 7
    movement, views = statistics.movement, statistics.views
    rows = [f"{'day' if step == 1 else 'week from':<10}{'joined':>8}{'left':>7}{'opened':>8}"]
    for back in range(0, statistics.days, step):
        last = statistics.until - timedelta(days=back)
        first = max(last - timedelta(days=step - 1), statistics.since)
        joined, left, opened = (
            _within(counts, first, last) for counts in (movement.joined, movement.left, views.by_day)
        )
        rows.append(f"{first.isoformat():<10}{joined:>8,}{left:>7,}{opened:>8,}")
    table = "\n".join(rows)
    return [_head("Day by day" if step == 1 else "Week by week", statistics), f"<pre>{table}</pre>"]


def _campaigns(statistics: Statistics) -> list[str]:
    """What each link brought, and what is left of it."""
    joined, left, active = statistics.movement.campaigns, statistics.movement.campaigns_left, statistics.campaigns
    named = list(dict.fromkeys((*joined, *left, *active)))
    lines = [
        f"{escape(plain_line(name, 40))}: joined {joined.get(name, 0):,}, left {left.get(name, 0):,}, "
        f"<b>{active.get(name, 0):,}</b> read now"
        for name in named[:CAMPAIGNS]
    ]
    more = [f"… and {len(named) - CAMPAIGNS:,} more"] if len(named) > CAMPAIGNS else []
    return [_head("By campaign", statistics), *(lines or ["Nobody came by a link with a campaign."]), *more]


_PAGES: Final[Mapping[Page, Callable[[Statistics], list[str]]]] = {
    Page.HOME: _home,
    Page.SECTIONS: _sections,
    Page.DAYS: _days,
    Page.CAMPAIGNS: _campaigns,
}


def _head(what: str, statistics: Statistics) -> str:
    return f"<b>{what}, {statistics.days} days</b>"


def _moved(statistics: Statistics) -> tuple[int, int]:
    return sum(statistics.movement.joined.values()), sum(statistics.movement.left.values())


def _within(counts: Mapping[date, int], first: date, last: date) -> int:
    return sum(count for day, count in counts.items() if first <= day <= last)


def _shares(counts: Mapping[str, int]) -> str:
    """The most common with their shares, in whole percent."""
    total = sum(counts.values())
    named = list(counts.items())[:_NAMED]
    shares = [f"{escape(plain_line(name, 20))} {count / total:.0%}" for name, count in named]
    others = total - sum(count for _, count in named)
    return ", ".join([*shares, *([f"others {others / total:.0%}"] if others else [])]) or "no readers yet"


def _title(page: str) -> str:
    if page == FRONT:
        return "Front page"
    return escape(SECTION_TITLES[SectionName(page)] if page in set(SectionName) else page)


def _most_opened(pages: Mapping[str, int]) -> str:
    most = [f"{_title(page)} {views:,}" for page, views in list(pages.items())[:_NAMED]]
    return f": {', '.join(most)}" if most else ""


def _all(tallies: Iterable[Tally]) -> Tally:
    every = list(tallies)
    return Tally(sum(each.liked for each in every), sum(each.disliked for each in every))


def _thumbs(tally: Tally | None) -> str:
    return f" 👍 {tally.liked:,} 👎 {tally.disliked:,}" if tally is not None else ""


def _reactions(reactions: Mapping[str, int]) -> str:
    return " ".join(f"{escape(emoji)} {count:,}" for emoji, count in list(reactions.items())[:_NAMED]) or "no reactions"


def _delivered(receipt: Receipt) -> str:
    """An issue's delivery in one line; what is zero is left out, but for what was sent."""
    day = receipt.broadcast.issue_date
    others = {
        "waiting": receipt.open,
        "blocked": receipt.blocked,
        "failed": sum(count for _, count in receipt.refused) + receipt.uncertain,
        "skipped": receipt.skipped,
        "cancelled": receipt.cancelled,
    }
    told = [f"sent {receipt.sent:,}", *(f"{name} {count:,}" for name, count in others.items() if count)]
    return f"{day:%d %b}: {' · '.join(told)}" if day is not None else " · ".join(told)
