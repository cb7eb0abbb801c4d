"""Whether the lead says what a lead of the last issues said: TF-IDF cosine of headline, standfirst and story."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from domain.claims import Figure
from domain.issue import Issue, SectionName
from domain.measures import Measure
from newsroom.measuring.found import ISSUES, Found

Vector = Mapping[str, float]

#: Of how many texts the two backgrounds count.
POSTS, LEADS = 1000, 42

_WORD = re.compile(r"[^\W\d_][\w'-]+")


def measured(issue: Issue, past: Sequence[Issue]) -> Iterator[Found]:
    """The likeness to the likest of the last leads, and the words that make it."""
    said = vector(thesis(issue))
    likest: tuple[float, Issue, Vector] | None = None
    for earlier in past[:ISSUES]:
        other = vector(thesis(earlier))
        alike = cosine(said, other)
        if said and other and (likest is None or alike > likest[0]):
            likest = alike, earlier, other
    if likest is None:
        yield Found(Measure.THESIS, None, "no lead to compare with")
        return
    alike, earlier, other = likest
    yield Found(Measure.THESIS, alike, f"as on {earlier.date}: {', '.join(_shared(said, other))}")


def thesis(issue: Issue) -> str:
    """What the lead says, from headline to last sentence, without its figures and dates; empty without a lead."""
    lead = issue.section(SectionName.LEAD)
    claims = (claim for story in lead.stories for claim in story.claims()) if lead else ()
    return " ".join(run.text for claim in claims for run in claim.runs if not isinstance(run, Figure))


def vector(text: str) -> Vector:
    """The text as a unit vector: each word's count times its rarity; figures are no words. Empty for no words."""
    counts = Counter(words(text))
    weights = {word: count * _rarity(word) for word, count in counts.items()}
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {word: weight / length for word, weight in weights.items()}


def cosine(one: Vector, other: Vector) -> float:
    """How alike two unit vectors are: 0 shares no word, 1 is the same."""
    return min(sum(weight * other.get(word, 0.0) for word, weight in one.items()), 1.0)


def words(text: str) -> Iterator[str]:
    """The words of a text in small letters, without the possessive ending."""
    for word in _WORD.findall(text.lower().replace("’", "'")):
        yield word.removesuffix("'s").rstrip("'-")


def _rarity(word: str) -> float:
    """How much a word tells, ln((1 + n) / (1 + df)): what is common in posts or in our own leads tells little."""
    return min(math.log((1 + each.texts) / (1 + each.counts.get(word, each.unseen))) for each in _backgrounds())


@dataclass(frozen=True, slots=True)
class _Background:
    """In how many of so many texts each word stands; a word that it does not list stands in ``unseen``."""

    texts: int
    unseen: int
    counts: Mapping[str, int]


@cache
def _backgrounds() -> tuple[_Background, _Background]:
    """The posts of labs and press, and our own leads: without these the names of lists would make every two alike."""
    return _Background(POSTS, 1, _counts("posts.txt")), _Background(LEADS, 0, _counts("leads.txt"))


def _counts(file: str) -> Mapping[str, int]:
    text = (resources.files("newsroom.measuring") / file).read_text(encoding="utf-8")
    lines = (line.split() for line in text.splitlines() if not line.startswith("#"))
    return {word: int(count) for count, *words in lines for word in words}


def _shared(one: Vector, other: Vector) -> list[str]:
    """The words that weigh most in the likeness."""
    return sorted(one.keys() & other.keys(), key=lambda word: (-one[word] * other[word], word))[:6]
