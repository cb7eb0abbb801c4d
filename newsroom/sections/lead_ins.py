"""What the lead-ins of several questions say alike: of which list they speak, and between which of its readings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.readings import Reading
from newsroom.desk import Desk
from newsroom.insights.insight import slots
from newsroom.phrases.templates import Fragment
from newsroom.record import Listing, ListKey


def of_list(desk: Desk, key: ListKey) -> Mapping[str, Fragment]:
    """``things``, ``thing`` and ``list``: what stands on a list, and its name."""
    words = desk.words(key)
    return slots(things=words.things, thing=words.thing, list=desk.list_name(key))


def between(desk: Desk, before: Listing, after: Listing) -> Mapping[str, Fragment]:
    """``days``, ``since`` and ``until`` beside those of the list: how far two of its readings are apart."""
    figures = desk.figures
    apart = slots(days=figures.apart(before, after), since=figures.date(before), until=figures.date(after))
    return {**apart, **of_list(desk, after.key)}


def of_projects(desk: Desk, today: Listing, ours: Sequence[Reading]) -> Mapping[str, Fragment]:
    """``all``, ``date`` and ``list``: the repositories about AI on one of GitHub's pages today."""
    return slots(all=desk.about_ai(ours, "repositories"), date=desk.figures.date(today), list=desk.list_name(today.key))
