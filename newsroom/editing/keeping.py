"""Edits are kept: put into an issue that was written anew, and a section of one issue into another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from domain.claims import Claim, Figure, Name, Quote, Run, Words
from domain.edits import Edit, Editable, Part, Place, editable
from domain.evidence import Evidence, EvidenceId, HarvestEvidence, QuoteEvidence, ReadingEvidence
from domain.issue import Issue, Section, SectionName
from newsroom.editing.places import with_claim


def with_edits(issue: Issue, edits: Sequence[Edit]) -> tuple[Issue, tuple[Edit, ...]]:
    """The issue with every edit in its place, and the edits whose place it no longer has.

    A place is where the replaced words stand, or else the sentence of the same story that tells of the same readings.
    """
    lost = []
    taken: set[Place] = set()
    for each in edits:
        where = _place_of(each, issue, taken)
        if where is None:
            lost.append(each)
            continue
        taken.add(where)
        evidence, renamed = merged(issue.evidence, each.evidence)
        section = issue.section(where.section)
        if section is None:
            raise AssertionError("a place was found in it")
        changed = with_claim(section, where, cited_anew(each.claim, renamed))
        sections = tuple(changed if one.name is changed.name else one for one in issue.sections)
        issue = replace(issue, sections=sections, evidence=evidence)
    return _only_cited(issue), tuple(lost)


def _place_of(wanted: Edit, issue: Issue, taken: Iterable[Place]) -> Place | None:
    open_places = [
        each
        for each in editable(issue)
        if (each.place.section, each.place.part, each.place.story)
        == (wanted.place.section, wanted.place.part, wanted.place.story)
        and each.place not in taken
    ]
    for each in open_places:
        if each.claim.text in {wanted.before, wanted.claim.text}:
            return each.place
    if wanted.place.part in {Part.HEADLINE, Part.STANDFIRST}:
        return open_places[0].place if open_places else None
    subject = {_tells(each) for each in wanted.evidence.values()}

    def likeness(each: Editable) -> tuple[int, int]:
        cited = {_tells(issue.evidence[one]) for one in each.claim.evidence}
        return len(cited & subject), -abs(each.place.number - wanted.place.number)

    best = max(open_places, key=likeness, default=None)
    return best.place if best is not None and likeness(best)[0] else None


def _tells(evidence: Evidence) -> tuple[object, ...]:
    """What evidence is of, whenever it was read."""
    match evidence:
        case ReadingEvidence():
            return evidence.item, evidence.list, evidence.metric
        case QuoteEvidence():
            return evidence.item, evidence.field, evidence.text
        case HarvestEvidence():
            return evidence.source, evidence.list


def grafted(standing: Issue, anew: Issue, name: SectionName) -> Issue:
    """The standing issue with one section as another issue of the day has it; all else stays as it is."""
    section = anew.section(name)
    if section is None:
        return standing
    cited = {each: anew.evidence[each] for claim in section.claims() for each in claim.evidence}
    evidence, renamed = merged(standing.evidence, cited)
    new = _claims_changed(section, lambda claim: cited_anew(claim, renamed))
    sections = tuple(new if one.name is name else one for one in standing.sections)
    return _only_cited(replace(standing, sections=sections, evidence=evidence))


def merged(
    standing: Mapping[EvidenceId, Evidence], added: Mapping[EvidenceId, Evidence]
) -> tuple[Mapping[EvidenceId, Evidence], Mapping[EvidenceId, EvidenceId]]:
    """Both evidences in one, and the new ids of what was added; the ids of quotations are counted anew."""
    evidence = dict(standing)
    quotes = {each: cited for cited, each in standing.items() if isinstance(each, QuoteEvidence)}
    renamed: dict[EvidenceId, EvidenceId] = {}
    for cited, each in added.items():
        if isinstance(each, QuoteEvidence):
            renamed[cited] = quotes.get(each) or _free(evidence)
            quotes[each] = renamed[cited]
        else:
            renamed[cited] = cited
        evidence.setdefault(renamed[cited], each)
    return evidence, renamed


def _free(evidence: Mapping[EvidenceId, Evidence]) -> EvidenceId:
    number = len(evidence) + 1
    while EvidenceId(f"q{number}") in evidence:
        number += 1
    return EvidenceId(f"q{number}")


def cited_anew(claim: Claim, renamed: Mapping[EvidenceId, EvidenceId]) -> Claim:
    """The claim with the ids of its evidence exchanged."""

    def new(cited: EvidenceId) -> EvidenceId:
        return renamed.get(cited, cited)

    def run(each: Run) -> Run:
        match each:
            case Figure():
                operands = {
                    name: tuple(map(new, operand)) if isinstance(operand, tuple) else new(operand)
                    for name, operand in each.evidence.items()
                }
                return replace(each, evidence=operands)
            case Name() | Quote():
                return replace(each, evidence=new(each.evidence))
            case Words():
                return each

    return replace(claim, runs=tuple(map(run, claim.runs)), also=tuple(map(new, claim.also)))


def _claims_changed(section: Section, change: Callable[[Claim], Claim]) -> Section:
    def each(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
        return tuple(map(change, claims))

    stories = (
        replace(
            story,
            headline=change(story.headline) if story.headline is not None else None,
            standfirst=change(story.standfirst) if story.standfirst is not None else None,
            paragraphs=tuple(map(each, story.paragraphs)),
            cells=each(story.cells),
        )
        for story in section.stories
    )
    return replace(section, opening=each(section.opening), stories=tuple(stories), notes=each(section.notes))


def _only_cited(issue: Issue) -> Issue:
    cited = dict.fromkeys(each for claim in issue.claims() for each in claim.evidence)
    return replace(issue, evidence={each: issue.evidence[each] for each in cited})
