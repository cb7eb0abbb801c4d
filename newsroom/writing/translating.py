"""The prose of an issue in another language, by a model: sentences with slots out, the same slots back, or English.

What is proved: every figure, name, link and quotation is the English one, in the same number, and no other stands
there. What is not: that the words between them mean the same. A section is translated whole or not at all.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from string import ascii_lowercase

from domain.claims import Claim, Figure, Run, Words, house
from domain.issue import Issue, Section, Story
from newsroom.checking.wording import standard_wording
from newsroom.rounding import MINUS

#: What is asked: texts with slots by id, and for the how manieth time. What comes: texts by id.
Ask = Callable[[Sequence[tuple[str, str]], int], Mapping[str, str]]

#: A translation has between so many times the letters of the English, and some letters more or less.
SHORTEST, LONGEST, FREE_LETTERS = 0.3, 2.5, 12

#: At least this share of a translation's letters is of the language's own script.
OWN_SCRIPT = 0.7

#: Languages that are not written in Latin letters, and how Unicode names theirs; ideographs are a third as many.
SCRIPTS: Mapping[str, tuple[str, ...]] = {
    "arabic": ("ARABIC",),
    "bulgarian": ("CYRILLIC",),
    "chinese": ("CJK",),
    "greek": ("GREEK",),
    "hebrew": ("HEBREW",),
    "hindi": ("DEVANAGARI",),
    "japanese": ("CJK", "HIRAGANA", "KATAKANA"),
    "korean": ("HANGUL",),
    "persian": ("ARABIC",),
    "russian": ("CYRILLIC",),
    "thai": ("THAI",),
    "ukrainian": ("CYRILLIC",),
}

#: The first line of a translated paper.
NOTE = "A language model translated this edition; the English one is what was checked word by word."

_SLOT = re.compile(r"\{([a-z]{1,2})\}")
_LINK = re.compile(r"https?:|www\.|://|@\w|\bt\.me\b", re.IGNORECASE)
_NAME = re.compile(r"\b(?:[A-Z]{2,}[A-Za-z]*|[A-Z]?[a-z]+[A-Z]\w*)\b")
_ENDS = tuple(".!?…。！？؟।")


@dataclass(frozen=True, slots=True)
class Translation:
    """An issue in another language: ``kept`` names the sections that stayed English, and why."""

    issue: Issue
    language: str
    kept: Mapping[str, str]


def translate(issue: Issue, language: str, ask: Ask) -> Translation:
    """The issue in a language. ``ask`` raises nothing: what it does not give stays English."""
    kept: dict[str, str] = {}
    sections: list[Section] = []
    begun = False
    for section in issue.sections:
        texts = dict.fromkeys(_texts(section))
        found, problem = _translated(list(texts), language, ask)
        if problem:
            kept[section.name.value] = problem
            sections.append(section)
            continue
        done = _in_words(section, found)
        sections.append(done if begun else replace(done, opening=(house(NOTE), *done.opening)))
        begun = True
    return Translation(replace(issue, sections=tuple(sections)), language, kept)


def _translated(texts: Sequence[str], language: str, ask: Ask) -> tuple[Mapping[str, str], str]:
    """Every text in the language; what fails is asked for once more. Without all of them, why."""
    found: dict[str, str] = {}
    problem = ""
    for attempt in range(2):
        left = {f"s{number}": text for number, text in enumerate(texts, 1) if text not in found}
        if not left:
            return found, ""
        answers = ask(list(left.items()), attempt)
        problems = {text: fault(text, answers.get(name, ""), language) for name, text in left.items()}
        found |= {text: answers[name].strip() for name, text in left.items() if not problems[text]}
        problem = next((each for each in problems.values() if each), "")
    return found, problem


def fault(english: str, translated: str, language: str) -> str:
    """Why a translation may not stand, in words; empty when it may."""
    text = translated.strip()
    if not text:
        return "a sentence was not translated"
    own, theirs = _SLOT.sub(" ", english), _SLOT.sub(" ", text)
    faults = (*_typed(own, theirs), *_changed(english, text), _proportions(own, theirs, language))
    return next(filter(None, faults), "")


def _typed(own: str, theirs: str) -> Iterator[str]:
    """What stands there and was not asked for."""
    if any(unicodedata.category(character)[0] in "NC" for character in theirs):
        yield "a digit or a character that does not print is typed"
    if _LINK.search(theirs) or re.search(r"[{}<>\[\]\\|`*_#~^]", theirs):
        yield "a link or a mark of markup is typed"
    if set(_NAME.findall(theirs)) - set(_NAME.findall(own)) - standard_wording().capitals:
        yield "a name is typed"


def _changed(english: str, text: str) -> Iterator[str]:
    """What was asked for and does not stand there."""
    if Counter(_SLOT.findall(english)) != Counter(_SLOT.findall(text)):
        yield "a slot is missing, doubled or new"
    if english.endswith(".") and not text.endswith(_ENDS):
        yield "a sentence has no end"


def _proportions(own: str, theirs: str, language: str) -> str:
    """Whether the translation is about as long as the English, and in its language's letters."""
    letters = [character for character in theirs if character.isalpha()]
    scripts = SCRIPTS.get(language.lower(), ("LATIN",))
    expected = sum(character.isalpha() for character in own) * (1 if "CJK" not in scripts else 0.35)
    if not SHORTEST * expected - FREE_LETTERS <= len(letters) <= LONGEST * expected + FREE_LETTERS:
        return "a translation is much longer or shorter than the English"
    foreign = "".join(word for word in re.findall(r"\w+", theirs) if word in standard_wording().capitals)
    judged = max(len(letters) - (len(foreign) if scripts != ("LATIN",) else 0), 1)
    own_letters = sum(unicodedata.name(character, "").startswith(scripts) for character in letters)
    return "" if own_letters >= OWN_SCRIPT * judged else "a translation is not in the letters of its language"


# --- texts out, claims back -------------------------------------------------------------------------------------------


def _texts(section: Section) -> Iterator[str]:
    """Everything of ours that a reader sees in a section."""
    yield section.title
    for story in section.stories:
        yield from (text for text in (story.label, story.group, *story.columns) if text)
    yield from (text for text, _ in map(delexicalised, section.claims()) if _speaks(text))


def _speaks(text: str) -> bool:
    return any(character.isalpha() for character in _SLOT.sub("", text))


def delexicalised(claim: Claim) -> tuple[str, Mapping[str, Run]]:
    """A sentence with slots in place of all that is not our words, and what fills each slot."""
    fills: dict[str, Run] = {}
    parts = []
    for run in claim.runs:
        if isinstance(run, Words):
            parts.append(run.text)
            continue
        slot = _name_of_slot(len(fills))
        fills[slot] = replace(run, text=language_neutral(run)) if isinstance(run, Figure) else run
        parts.append(f"{{{slot}}}")
    return "".join(parts), fills


def _name_of_slot(number: int) -> str:
    letters = ascii_lowercase
    return letters[number] if number < 26 else f"{letters[number // 26 - 1]}{letters[number % 26]}"


def language_neutral(figure: Figure) -> str:
    """A figure without English words: ``8`` for eight, ``2026-08-22`` for a day, ``#3`` for No. 3."""
    whole = figure.value == int(figure.value)
    if figure.unit == "date" and whole:
        digits = str(int(figure.value))
        return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
    if figure.text.startswith("No. "):
        return f"#{figure.text.removeprefix('No. ')}"
    if whole and any(character.isalpha() for character in figure.text):
        return f"{MINUS if figure.value < 0 else ''}{abs(int(figure.value)):,}"
    return figure.text


def _in_words(section: Section, found: Mapping[str, str]) -> Section:
    def claim(one: Claim) -> Claim:
        return _filled(one, found)

    return replace(
        section,
        title=found.get(section.title, section.title),
        opening=tuple(map(claim, section.opening)),
        notes=tuple(map(claim, section.notes)),
        stories=tuple(_story(story, found, claim) for story in section.stories),
    )


def _story(story: Story, found: Mapping[str, str], claim: Callable[[Claim], Claim]) -> Story:
    return replace(
        story,
        label=found.get(story.label, story.label),
        group=found.get(story.group, story.group),
        columns=tuple(found.get(column, column) for column in story.columns),
        headline=claim(story.headline) if story.headline is not None else None,
        standfirst=claim(story.standfirst) if story.standfirst is not None else None,
        cells=tuple(map(claim, story.cells)),
        paragraphs=tuple(tuple(map(claim, paragraph)) for paragraph in story.paragraphs),
    )


def _filled(claim: Claim, found: Mapping[str, str]) -> Claim:
    """The claim in its translation; its evidence, links and figures are those of the English one."""
    text, fills = delexicalised(claim)
    runs = tuple(fills[piece] if slot else Words(piece) for piece, slot in _split(found.get(text, text)))
    return replace(claim, runs=runs, also=tuple(dict.fromkeys((*claim.also, *claim.evidence))))


def _split(text: str) -> Iterator[tuple[str, bool]]:
    """Words and slots in order; True for a slot."""
    for number, piece in enumerate(_SLOT.split(text)):
        if piece:
            yield piece, number % 2 == 1
