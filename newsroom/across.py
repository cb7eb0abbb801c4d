"""Who else names it: every item of this morning's lists whose own words hold a name or a word, by kind of source."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from domain.claims import Name
from domain.evidence import EvidenceId
from domain.items import Item, ItemKey
from domain.readings import Metric, Reading
from newsroom.citations import naming
from newsroom.desk import Desk
from newsroom.identity import ModelName, Subject, Voice, model_names, voice_of
from newsroom.identity.families import series_of
from newsroom.lists import LIST_WORDS
from newsroom.record import ListKey
from newsroom.terms import sayings, span_of

#: A story or a post is of today for so long.
FRESH = timedelta(hours=48)

#: A story with fewer points was hardly heard.
FEWEST_POINTS = 10

#: Shorter names are words of the language.
SHORTEST = 4

#: How an item is searched: the field and the place that spells what is looked for; None where none does.
Search = Callable[[Item], tuple[str, str] | None]


@dataclass(frozen=True, slots=True)
class Mention:
    """An item that names it: where it stands, and ``text``, as ``field`` of its words spells it."""

    key: ListKey
    reading: Reading
    item: Item
    field: str
    text: str

    @property
    def voice(self) -> Voice:
        """The kind of source that it is from."""
        return voice_of(self.item.key)

    def quoted(self, desk: Desk) -> Name | None:
        """The name as the item spells it, to be printed; its evidence is the exact span."""
        cited = desk.cite.words(self.item, self.field, self.text)
        return Name(self.text, self.item.key, cited) if cited else None

    def linked(self, desk: Desk) -> Name | None:
        """The name with the address of the item that spells it so, for a sentence that names the item nowhere else."""
        name = self.quoted(desk)
        return self.to_item(name) if name is not None else None

    def to_item(self, name: Name) -> Name:
        """A name of the item with its address."""
        return replace(name, url=self.item.url) if self.item.url.startswith("https://") else name


#: Mentions by kind of source, the loudest first.
Mentions = Mapping[Voice, Sequence[Mention]]


def mentions_of(desk: Desk, what: str | Subject, without: Collection[ItemKey] = ()) -> Mentions:
    """The items of this morning that name a word or a model (however it is spelt), or that are of the subject.

    Items about AI only; no relays; each subject once a kind of source, by its loudest item; none of the subjects of the
    items ``without``. Stories have at least ten points and, like posts, are at most 48 hours old.
    """
    if isinstance(what, Subject):
        keys = frozenset(what.items)
        return by_voice(desk, _found(desk, lambda item: naming(item) if item.key in keys else None), without)
    return by_voice(desk, _found(desk, search_for(what, brought(desk))), without)


def brought(desk: Desk) -> frozenset[str]:
    """The series of models that this morning's lists of models bring along."""
    return series_of(key.external_id for subject in desk.subjects for key in subject.items if "/" in key.external_id)


def search_for(word: str, series: Collection[str] = ()) -> Search:
    """How items are searched for a word: as a model's name where it is one, else as a whole word spelt so."""
    families = {name.family for name in model_names(word, series)}
    if families:
        return lambda item: next(
            ((field, name.text) for field, name in named_in(item, series) if name.family in families), None
        )
    if len(word) < SHORTEST:
        return lambda item: None
    spelt = _spelling(word)
    return lambda item: next(((field, found) for field, text in sayings(item) if (found := spelt(text))), None)


def named_in(item: Item, series: Collection[str] = ()) -> Iterator[tuple[str, ModelName]]:
    """The models that an item names in what it says of itself, with the field."""
    for field, text in sayings(item):
        for name in model_names(text, series):
            yield field, name


def _spelling(word: str) -> Callable[[str], str | None]:
    """A word with a capital or a joint is a name and only itself when spelt so; any other is in any letter case."""
    if word == word.casefold() and re.fullmatch(r"[\w' ]+", word):
        return lambda text: span_of(word, text)
    pattern = re.compile(rf"(?<![\w./-]){re.escape(word)}(?![\w/-])")
    return lambda text: match.group() if (match := pattern.search(text)) else None


def by_voice(desk: Desk, mentions: Iterable[Mention], without: Collection[ItemKey] = ()) -> Mentions:
    """The mentions by kind of source, the loudest first, each subject once a kind."""
    passed_over = {desk.subject(key).head for key in without}
    found: defaultdict[Voice, dict[ItemKey, Mention]] = defaultdict(dict)
    for mention in sorted(mentions, key=_quietness):
        head = desk.subject(mention.item.key).head
        if head not in passed_over:
            found[mention.voice].setdefault(head, mention)
    return {voice: tuple(found[voice].values()) for voice in Voice if voice in found}


def _found(desk: Desk, search: Search) -> Iterator[Mention]:
    for key, reading, item in todays(desk):
        hit = search(item)
        if hit is not None:
            yield Mention(key, reading, item, *hit)


def todays(desk: Desk) -> Iterator[tuple[ListKey, Reading, Item]]:
    """Everything about AI on this morning's lists that is new or loud enough to count as said today."""
    for key in desk.record.lists():
        mornings = desk.mornings(key)
        for reading in desk.ours(mornings.today) if mornings else ():
            item = desk.about(reading.item)
            if item is not None and _is_heard(desk, reading, item):
                yield key, reading, item


def _is_heard(desk: Desk, reading: Reading, item: Item) -> bool:
    if reading.metrics.get(Metric.POINTS, FEWEST_POINTS) < FEWEST_POINTS:
        return False
    if voice_of(item.key) not in {Voice.TALK, Voice.POSTS} or item.created_at is None:
        return voice_of(item.key) is not Voice.POSTS  # a post without a date may be years old
    return timedelta(0) <= desk.as_of - item.created_at <= FRESH


def _quietness(mention: Mention) -> tuple[int, int, int]:
    """The loudest first; of equals the one on the list that has a name."""
    metrics = mention.reading.metrics
    loud = next((metrics[each] for each in _LOUDNESS if each in metrics), 0)
    return -loud, mention.key not in LIST_WORDS, mention.reading.id


_LOUDNESS = (Metric.POINTS, Metric.UPVOTES, Metric.LIKES, Metric.STARS)


def joining(desk: Desk, one: ItemKey, other: ItemKey) -> tuple[EvidenceId, ...]:
    """The names of the items by which two of a subject are joined: evidence for a sentence that calls them one."""
    names = (desk.cite.name(key) for key in desk.subjects.between(one, other))
    return tuple(name.evidence for name in names if name is not None)
