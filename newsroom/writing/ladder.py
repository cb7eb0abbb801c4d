"""The ladder of a morning with a model: asked, asked once more with the reasons, then the data writer's words stand.

The draft is whole and true before anybody is asked; whatever a model does, an issue is never less than its draft.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from domain.claims import house
from domain.issue import Issue, Section, SectionName, Writer, Writing
from domain.plans import Answer, NoAnswer, OfferedSentence, Refusal, SectionPlan, Usage
from newsroom.checking import check
from newsroom.checking.dossier import Dossier
from newsroom.checking.wording import standard_wording
from newsroom.facts import Facts
from newsroom.measuring import hold_to_goals
from newsroom.writing.composing import Composition, compose
from newsroom.writing.planning import FEWEST_FACTS, Assignment, plan_sections
from newsroom.writing.proving import proved
from newsroom.writing.style import standard_style

#: So many reasons are kept for the admins.
TOLD_REFUSALS = 8


class Asked(Protocol):
    """A writer that is asked for a section."""

    def write(
        self, plan: SectionPlan, refused: Sequence[Refusal] = (), offered: Sequence[OfferedSentence] = ()
    ) -> Answer:
        """Sentences for a plan; with ``refused`` once more, after what was ``offered``. Raises NoAnswer."""
        ...


@dataclass
class _Tally:
    """What the model did for the issue."""

    model: str = ""
    usage: Usage = field(default_factory=Usage)
    offered: int = 0
    printed: int = 0
    refusals: list[str] = field(default_factory=list)

    def writing(self) -> Writing:
        return Writing(
            self.model,
            self.offered,
            self.printed,
            self.usage.prompt_tokens,
            self.usage.completion_tokens,
            self.usage.cost,
            tuple(self.refusals[:TOLD_REFUSALS]),
        )


@dataclass(frozen=True, slots=True)
class _Outcome:
    """A section by the model, or why not."""

    section: Section | None
    reason: str
    printed: int = 0


def rewrite(draft: Issue, past: Sequence[Issue], facts: Facts, writer: Asked) -> Issue:
    """The issue with the sections that the writer put into words; each other one says why it stayed as it was.

    ``past`` are the earlier issues, newest first. The same draft and answers give the same issue.
    """
    tally = _Tally()
    dossier = Dossier(draft.evidence, facts)
    assigned = [proved(assignment, dossier, draft.date) for assignment in plan_sections(draft, past)]
    outcomes = {
        assignment.section.name: _section(assignment, dossier, draft, writer, tally)
        for assignment in assigned
        if len(assignment.told) >= FEWEST_FACTS
    }
    if not outcomes:
        return draft
    return _best(draft, past, facts, outcomes, tally)


def _section(assignment: Assignment, dossier: Dossier, draft: Issue, writer: Asked, tally: _Tally) -> _Outcome:
    """One section: two attempts, then what passed is set, or the reason why it is not."""
    composition = Composition(assignment, dossier, standard_wording(), draft.date)
    problem = _attempts(assignment, composition, writer, tally)
    tally.offered += composition.offered
    tally.refusals += composition.reasons
    if problem and not composition.taken:
        return _Outcome(None, problem)
    section, reason = compose(composition)
    return _Outcome(section, reason, composition.printed)


def _attempts(assignment: Assignment, composition: Composition, writer: Asked, tally: _Tally) -> str:
    """Ask, and once more with the reasons where something is missing; why the last one gave nothing, or nothing."""
    refused: Sequence[Refusal] = ()
    offered: Sequence[OfferedSentence] = ()
    for _ in range(2):
        try:
            answer = writer.write(assignment.plan, refused, offered)
        except NoAnswer as none:
            tally.usage += none.usage
            if none.lasting or refused:
                return none.reason
            refused = [Refusal("", none.reason, tuple(assignment.told))]
            continue
        tally.model, tally.usage = answer.model, tally.usage + answer.usage
        refused, offered = composition.take(answer.sentences), answer.sentences
        if composition.whole:
            return ""
    return ""


def _best(
    draft: Issue, past: Sequence[Issue], facts: Facts, outcomes: Mapping[SectionName, _Outcome], tally: _Tally
) -> Issue:
    """The issue with all sections that pass as a whole; one that loses anything there goes back to the draft's."""
    left = dict(outcomes)
    while True:
        tried = replace(draft, sections=tuple(_sections(draft, left)))
        checked = check(tried, facts)
        fallen = {drop.section for drop in checked.checks.drops[len(draft.checks.drops) :]}
        by_model = {name for name, outcome in left.items() if outcome.section is not None}
        if not fallen & by_model:
            break
        left |= {name: _Outcome(None, "the section did not pass as a whole") for name in fallen & by_model}
    tally.printed = sum(outcome.printed for outcome in left.values() if outcome.section is not None)
    issue = hold_to_goals(replace(checked, writing=tally.writing()), past)
    last = next((name for name in reversed(left) if left[name].section is not None), None)
    if last is not None and issue.checks.held and not draft.checks.held:
        reason = f"with it the issue would be held: {issue.checks.held}"
        return _best(draft, past, facts, left | {last: _Outcome(None, reason)}, tally)
    return issue


def _sections(draft: Issue, outcomes: Mapping[SectionName, _Outcome]) -> Iterator[Section]:
    for section in draft.sections:
        outcome = outcomes.get(section.name)
        if outcome is None:
            yield section
        elif outcome.section is None:
            yield replace(section, fallback=outcome.reason)
        else:
            yield replace(
                outcome.section, writer=Writer.MODEL, notes=(*section.notes, house(_note(draft, section.name)))
            )


def _note(draft: Issue, name: SectionName) -> str:
    """The line that says who wrote, another one each day and in each section."""
    ways = standard_style().notes
    return ways[(draft.date.toordinal() + list(SectionName).index(name)) % len(ways)]
