"""Doubted evidence is marked once, never rewritten, and found in each issue; corrected issues keep their past."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.errors import NotFound
from domain.evidence import EvidenceId
from domain.issue import Issue, IssueState
from storage.admin_actions import AdminActions
from storage.archive import Archive
from storage.database import Database
from storage.doubts import Doubt, Doubted
from storage.issues import Issues
from storage.revisions import Correction
from storage.schema import CitationKind
from tests.contract.storage.samples import MORNING, TODAY, edition, haul, issue, reading_evidence, sighting

WHY = "the page showed another week"


def _stored(archive: Archive, issues: Issues) -> tuple[int, int, Issue]:
    """A stored reading and its harvest, and an issue that cites the reading."""
    harvest = archive.store(haul(sighting()))
    reading = archive.listed([harvest.id])[0]
    draft = issue()
    draft = replace(draft, evidence={**draft.evidence, EvidenceId("r1-stars"): reading_evidence(reading.id)})
    issues.save_draft(draft, (edition(),), MORNING)
    return reading.id, harvest.id, draft


def test_a_doubt_is_kept_with_its_first_reason_and_recorded_as_an_act(
    archive: Archive, issues: Issues, database: Database
) -> None:
    reading, _, _ = _stored(archive, issues)
    before = archive.readings_by_id([reading])
    archive.doubt(Doubt(CitationKind.READING, reading, WHY, "anna", MORNING))
    archive.doubt(Doubt(CitationKind.READING, reading, "another reason", "ben", MORNING))
    assert archive.doubts() == [Doubt(CitationKind.READING, reading, WHY, "anna", MORNING)]
    assert archive.readings_by_id([reading]) == before
    assert [act.detail for act in AdminActions(database).latest(9) if act.action == "doubt"] == [WHY]
    assert Doubted.of(archive.doubts()) == Doubted(readings=frozenset({reading}))


def test_what_is_not_stored_cannot_be_doubted(archive: Archive) -> None:
    with pytest.raises(NotFound, match="There is no reading 4711"):
        archive.doubt(Doubt(CitationKind.READING, 4711, WHY, "anna", MORNING))


def test_issues_are_found_by_a_reading_and_by_the_list_that_it_stood_on(archive: Archive, issues: Issues) -> None:
    reading, harvest, _ = _stored(archive, issues)
    assert issues.citing(CitationKind.READING, reading) == [TODAY]
    assert issues.citing(CitationKind.HARVEST, harvest) == [TODAY]
    assert issues.citing(CitationKind.READING, reading + 1000) == []


def test_a_correction_replaces_the_text_and_keeps_the_state_and_the_old_text(archive: Archive, issues: Issues) -> None:
    _, _, draft = _stored(archive, issues)
    issues.approve(TODAY, "anna", MORNING)
    issues.publish(TODAY, "anna", MORNING)
    corrected = replace(draft, motto="Corrected")
    record = issues.correct(corrected, (edition(),), Correction(WHY, "anna", MORNING))
    assert (record.issue, record.state) == (corrected, IssueState.PUBLISHED)
    issues.correct(replace(draft, motto="Twice"), (edition(),), Correction(WHY, "ben", MORNING))
    assert [(each.number, each.issue.motto, each.by) for each in issues.revisions(TODAY)] == [
        (1, draft.motto, "anna"),
        (2, "Corrected", "ben"),
    ]


def test_an_issue_that_does_not_exist_cannot_be_corrected(issues: Issues) -> None:
    with pytest.raises(NotFound):
        issues.correct(issue(), (edition(),), Correction(WHY, "anna", MORNING))
