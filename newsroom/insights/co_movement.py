"""Insights on a model that several kinds of source name on one morning, however each of them spells it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from domain.claims import Figure, Name
from domain.evidence import EvidenceId, NamedFormula
from domain.items import ItemKey
from domain.items import Kind as ItemKind
from domain.readings import Metric
from newsroom import rounding
from newsroom.across import Mention, Mentions, brought, by_voice, named_in, todays
from newsroom.desk import Desk
from newsroom.identity import Voice
from newsroom.insights.insight import Insight, Kind, slots
from newsroom.insights.where import lists_of, of_the_commonest_kind, quotations, where
from newsroom.phrases.templates import Fragment

#: Fewer kinds of source, or fewer different things among them, move by themselves.
FEWEST_VOICES = 2
FEWEST_SUBJECTS = 2
FEWEST_TOGETHER = 5

#: So many names a morning are told of at most.
MOST = 4


def co_movement_insights(desk: Desk) -> Iterator[Insight]:
    """The models named in most places, first."""
    found = [(family, by_voice(desk, mentions)) for family, mentions in _named_today(desk).items()]
    moving = [(family, mentions) for family, mentions in found if _moves(desk, mentions)]
    moving.sort(key=lambda pair: (-len(pair[1]), -_heads(desk, pair[1]), pair[0]))
    for family, mentions in moving[:MOST]:
        yield from _told(desk, family, mentions)


def _named_today(desk: Desk) -> Mapping[str, Sequence[Mention]]:
    """Who names which model today."""
    series = brought(desk)
    found: defaultdict[str, list[Mention]] = defaultdict(list)
    for key, reading, item in todays(desk):
        families = {name.family: (field, name.text) for field, name in named_in(item, series)}
        for family, (field, text) in families.items():
            found[family].append(Mention(key, reading, item, field, text))
    return found


def _moves(desk: Desk, mentions: Mentions) -> bool:
    """Whether several kinds of source name it in several things, one of which has come since yesterday."""
    heads = _heads(desk, mentions)
    enough = len(mentions) >= FEWEST_VOICES and heads >= FEWEST_SUBJECTS and heads + len(mentions) >= FEWEST_TOGETHER
    return enough and any(_has_come(desk, mention) for found in mentions.values() for mention in found)


def _has_come(desk: Desk, mention: Mention) -> bool:
    """Whether it is a story or a post of today, or was not on its list yesterday."""
    if mention.voice in {Voice.TALK, Voice.POSTS}:
        return True
    mornings = desk.mornings(mention.key)
    before = mornings.before(1) if mornings else None
    if mornings is None or before is None:
        return False
    return before.can_miss(mornings.today) and not before.holds(mention.item.key)


def _heads(desk: Desk, mentions: Mentions) -> int:
    """How many different things the items are about."""
    return len({desk.subject(mention.item.key).head for found in mentions.values() for mention in found})


def _told(desk: Desk, family: str, mentions: Mentions) -> Iterator[Insight]:
    every = [mention for found in mentions.values() for mention in of_the_commonest_kind(found)]
    name = _name(desk, every)
    listed = where(desk, mentions, partial(_count, desk, family), signed=True)
    if name is None:
        return
    quotes = quotations(desk, every)
    stories = mentions.get(Voice.TALK, ())
    yield Insight(
        Kind.CO_MOVEMENT,
        every[0].key,
        _items(name.item, every),
        slots(
            name=name,
            where=listed,
            count=_count(desk, family, quotes, "entries"),
            sites=desk.figures.make(
                NamedFormula("distinct_sources", 1), {"of": tuple(quotes)}, "sites", form=rounding.count
            ),
            **loudest_story(desk, stories),
        ),
        also=lists_of(desk, every),
        theme=family,
        surprise=min(0.25 + 0.15 * len(mentions), 0.9),
        magnitude=min(len(quotes) / 12, 1),
    )


def _name(desk: Desk, mentions: Sequence[Mention]) -> Name | None:
    """The name in the spelling that most have, as a part of what an item says; one with a capital before "fable5"."""
    spelt = Counter(mention.text for mention in mentions)
    ranked = sorted(
        mentions,
        key=lambda each: (each.text == each.item.title, each.text.islower(), -spelt[each.text], -len(each.text)),
    )
    return next((name for mention in ranked if (name := mention.linked(desk)) is not None), None)


def _items(first: ItemKey, mentions: Sequence[Mention]) -> tuple[ItemKey, ...]:
    return tuple(dict.fromkeys((first, *(mention.item.key for mention in mentions))))


def _count(
    desk: Desk, family: str, quotes: Sequence[EvidenceId], unit: str, kind: ItemKind | None = None
) -> Figure | None:
    formula = NamedFormula("named_count", 1, {"name": family} | ({"kind": kind.value} if kind else {}))
    return desk.figures.make(formula, {"of": tuple(quotes)}, unit, form=rounding.count)


def loudest_story(desk: Desk, stories: Sequence[Mention]) -> dict[str, Fragment | Name | Figure | None]:
    """The story with most points: its title and figures; nothing where there is none."""
    if not stories:
        return {}
    reading = stories[0].reading
    return {
        "title": desk.cite.name(reading.item),
        "points": desk.figures.value(reading, Metric.POINTS),
        "comments": desk.figures.value(reading, Metric.COMMENTS),
    }
