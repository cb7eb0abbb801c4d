"""Sunday's deep dive: what became of the stories that led the week, each from two readings of the same list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.claims import Claim, Figure
from domain.evidence import ReadingEvidence
from domain.issue import SECTION_TITLES, Issue, Layout, Section, SectionName, Story
from domain.items import ItemKey, Source
from domain.readings import Metric, Reading
from newsroom.desk import Desk
from newsroom.insights.insight import slots
from newsroom.record import DAY, DAY_TOLERANCE, Listing, ListKey, Mornings, Pair
from newsroom.sections.cuts import WHAT_WE_CANNOT_SAY, named
from newsroom.sections.slate import Slate
from newsroom.selection.memory import QUESTION

#: The name under which the question is remembered.
NAME = "the_week"

#: With fewer leads to look back on there is no week.
FEWEST = 3

#: Totals that only grow: by them a lead is measured again. Points and comments last, a thread soon leaves its list.
TOTALS = (Metric.LIKES, Metric.STARS, Metric.UPVOTES, Metric.POINTS, Metric.COMMENTS)


@dataclass(frozen=True, slots=True)
class Then:
    """What led on a day: the item, and its reading on a list that was read again today."""

    day: date
    reading: Reading
    before: Listing
    mornings: Mornings


def write(desk: Desk, slate: Slate) -> Section | None:
    """The section, None on a day that is no Sunday, or with too few leads that can be read again."""
    if desk.days == 1:
        return None
    entries = [entry for then in _leads(desk) if (entry := _entry(desk, then)) is not None]
    if len(entries) < FEWEST:
        return None
    slate.remember(QUESTION, NAME)
    title = Story(
        (),
        Layout.ARTICLE,
        headline=desk.phrases.house("week.headline"),
        standfirst=desk.phrases.house("week.standfirst"),
    )
    limits = Story((), Layout.ARTICLE, paragraphs=((desk.phrases.house("week.limits"),),), label=WHAT_WE_CANNOT_SAY)
    return Section(SectionName.DEEPDIVE, SECTION_TITLES[SectionName.DEEPDIVE], (title, *entries, limits))


def _leads(desk: Desk) -> Iterator[Then]:
    """What led since last Sunday, oldest first, each subject once."""
    seen: set[ItemKey] = set()
    for issue in reversed(desk.memory.within(desk.days - 1)):
        then = _lead(desk, issue)
        if then is not None and then.reading.item not in seen:
            seen.update(desk.subject(then.reading.item).items)
            yield then


def _lead(desk: Desk, issue: Issue) -> Then | None:
    """The lead of an issue by the first figure of its subject that was read then and on a list read today."""
    lead = issue.section(SectionName.LEAD)
    story = lead.stories[0] if lead and lead.stories else None
    if story is None or not story.items:
        return None
    cited = (issue.evidence.get(each) for claim in story.claims() for each in claim.evidence)
    for evidence in cited:
        if isinstance(evidence, ReadingEvidence) and evidence.item == story.items[0]:
            then = _read_then(desk, issue.date, ListKey(evidence.source, evidence.list), evidence.item)
            if then is not None:
                return then
    return None


def _read_then(desk: Desk, day: date, key: ListKey, item: ItemKey) -> Then | None:
    """The item on the list as it was read on the day, if the list was read again this morning."""
    mornings = desk.mornings(key)
    listings = mornings.read if mornings else ()
    before = next((listing for listing in listings if listing.at.date() == day and listing.holds(item)), None)
    if mornings is None or before is None or desk.about(item) is None:
        return None
    return Then(day, before.by_item[item], before, mornings)


def _entry(desk: Desk, then: Then) -> Story | None:
    """One lead then and now, under the name of its day."""
    now = then.mornings.today.by_item.get(then.reading.item)
    claims = tuple(_moved(desk, then, now) if now is not None else _gone(desk, then))
    if not claims:
        return None
    return Story(named(claims, then.reading.item), Layout.ARTICLE, paragraphs=(claims,), label=f"{then.day:%A}")


def _moved(desk: Desk, then: Then, now: Reading) -> Iterator[Claim]:
    """Its total then and now, and its places."""
    pair = Pair(then.reading, now, (then.mornings.today.at.date() - then.day).days)
    grown = next((metric for metric in TOTALS if (pair.change(metric) or 0) > 0), None)
    if grown is not None:
        yield from desk.phrases.maybe(
            "week.grew",
            slots(
                name=desk.cite.name(now.item),
                before=desk.figures.value(pair.before, grown),
                after=desk.figures.value(pair.after, grown),
                gain=desk.figures.gain(pair, grown) if _is_whole_days(pair) else None,
                unit=grown.value,
                since=desk.figures.date(pair.before),
            ),
        )
    yield from _places(desk, then, pair, first=grown is None)


def _places(desk: Desk, then: Then, pair: Pair, *, first: bool) -> Iterator[Claim]:
    if pair.climbed is None:
        return
    naming = desk.naming(pair.after.item)
    filled = slots(
        name=naming["name"] if first else naming["short"],
        was=desk.figures.rank(pair.before),
        rank=desk.figures.rank(pair.after),
        places=_distance(desk, pair) if _is_whole_days(pair) else None,
        since=desk.figures.date(pair.before),
        list=desk.list_name(then.mornings.today.key),
    )
    form = "held" if pair.climbed == 0 else "climbed" if pair.climbed > 0 else "fell"
    yield from desk.phrases.maybe(f"week.{form}", filled)


def _distance(desk: Desk, pair: Pair) -> Figure | None:
    return desk.figures.climbed(pair) if (pair.climbed or 0) > 0 else desk.figures.fell(pair)


def _is_whole_days(pair: Pair) -> bool:
    """Whether the two readings are so many days apart: only then is what lies between a change of that time."""
    return abs(pair.after.observed_at - pair.before.observed_at - pair.days * DAY) <= DAY_TOLERANCE


def _gone(desk: Desk, then: Then) -> Iterator[Claim]:
    """That it stands on the list no longer; a list that was read in part proves no absence."""
    today = then.mornings.today
    mention = desk.cite.mention(then.reading)
    if not today.can_miss(then.before) or not desk.figures.absent(mention, today):
        return
    total = next((metric for metric in TOTALS if metric in then.reading.metrics), None)
    filled = slots(
        name=desk.cite.name(then.reading.item),
        total=desk.figures.value(then.reading, total) if total else None,
        unit=total.value if total else None,
        since=desk.figures.date(then.reading),
        list=desk.list_name(today.key),
    )
    where = "thread" if today.key.source is Source.HACKERNEWS else "gone"
    yield from desk.phrases.maybe(f"week.{where}", filled, (desk.cite.list(today), mention))
