from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from benchmarks.gazette import evidence, table, weak
from benchmarks.gazette.living import Lived, live, recorded
from domain.measures import DEFINITIONS, Measure, Measures
from sandbox import sample


@pytest.fixture(scope="module")
def lived() -> list[Lived]:
    return list(live(sample.mornings()[:2], is_sample=True))


def test_where_no_recordings_are_the_sample_mornings_serve_and_are_said_to(tmp_path: Path) -> None:
    assert recorded(tmp_path / "nowhere", date(2026, 6, 1), date(2026, 6, 2)) == (sample.mornings(), False)


def test_mornings_are_assembled_from_storage_one_after_the_other_and_audited(lived: list[Lived]) -> None:
    assert [each.issue.number for each in lived] == [1, 2]
    assert all(each.audit.passed for each in lived)
    second = table.measures_of(lived[1]).of(Measure.SEEN_YESTERDAY)
    assert second is not None
    assert second.found is not None


def test_the_table_has_rows_for_the_audit_for_what_is_held_and_for_every_measure(lived: list[Lived]) -> None:
    rows = list(table.rows(lived))
    assert [row.title for row in rows[2:]] == [definition.title for definition in DEFINITIONS.values()]
    drawn = table.drawn(rows).splitlines()
    assert len(drawn) == len(rows) + 1
    assert rows[0].verdict == "ok"


def test_a_missed_goal_is_told_with_its_mornings_and_why(lived: list[Lived]) -> None:
    worse = missing(lived[1], Measure.LONGEST_SENTENCE, 99, "a very long sentence")
    row = next(row for row in table.rows([lived[0], worse]) if row.title == "Words in the longest sentence")
    assert (row.worst, row.missed, row.verdict) == ("99", (worse.issue.date,), "1 missed")
    report = weak.report([lived[0], worse])
    assert f"{worse.issue.date}      99  a very long sentence" in report
    assert "by section: " in report


def test_an_issue_is_written_with_the_evidence_of_its_claims(lived: list[Lived]) -> None:
    text = evidence.written(lived[1])
    assert "LEAD STORY" in text
    claim = next(lived[1].issue.claims())
    assert f"  {claim.text}\n" in text
    assert all(f"{each}: " in text for each in claim.evidence[:8])


def test_every_morning_has_a_line_of_figures(lived: list[Lived]) -> None:
    lines = list(csv.DictReader(io.StringIO(weak.by_morning(lived))))
    assert [line["date"] for line in lines] == [str(each.issue.date) for each in lived]
    assert all(float(line[Measure.WORDS]) > 0 for line in lines)
    assert lines[0][Measure.THESIS] == ""


def missing(one: Lived, measure: Measure, figure: float, note: str) -> Lived:
    findings = tuple(
        replace(each, found=figure, note=note) if each.measure is measure else each
        for each in table.measures_of(one).findings
    )
    checks = replace(one.issue.checks, measures=Measures(findings))
    return replace(one, issue=replace(one.issue, checks=checks))
