"""Weekend Reading: three real pieces (a discussion, a paper, a lab's post), with who says so and why they are here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from domain.claims import Claim
from domain.issue import SECTION_TITLES, Layout, Section, SectionName, Story
from domain.items import Item, ItemKey, Source
from domain.readings import Lists, Metric, Reading
from newsroom.desk import Desk
from newsroom.insights.counts import recent_posts
from newsroom.insights.insight import slots
from newsroom.quoting import first_sentence
from newsroom.record import DAY, ListKey
from newsroom.sections.slate import Slate

SIZE = 3

#: A piece printed here is not printed again for this many days.
READING_DAYS = 14

#: A story with fewer points, a post older than this, is not offered.
FEWEST_POINTS = 20
POST_DAYS = 4

#: A shorter title ("Product", "Release notes") says nothing of what there is to read.
FEWEST_WORDS = 4

#: Hosts where code, not reading, is found.
_NO_READING = (
    "github.com",
    "huggingface.co",
    "news.ycombinator.com",
    "youtube.com",
    "youtu.be",
    "twitter.com",
    "x.com",
)


def write(desk: Desk, slate: Slate) -> Section | None:
    """The section, None when nothing to read was found."""
    shelves: Sequence[Callable[[Desk, Slate], Iterator[Story]]] = (_stories, _papers, _posts)
    found = [list(_fresh(desk, slate, shelf)) for shelf in shelves]
    chosen = [stories[0] for stories in found if stories]
    spare = [story for stories in found for story in stories[1:]]
    for story in spare:
        if len(chosen) >= SIZE:
            break
        chosen.append(story)
    if not chosen:
        return None
    slate.show(key for story in chosen for key in story.items)
    return Section(SectionName.READING, SECTION_TITLES[SectionName.READING], tuple(chosen[:SIZE]))


def _fresh(desk: Desk, slate: Slate, shelf: Callable[[Desk, Slate], Iterator[Story]]) -> Iterator[Story]:
    """At most three of a shelf; sentences are only written for what may be printed."""
    yield from islice(shelf(desk, slate), SIZE)


def _may_print(desk: Desk, slate: Slate, key: ItemKey) -> bool:
    return not slate.shown(key) and desk.memory.shown(SectionName.READING, key, READING_DAYS) is None


def _stories(desk: Desk, slate: Slate) -> Iterator[Story]:
    """Hacker News's stories that lead to something to read, most points first."""
    readings: dict[ItemKey, Reading] = {}
    for name in (Lists.HN_FRONT_PAGE, Lists.HN_AI):
        mornings = desk.mornings(ListKey(Source.HACKERNEWS, name))
        for reading in desk.ours(mornings.today) if mornings else ():
            readings.setdefault(reading.item, reading)
    ranked = sorted(readings.values(), key=lambda reading: (-reading.metrics.get(Metric.POINTS, 0), reading.item))
    for reading in ranked:
        item = desk.about(reading.item)
        if item is None or reading.metrics.get(Metric.POINTS, 0) < FEWEST_POINTS:
            continue
        if any(host in item.url for host in _NO_READING) or not _may_print(desk, slate, reading.item):
            continue
        where = "front page" if _on(desk, Lists.HN_FRONT_PAGE, reading) else "search"
        told = _discussed(desk, item, reading, where)
        if told:
            yield _story(item, (*told, *_quoted(desk, item)))


def _on(desk: Desk, name: str, reading: Reading) -> bool:
    mornings = desk.mornings(ListKey(Source.HACKERNEWS, name))
    return mornings is not None and mornings.today.by_item.get(reading.item) == reading


def _discussed(desk: Desk, item: Item, reading: Reading, where: str) -> tuple[Claim, ...]:
    filled = slots(
        name=desk.cite.name(item.key),
        publisher=desk.cite.publisher(item),
        points=desk.figures.value(reading, Metric.POINTS),
        comments=desk.figures.value(reading, Metric.COMMENTS),
    )
    form = ("search" if where == "search" else "discussed") + ("" if "publisher" in filled else "_plain")
    return desk.phrases.maybe(f"reading.{form}", filled)


def _papers(desk: Desk, slate: Slate) -> Iterator[Story]:
    """The papers that readers of Hugging Face voted for most; without them, arXiv's newest."""
    mornings = desk.mornings(ListKey(Source.HUGGINGFACE, Lists.DAILY_PAPERS))
    shown = desk.ours(mornings.today) if mornings else ()
    for reading in sorted(shown, key=lambda each: (-each.metrics.get(Metric.UPVOTES, 0), each.item)):
        item = desk.about(reading.item)
        if item is not None and Metric.UPVOTES in reading.metrics and _may_print(desk, slate, item.key):
            upvotes = desk.figures.value(reading, Metric.UPVOTES)
            filled = slots(name=desk.cite.name(item.key), upvotes=upvotes, author=desk.cite.tag(item, "author"))
            yield _story(item, (desk.phrases.say("reading.voted", filled), *_quoted(desk, item)))
    recent = desk.mornings(ListKey(Source.ARXIV, Lists.ARXIV_RECENT))
    for reading in desk.ours(recent.today) if recent else ():
        item = desk.about(reading.item)
        if item is not None and _may_print(desk, slate, item.key):
            filled = slots(name=desk.cite.name(item.key), author=desk.cite.tag(item, "author"))
            yield _story(item, (desk.phrases.say("reading.listed", filled), *_quoted(desk, item)))


def _posts(desk: Desk, slate: Slate) -> Iterator[Story]:
    """The newest posts of the labs, then of the others."""
    posts = [item for items in recent_posts(desk, POST_DAYS).values() for item in items]
    posts.sort(key=lambda item: ("lab" not in item.tagged("kind"), _age(desk, item), item.key))
    for item in posts:
        publisher = desk.cite.publisher(item)
        if publisher is None or len(item.title.split()) < FEWEST_WORDS or not _may_print(desk, slate, item.key):
            continue
        filled = slots(name=desk.cite.name(item.key), publisher=publisher)
        yield _story(item, (desk.phrases.say("reading.posted", filled), *_quoted(desk, item)))


def _age(desk: Desk, item: Item) -> int:
    return (desk.as_of - item.created_at) // DAY if item.created_at else POST_DAYS


def _quoted(desk: Desk, item: Item) -> Iterator[Claim]:
    """One line from its summary, where there is one that says more than the title."""
    words = first_sentence(item.summary)
    if words is None or not words.endswith((".", "!", "?")) or item.title.rstrip(".").casefold() in words.casefold():
        return
    quote = desk.cite.quote(item, "summary", words)
    if quote is not None:
        yield desk.phrases.say("reading.quote", slots(quote=quote))


def _story(item: Item, claims: tuple[Claim, ...]) -> Story:
    return Story((item.key,), Layout.BULLET, paragraphs=(claims,), url=item.url)
