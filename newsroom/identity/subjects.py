"""The items of a morning grouped into subjects: by identity first, then by equal titles, then by nearly equal ones."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations, pairwise

from domain.items import TITLED, Item, ItemKey, Kind, Source
from newsroom.identity.identities import identities
from newsroom.identity.relays import relays
from newsroom.identity.titles import nearly_equal, normal_title
from newsroom.identity.voices import Voice, voice_of

#: Equal titles further apart in time are a series, not a story.
TITLE_WINDOW = timedelta(days=7)

#: Titles are compared where they share a word of so many letters that at most so many titles have.
LONG_WORD = 5
RARE_WORD = 25

#: Which item stands for a subject: the thing itself before those who speak of it.
_HEAD = (Kind.MODEL, Kind.DATASET, Kind.SPACE, Kind.REPOSITORY, Kind.PAPER, Kind.POST, Kind.STORY)


@dataclass(frozen=True, slots=True)
class Subject:
    """What several items are about: the first is where it comes from, the others speak of it.

    ``relays`` are those of them that only pass on what another said.
    """

    items: tuple[ItemKey, ...]
    relays: frozenset[ItemKey] = frozenset()

    @property
    def head(self) -> ItemKey:
        """The item that stands for the subject."""
        return self.items[0]

    @property
    def sources(self) -> frozenset[Source]:
        """The sites that speak of it; one that only passes on does not."""
        return frozenset(key.source for key in self.told_by)

    @property
    def voices(self) -> frozenset[Voice]:
        """The kinds of source that speak of it."""
        return frozenset(voice_of(key) for key in self.told_by)

    @property
    def told_by(self) -> tuple[ItemKey, ...]:
        """The items without relays; where there is nothing else, those."""
        return tuple(key for key in self.items if key not in self.relays) or self.items


class Subjects:
    """The items of a morning, grouped into subjects."""

    def __init__(self, groups: Sequence[Sequence[ItemKey]], links: _Links, passed_on: frozenset[ItemKey]) -> None:
        self.relays = passed_on
        self._links = links
        self._subjects = tuple(_subject(group, passed_on) for group in groups)
        self._by_item = {key: subject for subject in self._subjects for key in subject.items}

    @classmethod
    def group(cls, items: Iterable[Item]) -> Subjects:
        """Join the items that share an identity, then those of equal titles, then those of nearly equal ones."""
        known = {item.key: item for item in sorted(items, key=lambda item: item.key)}
        links = _Links()
        _join_identities(known, links)
        _join_repositories_of_papers(known, links)
        _join_titles(known, links)
        return cls(links.groups(known), links, relays(known.values()))

    def of(self, key: ItemKey) -> Subject:
        """The subject of an item; one that was not grouped is its own."""
        return self._by_item.get(key) or Subject((key,))

    def between(self, one: ItemKey, other: ItemKey) -> tuple[ItemKey, ...]:
        """The shortest row of items from one to another of its subject, each joined to the next; empty for none."""
        return self._links.path(one, other)

    def __iter__(self) -> Iterator[Subject]:
        return iter(self._subjects)

    def __len__(self) -> int:
        return len(self._subjects)


def one_story(items: Iterable[Item]) -> bool:
    """Whether these items, by their own words alone, are all about the same; a single one is."""
    return len(Subjects.group(items)) <= 1


def _subject(group: Sequence[ItemKey], passed_on: frozenset[ItemKey]) -> Subject:
    ordered = sorted(group, key=lambda key: (key in passed_on, _standing(key)))
    return Subject(tuple(ordered), passed_on.intersection(group))


def _standing(key: ItemKey) -> tuple[int, bool, ItemKey]:
    return _HEAD.index(key.kind), key.source is Source.OSSINSIGHT, key


class _Links:
    """Which items are joined directly; a group is what can be reached."""

    def __init__(self) -> None:
        self._joined: defaultdict[ItemKey, dict[ItemKey, None]] = defaultdict(dict)

    def join(self, keys: Sequence[ItemKey]) -> None:
        """Join the first with each of the others."""
        for key in keys[1:]:
            self._joined[keys[0]][key] = None
            self._joined[key][keys[0]] = None

    def groups(self, keys: Iterable[ItemKey]) -> list[list[ItemKey]]:
        """The keys in groups of what can be reached from one another."""
        seen: set[ItemKey] = set()
        found = []
        for key in keys:
            if key not in seen:
                group = list(self._came_from(key))
                seen.update(group)
                found.append(group)
        return found

    def reached(self, key: ItemKey) -> ItemKey:
        """One item that stands for everything that can be reached from this one."""
        return min(self._came_from(key))

    def path(self, one: ItemKey, other: ItemKey) -> tuple[ItemKey, ...]:
        """The shortest row from one key to the other, both included."""
        came_from = self._came_from(one)
        if other not in came_from:
            return ()
        row: list[ItemKey] = []
        step: ItemKey | None = other
        while step is not None:
            row.append(step)
            step = came_from[step]
        return tuple(reversed(row))

    def _came_from(self, start: ItemKey) -> dict[ItemKey, ItemKey | None]:
        came_from: dict[ItemKey, ItemKey | None] = {start: None}
        waiting = deque([start])
        while waiting:
            key = waiting.popleft()
            for joined in self._joined.get(key, ()):
                if joined not in came_from:
                    came_from[joined] = key
                    waiting.append(joined)
        return came_from


def _join_identities(items: Mapping[ItemKey, Item], links: _Links) -> None:
    sharing: defaultdict[str, list[ItemKey]] = defaultdict(list)
    for key, item in items.items():
        for identity in sorted(identities(item)):  # a set's order is another in each process
            sharing[identity].append(key)
    for keys in sharing.values():
        links.join(keys)


def _join_repositories_of_papers(items: Mapping[ItemKey, Item], links: _Links) -> None:
    """Join a paper with its repository, unless other papers name the same one: then it is a tool of them all."""
    papers: defaultdict[str, dict[ItemKey, ItemKey]] = defaultdict(dict)
    for key, item in items.items():
        if key.kind is Kind.PAPER:
            for name in item.tagged("github"):
                papers[name.casefold()].setdefault(links.reached(key), key)
    repositories = {key.external_id.casefold(): key for key in items if key.source is Source.GITHUB}
    for name, named_by in papers.items():
        if len(named_by) == 1 and name in repositories:
            links.join([repositories[name], *named_by.values()])


def _join_titles(items: Mapping[ItemKey, Item], links: _Links) -> None:
    titled: defaultdict[str, list[Item]] = defaultdict(list)
    for item in items.values():
        title = normal_title(item.title) if item.key.kind in TITLED else None
        if title is not None:
            titled[title].append(item)
    for same in titled.values():
        for one, other in pairwise(same):
            if _near_in_time(one, other) and not _is_series(one, other):
                links.join([one.key, other.key])
    _join_nearly_equal(titled, links)


def _is_series(one: Item, other: Item) -> bool:
    """Whether one feed says the same title of two entries: "What we read this week"."""
    return one.key.kind is other.key.kind is Kind.POST and _mouth(one) == _mouth(other)


def _mouth(item: Item) -> str:
    """Who says it: the feed of a post, else the site."""
    return item.key.external_id.partition("/")[0] if item.key.kind is Kind.POST else str(item.key.source)


def _join_nearly_equal(titled: Mapping[str, Sequence[Item]], links: _Links) -> None:
    """Compare titles that share a rare long word; between those who speak by themselves only."""
    compared: set[tuple[str, str]] = set()
    for titles in _sharing_a_word(titled):
        for pair in combinations(titles, 2):
            if pair not in compared and nearly_equal(*pair):
                _join_pair(titled[pair[0]][0], titled[pair[1]][0], links)
            compared.add(pair)


def _sharing_a_word(titles: Iterable[str]) -> Iterator[Sequence[str]]:
    """The titles that share a long word, for every such word that is rare enough to tell something."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for title in titles:
        for word in dict.fromkeys(word for word in title.split() if len(word) >= LONG_WORD):
            found[word].append(title)
    yield from (sharing for sharing in found.values() if 2 <= len(sharing) <= RARE_WORD)


def _join_pair(one: Item, other: Item, links: _Links) -> None:
    if _mouth(one) != _mouth(other) and _near_in_time(one, other):
        links.join([one.key, other.key])


def _near_in_time(one: Item, other: Item) -> bool:
    return abs(_time_of(one) - _time_of(other)) <= TITLE_WINDOW


def _time_of(item: Item) -> datetime:
    return item.created_at or item.first_seen_at or item.seen_at
