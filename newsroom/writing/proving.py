"""The ways that are shown to a writer: each has stood before the court itself, with these very figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from domain.plans import OfferedSentence, PlannedFact
from newsroom.checking.dossier import Dossier
from newsroom.checking.judging import judge
from newsroom.checking.sentences import Place as Stand
from newsroom.checking.sentences import Sentence
from newsroom.checking.wording import standard_wording
from newsroom.writing.planning import Assignment
from newsroom.writing.realising import Unfit, realise
from newsroom.writing.style import standard_style

#: So many ways are shown of each fact.
MOST_WAYS = 8


def proved(assignment: Assignment, dossier: Dossier, day: date) -> Assignment:
    """The assignment with only such ways as pass; a fact without any is not asked for and stays the draft's."""
    shown = [(fact, tuple(_passing(fact, assignment, dossier, day))) for fact in assignment.plan.facts]
    facts = tuple(replace(fact, ways=ways) for fact, ways in shown if ways)
    kept = {fact.id for fact in facts}
    return replace(
        assignment,
        plan=replace(assignment.plan, facts=facts, most=len(facts)),
        told={name: told for name, told in assignment.told.items() if name in kept},
    )


def _passing(fact: PlannedFact, assignment: Assignment, dossier: Dossier, day: date) -> Iterator[str]:
    found = 0
    for way in fact.ways:
        if found < MOST_WAYS and _passes(OfferedSentence(way, (fact.id,)), assignment, dossier, day):
            found += 1
            yield way


def _passes(way: OfferedSentence, assignment: Assignment, dossier: Dossier, day: date) -> bool:
    try:
        realised = realise(way, assignment, standard_style())
    except Unfit:
        return False
    section = assignment.section
    story = section.stories[realised.place.story]
    stand = Stand.STANDFIRST if realised.place.paragraph < 0 else Stand.PARAGRAPH
    return judge(Sentence(realised.claim, section.name, stand, day, story), dossier, standard_wording()).supported
