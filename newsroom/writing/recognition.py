"""Which phrase of the book a sentence of the data writer was said with, and what fills its slots."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from domain.claims import Claim, Figure, Name, Quote, Run, Words
from newsroom import rounding
from newsroom.checking.wording import standard_wording
from newsroom.phrases.alternations import Phrase
from newsroom.phrases.book import Key, PhraseBook
from newsroom.phrases.templates import Fragment, Slot

#: Forms that are no prose: a headline has no verb to end, a number stands in a list.
_NO_PROSE = frozenset({"headline", "number", "standfirst", "limits"})

#: In the text that is matched each printed run is one character from here on.
_FIRST_RUN = 0xE000

#: A slot of our own words (the name of a list, a unit) is no longer than this.
_LONGEST_WORDS = 10
_ENDS_SLOT = re.compile(r"[.;:“”?!]")
_BLANKS = re.compile(r"(?:\\ )+")


@dataclass(frozen=True, slots=True)
class Recognised:
    """A sentence by its phrase: the key, and what fills each slot."""

    key: Key
    fills: Mapping[str, Fragment]


@dataclass(frozen=True, slots=True)
class _Form:
    """A phrase as a pattern of text; ``core`` must stand in any text that it matches."""

    key: Key
    core: str
    pattern: re.Pattern[str]


class Recogniser:
    """Recognises sentences said with one book."""

    def __init__(self, book: PhraseBook) -> None:
        self._lines = [
            (key, phrase, _core(phrase))
            for key, lines in book.phrases.items()
            if key.rpartition(".")[2] not in _NO_PROSE
            for phrase in lines
            if phrase.slots
        ]
        self._forms: dict[str, _Form] = {}

    def recognise(self, claim: Claim) -> Recognised | None:
        """The phrase with the most words of ours that fits; None for a sentence that no phrase gives."""
        text = "".join(
            run.text if isinstance(run, Words) else chr(_FIRST_RUN + position)
            for position, run in enumerate(claim.runs)
        )
        low = text.lower()
        best: tuple[int, Recognised] | None = None
        for key, phrase, core in self._lines:
            if core not in low:
                continue
            found = self._form(key, phrase, core).pattern.fullmatch(text)
            fills = _fills(found.groupdict(), claim) if found else None
            if found is None or not fills:
                continue
            own = len(text) - sum(len(part) for part in found.groupdict().values() if part)
            if best is None or own > best[0]:
                best = own, Recognised(key, fills)
        return best[1] if best else None

    def _form(self, key: Key, phrase: Phrase, core: str) -> _Form:
        if phrase.text not in self._forms:
            self._forms[phrase.text] = _Form(key, core, re.compile(_pattern(phrase), re.IGNORECASE))
        return self._forms[phrase.text]


@cache
def _core(phrase: Phrase) -> str:
    """The longest words that stand in every way of the phrase."""
    fixed = (part for branches in phrase.stretches if len(branches) == 1 for part in branches[0])
    words = (re.split(r"\s+[.,;:]|\s{2,}", part.strip(" .").lower())[0] for part in fixed if isinstance(part, str))
    return max(words, key=len, default="")


def _pattern(phrase: Phrase) -> str:
    counter = iter(range(1000))
    written = [
        "(?:" + "|".join("".join(_part(part, next(counter)) for part in branch) for branch in branches) + ")"
        for branches in phrase.stretches
    ]
    text = "".join(written)
    return r"\s*" + re.sub(r"\\\.((?:\)|\|)*)$", r"\\.?\1", text) + r"\s*"


def _part(part: str | Slot, number: int) -> str:
    if isinstance(part, str):
        return _BLANKS.sub(lambda _: r"\s*", re.escape(part))
    group = f"(?P<{part.name}__{number}>.+?)"
    if part.one is None or part.many is None:
        return group
    noun = f"(?:{re.escape(part.one)}|{re.escape(part.many)})"
    return noun if part.agrees else f"{group} {noun}"


def _fills(groups: Mapping[str, str | None], claim: Claim) -> dict[str, Fragment] | None:
    """What fills the slots; None where what was found can't fill one."""
    fills: dict[str, Fragment] = {}
    for group, text in groups.items():
        if text is None:
            continue
        fragment = tuple(_runs(text, claim))
        if not _fit(fragment):
            return None
        fills.setdefault(group.rpartition("__")[0], fragment)
    return fills


def _runs(text: str, claim: Claim) -> Iterator[Run]:
    for piece in re.split("([\ue000-\uf8ff])", text):
        if not piece:
            continue
        if "\ue000" <= piece <= "\uf8ff":
            position = ord(piece) - _FIRST_RUN
            yield _uncapitalised(claim.runs[position]) if position == 0 else claim.runs[position]
        else:
            yield _uncapitalised(Words(piece))


def _fit(fragment: Fragment) -> bool:
    """One figure, one quotation, names with what joins them, or a few words of ours."""
    if all(isinstance(run, Words) for run in fragment):
        text = "".join(run.text for run in fragment)
        return len(text.split()) <= _LONGEST_WORDS and _ENDS_SLOT.search(text) is None
    if len(fragment) == 1:
        return True
    joined = (run.text.strip(" ,") for run in fragment if isinstance(run, Words))
    return all(isinstance(run, Name | Words) for run in fragment) and all(each in {"", "and"} for each in joined)


def _uncapitalised(run: Run) -> Run:
    """The run as it stands within a sentence; at the beginning of one it may have been given a capital."""
    if isinstance(run, Figure):
        word = rounding.count(run.value) if run.value == int(run.value) else run.text
        return replace(run, text=word) if word.capitalize() == run.text else run
    if isinstance(run, Words):
        first = run.text.partition(" ")[0].removesuffix("'s")
        return run if first in standard_wording().capitals else Words(run.text[:1].lower() + run.text[1:])
    return run


def is_quote(fragment: Fragment) -> bool:
    """Whether a source's own words fill the slot."""
    return any(isinstance(run, Quote) for run in fragment)
