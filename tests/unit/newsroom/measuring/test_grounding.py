from __future__ import annotations

from dataclasses import replace

import pytest

from domain.claims import Figure
from domain.evidence import HarvestEvidence, NamedFormula
from domain.issue import SectionName
from domain.items import Source
from domain.measures import Measure
from domain.readings import Lists
from tests.unit.newsroom.measuring.papers import (
    address,
    bullet,
    figure,
    found,
    issue,
    item,
    lead,
    named,
    on,
    part,
    row,
    said,
)

ALPHA, BETA = item("owner/alpha"), item("owner/beta")


def test_a_claim_whose_evidence_the_issue_does_not_carry_cannot_be_traced() -> None:
    whole = issue(lead(said("Alpha leads"), said("Here."), about=ALPHA))
    assert found(Measure.TRACEABLE, whole).found == 1
    assert found(Measure.TRACEABLE, replace(whole, evidence={})).found == 0


def test_what_the_checks_did_not_support_is_told() -> None:
    whole = issue(lead(said("Alpha leads"), said("Here."), about=ALPHA))
    assert not found(Measure.SUPPORTED, replace(whole, checks=replace(whole.checks, supported=1))).met


def test_a_name_without_a_link_anywhere_is_not_linked() -> None:
    whole = issue(lead(said(named(BETA, linked=False), " leads"), about=ALPHA))
    finding = found(Measure.LINKED, whole)
    assert finding.found == 0
    assert "owner/beta" in finding.note


def test_a_family_or_a_publisher_is_no_item_to_link() -> None:
    stem = replace(named(BETA, linked=False), text="bet")
    assert found(Measure.LINKED, issue(lead(said(stem, " leads"), about=ALPHA))).found is None
    family = replace(stem, text="beta")
    counted = Figure(
        "5", 5.0, "models", NamedFormula("pattern_count", 1, {"pattern": "beta"}), {"a": on(Source.GITHUB)}
    )
    assert found(Measure.LINKED, issue(lead(said(counted, " contain ", family), about=ALPHA))).found is None


def test_papers_are_a_kind_of_source_of_their_own_wherever_they_are_listed() -> None:
    whole = issue(lead(said("Papers lead", source=Source.HUGGINGFACE), about=ALPHA))
    listed = {
        key: replace(each, list=Lists.DAILY_PAPERS) if isinstance(each, HarvestEvidence) else each
        for key, each in whole.evidence.items()
    }
    assert found(Measure.SOURCES, whole).note == "models, datasets and Spaces"
    assert found(Measure.SOURCES, replace(whole, evidence=listed)).note == "papers"


def test_a_short_name_is_linked_by_its_first_mention() -> None:
    again = said(named(BETA, linked=False), " again.")
    assert found(Measure.LINKED, issue(lead(said(named(BETA), " leads"), again, about=ALPHA))).found == 1


def test_a_link_that_the_items_evidence_does_not_give_is_foreign() -> None:
    whole = issue(lead(said(named(BETA, url="https://evil.example/"), " leads"), about=BETA))
    finding = found(Measure.FOREIGN_LINKS, whole)
    assert finding.found == 1
    assert "evil" in finding.note
    swapped = issue(lead(said(named(BETA, url=address(ALPHA)), named(ALPHA), " lead"), about=BETA))
    assert found(Measure.FOREIGN_LINKS, swapped).found == 1


def test_figures_are_counted_against_words() -> None:
    whole = issue(lead(said("It has ", figure("12"), " stars today now"), about=ALPHA))
    assert found(Measure.FIGURES, whole).found == pytest.approx(100 / 6)


def test_one_source_for_everything_is_the_largest() -> None:
    whole = issue(lead(said("Alpha leads"), said("Here."), about=ALPHA))
    finding = found(Measure.LARGEST_SOURCE, whole)
    assert (finding.found, finding.note, finding.met) == (1, "github", False)


def test_a_row_counts_once_and_a_sentence_for_each_source_that_it_cites() -> None:
    both = said(figure("7", Source.FEEDS), " and ", figure("8", Source.ARXIV), source=Source.ARXIV)
    whole = issue(part(SectionName.TRENDING, row(ALPHA, "="), bullet(both, about=ALPHA)))
    assert found(Measure.LARGEST_SOURCE, whole).found == 0.5
    assert found(Measure.SOURCES, whole).found == 3


def test_subscribe_is_no_section_of_substance() -> None:
    story = bullet(said("Send it."), about=ALPHA)
    whole = issue(part(SectionName.SUBSCRIBE, story), part(SectionName.TOOLS, story), part(SectionName.READING))
    assert found(Measure.SECTIONS, whole).found == 1
