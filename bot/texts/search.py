"""What was found: stories with the words that were looked for in bold, and a button for each."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from bot.languages.templates import Html
from bot.languages.words import Words
from bot.texts import sections
from bot.texts.general import notice
from domain.editions import Button, Keyboard, Message
from domain.issue import SectionName
from domain.search import Breadth, Found, Hit, Query, excerpt, marked, parse_query

#: What the data of a button begins with that belongs to a search.
SEARCH = "q"

#: Stories on a page of findings, and how much of each is shown (characters).
PER_PAGE = 5
_EXCERPT = 180
_HEADLINE = 120

#: Pages that can be turned to: who has read so many looks for other words.
MOST_PAGES = 20

#: The bytes of a button's data that are left for the words of the query: all others carry the page and the target.
ROOM = 64 - len(f"{SEARCH}:19:260704.9:")

_SECTIONS = tuple(SectionName)
_EXAMPLE = Html("<code>/search open weights</code>")


def page_callback(query: Query, page: int) -> str:
    """What a button carries that turns to a page of findings: ``q:1::open weights``; pages count from 0."""
    return f"{SEARCH}:{page}::{query.text}"


def hit_callback(query: Query, page: int, hit: Hit) -> str:
    """What a button carries that opens a finding and knows the way back: ``q:1:260704.0:open weights``."""
    return f"{SEARCH}:{page}:{hit.day:%y%m%d}.{_SECTIONS.index(hit.section)}:{query.text}"


def section_of(number: int) -> SectionName | None:
    """The section that a button names by its number."""
    return _SECTIONS[number] if number < len(_SECTIONS) else None


def offer(words: Words, written: str) -> Keyboard:
    """A button that looks for what a reader wrote; none where it is a command, or says nothing."""
    query = parse_query(written, ROOM)
    if written.startswith("/") or not query.terms:
        return ()
    return ((Button(words.plain("Search for “{words}”", words=query.text), callback=page_callback(query, 0)),),)


def usage(words: Words) -> Message:
    """The answer to /search without words."""
    return notice(
        words.say("Write what you look for, as {example}. Words in quotation marks stand together.", example=_EXAMPLE)
    )


def nothing(words: Words, query: Query) -> Message:
    """When no story has any of the words."""
    said = words.say("No story of any issue has {words}.", words=Html(f"<b>{escape(query.text)}</b>"))
    onward = words.say("Try fewer or other words, or look into all issues: /archive")
    return notice(words.sentences(said, onward))


def findings(words: Words, query: Query, found: Found, page: int) -> Message:
    """A page of findings; at least one."""
    looked_for = Html(f"<b>{escape(query.text)}</b>")
    counted = words.count("{count} story has {words}.", "{count} stories have {words}.", found.total, words=looked_for)
    if found.breadth is Breadth.SOME:
        none = words.say("No story has all of these words: {words}.", words=looked_for)
        some = words.count("{count} story has one of them.", "{count} stories have some of them.", found.total)
        counted = words.sentences(none, some)
    first = page * PER_PAGE + 1
    stories = (_story(words, query, hit, number) for number, hit in enumerate(found.hits, first))
    return notice("\n\n".join([counted, *stories]), _keyboard(words, query, found, page))


def _story(words: Words, query: Query, hit: Hit, number: int) -> str:
    place = f"{words.number(number)}. {escape(sections.dated(words, hit.section, hit.day))}"
    lines = (_bold(hit.headline, query, _HEADLINE), _bold(hit.text, query, _EXCERPT))
    return "\n".join(filter(None, (f"<i>{place}</i>", *lines)))


def _bold(text: str, query: Query, limit: int) -> str:
    pieces = marked(excerpt(text, query, limit), query)
    return "".join(f"<b>{escape(piece)}</b>" if found else escape(piece) for piece, found in pieces)


def _keyboard(words: Words, query: Query, found: Found, page: int) -> Keyboard:
    opened = (
        Button(f"{words.number(number)}. {sections.short(words, hit.section)}", callback=hit_callback(query, page, hit))
        for number, hit in enumerate(found.hits, page * PER_PAGE + 1)
    )
    turns = []
    if page > 0:
        turns.append(Button(words.back(words.plain("Better matches")), callback=page_callback(query, page - 1)))
    if (page + 1) * PER_PAGE < found.total and page + 1 < MOST_PAGES:
        turns.append(Button(words.onward(words.plain("More")), callback=page_callback(query, page + 1)))
    return tuple(filter(None, (*_pairs(opened), tuple(turns))))


def _pairs(buttons: Iterable[Button]) -> Keyboard:
    row = tuple(buttons)
    return tuple(row[start : start + 3] for start in range(0, len(row), 3))


def back(words: Words, query: Query, page: int) -> Button:
    """The way from a finding to the others."""
    return Button(words.back(words.plain("Search results")), callback=page_callback(query, page))
