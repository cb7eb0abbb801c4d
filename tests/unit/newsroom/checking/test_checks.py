"""Checking a whole issue: what fails is taken out with a reason, sections fall back, thin issues are held."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from domain.claims import Claim, Figure, Words, house
from domain.evidence import EvidenceId, HarvestEvidence, QuoteEvidence, ReadingEvidence
from domain.issue import Checks, Coverage, Drop, Issue, Layout, Section, SectionName, SourceCoverage, Story
from domain.items import Source
from domain.readings import HarvestStatus
from newsroom.checking import audit, check
from newsroom.checking.checks import EMPTIED
from tests.unit.newsroom.checking.issues import true_issue
from tests.unit.newsroom.checking.world import ALPHA, BETA, TODAY, Morning

PAPER, ISSUE = true_issue()


def _check(issue: Issue) -> Issue:
    return check(issue, PAPER.world)


def _story(issue: Issue, name: SectionName, number: int = 0) -> Story:
    section = issue.section(name)
    assert section is not None
    return section.stories[number]


def _with_story(name: SectionName, change: Callable[[Story], Story], number: int = 0) -> Issue:
    """The true issue with one story changed."""

    def changed(section: Section) -> Section:
        if section.name is not name:
            return section
        stories = tuple(change(story) if at == number else story for at, story in enumerate(section.stories))
        return replace(section, stories=stories)

    return replace(ISSUE, sections=tuple(changed(section) for section in ISSUE.sections))


def _false(claim: Claim) -> Claim:
    """The same sentence with a word that is never said."""
    return replace(claim, runs=(*claim.runs, Words(" because readers like it.")))


def test_a_true_issue_passes_whole_and_is_not_held() -> None:
    checked = _check(ISSUE)
    assert checked.sections == ISSUE.sections
    printed = len(list(checked.claims()))
    assert checked.checks == Checks(printed, printed)
    assert audit(checked, PAPER.world).passed


def test_checking_a_checked_issue_changes_nothing() -> None:
    spoilt = _with_story(
        SectionName.LEAD,
        lambda story: replace(story, paragraphs=((_false(story.paragraphs[0][0]),), *story.paragraphs[1:])),
    )
    once = _check(spoilt)
    assert once.checks.drops
    assert _check(once) == once


def test_evidence_that_no_sentence_cites_is_pruned() -> None:
    checked = _check(ISSUE)
    cited = {each for claim in checked.claims() for each in claim.evidence}
    assert set(checked.evidence) == cited
    assert len(checked.evidence) < len(ISSUE.evidence)


def test_a_sentence_that_fails_falls_with_those_that_lean_on_it() -> None:
    checked = _check(
        _with_story(
            SectionName.LEAD,
            lambda story: replace(
                story, paragraphs=((_false(story.paragraphs[0][0]), story.paragraphs[0][1]), story.paragraphs[1])
            ),
        )
    )
    lead = _story(checked, SectionName.LEAD)
    assert [claim.text for paragraph in lead.paragraphs for claim in paragraph] == [
        claim.text for claim in _story(ISSUE, SectionName.LEAD).paragraphs[1]
    ]
    reasons = [drop.reason for drop in checked.checks.drops]
    assert reasons[0].startswith("'because' claims a cause")
    assert reasons[1:] == ["it leans on a sentence that was taken out"]
    assert checked.checks.held is None


def test_a_standfirst_that_fails_costs_only_itself() -> None:
    checked = _check(
        _with_story(
            SectionName.LEAD, lambda story: replace(story, standfirst=story.standfirst and _false(story.standfirst))
        )
    )
    assert _story(checked, SectionName.LEAD).standfirst is None
    assert len(checked.checks.drops) == 1


def test_a_story_without_its_headline_falls_and_an_issue_without_a_lead_is_held() -> None:
    checked = _check(
        _with_story(SectionName.LEAD, lambda story: replace(story, headline=story.headline and _false(story.headline)))
    )
    section = checked.section(SectionName.LEAD)
    assert section is not None
    assert section.stories == ()
    assert [note.text for note in section.notes] == [EMPTIED]
    assert checked.checks.held == "there is no lead story"
    assert checked.checks.claims == checked.checks.supported == len(list(checked.claims()))
    assert len(checked.checks.drops) == 6


def test_a_row_with_one_false_cell_falls_and_the_others_stand() -> None:
    checked = _check(
        _with_story(SectionName.TRENDING, lambda story: replace(story, cells=(story.cells[0], _false(story.cells[1]))))
    )
    section = checked.section(SectionName.TRENDING)
    assert section is not None
    assert len(section.stories) == 1


def test_a_bullet_without_its_first_sentence_falls() -> None:
    checked = _check(
        _with_story(
            SectionName.TOOLS,
            lambda story: replace(story, paragraphs=((_false(story.paragraphs[0][0]), story.paragraphs[0][1]),)),
        )
    )
    section = checked.section(SectionName.TOOLS)
    assert section is not None
    assert section.stories == ()
    assert [drop.section for drop in checked.checks.drops] == [SectionName.TOOLS] * 2


def test_a_view_does_not_stand_without_its_analysis() -> None:
    checked = _check(
        _with_story(
            SectionName.OPINION,
            lambda story: replace(story, paragraphs=((_false(story.paragraphs[0][0]),), story.paragraphs[1])),
        )
    )
    section = checked.section(SectionName.OPINION)
    assert section is not None
    assert section.stories == ()


def test_a_story_loses_an_address_that_is_not_its_subjects() -> None:
    for url in ("https://evil.example/", "javascript:alert(1)", PAPER.world.words_of(BETA).url):
        checked = _check(_with_story(SectionName.LEAD, lambda story, url=url: replace(story, url=url)))  # type: ignore[misc]
        assert _story(checked, SectionName.LEAD).url is None
        assert len(checked.checks.drops) == 1
        assert checked.checks.held is None


@pytest.mark.parametrize(
    "change",
    [
        lambda story: replace(story, columns=("Name",)),
        lambda story: replace(story, label="Up 40%"),
        lambda story: replace(story, columns=("Name", "<b>Change</b>")),
        lambda story: replace(story, items=(BETA,)),
        lambda story: replace(
            story, cells=(story.cells[0], Claim((PAPER.world.name(BETA),))), items=(*story.items, BETA)
        ),
    ],
    ids=["cells and columns", "a figure in a label", "markup in a column", "another subject", "two items in a row"],
)
def test_a_row_that_is_not_of_one_item_or_not_well_formed_falls(change: Callable[[Story], Story]) -> None:
    checked = _check(_with_story(SectionName.TRENDING, change))
    section = checked.section(SectionName.TRENDING)
    assert section is not None
    assert len(section.stories) == 1


def test_an_issue_of_few_sections_is_held() -> None:
    checked = _check(replace(ISSUE, sections=ISSUE.sections[:2]))
    assert checked.checks.held == "2 sections have substance, and an issue needs 4"


def test_an_issue_is_held_when_no_source_answered() -> None:
    failed = SourceCoverage(Source.HUGGINGFACE, HarvestStatus.FAILED, 0, None)
    checked = _check(replace(ISSUE, coverage=Coverage(TODAY, (failed,))))
    assert checked.checks.held == "no source answered"


def test_an_issue_that_loses_more_than_it_keeps_is_held() -> None:
    losses = tuple(Drop(SectionName.LEAD, "gone", "of old") for _ in range(100))
    held = _check(replace(ISSUE, checks=Checks(0, 0, losses))).checks.held
    assert held is not None
    assert held.startswith("the checks took out 100 sentences, more than the ")


def test_an_emptied_opening_leaves_a_note_and_a_section_of_notes_is_left_alone() -> None:
    opening = Section(SectionName.MOVERS, "Biggest Movers", opening=(house("It will rain 9 days."),))
    quiet = Section(SectionName.READING, "Weekend Reading", notes=(house("Nothing has moved since we last read."),))
    checked = _check(replace(ISSUE, sections=(*ISSUE.sections, opening, quiet)))
    movers, reading = checked.section(SectionName.MOVERS), checked.section(SectionName.READING)
    assert movers is not None
    assert [note.text for note in movers.notes] == [EMPTIED]
    assert reading == quiet


# --- evidence ---------------------------------------------------------------------------------------------------------


def _cited(kind: type, issue: Issue) -> EvidenceId:
    """The first evidence of a kind that the lead cites."""
    lead = issue.section(SectionName.LEAD)
    assert lead is not None
    return next(each for claim in lead.claims() for each in claim.evidence if isinstance(issue.evidence[each], kind))


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        (ReadingEvidence, {"value": 99_999}),
        (ReadingEvidence, {"rank": 2}),
        (ReadingEvidence, {"metric": "downloads"}),
        (ReadingEvidence, {"item": BETA}),
        (ReadingEvidence, {"source": Source.GITHUB}),
        (ReadingEvidence, {"list": "datasets/trending"}),
        (ReadingEvidence, {"observed_at": TODAY.replace(hour=7)}),
        (ReadingEvidence, {"url": "https://evil.example"}),
        (ReadingEvidence, {"reading_id": 10_000_000}),
        (ReadingEvidence, {"reading_id": 1}),
        (QuoteEvidence, {"text": "acme/Omega-27B"}),
        (QuoteEvidence, {"start": 3}),
        (QuoteEvidence, {"start": -1}),
        (QuoteEvidence, {"field": "summary"}),
        (QuoteEvidence, {"field": "__class__"}),
        (QuoteEvidence, {"version": 2}),
        (QuoteEvidence, {"version": 10_000}),
        (QuoteEvidence, {"item": BETA}),
        (QuoteEvidence, {"url": "https://evil.example"}),
        (HarvestEvidence, {"items": 25}),
        (HarvestEvidence, {"status": HarvestStatus.PARTIAL}),
        (HarvestEvidence, {"list": "spaces/trending"}),
        (HarvestEvidence, {"harvest_id": 10_000}),
        (HarvestEvidence, {"harvest_id": 1}),
        (HarvestEvidence, {"observed_at": TODAY.replace(hour=7)}),
    ],
    ids=str,
)
def test_evidence_that_differs_from_storage_takes_out_what_rests_on_it(kind: type, change: dict[str, object]) -> None:
    cited = _cited(kind, ISSUE)
    forged = replace(ISSUE.evidence[cited], **change)  # type: ignore[arg-type]
    issue = replace(ISSUE, evidence={**ISSUE.evidence, cited: forged})
    resting = {claim.text for claim in ISSUE.claims() if cited in claim.evidence}
    checked = _check(issue)
    assert resting.isdisjoint({claim.text for claim in checked.claims()})
    report = audit(issue, PAPER.world)
    assert resting <= {verdict.text for verdict in report.failed}


def test_a_sentence_whose_evidence_the_issue_does_not_carry_is_taken_out() -> None:
    cited = _cited(ReadingEvidence, ISSUE)
    issue = replace(ISSUE, evidence={each: found for each, found in ISSUE.evidence.items() if each != cited})
    checked = _check(issue)
    assert cited not in {each for claim in checked.claims() for each in claim.evidence}
    assert any(drop.reason.startswith(f"the evidence {cited} is missing") for drop in checked.checks.drops)
    assert not audit(issue, PAPER.world).passed


# --- audit ------------------------------------------------------------------------------------------------------------


def test_an_audit_prints_every_sentence_with_its_figures_recomputed() -> None:
    report = audit(_check(ISSUE), PAPER.world)
    printed = str(report)
    assert report.supported == len(report.verdicts) > 15
    assert "acme/Alpha-27B gained 1,428 likes in a week" in printed
    assert "1,428 likes = b - a: stated 1428, stored 1428" in printed
    assert printed.endswith(f"No. 12 of 2026-08-22: {report.supported} of {report.supported} sentences are supported")


def test_an_audit_finds_what_was_altered_after_the_check() -> None:
    def altered(story: Story) -> Story:
        (first, *rest), *others = story.paragraphs
        runs = tuple(
            replace(run, text="1,429", value=1429) if isinstance(run, Figure) and run.text == "1,428" else run
            for run in first.runs
        )
        return replace(story, paragraphs=((replace(first, runs=runs), *rest), *others))

    checked = _check(ISSUE)
    lead = checked.sections[0]
    issue = replace(checked, sections=(replace(lead, stories=(altered(lead.stories[0]),)), *checked.sections[1:]))
    report = audit(issue, PAPER.world)
    assert [verdict.reason for verdict in report.failed] == ["'1,429' states 1429, and the stored readings give 1428"]
    assert not report.passed
    assert "FAIL lead/paragraph" in str(report)


def test_an_audit_tells_of_a_wrong_count_and_of_a_strange_address() -> None:
    checked = _check(ISSUE)
    lead = checked.sections[0]
    story = replace(lead.stories[0], url="https://evil.example/")
    issue = replace(checked, sections=(replace(lead, stories=(story,)), *checked.sections[1:]), checks=Checks(3, 3))
    report = audit(issue, PAPER.world)
    assert report.failed == ()
    assert report.problems == (
        "lead: 'https://evil.example/' is not the stored address of the story's subject",
        f"the issue says 3 of 3 are supported, and prints {len(report.verdicts)}",
    )
    assert not report.passed


def test_an_audit_asks_storage_and_not_the_issue(paper: Morning) -> None:
    """The same issue fails where storage holds another value."""
    issue = _check(ISSUE)
    cited = _cited(ReadingEvidence, issue)
    evidence = issue.evidence[cited]
    assert isinstance(evidence, ReadingEvidence)
    stored = paper.world.readings[evidence.reading_id]
    paper.world.readings[stored.id] = replace(stored, rank=24, metrics=dict.fromkeys(stored.metrics, 1))
    assert not audit(issue, paper.world).passed


@pytest.fixture
def paper() -> Morning:
    return true_issue()[0]


def test_layouts_without_a_headline_are_judged_by_their_first_sentence() -> None:
    story = Story((ALPHA,), Layout.BULLET, headline=house("Nothing has moved."), paragraphs=())
    checked = _check(_with_story(SectionName.NUMBERS, lambda _: story))
    assert story in [each for section in checked.sections for each in section.stories]
