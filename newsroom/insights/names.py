"""Insights on the ids of a list: one name in many of them, one owner of many."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from domain.items import Item, Source
from domain.readings import Lists, Reading
from newsroom import rounding
from newsroom.desk import Desk
from newsroom.insights.insight import Insight, Kind, slots
from newsroom.insights.word_lists import generic_words
from newsroom.record import Listing, ListKey, Mornings

#: The lists whose ids are ``owner/name``.
NAMED_LISTS = (
    ListKey(Source.HUGGINGFACE, Lists.MODELS),
    ListKey(Source.HUGGINGFACE, Lists.DATASETS),
    ListKey(Source.HUGGINGFACE, Lists.SPACES),
)

#: Fewer ids do not make a family; fewer entries do not make an owner worth a line.
SMALLEST_FAMILY = 4
FEWEST_OF_OWNER = 3

_TOKEN = re.compile(r"[^-_\s/]+")


@dataclass(frozen=True, slots=True)
class Family:
    """A name that several ids of a list contain."""

    stem: str
    readings: tuple[Reading, ...]


def name_insights(desk: Desk) -> Iterator[Insight]:
    """All insights on names and owners."""
    for key in NAMED_LISTS:
        mornings = desk.mornings(key)
        if mornings is None:
            continue
        for family in families(mornings.today)[:2]:
            yield from _family(desk, key, mornings, family)
        yield from _publisher(desk, key, mornings)


def families(listing: Listing) -> Sequence[Family]:
    """The names shared by most ids of the list, none part of one before it; largest first."""
    holding: defaultdict[str, list[Reading]] = defaultdict(list)
    spelling: dict[str, Counter[str]] = defaultdict(Counter)
    for reading in listing:
        for stem in _stems(reading.item.external_id.rpartition("/")[2]):
            spelling[stem.casefold()][stem] += 1
    for reading in listing:
        lowered = reading.item.external_id.casefold()
        for stem in spelling:
            if stem in lowered:
                holding[stem].append(reading)
    ranked = sorted(holding, key=lambda stem: (-_weight(stem, holding[stem]), stem))
    chosen: list[Family] = []
    for stem in ranked:
        if len(holding[stem]) < SMALLEST_FAMILY:
            continue
        if any(stem in family.stem.casefold() or family.stem.casefold() in stem for family in chosen):
            continue
        chosen.append(Family(spelling[stem].most_common(1)[0][0], tuple(holding[stem])))
    return chosen


def _weight(stem: str, readings: Sequence[Reading]) -> float:
    """A longer stem says more, if it loses few ids: "Qwen3.8-27B" on 17 before "Qwen3.8" on 18."""
    return len(readings) * (1 + 0.15 * stem.count("-"))


def _stems(name: str) -> Iterator[str]:
    """What an id could share with others: one to three tokens from a token with letters and a version on."""
    tokens = [(match.start(), match.end(), match.group()) for match in _TOKEN.finditer(name)]
    for first, (start, _, token) in enumerate(tokens):
        if not _names_a_model(token):
            continue
        for last in range(first, min(first + 3, len(tokens))):
            if tokens[last][2].casefold() in generic_words():
                break
            stem = name[start : tokens[last][1]]
            if any(character.isdigit() for character in stem):
                yield stem


def _names_a_model(token: str) -> bool:
    letters = sum(character.isalpha() for character in token)
    return letters >= 3 and token.casefold() not in generic_words() and not re.fullmatch(r"\d+[a-zA-Z]+", token)


def family_item(desk: Desk, family: Family) -> Item | None:
    """The item whose id spells the family's name, first on the list: it is quoted for the name."""
    for reading in family.readings:
        item = desk.about(reading.item)
        if item is not None and family.stem in item.key.external_id:
            return item
    return None


def _family(desk: Desk, key: ListKey, mornings: Mornings, family: Family) -> Iterator[Insight]:
    item = family_item(desk, family)
    if item is None:
        return
    words, figures, today = desk.words(key), desk.figures, mornings.today
    both = mornings.farthest()
    before = both.before if both else None
    count = figures.matching(today, family.stem, words.things)
    earlier = figures.matching(before, family.stem, words.things) if before else None
    if count is None:
        return
    change = count.value - earlier.value if earlier else 0
    if earlier is not None and earlier.value == 0:
        earlier = replace(earlier, text="none")
    yield Insight(
        Kind.FAMILY,
        key,
        (item.key, *(reading.item for reading in family.readings if reading.item != item.key)),
        slots(
            family=desk.cite.part_of_id(item, family.stem),
            count=count,
            earlier=earlier,
            size=figures.size(today, words.things),
            since=figures.date(before) if before else None,
            share=figures.listed("share", today, "%", rounding.percent, pattern=family.stem),
            publishers=figures.listed("distinct_publishers", today, "accounts", rounding.count, pattern=family.stem),
            list=desk.list_name(key),
            things=words.things,
        ),
        variant="grown" if change > 0 else ("shrunk" if change < 0 else ("same" if earlier else "")),
        theme=family.stem,
        surprise=min(0.3 + abs(change) / 10, 0.9),
        magnitude=min(count.value / max(len(today), 1) * 1.8, 1),
    )


def owners(readings: Sequence[Reading]) -> Mapping[str, Sequence[Reading]]:
    """The readings by the owner in their ids, most first."""
    found: defaultdict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        owner, slash, _ = reading.item.external_id.partition("/")
        if slash:
            found[owner].append(reading)
    return dict(sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[1][0].rank or 0)))


def _publisher(desk: Desk, key: ListKey, mornings: Mornings) -> Iterator[Insight]:
    today, words = mornings.today, desk.words(key)
    by_owner = owners(today.readings)
    owner, readings = next(iter(by_owner.items()), ("", ()))
    item = next((item for reading in readings if (item := desk.about(reading.item)) is not None), None)
    if item is None or len(readings) < FEWEST_OF_OWNER:
        return
    of_owner = next(reading for reading in readings if reading.item == item.key)
    count = desk.figures.of_item("largest_publisher", of_owner, today, words.things, rounding.count)
    if count is None:
        return
    yield Insight(
        Kind.PUBLISHER,
        key,
        tuple(reading.item for reading in readings),
        slots(
            owner=desk.cite.part_of_id(item, owner),
            count=count,
            size=desk.figures.size(today, words.things),
            publishers=desk.figures.listed("distinct_publishers", today, "accounts", rounding.count),
            best=desk.figures.rank(readings[0]),
            list=desk.list_name(key),
            things=words.things,
        ),
        theme=owner,
        surprise=0.35,
        magnitude=min(len(readings) / max(len(today), 1) * 2.5, 1),
    )
