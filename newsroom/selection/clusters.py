"""Stories, not single facts: everything that could be told today, put together by what it is about.

Facts belong together that share an entity (one subject under all its names), a name (a model family, an owner of many
entries) or a theme (a word that several things have).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.items import ItemKey
from newsroom.desk import Desk
from newsroom.identity import Voice
from newsroom.insights.insight import SAME_TALE, Insight, Kind
from newsroom.selection.voices import voices


class Bond(StrEnum):
    """What holds the facts of a cluster together."""

    ENTITY = "entity"
    FAMILY = "family"
    OWNER = "owner"
    THEME = "theme"


#: Kinds that are about a name or an owner, not about one item.
OF_MANY = {Kind.FAMILY: Bond.FAMILY, Kind.PUBLISHER: Bond.OWNER}

#: A theme of fewer items is an item.
FEWEST_OF_THEME = 2


@dataclass(frozen=True, slots=True)
class Cluster:
    """Facts with one bond, best first; ``name`` is what the paper remembers it by.

    ``items`` are all that it is about, the one that stands for it first; ``voices`` are the kinds of source that
    speak of it.
    """

    bond: Bond
    name: str
    facts: tuple[Insight, ...]
    items: tuple[ItemKey, ...]
    voices: frozenset[Voice]

    @property
    def tales(self) -> int:
        """How many different things are told of it; kinds that tell the same in other words count once."""
        return len({min(tale(fact.kind)) for fact in self.facts})


def tale(kind: Kind) -> frozenset[Kind]:
    """The kinds that tell the same of a subject as this one."""
    return next((kinds for kinds in SAME_TALE if kind in kinds), frozenset({kind}))


def clusters(desk: Desk, insights: Sequence[Insight]) -> tuple[Cluster, ...]:
    """Every story that the insights (best first) hold; a fact may belong to an entity and to a name."""
    by_subject: defaultdict[ItemKey, list[Insight]] = defaultdict(list)
    for insight in insights:
        if insight.subject is not None and _is_of_one(insight):
            by_subject[desk.subject(insight.subject).head].append(insight)
    entities = (_entity(desk, head, facts) for head, facts in by_subject.items())
    return (*entities, *_of_many(desk, insights, by_subject))


def _is_of_one(insight: Insight) -> bool:
    return insight.kind not in OF_MANY and not _is_theme(insight)


def _is_theme(insight: Insight) -> bool:
    """Whether it is about a word that several things have."""
    return bool(insight.theme) and insight.kind not in OF_MANY and len(set(insight.items)) >= FEWEST_OF_THEME


def _entity(desk: Desk, head: ItemKey, facts: Sequence[Insight]) -> Cluster:
    items = desk.subject(head).items
    return Cluster(Bond.ENTITY, str(head), tuple(facts), items, voices(desk, items[:1]))


def _of_many(desk: Desk, insights: Sequence[Insight], by_subject: dict[ItemKey, list[Insight]]) -> Iterator[Cluster]:
    """The names, owners and themes, each with what can be told of its items."""
    for insight in insights:
        if _is_of_one(insight):
            continue
        bond = OF_MANY.get(insight.kind, Bond.THEME)
        heads = dict.fromkeys(desk.subject(key).head for key in insight.items)
        facts = (insight, *(fact for head in heads for fact in by_subject.get(head, ())))
        heard = voices(desk, insight.items) if bond is Bond.THEME else voices(desk, insight.items[:1])
        yield Cluster(bond, insight.about, facts, tuple(dict.fromkeys(insight.items)), heard)
