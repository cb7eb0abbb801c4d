"""The evidence behind the paper, as readers are shown it: of a whole issue, of a page, of one statement."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from typing import Final
from zoneinfo import ZoneInfo

from bot.languages.words import Marked, Words, mark
from bot.texts import sections, terms
from bot.texts.formulas import computed
from bot.texts.general import notice
from bot.texts.reading import sources_callback
from domain.claims import Figure
from domain.editions import FRONT, Button, Keyboard, Message, page_callback
from domain.evidence import Evidence, EvidenceId, HarvestEvidence, QuoteEvidence, ReadingEvidence
from domain.issue import Issue, SectionName, SourceCoverage
from domain.items import TITLED, ItemKey
from domain.readings import HarvestStatus
from domain.text import plain_line, utf16_length
from formatters.links import printable_url
from formatters.statements import Statement

#: Statements on a page, with a button for each.
PER_PAGE: Final = 8
_SHORT: Final = 110
_BUTTONS_A_ROW: Final = 4

#: So much of a message is used (UTF-16 units, of Telegram's 4,096); addresses in links count for nothing there.
_ROOM: Final = 3600
_LONGEST_LINE: Final = 300

_TAG = re.compile(r"<[^>]*>")

_ANSWERS: Final[Mapping[HarvestStatus, Marked]] = {
    HarvestStatus.OK: mark("✓ {source}: {items}"),
    HarvestStatus.PARTIAL: mark("◐ {source}: {items}, a part of it"),
    HarvestStatus.EMPTY: mark("○ {source}: nothing new was listed"),
    HarvestStatus.FAILED: mark("✗ {source}: no answer"),
}


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom evidence is told: his words, and the zone (IANA name) of his clock."""

    words: Words
    zone: str

    def local(self, at: datetime) -> date:
        """The day that a moment falls on for him."""
        return at.astimezone(ZoneInfo(self.zone)).date()

    def moment(self, at: datetime) -> str:
        """A moment on his clock: ``4 July 2026, 07:30 CEST``."""
        time = f"{at.astimezone(ZoneInfo(self.zone)):%H:%M %Z}"
        return self.words.plain("{date}, {time}", date=self.words.date(self.local(at)), time=time)


@dataclass(frozen=True, slots=True)
class Told:
    """What a chat reads of a section of an issue, and the evidence of it.

    ``statements``: by the numbers that stand in buttons, which mean the same for as long as the issue is kept; a reader
    sees them counted from 1.
    """

    issue: Issue
    section: SectionName
    statements: Mapping[int, Statement]
    evidence: Mapping[EvidenceId, Evidence]

    def titles(self) -> Mapping[ItemKey, str]:
        """What items are called by their sources, as far as the evidence has it; of parts of a title the longest."""
        quotes = [each for each in self.evidence.values() if isinstance(each, QuoteEvidence) and each.field == "title"]
        return {quote.item: quote.text for quote in sorted(quotes, key=lambda quote: len(quote.text))}

    def opens(self, number: int) -> str:
        """What a button carries that opens the evidence of a statement: ``c:20260704:lead:3``."""
        return f"{sources_callback(self.issue.date, self.section)}:{number}"

    def turns_to(self, page: int) -> str:
        """What a button carries that turns to a page of the statements: ``c:20260704:lead.1``."""
        return sources_callback(self.issue.date, f"{self.section}.{page}" if page else self.section)


def coverage(reader: Reader, issue: Issue, named: Sequence[SectionName]) -> Message:
    """The sites that an issue rests on: asked, answered or not, as of when; and the way to each section's evidence."""
    words = reader.words
    head = words.say("Sources of the issue of {date}", date=words.date(issue.date))
    as_of = words.say("As of {moment}:", moment=reader.moment(issue.coverage.as_of))
    lines = [f"<b>{head}</b>", as_of, *(_source(words, source) for source in issue.coverage.sources)]
    lines += ["", words.say("Every sentence rests on stored readings. Press a section to see which:")]
    buttons = [Button(sections.short(words, name), callback=sources_callback(issue.date, name)) for name in named]
    back = Button(words.back(words.plain("Front page")), callback=page_callback(issue.date, FRONT))
    return notice("\n".join(lines), (*_rows(buttons, 3), (back,)))


def _source(words: Words, source: SourceCoverage) -> str:
    items = words.count("{count} entry", "{count} entries", source.items)
    line = words.of(_ANSWERS[source.status], source=terms.site(words, source.source), items=items)
    if source.lists < 2:
        return line
    answered = source.lists - len(source.failed_lists)
    some = words.say("{some} of {all} lists", some=words.number(answered), all=words.number(source.lists))
    return words.say("{line} ({lists})", line=line, lists=some)


def stated(reader: Reader, told: Told, page: int) -> Message:
    """A page of what a section states, numbered, with a button for each statement's evidence; past the end the last."""
    words, numbers = reader.words, list(told.statements)
    page = min(page, max(0, len(numbers) - 1) // PER_PAGE)
    shown = list(enumerate(numbers, 1))[page * PER_PAGE : (page + 1) * PER_PAGE]
    head = f"<b>{escape(sections.dated(words, told.section, told.issue.date))}</b>"
    lines = [f"{words.number(n)}. {escape(plain_line(told.statements[each].text, _SHORT))}" for n, each in shown]
    asked = words.say("Press a number to see what it rests on.") if shown else words.say("This page states nothing.")
    buttons = [Button(words.number(n), callback=told.opens(each)) for n, each in shown]
    turns = []
    if page > 0:
        turns.append(Button(words.back(), callback=told.turns_to(page - 1)))
    if (page + 1) * PER_PAGE < len(numbers):
        turns.append(Button(words.onward(), callback=told.turns_to(page + 1)))
    keyboard = (*_rows(buttons, _BUTTONS_A_ROW), tuple(turns), _ways_back(words, told))
    return notice("\n".join([head, *lines, "", asked]), tuple(filter(None, keyboard)))


def _ways_back(words: Words, told: Told) -> tuple[Button, ...]:
    page = page_callback(told.issue.date, told.section)
    return (
        Button(words.back(sections.short(words, told.section)), callback=page),
        Button(words.plain("All sources"), callback=sources_callback(told.issue.date)),
    )


def proved(reader: Reader, told: Told, number: int) -> Message:
    """What one of the statements rests on.

    Its readings with their values, moments and links, and how its figures follow from them.
    """
    words, statement, numbers = reader.words, told.statements[number], list(told.statements)
    place, titles = numbers.index(number), told.titles()
    head = f"<b>{escape(plain_line(statement.text, _LONGEST_LINE))}</b>"
    figures = [line for figure in statement.figures for line in _figure(words, figure, told.evidence)]
    rests = once(told.evidence[cited] for cited in statement.evidence if cited in told.evidence)
    parts = [head, *([words.say("Computed:"), *dict.fromkeys(figures)] if figures else [])]
    parts += _fitting(words, [*parts, words.say("It rests on:")], [_rest(reader, titles, one) for one in rests])
    turns = []
    if place > 0:
        turns.append(Button(words.back(), callback=told.opens(numbers[place - 1])))
    if place + 1 < len(numbers):
        turns.append(Button(words.onward(), callback=told.opens(numbers[place + 1])))
    above = Button(words.back(words.plain("All of this page")), callback=told.turns_to(place // PER_PAGE))
    page = Button(sections.short(words, told.section), callback=page_callback(told.issue.date, told.section))
    return notice("\n".join(parts), tuple(filter(None, (tuple(turns), (above, page)))))


def once(cited: Iterable[Evidence]) -> list[Evidence]:
    """What is cited, without what a line of another piece says anyway: the place of a reading, the name of an item."""
    rests = list(cited)
    figures = [each for each in rests if isinstance(each, ReadingEvidence) and each.metric != "rank"]
    placed, named = {each.reading_id for each in figures}, {each.item for each in figures}

    def is_said(each: Evidence) -> bool:
        if isinstance(each, ReadingEvidence):
            return each.metric == "rank" and each.reading_id in placed
        return isinstance(each, QuoteEvidence) and each.field == "external_id" and each.item in named

    return [each for each in rests if not is_said(each)]


def _figure(words: Words, figure: Figure, evidence: Mapping[EvidenceId, Evidence]) -> Iterator[str]:
    how = computed(words, figure, evidence)
    if not how:
        return
    if len(how) > _LONGEST_LINE:
        how = plain_line(how, _LONGEST_LINE)  # which takes the isolates of Arabic away, too
    unit = terms.unit(words, figure.unit) if figure.text[-1:].isdigit() else ""  # else the sentence has said it
    told = words.plain("{figure} ({unit})", figure=figure.text, unit=unit) if unit else figure.text
    yield f"• {words.say('{figure} = {formula}', figure=told, formula=how)}"


def _fitting(words: Words, before: Sequence[str], lines: Sequence[str]) -> list[str]:
    """A heading (the last of what stands before) and as many lines as fit, and how many more there are."""
    room = _ROOM - sum(utf16_length(line) + 1 for line in before)
    kept: list[str] = []
    for line in lines:
        room -= utf16_length(_without_tags(line)) + 1
        if room < 0:
            break
        kept.append(line)
    more = len(lines) - len(kept)
    rest = [words.count("… and {count} more reading", "… and {count} more readings", more)] if more else []
    return [before[-1], *kept, *rest]


def _without_tags(line: str) -> str:
    return _TAG.sub("", line)


def _rest(reader: Reader, titles: Mapping[ItemKey, str], evidence: Evidence) -> str:
    """One piece of evidence in a line, linked where its address can be."""
    match evidence:
        case ReadingEvidence():
            return _reading(reader, evidence, titles.get(evidence.item, ""))
        case QuoteEvidence():
            return _quote(reader, evidence)
        case HarvestEvidence():
            return _harvest(reader, evidence)


def _reading(reader: Reader, evidence: ReadingEvidence, title: str) -> str:
    words = reader.words
    is_place = evidence.metric == "rank"
    number = words.number(evidence.value)
    value = (
        words.say("No. {place}", place=number)
        if is_place
        else words.say("{label}: {value}", label=terms.counted(words, evidence.metric), value=number)
    )
    parts = [f"<b>{value}</b>", _linked(_called(evidence.item, title), evidence.url)]
    parts.append(escape(terms.listed(words, evidence.source, evidence.list)))
    if evidence.rank is not None and not is_place:
        parts.append(words.say("No. {place}", place=words.number(evidence.rank)))
    return f"• {' · '.join(parts)} · {escape(reader.moment(evidence.observed_at))}"


def _quote(reader: Reader, evidence: QuoteEvidence) -> str:
    quoted = reader.words.say("“{words}”", words=plain_line(evidence.text, _LONGEST_LINE))
    site = terms.site(reader.words, evidence.source)
    where = [_linked(_called(evidence.item), evidence.url), escape(site)]
    if evidence.item.kind in TITLED:  # the site's own number of it says nothing to a reader
        where = [_linked(site, evidence.url)]
    parts = [quoted, *where]
    return f"• {' · '.join(parts)} · {escape(reader.moment(evidence.observed_at))}"


def _harvest(reader: Reader, evidence: HarvestEvidence) -> str:
    words = reader.words
    entries = words.count("{count} entry", "{count} entries", evidence.items)
    place = terms.listed(words, evidence.source, evidence.list)
    told = words.say("the whole list “{list}”: {entries}", list=place, entries=entries)
    return f"• {told} · {escape(reader.moment(evidence.observed_at))}"


def _called(item: ItemKey, title: str = "") -> str:
    """What a link to an item says: its name; of what is known by a title that, or else the site's own number of it."""
    return plain_line((title or str(item)) if item.kind in TITLED else item.external_id, 60)


def _linked(text: str, url: str) -> str:
    address = printable_url(url)
    return f'<a href="{escape(address)}">{escape(text)}</a>' if address else f"<code>{escape(text)}</code>"


def _rows(buttons: Sequence[Button], length: int) -> Keyboard:
    return tuple(tuple(buttons[start : start + length]) for start in range(0, len(buttons), length))
