"""Which story may lead, and in what order they are tried: an entity or a theme, heard widely or moved to the front.

A bare metric never leads; what led in the last seven days only leads again when it moved (docs/newsworthiness.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from domain.issue import Worth
from domain.items import ItemKey, Source
from domain.items import Kind as ItemKind
from newsroom.desk import Desk
from newsroom.identity import Voice, model_names
from newsroom.insights.insight import Insight, Kind
from newsroom.insights.word_lists import common_words
from newsroom.selection.clusters import Bond, Cluster, clusters, tale
from newsroom.selection.memory import LEAD, LEAD_HINT, LEAD_KIND
from newsroom.selection.score import MOVED, worth
from newsroom.selection.voices import voices

#: What makes a lead beyond its newsworthiness, by the value of the kind; what is not here cannot lead: a bare count
#: of a page is no story. A change at the top leads; a fall is background.
WEIGHTS = {
    "first_place": 1.3,
    "family": 1.3,
    "co_movement": 1.2,
    "theme": 1.2,
    "new_entry": 1.0,
    "talk": 1.0,
    "argument": 0.9,
    "echo": 1.1,
    "upvotes": 0.9,
    "mark": 0.8,
    "climb": 0.7,
    "gain": 0.7,
    "today": 0.7,
    "back": 0.7,
    "held_first": 0.6,
    "publisher": 0.6,
    "growth": 0.35,
    "fall": 0.3,
}

#: Kinds that are news when nobody on the list has more, and less so otherwise.
OF_EXTREMES = frozenset({Kind.GAIN, Kind.TODAY, Kind.CLIMB, Kind.FALL, Kind.TALK, Kind.UPVOTES})
NOT_THE_MOST = 0.7

#: Kinds that make a story by themselves: a first place, a mark, a name in many places, a word in many mouths.
BY_THEMSELVES = frozenset({"first_place", "mark", "family", "co_movement", "theme", "echo"})

#: Kinds that do where nobody on the list has more; a gain in likes or stars alone is a bare metric.
BY_THE_MOST = frozenset({"talk", "argument", "upvotes"})

#: A newcomer from this place on is news by itself.
HIGH = 3

#: More can be told of a story with more tales: this much for each beyond the first, up to so many.
RICHNESS = 0.12
MOST_TALES = 5

#: What is left of the weight of a lead whose sort led so many days ago; of one that shares an owner or a title's name.
VARIETY = {1: 0.35, 2: 0.5, 3: 0.65, 4: 0.8, 5: 0.9}
SAME_HINT = {1: 0.4, 2: 0.5, 3: 0.6, 4: 0.7, 5: 0.8, 6: 0.9}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A story that could lead: its facts, the one that is told first, and what it is worth.

    ``names`` are what it is remembered by; ``hints`` are weaker likenesses (an owner, a name in its title).
    ``led`` is how many days ago one of its names led. ``strong``: it is heard widely or moved to the front.
    """

    cluster: Cluster
    core: Insight
    worth: Worth
    names: frozenset[str]
    hints: frozenset[str]
    led: int | None
    strong: bool

    @property
    def sort(self) -> str:
        """The kind of a lead and where it comes from; all talk is of one kind."""
        return f"{min(tale(self.core.kind))}@{self.core.source}"

    @property
    def weight(self) -> float:
        """What it is worth as a lead."""
        return self.worth.score

    @property
    def has_news(self) -> bool:
        """Whether it moved or crossed a mark since it led."""
        return self.core.kind in MOVED


def candidates(
    desk: Desk, insights: Sequence[Insight], sayable: Callable[[Insight], bool]
) -> tuple[Candidate, ...]:
    """The stories that could lead, in the order in which they are to be tried.

    Strong ones that did not lead in the last seven days come first, then weaker ones, then those that led and have
    moved since.
    """
    found = []
    for cluster in clusters(desk, insights):
        spoken = cluster.voices | _named_by(desk, cluster, insights)
        cores = [fact for fact in cluster.facts if fact.kind in WEIGHTS and fact.items and sayable(fact)]
        if cluster.bond is not Bond.ENTITY:
            cores = [fact for fact in cores if fact is cluster.facts[0]]
        if cores:
            found.append(_candidate(desk, cluster, cores, spoken, insights))
    open_to_lead = [each for each in found if each.led is None or each.has_news]
    return tuple(sorted(open_to_lead, key=lambda each: (each.led is not None, not each.strong, -each.weight, each.core.key)))


def _candidate(
    desk: Desk, cluster: Cluster, cores: Sequence[Insight], spoken: frozenset[Voice], insights: Sequence[Insight]
) -> Candidate:
    core = max(cores, key=lambda fact: (worth(desk, fact).score * _of_kind(fact), fact.key))
    names = _names(cluster, insights)
    hints = frozenset(_hints(desk, cluster))
    candidate = Candidate(
        cluster, core, worth(desk, core, spoken), names, hints, _led(desk, names), _is_strong(desk, core, spoken)
    )
    return replace(candidate, worth=_as_lead(desk, candidate))


def _named_by(desk: Desk, cluster: Cluster, insights: Sequence[Insight]) -> frozenset[Voice]:
    """The kinds of source that name it, where several do on this morning."""
    moving = [fact for fact in insights if fact.kind is Kind.CO_MOVEMENT and cluster.items[0] in fact.items]
    return voices(desk, [key for fact in moving for key in fact.items])


def _of_kind(core: Insight) -> float:
    """The weight of its kind, less where others on the list have more, or a name is in fewer places than it was."""
    weight = WEIGHTS[core.kind]
    if core.kind in OF_EXTREMES and core.variant != "most":
        return weight * NOT_THE_MOST
    if core.kind is Kind.FAMILY and core.variant in {"same", "shrunk"}:
        return weight * NOT_THE_MOST
    return weight


def _as_lead(desk: Desk, candidate: Candidate) -> Worth:
    """Its worth with what counts for a lead alone: the kind, how much there is to tell, what led in the last days."""
    tales = min(candidate.cluster.tales, MOST_TALES)
    richness = 1 + RICHNESS * (tales - 1)
    age = desk.memory.told(LEAD_KIND, candidate.sort)
    variety = VARIETY.get(age, 1.0) if age is not None else 1.0
    hinted = [age for hint in candidate.hints if (age := desk.memory.told(LEAD_HINT, hint)) is not None]
    likeness = SAME_HINT.get(min(hinted), 1.0) if hinted else 1.0
    found = candidate.worth
    score = found.score * _of_kind(candidate.core) * richness * variety * likeness
    facts = f"{len(candidate.cluster.facts)} facts on {candidate.cluster.name} ({candidate.cluster.bond})"
    return replace(found, score=round(score, 4), why=f"{facts}; {found.why}")


def _is_strong(desk: Desk, core: Insight, spoken: frozenset[Voice]) -> bool:
    """Whether it is heard in two kinds of source, or stands at the front of its list."""
    if len(spoken) > 1 or core.kind in BY_THEMSELVES:
        return True
    if core.kind in BY_THE_MOST:
        return core.variant == "most"
    ranks = [run.value for run in core.slots.get("rank", ()) if hasattr(run, "value")]
    return core.kind is Kind.NEW and bool(ranks) and ranks[0] <= HIGH


# --- what it is remembered by -------------------------------------------------------------------------------------------


def _names(cluster: Cluster, insights: Sequence[Insight]) -> frozenset[str]:
    """Its subject, the family that holds it, its theme; of a family or an owner also the entry that stands highest.

    A model's name is remembered in its one spelling too: what led as "Qwen3.8-27B" led as "qwen 3.8".
    """
    families = (fact for fact in insights if fact.kind is Kind.FAMILY and cluster.items[0] in fact.items)
    names = {cluster.name.casefold(), *(family.theme.casefold() for family in families)}
    if cluster.bond is not Bond.THEME:
        names.add(str(cluster.items[0]).casefold())
    return frozenset(names | {model.family for name in names for model in model_names(name)})


def _led(desk: Desk, names: Iterable[str]) -> int | None:
    """How many days ago one of the names led; "gemma-4" led where "gemma-4-12B" did."""
    ages = [
        age for name in names for led, age in desk.memory.marked(LEAD).items() if name == led or _of_one(name, led)
    ]
    return min(ages, default=None)


def _of_one(name: str, other: str) -> bool:
    """Whether one name of a family goes on where the other ends."""
    shorter, longer = sorted((name, other), key=len)
    return ":" not in longer and longer.startswith(f"{shorter}-")


def _hints(desk: Desk, cluster: Cluster) -> Iterable[str]:
    """An owner, and the names in a title."""
    for key in cluster.items[:1] if cluster.bond is not Bond.THEME else ():
        if key.kind in {ItemKind.STORY, ItemKind.POST}:
            item = desk.about(key)
            yield from (name.casefold() for name in names_in(item.title if item else ""))
        elif key.source in {Source.HUGGINGFACE, Source.GITHUB} and "/" in key.external_id:
            yield key.external_id.partition("/")[0].casefold()


def names_in(title: str) -> list[str]:
    """Words of a title that look like names, those with a capital or a figure inside first, then the longest."""
    words = [word for word in re.findall(r"[A-Z][\w.-]{3,}", title) if word.casefold() not in common_words()]
    return sorted(dict.fromkeys(words), key=lambda word: (not re.search(r"[a-z][A-Z]|\d", word), -len(word)))


def remembered(candidate: Candidate) -> Iterable[tuple[str, str]]:
    """The marks that a lead leaves for the issues to come."""
    yield from ((LEAD, name) for name in sorted(candidate.names))
    yield from ((LEAD_HINT, hint) for hint in sorted(candidate.hints))
    yield LEAD_KIND, candidate.sort


def subject_of(candidate: Candidate) -> ItemKey:
    """The item that stands for the story."""
    return candidate.core.items[0]
