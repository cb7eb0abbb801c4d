"""Whether the paper tells of somebody else than in the last days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from domain.issue import Issue, SectionName, Story
from domain.items import ItemKey
from domain.measures import Measure
from newsroom.measuring.found import ISSUES, Found, examples
from newsroom.measuring.prose import stories, subjects

#: A lead entity is fresh after this long.
DAYS = timedelta(days=7)

#: The sections whose entities must be fresh; the deep dive of a digest looks back, and need not.
TELLING = (SectionName.LEAD, SectionName.TOOLS, SectionName.DEEPDIVE)
CUTS = SectionName.DEEPDIVE


def measured(issue: Issue, past: Sequence[Issue]) -> Iterator[Found]:
    """Entities of the lead that led lately and are not marked so; the share of those told of that are fresh."""
    led = led_before(issue, past)
    unmarked = {} if says_again(issue) else led
    notes = (f"{key.external_id} led on {earlier.date}" for key, earlier in led.items())
    yield Found(Measure.LEAD_REPEATED, len(unmarked) if past else None, examples(notes))
    yield _fresh(issue, past)


def _fresh(issue: Issue, past: Sequence[Issue]) -> Found:
    found = entities(issue)
    if not found or not past:
        return Found(Measure.FRESH_ENTITIES, None, "nobody to compare")
    known = frozenset[ItemKey]().union(*(entities(each) for each in past[:ISSUES]))
    stale = [key for key in found if key in known]
    return Found(Measure.FRESH_ENTITIES, 1 - len(stale) / len(found), examples(key.external_id for key in stale))


def says_again(issue: Issue) -> bool:
    """Whether the lead says that its subject led before."""
    return any("again" in story.label.lower() for story in stories(issue, SectionName.LEAD))


def entities(issue: Issue) -> dict[ItemKey, None]:
    """Who is told of in the lead, the deep dive and the tools: the subjects of their stories and all that they link.

    A cut of the deep dive has no subject: what it only takes a word or a part of an id from is not told of.
    """
    telling = TELLING if issue.days == 1 else TELLING[:2]
    return dict.fromkeys(
        key for name in telling for story in stories(issue, name) for key in _entities(story, is_cut=name == CUTS)
    )


def _entities(story: Story, *, is_cut: bool) -> Iterator[ItemKey]:
    if not is_cut:
        yield from subjects(story)
    yield from (name.item for claim in story.claims() for name in claim.names if name.url)


def lead_entities(issue: Issue) -> dict[ItemKey, None]:
    """What the lead is about: its subject, and what its headline and its standfirst name."""
    return dict.fromkeys(key for story in stories(issue, SectionName.LEAD) for key in subjects(story))


def led_before(issue: Issue, past: Iterable[Issue]) -> dict[ItemKey, Issue]:
    """The entities of the lead that led an issue of the seven days before, with the newest of these issues."""
    found: dict[ItemKey, Issue] = {}
    for earlier in past:
        if timedelta(0) < issue.date - earlier.date <= DAYS:
            for key in lead_entities(issue).keys() & lead_entities(earlier).keys():
                found.setdefault(key, earlier)
    return found
