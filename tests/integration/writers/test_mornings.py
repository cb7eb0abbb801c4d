"""Whole mornings with models of all sorts: what is printed is true, and the issue is whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.texts.editing import verdict_lines
from domain.claims import Name, Quote
from domain.issue import Issue, Writer
from formatters.writing import writing_lines
from morningpost.desk.facts import StoredFacts
from morningpost.desk.writing import ISSUE_SECONDS
from morningpost.status import Status
from newsroom.checking import audit
from storage.issue_json import issue_from_json, issue_to_json
from tests.integration.writers import models
from tests.integration.writers.endpoint import KEY, Reply, serving
from tests.integration.writers.paper import DAY, Draft, house_with, written


def by_model(issue: Issue) -> set[str]:
    return {section.name.value for section in issue.sections if section.writer is Writer.MODEL}


def printed(issue: Issue) -> str:
    return "\n".join(claim.text for claim in issue.claims())


def is_whole_and_true(issue: Issue, draft: Draft) -> None:
    report = draft.audited(issue)
    assert report.passed, str(report)
    assert [section.name for section in issue.sections] == [section.name for section in draft.issue.sections]
    assert issue.checks.held == draft.issue.checks.held
    for section, drafted in zip(issue.sections, draft.issue.sections, strict=True):
        assert len(section.stories) == len(drafted.stories)


def test_without_a_model_nothing_is_said_of_one(draft: Draft) -> None:
    assert draft.issue.writing is None
    assert by_model(draft.issue) == set()
    assert writing_lines(draft.issue) == []


def test_a_good_model_is_printed_from_collection_to_preview_and_the_same_again(readings: Path, tmp_path: Path) -> None:
    with serving(models.good) as asked, house_with(readings, tmp_path, f"{asked.url}/v1") as house:
        issue = written(house)
        questions = len(asked.bodies)
        assert written(house) == issue
        assert len(asked.bodies) == questions > 0
        report = audit(issue, StoredFacts(house.archive))
        told = "\n".join(verdict_lines(house.desk.record(DAY)))
        rows = dict(Status.of(house).rows())
    assert report.passed, str(report)
    assert {"lead", "opinion"} <= by_model(issue), writing_lines(issue)
    assert issue.writing is not None
    assert issue.writing.printed >= 8
    assert "sentences printed" in told
    assert "Written by it" in told
    assert "writer" in rows
    assert issue_from_json(issue_to_json(issue)) == issue


@pytest.mark.parametrize("model", [models.good, models.joining])
def test_a_good_model_s_sections_say_that_it_wrote_them(model: Reply, draft: Draft, tmp_path: Path) -> None:
    with serving(model) as asked:
        issue = draft.with_model(tmp_path, f"{asked.url}/v1")
    is_whole_and_true(issue, draft)
    assert by_model(issue)
    assert printed(issue) != printed(draft.issue)
    for section in issue.sections:
        assert ("language model" in printed_notes(issue, section.name)) is (section.writer is Writer.MODEL)


def printed_notes(issue: Issue, name: str) -> str:
    return " ".join(note.text for section in issue.sections if section.name == name for note in section.notes)


def test_what_the_draft_links_is_linked_in_a_model_s_words_too(draft: Draft, tmp_path: Path) -> None:
    with serving(models.good) as asked:
        issue = draft.with_model(tmp_path, f"{asked.url}/v1")
    for section, drafted in zip(issue.sections, draft.issue.sections, strict=True):
        named = {name.item for claim in section.claims() for name in claim.names}
        linked = {name.item for claim in section.claims() for name in claim.names if name.url}
        assert {name.item for claim in drafted.claims() for name in claim.names if name.url} & named <= linked


@pytest.mark.parametrize("name", models.BAD)
def test_nothing_of_a_bad_model_is_printed(name: str, draft: Draft, tmp_path: Path) -> None:
    with serving(models.BAD[name]) as asked:
        issue = draft.with_model(tmp_path, f"{asked.url}/v1")
    is_whole_and_true(issue, draft)
    text = printed(issue)
    for lie in ("Falcon", "1,234,567", "evil.example", "Stanford", "airdrop", "scam", "acquired", "$2"):
        assert lie not in text
    if name != "crossing":  # some of what it crosses comes out as it was
        assert by_model(issue) == set()
        assert text == printed(draft.issue)


def test_a_model_that_is_good_and_bad_by_turns_prints_only_what_is_good(draft: Draft, tmp_path: Path) -> None:
    with serving(models.alternating) as asked:
        issue = draft.with_model(tmp_path, f"{asked.url}/v1")
    is_whole_and_true(issue, draft)
    assert issue.writing is not None
    assert issue.writing.refusals
    assert issue.writing.printed
    assert "Falcon" not in printed(issue)
    assert any(len(body["messages"]) == 4 for body in asked.bodies)


def test_a_model_that_fails_at_times_costs_no_morning(
    draft: Draft, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("writers.model.USUAL_PAUSE", 0.0)
    with serving(models.broken_at_times) as asked:
        issue = draft.with_model(tmp_path, f"{asked.url}/v1")
    is_whole_and_true(issue, draft)
    assert by_model(issue)


def test_a_slow_model_is_left_when_the_time_is_over(
    draft: Draft, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ISSUE_SECONDS == 90
    monkeypatch.setattr("morningpost.desk.writing.ISSUE_SECONDS", 0.5)
    with serving(models.slow) as asked:
        issue = draft.with_model(tmp_path, f"{asked.url}/v1")
    assert printed(issue) == printed(draft.issue)
    assert any("time" in section.fallback or "no answer" in section.fallback for section in issue.sections)


def test_an_endpoint_that_is_down_is_told_and_the_paper_comes(draft: Draft, tmp_path: Path) -> None:
    issue = draft.with_model(tmp_path, "http://127.0.0.1:9/v1")
    assert printed(issue) == printed(draft.issue)
    assert any("connection" in line for line in writing_lines(issue))


def test_a_budget_is_kept_for_the_whole_issue(draft: Draft, tmp_path: Path) -> None:
    prices = {"LLM_PRICE_PROMPT": "1000", "LLM_PRICE_COMPLETION": "1000", "LLM_BUDGET": "0.001"}
    with serving(models.good) as asked:
        issue = draft.with_model(tmp_path, f"{asked.url}/v1", **prices)
        assert asked.bodies == []
    assert any("budget" in section.fallback for section in issue.sections)


@pytest.mark.parametrize("model", [models.good, models.crossing, models.typing])
def test_nothing_that_a_source_wrote_is_ever_sent(model: Reply, draft: Draft, tmp_path: Path) -> None:
    with serving(model) as asked:
        issue = draft.with_model(tmp_path, f"{asked.url}/v1")
    sent = "\n".join(json.dumps(body, ensure_ascii=False) for body in asked.bodies)
    outside = {
        word
        for claim in (*draft.issue.claims(), *issue.claims())
        for run in claim.runs
        if isinstance(run, Name | Quote)
        for word in (run.text, str(run.item), run.item.external_id)
    }
    ours = {"Python", "Rust"}
    assert [text for text in outside - ours if len(text) > 3 and text in sent] == []
    assert KEY not in sent
