"""The evidence of one issue as it is gathered: what is cited gets its id here, once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from domain.claims import Name, Quote
from domain.evidence import (
    Evidence,
    EvidenceId,
    HarvestEvidence,
    QuoteEvidence,
    ReadingEvidence,
)
from domain.items import TITLED, Item, ItemKey
from domain.readings import Harvest, Metric, Reading
from newsroom.publishing import is_scraped, publisher_name
from newsroom.quoting import is_harmless
from newsroom.record import Listing, Record

#: The "metric" of a reading's place on its list.
RANK = "rank"

#: Names longer than this would break a line; the item is then left out.
LONGEST_NAME = 160


class Citations:
    """Turns what was observed into evidence with ids; citing the same thing twice gives the same id.

    What lives at one of the ``dead`` addresses, or was ``skipped``, is evidence like any other, but is not named.
    """

    def __init__(
        self,
        record: Record,
        dead: frozenset[str] = frozenset(),
        skipped: frozenset[ItemKey] = frozenset(),
        quotes: str = "q",
    ) -> None:
        """``quotes`` begins the ids of quoted words: evidence of two gatherings can then stand side by side."""
        self._record = record
        self._dead = dead
        self._skipped = skipped
        self._evidence: dict[EvidenceId, Evidence] = {}
        self._shown = MappingProxyType(self._evidence)
        self._quotes: dict[QuoteEvidence, EvidenceId] = {}
        self._prefix = quotes

    @property
    def evidence(self) -> Mapping[EvidenceId, Evidence]:
        """Everything cited so far."""
        return self._shown

    def reading(self, reading: Reading, metric: Metric | str) -> EvidenceId:
        """One figure of a reading, or its place (``RANK``). Raises KeyError when the reading doesn't show it."""
        cited = EvidenceId(f"r{reading.id}-{metric}")
        if cited not in self._evidence:
            self._evidence[cited] = self._reading_evidence(reading, metric)
        return cited

    def mention(self, reading: Reading) -> EvidenceId:
        """That an item stood on a list: by its place or its first figure, else by the words that name it.

        Raises KeyError for an item whose words the record doesn't hold and that shows no figure.
        """
        if reading.rank is not None:
            return self.reading(reading, RANK)
        if reading.metrics:
            return self.reading(reading, min(metric.value for metric in reading.metrics))
        item = self._record.about(reading.item)
        cited = self.words(item, *naming(item)) if item is not None and can_be_named(item) else None
        if cited is None:
            raise KeyError(f"{reading.item} stands on a list without a figure or a name")
        return cited

    def readings(self, readings: Iterable[Reading], metric: Metric | str) -> tuple[EvidenceId, ...]:
        """The same figure of several readings."""
        return tuple(self.reading(reading, metric) for reading in readings)

    def list(self, listing: Listing | Harvest) -> EvidenceId:
        """One whole list as it was read."""
        harvest = listing.harvest if isinstance(listing, Listing) else listing
        cited = EvidenceId(f"h{harvest.id}")
        if cited not in self._evidence:
            self._evidence[cited] = HarvestEvidence(
                harvest.id, harvest.source, harvest.list, harvest.items, harvest.status, harvest.observed_at
            )
        return cited

    def lists(self, listings: Iterable[Listing]) -> tuple[EvidenceId, ...]:
        """Several readings of a list."""
        return tuple(self.list(listing) for listing in listings)

    def words(self, item: Item, field: str, text: str) -> EvidenceId | None:
        """An exact span of a field of the item's own words; None when the field doesn't hold it."""
        start = _place(item, field, text)
        if start is None:
            return None
        url = item.url
        evidence = QuoteEvidence(item.version, item.key.source, item.key, field, start, text, item.seen_at, url)
        if evidence not in self._quotes:
            self._quotes[evidence] = EvidenceId(f"{self._prefix}{len(self._quotes) + 1}")
            self._evidence[self._quotes[evidence]] = evidence
        return self._quotes[evidence]

    def title(self, key: ItemKey) -> EvidenceId | None:
        """The item's whole title, cited as evidence of what it says or doesn't say."""
        item = self._record.about(key)
        return self.words(item, "title", item.title) if item is not None else None

    def quote(self, item: Item, field: str, text: str) -> Quote | None:
        """The item's own words, to stand between quotation marks."""
        cited = self.words(item, field, text)
        return Quote(text, item.key, cited) if cited else None

    def tag(self, item: Item, name: str) -> Name | None:
        """The first value of a tag of the item ("Python", "mit") as a name without a link."""
        values = [value for value in item.tagged(name) if _printable(value)]
        cited = self.words(item, "tags", values[0]) if values else None
        return Name(values[0], item.key, cited) if cited else None

    def publisher(self, item: Item) -> Name | None:
        """Who publishes the item, in its source's words; None for a site that only passes on what others wrote."""
        name = publisher_name(item.publisher)
        cited = self.words(item, "publisher", name) if _printable(name) else None
        return Name(name, item.key, cited) if cited else None

    def part_of_id(self, item: Item, text: str) -> Name | None:
        """A part of the item's id (a family's name, an owner) as a name without a link."""
        cited = self.words(item, "external_id", text)
        return Name(text, item.key, cited) if cited else None

    def part_of_words(self, item: Item, field: str, text: str) -> Name | None:
        """A name that stands in a title or a description, without a link."""
        cited = self.words(item, field, text) if _printable(text) else None
        return Name(text, item.key, cited) if cited else None

    def name(self, key: ItemKey, *, linked: bool = True, short: bool = False) -> Name | None:
        """The item's name: its id where it has a speaking one, else its title; None for one that can't be printed.

        Nor is one printed whose page is gone, or that an editor does not want.
        """
        item = self._record.about(key)
        if item is None or not can_be_named(item) or item.url in self._dead or key in self._skipped:
            return None
        field, text = naming(item)
        cited = self.words(item, field, text)
        if cited is None:
            return None
        shown = text.rpartition("/")[2] if short and field == "external_id" else text
        return Name(shown or text, key, cited, item.url if linked and item.url.startswith("https://") else None)

    def _reading_evidence(self, reading: Reading, metric: Metric | str) -> ReadingEvidence:
        value = reading.rank if metric == RANK else reading.metrics.get(Metric(metric))
        harvest = self._record.harvest(reading.harvest_id)
        if value is None or harvest is None:
            raise KeyError(f"the reading {reading.id} of {reading.item} shows no {metric}")
        item = self._record.about(reading.item)
        return ReadingEvidence(
            reading.id,
            harvest.source,
            harvest.list,
            reading.item,
            str(metric),
            value,
            reading.rank,
            reading.observed_at,
            item.url if item else "",
        )


def can_be_named(item: Item) -> bool:
    """Whether the item has a name that may stand in a line, and no scraper's debris for one."""
    field, text = naming(item)
    return _printable(text) and not (field == "title" and is_scraped(text))


def naming(item: Item) -> tuple[str, str]:
    """The field that names the item, and its words."""
    return ("title", item.title) if item.key.kind in TITLED else ("external_id", item.key.external_id)


def _place(item: Item, field: str, text: str) -> int | None:
    if not text:
        return None
    if field == "tags":
        return 0 if any(tag == text or tag.partition(":")[2] == text for tag in item.tags) else None
    held = item.key.external_id if field == "external_id" else str(getattr(item, field))
    start = held.find(text)
    return start if start >= 0 else None


def _printable(text: str) -> bool:
    """Whether a name may stand in a line as it is: short, one line, nothing hidden in it, no order, no address."""
    return 0 < len(text) <= LONGEST_NAME and is_harmless(text)
