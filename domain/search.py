"""Words that a reader looks for: how they are read, what they match, and where they stand in a text.

One rule for every database: a text is compared by its spelled words (``domain.text.spelled``), so that "Qwen3.8",
"qwen 3.8" and "QWEN-3.8" are the same. A word of four letters and more also finds longer words that begin with it, and
a plural its singular; shorter words and numbers find themselves alone, or their plural. Words in quotation marks, and
words that are joined by a sign ("owner/name"), stand side by side where they are found. Signs that mean something to a
database mean nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.issue import Issue, Layout, SectionName, Story
from domain.text import plain_line, spelled

#: Words that say nothing by themselves; they are not looked for where others are.
_SMALL = frozenset(
    {"a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "has", "have", "how", "in", "is", "it", "its"}
    | {"of", "on", "or", "that", "the", "this", "to", "was", "what", "which", "with"}
)

#: So many groups of words are looked for at most; who writes more has pasted a text.
MOST_TERMS = 8

#: A word of so many letters stands for longer ones that begin with it.
_BEGINNING = 4

_GROUP = re.compile(r"[\"“”„«»]([^\"“”„«»]*)[\"“”„«»]|(\S+)")
_SPAN = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Form:
    """A spelling that counts as a word: ``open`` when longer words that begin with it count, too."""

    word: str
    open: bool

    def matches(self, word: str) -> bool:
        """Whether a spelled word is meant."""
        return word.startswith(self.word) if self.open else word == self.word


@dataclass(frozen=True, slots=True)
class Term:
    """Spelled words that stand side by side, one or more; the last one counts in each of its forms."""

    words: tuple[str, ...]

    @property
    def before(self) -> tuple[str, ...]:
        """The words before the last, exactly as they stand."""
        return self.words[:-1]

    @property
    def last(self) -> tuple[Form, ...]:
        """The forms of the last word, at least one."""
        return forms(self.words[-1])


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for; without terms, nothing can be found."""

    terms: tuple[Term, ...]

    @property
    def text(self) -> str:
        """The query as it can be written again: words, and in quotation marks those that stand together."""
        return " ".join(_written(term) for term in self.terms)


def _written(term: Term) -> str:
    text = " ".join(term.words)
    return f'"{text}"' if len(term.words) > 1 else text


class Breadth(StrEnum):
    """How a finding matches its query."""

    ALL = "all"  # every term stands in it
    SOME = "some"  # nothing has every term, so one is enough


@dataclass(frozen=True, slots=True)
class Hit:
    """A story of a published issue in which words were found: its headline (perhaps empty) and its other words."""

    day: date
    section: SectionName
    headline: str
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what was found, the best first; ``total`` is how much there is in all."""

    hits: tuple[Hit, ...]
    total: int
    breadth: Breadth = Breadth.ALL


@dataclass(frozen=True, slots=True)
class Entry:
    """A story as it is searched: its place in its issue, from 0, and its words as a reader sees them."""

    place: int
    section: SectionName
    headline: str
    text: str


def forms(word: str) -> tuple[Form, ...]:
    """What counts as a spelled word: see the module."""
    if not word.isalpha() or not word.isascii():
        return (Form(word, open=word.isalpha() and len(word) >= _BEGINNING),)
    if len(word) < _BEGINNING:
        return Form(word, open=False), Form(f"{word}s", open=False)
    stems = {word}
    if word.endswith("y"):
        stems.add(f"{word[:-1]}ies")
    if word.endswith("s") and not word.endswith("ss"):
        stems = {word[:-1]} | ({f"{word[:-3]}y"} if word.endswith("ies") else set())
    return tuple(Form(stem, open=True) for stem in sorted(stems))


def parse_query(written: str, most_bytes: int | None = None) -> Query:
    """The query of a reader's words; what repeats, what says nothing and what is too much is left out.

    ``most_bytes``: how long its ``text`` may be in UTF-8; terms that don't fit are left out.
    """
    groups = (quoted or word for quoted, word in _GROUP.findall(written[: 100 * MOST_TERMS]))
    terms = list(dict.fromkeys(Term(tuple(words)) for group in groups if (words := spelled(group).split())))
    telling = [term for term in terms if len(term.words) > 1 or term.words[0] not in _SMALL]
    query = Query(tuple((telling or terms)[:MOST_TERMS]))
    return query if most_bytes is None else _fitting(query, most_bytes)


def _fitting(query: Query, most_bytes: int) -> Query:
    kept: tuple[Term, ...] = ()
    for term in query.terms:
        longer = (*kept, term)
        if len(Query(longer).text.encode()) <= most_bytes:
            kept = longer
    return Query(kept)


def entries(issue: Issue) -> Iterator[Entry]:
    """Every story of an issue, and what a section says around its stories; the addresses of Subscribe are no news."""
    place = 0
    for section in issue.sections:
        if section.name is SectionName.SUBSCRIBE:
            continue
        around = " ".join(claim.text for claim in (*section.opening, *section.notes))
        told = [*(_told(story) for story in section.stories), ("", around)]
        for headline, text in told:
            if headline or text.strip():
                yield Entry(place, section.name, plain_line(headline), plain_line(text))
                place += 1


def _told(story: Story) -> tuple[str, str]:
    """The headline of a story and its other words; the cells of a row are set apart from each other."""
    headline = story.headline.text if story.headline is not None else ""
    others = [claim.text for claim in story.claims() if claim is not story.headline and claim not in story.cells]
    cells = " · ".join(claim.text for claim in story.cells)
    if story.layout is Layout.ROW and not headline and story.cells:
        names = [claim.text for claim in story.cells if claim.names]
        headline = next(iter(names), "")
    return headline, " ".join(filter(None, (cells, *others)))


def marked(text: str, query: Query) -> tuple[tuple[str, bool], ...]:
    """A text in pieces, each with whether it is what was looked for; the pieces joined are the text."""
    spans = _found_spans(text, query)
    pieces: list[tuple[str, bool]] = []
    done = 0
    for start, end in spans:
        pieces += [(text[done:start], False), (text[start:end], True)]
        done = end
    pieces.append((text[done:], False))
    return tuple((piece, found) for piece, found in pieces if piece)


def excerpt(text: str, query: Query, limit: int) -> str:
    """As much of a text as fits in ``limit`` characters, around the first word that was found."""
    if len(text) <= limit:
        return text
    first = next(iter(_found_spans(text, query)), (0, 0))[0]
    start = max(0, min(first - limit // 3, len(text) - limit))
    start = 0 if start == 0 else text.find(" ", start) + 1
    shown = plain_line(text[start:], limit - 1)
    return f"…{shown}" if start else shown


def _found_spans(text: str, query: Query) -> list[tuple[int, int]]:
    """Where terms stand in a text, from left to right, none inside another."""
    words = list(_words(text))
    spans: list[tuple[int, int]] = []
    place = 0
    while place < len(words):
        long = max((len(term.words) for term in query.terms if _stands(term, words, place)), default=0)
        if long:
            spans.append((words[place][1], words[place + long - 1][2]))
        place += long or 1
    return spans


def _words(text: str) -> Iterator[tuple[str, int, int]]:
    """The spelled words of a text, each with where it begins and ends in it."""
    for span in _SPAN.finditer(text):
        start, piece = span.start(), span[0]
        parts = spelled(piece).split()
        place = 0
        folded = piece.casefold()
        exact = len(folded) == len(piece)
        for part in parts:
            at = folded.find(part, place) if exact else -1
            if at < 0:  # its letters are written otherwise when they are compared: the whole piece counts
                yield part, start, start + len(piece)
                continue
            yield part, start + at, start + at + len(part)
            place = at + len(part)


def _stands(term: Term, words: list[tuple[str, int, int]], place: int) -> bool:
    there = [word for word, _, _ in words[place : place + len(term.words)]]
    if len(there) < len(term.words) or tuple(there[:-1]) != term.before:
        return False
    return any(form.matches(there[-1]) for form in term.last)
