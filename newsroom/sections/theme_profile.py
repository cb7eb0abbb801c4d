"""What can be said of a name or a word that several kinds of source have: its loudest items, and in whose words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.claims import Claim
from domain.readings import Metric
from newsroom.across import Mention, mentions_of
from newsroom.desk import Desk
from newsroom.identity import Voice
from newsroom.insights.insight import Insight, slots
from newsroom.insights.talk import FRONT_PAGE
from newsroom.quoting import is_in_our_letters, quotable
from newsroom.sections.elsewhere import told_of
from newsroom.sections.page import Page
from newsroom.sections.profile import linked_publisher, tells_something, totals
from newsroom.selection.leads import LOUD

#: A longer title leaves no room in a headline.
LONGEST_TITLE = 80

#: So many stories, models and posts that have it are told of.
STORIES, MODELS, POSTS = 2, 2, 2


def of_theme(desk: Desk, insight: Insight) -> Page:
    """The page of the name or the word."""
    by_voice = {
        voice: [each for each in found if is_in_our_letters(each.item.title)]
        for voice, found in mentions_of(desk, insight.theme).items()
    }
    stories, posts = by_voice.get(Voice.TALK, []), by_voice.get(Voice.POSTS, [])
    models, other = by_voice.get(Voice.MODELS, []), (*by_voice.get(Voice.CODE, []), *by_voice.get(Voice.PAPERS, []))
    return Page(
        limits="theme",
        standing=(*_loudest(desk, stories), *_titles(desk, stories), *_all_told(desk, stories[1:STORIES])),
        background=(*_models(desk, models), *_all_told(desk, other[:2])),
        who=(*_all_told(desk, posts[:1]), *_quoted(desk, posts)),
        elsewhere=tuple(_all_told(desk, posts[1:POSTS])),
    )


def headline(desk: Desk, insight: Insight) -> tuple[Claim, ...]:
    """The loudest thread that has it, where it is loud and its title is short; none otherwise."""
    for mention in mentions_of(desk, insight.theme).get(Voice.TALK, ())[:1]:
        loud = mention.reading.metrics.get(Metric.POINTS, 0) >= LOUD
        if not loud or len(mention.item.title) > LONGEST_TITLE or not is_in_our_letters(mention.item.title):
            return ()
        filled = slots(
            title=desk.cite.name(mention.item.key),
            points=desk.figures.value(mention.reading, Metric.POINTS),
            name=mention.quoted(desk),
            sites=insight.slots.get("sites"),
        )
        return desk.phrases.maybe("theme_page.headline", filled, insight.evidence)
    return ()


def _all_told(desk: Desk, mentions: Sequence[Mention]) -> Iterator[Claim]:
    for mention in mentions:
        yield from told_of(desk, mention)


def _loudest(desk: Desk, stories: Sequence[Mention]) -> Iterator[Claim]:
    """The story with most points."""
    for mention in stories[:1]:
        filled = slots(
            name=desk.cite.name(mention.item.key),
            points=desk.figures.value(mention.reading, Metric.POINTS),
            comments=desk.figures.value(mention.reading, Metric.COMMENTS),
        )
        yield from desk.phrases.maybe("theme_page.loudest", filled)


def _titles(desk: Desk, stories: Sequence[Mention]) -> Iterator[Claim]:
    """In how many titles of Hacker News's list it stands, where these are all that the theme counts there."""
    mornings = desk.mornings(FRONT_PAGE)
    spelt = stories[0].quoted(desk) if stories else None
    titles = desk.figures.titles_with(spelt.text, mornings.today) if mornings and spelt else None
    if mornings is not None and titles is not None and titles.value == len(stories) > 1:
        filled = slots(
            word=spelt,
            titles=titles,
            size=desk.figures.size(mornings.today, "titles"),
            date=desk.figures.date(mornings.today),
        )
        yield from desk.phrases.maybe("among.titles", filled)


def _models(desk: Desk, models: Sequence[Mention]) -> Iterator[Claim]:
    """The models that stand highest, and what the first has gained."""
    highest = sorted(models, key=lambda mention: (mention.reading.rank is None, mention.reading.rank or 0))
    for number, mention in enumerate(highest[:MODELS]):
        yield from told_of(desk, mention)
        mornings = desk.mornings(mention.key)
        if number == 0 and mornings is not None:
            yield from totals(desk, mornings, mention.reading)


def _quoted(desk: Desk, posts: Sequence[Mention]) -> Iterator[Claim]:
    """The first line of a post that has it."""
    for mention in posts:
        words = quotable(mention.item.summary)
        quote = (
            desk.cite.quote(mention.item, "summary", words) if words and tells_something(mention.item, words) else None
        )
        if quote is not None:
            publisher = linked_publisher(desk, mention.item)
            yield from desk.phrases.maybe("who.publisher", slots(quote=quote, publisher=publisher))
            return
