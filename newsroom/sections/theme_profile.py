"""What can be said of a name or a word that several kinds of source have: its loudest items, and in whose words."""

from __future__ import annotations

from collections.abc import Iterator

from domain.claims import Claim
from domain.items import Item, Kind
from domain.readings import Metric
from newsroom.across import Mention, mentions_of
from newsroom.desk import Desk
from newsroom.identity import Voice
from newsroom.insights.insight import Insight, slots
from newsroom.insights.talk import FRONT_PAGE
from newsroom.quoting import is_in_our_letters, quotable
from newsroom.sections.elsewhere import told_of
from newsroom.sections.page import Page

#: Fewer stories that were heard have no second one worth telling.
MOST_STORIES = 2


def of_theme(desk: Desk, insight: Insight) -> Page:
    """The page of the name or the word."""
    by_voice = mentions_of(desk, insight.theme)
    listed = [mention for voice in (Voice.MODELS, Voice.CODE, Voice.PAPERS) for mention in by_voice.get(voice, ())[:1]]
    stories = [each for each in by_voice.get(Voice.TALK, ()) if is_in_our_letters(each.item.title)]
    posts = [each for each in by_voice.get(Voice.POSTS, ()) if is_in_our_letters(each.item.title)]
    return Page(
        limits="theme",
        standing=(*_loudest(desk, stories), *_titles(desk, insight, stories)),
        background=tuple(claim for mention in (*stories[1:MOST_STORIES], *listed) for claim in told_of(desk, mention)),
        who=tuple(_in_their_words(desk, posts)),
        elsewhere=tuple(claim for mention in posts[1:2] for claim in told_of(desk, mention)),
    )


def _loudest(desk: Desk, stories: list[Mention]) -> Iterator[Claim]:
    """The story with most points."""
    for mention in stories[:1]:
        filled = slots(
            name=desk.cite.name(mention.item.key),
            points=desk.figures.value(mention.reading, Metric.POINTS),
            comments=desk.figures.value(mention.reading, Metric.COMMENTS),
        )
        yield from desk.phrases.maybe("theme_page.loudest", filled)


def _titles(desk: Desk, insight: Insight, stories: list[Mention]) -> Iterator[Claim]:
    """In how many titles of Hacker News's list the word stands as the loudest story spells it."""
    mornings = desk.mornings(FRONT_PAGE)
    spelt = stories[0].quoted(desk) if stories else None
    titles = desk.figures.titles_with(spelt.text, mornings.today) if mornings and spelt else None
    if mornings is not None and titles is not None and titles.value > 1:
        filled = slots(
            word=spelt,
            titles=titles,
            size=desk.figures.size(mornings.today, "titles"),
            date=desk.figures.date(mornings.today),
        )
        yield from desk.phrases.maybe("among.titles", filled)


def _in_their_words(desk: Desk, posts: list[Mention]) -> Iterator[Claim]:
    """A post that names it, and its first line."""
    for mention in posts[:1]:
        yield from told_of(desk, mention)
        yield from _quote(desk, mention.item)


def _quote(desk: Desk, item: Item) -> Iterator[Claim]:
    words = quotable(item.summary) if item.key.kind is Kind.POST else None
    quote = desk.cite.quote(item, "summary", words) if words else None
    yield from desk.phrases.maybe("who.publisher", slots(quote=quote, publisher=desk.cite.publisher(item)))
