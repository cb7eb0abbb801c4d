"""Weekend Reading: three real pieces (a discussion, a paper, a post), with who says so, why here, and a line of each.

On Saturday and Sunday what takes longer to read comes first; on weekdays what is newest or most talked about. Sunday's
digest looks for the most discussed pieces on the lists of its whole week. Below the pieces stands, once, what readers
voted for in the poll of the channel.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

from domain.claims import Quote
from domain.evidence import EvidenceId
from domain.issue import SECTION_TITLES, Layout, Section, SectionName, Story
from domain.items import Item, ItemKey, Kind, Source
from domain.readings import Lists, Metric, Reading
from newsroom.desk import Desk
from newsroom.insights.counts import recent_posts
from newsroom.insights.insight import slots
from newsroom.phrases.templates import Fragment
from newsroom.quoting import first_sentence, is_in_our_letters
from newsroom.record import DAY, Listing, ListKey
from newsroom.sections import poll
from newsroom.sections.slate import Slate
from newsroom.selection.memory import LEAD_DAYS

SIZE = 3

#: A piece printed here is not printed again for this many days.
READING_DAYS = 14

#: A story with fewer points, a post older than this, is not offered.
FEWEST_POINTS = 20
POST_DAYS = 4

#: So many of a shelf are near enough to each other that a line to quote decides.
BEST = 3

#: A shorter title ("Product", "Release notes") says nothing of what there is to read.
FEWEST_WORDS = 4

#: A post whose feed tells more of it than this, in characters, is a long one.
LONG_SUMMARY = 280

#: Saturday, as ``date.weekday`` counts.
SATURDAY = 5

#: Hosts where code, pictures or short words, not reading, are found.
_NO_READING = frozenset(
    {"github.com", "gist.github.com", "huggingface.co", "news.ycombinator.com", "youtube.com", "youtu.be"}
    | {"twitter.com", "x.com", "vimeo.com", "twitch.tv", "reddit.com"}
)

#: A feed may give the words below its picture for a summary.
_OF_A_PICTURE = re.compile(
    r"\b(?:image|photo|photograph|illustration|screenshot|graphic|logo|rendering|collage|banner)s?\b"
    r"|^An? .{0,60}\b(?:view|picture|portrait) of\b",
    re.IGNORECASE,
)

#: What fills a sentence.
Slots = dict[str, Fragment]


@dataclass(frozen=True, slots=True)
class Piece:
    """Something to read: the item, and how its first sentence is said once it is chosen."""

    item: Item
    key: str
    filled: Callable[[], Slots]
    also: Callable[[], tuple[EvidenceId, ...]] = tuple


def write(desk: Desk, slate: Slate) -> Section | None:
    """The section, None when nothing to read was found."""
    shelves = [_with_a_line_first(desk, list(shelf(desk))) for shelf in (discussions, papers, posts)]
    chosen = _chosen(shelves, lambda item: _is_unseen(desk, slate, item))
    if len(chosen) < SIZE:  # what a column of figures named this week may be read, before a place stays empty
        chosen = _chosen(shelves, lambda item: _may_be_read(desk, slate, item))
    stories = tuple(story for piece in chosen if (story := _story(desk, piece)) is not None)
    voted = poll.write(desk)
    if voted is not None:
        stories = (*stories, voted)
    if not stories:
        return None
    slate.show(key for story in stories for key in story.items)
    return Section(SectionName.READING, SECTION_TITLES[SectionName.READING], stories)


def _with_a_line_first(desk: Desk, shelf: Sequence[Piece]) -> list[Piece]:
    """The shelf, of its best few those first that can be quoted."""
    best = sorted(shelf[:BEST], key=lambda piece: spoken(desk, piece.item) is None)
    return [*best, *shelf[BEST:]]


def _chosen(shelves: Sequence[Sequence[Piece]], fits: Callable[[ItemKey], bool]) -> list[Piece]:
    """One of each shelf where there is one; the places left go to the shelves in their order."""
    fitting = [[piece for piece in shelf if fits(piece.item.key)] for shelf in shelves]
    first = [shelf[0] for shelf in fitting if shelf]
    publishers = {piece.item.publisher for piece in first if piece.item.publisher}
    spare = [piece for shelf in fitting for piece in shelf[1:]]
    others = [piece for piece in spare if piece.item.publisher not in publishers]
    return [*first, *_of_different_publishers(others), *spare][:SIZE]


def _of_different_publishers(pieces: Sequence[Piece]) -> list[Piece]:
    """The first piece of each publisher."""
    found: dict[str, Piece] = {}
    for piece in pieces:
        found.setdefault(piece.item.publisher or str(piece.item.key), piece)
    return list(found.values())


def _may_be_read(desk: Desk, slate: Slate, key: ItemKey) -> bool:
    """Whether neither this section, lately, nor a lead of this week, today's too, was about its subject."""
    told = [each for each in desk.subject(key).items if desk.memory.led(each) is not None]
    return not told and not slate.shown(key) and desk.memory.shown(SectionName.READING, key, READING_DAYS) is None


def _is_unseen(desk: Desk, slate: Slate, key: ItemKey) -> bool:
    """Whether, besides, neither this issue nor another of this week has named it."""
    ages = (desk.memory.shown(section, key, LEAD_DAYS) for section in SectionName)
    return _may_be_read(desk, slate, key) and not slate.printed(key) and all(age is None for age in ages)


def _is_weekend(desk: Desk) -> bool:
    return desk.day.weekday() >= SATURDAY


# --- the shelves -----------------------------------------------------------------------------------------------------


def discussions(desk: Desk) -> Iterator[Piece]:
    """Hacker News's stories that lead to something to read: by points, at the weekend by comments."""
    readings: dict[ItemKey, Reading] = {}
    for listing in _talk(desk):
        for reading in desk.ours(listing):
            readings.setdefault(reading.item, reading)
    by = Metric.COMMENTS if _is_weekend(desk) else Metric.POINTS
    ranked = sorted(readings.values(), key=lambda reading: (-reading.metrics.get(by, 0), reading.item))
    for reading in ranked:
        item = desk.about(reading.item)
        if item is None or reading.metrics.get(Metric.POINTS, 0) < FEWEST_POINTS or not _leads_to_reading(item):
            continue
        is_of_today = reading.observed_at.date() == desk.as_of.date()
        told = "reading.discussed" if is_of_today else "reading.of_the_week"
        yield Piece(item, told, partial(_discussed, desk, item, reading))


def _talk(desk: Desk) -> list[Listing]:
    """Hacker News's lists of the days that the issue tells of, newest first."""
    found = (desk.mornings(ListKey(Source.HACKERNEWS, name)) for name in (Lists.HN_FRONT_PAGE, Lists.HN_AI))
    read = [mornings.read for mornings in found if mornings is not None]
    if desk.days == 1:
        return [listings[0] for listings in read]
    since = desk.as_of - desk.days * DAY
    return sorted(
        (each for listings in read for each in listings if each.at > since), key=lambda each: -each.at.timestamp()
    )


def _leads_to_reading(item: Item) -> bool:
    host = (urlsplit(item.url).hostname or "").removeprefix("www.")
    return item.url.startswith("https://") and host not in _NO_READING and is_in_our_letters(item.title)


def _discussed(desk: Desk, item: Item, reading: Reading) -> Slots:
    return slots(
        name=desk.cite.name(item.key),
        publisher=desk.cite.publisher(item),
        points=desk.figures.value(reading, Metric.POINTS),
        comments=desk.figures.value(reading, Metric.COMMENTS),
        read=desk.figures.date(reading),
    )


def papers(desk: Desk) -> Iterator[Piece]:
    """The papers that readers of Hugging Face voted for most; without them, arXiv's newest."""
    voted = desk.mornings(ListKey(Source.HUGGINGFACE, Lists.DAILY_PAPERS))
    shown = desk.ours(voted.today) if voted else ()
    for reading in sorted(shown, key=lambda each: (-each.metrics.get(Metric.UPVOTES, 0), each.item)):
        item = desk.about(reading.item)
        if item is not None and Metric.UPVOTES in reading.metrics:
            yield Piece(item, "reading.voted", partial(_voted, desk, item, reading))
    recent = desk.mornings(ListKey(Source.ARXIV, Lists.ARXIV_RECENT))
    listed = recent or desk.mornings(ListKey(Source.ARXIV, Lists.ARXIV_LISTING))
    for reading in desk.ours(listed.today) if listed else ():
        item = desk.about(reading.item)
        if item is not None:
            yield Piece(item, "reading.listed", partial(_listed, desk, item))


def _voted(desk: Desk, item: Item, reading: Reading) -> Slots:
    return slots(name=desk.cite.name(item.key), upvotes=desk.figures.value(reading, Metric.UPVOTES))


def _listed(desk: Desk, item: Item) -> Slots:
    return slots(name=desk.cite.name(item.key))


def posts(desk: Desk) -> Iterator[Piece]:
    """The newest posts, those of the labs first; at the weekend those first that their feed tells most of."""
    found = [item for items in recent_posts(desk, POST_DAYS).values() for item in items]
    found.sort(key=lambda item: ("lab" not in item.tagged("kind"), _age(desk, item), item.key))
    if _is_weekend(desk):
        found.sort(key=lambda item: len(item.summary) < LONG_SUMMARY)
    for item in found:
        named = desk.cite.publisher(item) is not None and len(item.title.split()) >= FEWEST_WORDS
        if named and item.url.startswith("https://") and is_in_our_letters(item.title):
            yield Piece(
                item,
                "reading.new" if _newly_listed(desk, item) else "reading.posted",
                partial(_posted, desk, item),
                partial(_newly_listed, desk, item),
            )


def _posted(desk: Desk, item: Item) -> Slots:
    return slots(name=desk.cite.name(item.key), publisher=desk.cite.publisher(item))


def _age(desk: Desk, item: Item) -> int:
    return (desk.as_of - item.created_at) // DAY if item.created_at else POST_DAYS


def _newly_listed(desk: Desk, item: Item) -> tuple[EvidenceId, ...]:
    """The two readings of its feed that show it as new since yesterday; none where they don't."""
    for key in desk.record.lists(Source.FEEDS):
        mornings = desk.mornings(key)
        before = mornings.before(1) if mornings else None
        if mornings is None or before is None or not mornings.today.holds(item.key):
            continue
        if before.complete and not before.holds(item.key):
            return desk.cite.list(before), desk.cite.list(mornings.today)
    return ()


# --- what is said of a piece -----------------------------------------------------------------------------------------


def _story(desk: Desk, piece: Piece) -> Story | None:
    """Its link, who says so, why it is here, a line of its own; None where its source left out what is needed."""
    filled = piece.filled()
    key = piece.key if desk.phrases.can_say(piece.key, filled) else f"{piece.key}_plain"
    told = desk.phrases.maybe(key, filled, piece.also())
    if not told:
        return None
    quote = spoken(desk, piece.item)
    if quote is None:
        return Story((piece.item.key,), Layout.BULLET, paragraphs=(told,), url=piece.item.url)
    form = "paper" if quote.item.kind is Kind.PAPER else "post"
    line = desk.phrases.say(f"reading.quote_{form}", slots(quote=quote))
    items = tuple(dict.fromkeys((piece.item.key, quote.item)))
    return Story(items, Layout.BULLET, paragraphs=((*told, line),), url=piece.item.url)


def spoken(desk: Desk, item: Item) -> Quote | None:
    """A line of its own, or of the post or the paper that a discussion is about."""
    for key in dict.fromkeys((item.key, *desk.subject(item.key).items)):
        told = desk.about(key)
        words = _whole_line(told) if told is not None else None
        quote = desk.cite.quote(told, "summary", words) if told is not None and words else None
        if quote is not None:
            return quote
    return None


def _whole_line(item: Item) -> str | None:
    """The first sentence of its summary, whole, where it says more than the title."""
    words = first_sentence(item.summary)
    if words is None or words.endswith(("...", "…")) or not words.endswith((".", "!", "?")):
        return None
    says_no_more = item.title.rstrip(".").casefold() in words.casefold()
    return None if says_no_more or _OF_A_PICTURE.search(words) else words
