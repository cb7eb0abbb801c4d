"""Names of models with their versions, known again however they are spelt: GPT 5.6, GPT-5.6 and gpt5.6 are one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

#: What may stand between a series and its version.
_JOINT = r"[\s_\u2010-\u2013-]{0,2}"

#: 3.8, K3, V4, 4o; not 27B, which is a size, nor the year of a date.
_VERSION = r"(?:v|[rkmox](?=\d))?\d{1,2}(?:\.\d{1,2}){0,2}o?(?![\d.]*\d|[\d.]*[bmtk]\b|[a-z])"

#: What an id begins with that brings a series along: "LTX-2.5", "Bonsai-8.1": its version has a point.
_BROUGHT = re.compile(r"(?:^|/)([A-Za-z]{3,})[-_]?\d{1,2}\.\d{1,2}(?![\d.]*\d)")


@dataclass(frozen=True, slots=True)
class ModelName:
    """A model's name as it stands in a text from ``start``; ``family`` is the same for every spelling."""

    text: str
    start: int
    family: str


def model_names(text: str, brought: Iterable[str] = ()) -> tuple[ModelName, ...]:
    """The names of models in a text, in its order; ``brought`` are series known today beside the usual ones."""
    if not any(map(str.isdigit, text)):
        return ()
    pattern = _pattern(frozenset(brought))
    return tuple(ModelName(match.group(), match.start(), _family(match)) for match in pattern.finditer(text))


def series_of(ids: Iterable[str]) -> frozenset[str]:
    """The series that ids bring along, in small letters: ``ltx`` of ``Lightricks/LTX-2.5``."""
    return frozenset(match[1].lower() for each in ids if (match := _BROUGHT.search(each)))


def is_series(word: str, brought: Collection[str] = ()) -> bool:
    """Whether a word (in small letters) is a series of models by itself: "qwen", "fable"."""
    return word in brought or word in _known()


@cache
def _known() -> frozenset[str]:
    makers = _lists()["makers"]
    return frozenset({*_lists()["series"], *(line for lines in makers.values() for line in lines)})


def _family(match: re.Match[str]) -> str:
    series = (match["series"] or match["line"]).lower()
    version = match["version"].lower().removeprefix("v").replace("-", ".")
    return f"{series} {version}"


@lru_cache(maxsize=16)
def _pattern(brought: frozenset[str]) -> re.Pattern[str]:
    known = "|".join(_longest_first({*_lists()["series"], *brought}))
    makers = _lists()["makers"]
    lines = "|".join(_longest_first(line for lines in makers.values() for line in lines))
    named = rf"(?P<series>{known}){_JOINT}"
    lined = rf"(?:(?:{'|'.join(makers)}){_JOINT})?(?P<line>{lines}){_JOINT}"
    return re.compile(
        rf"(?<![A-Za-z0-9])(?:{named}|{lined})(?P<version>(?<=[-\s_\u2010-\u2013a-z])(?:(?<=[a-z]-)\d-\d(?![\d.])|{_VERSION}))",
        re.IGNORECASE,
    )


def _longest_first(words: Iterable[str]) -> Iterator[str]:
    yield from (re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@cache
def _lists() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((resources.files("newsroom.identity") / "families.toml").read_text(encoding="utf-8"))
