"""An issue outlives its database format: written out and read back it is equal, to the last zero."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.claims import Claim, Figure
from domain.editions import FRONT, Button, Edition, Message, Style, fingerprint
from domain.errors import StorageError
from domain.evidence import EvidenceId, Expression
from domain.issue import Issue
from domain.items import ItemKey, Kind, Source
from storage.edition_json import edition_from_json, pages_to_json
from storage.issue_json import issue_from_json, issue_to_json
from tests.contract.storage.samples import TODAY, edition, issue, reading_evidence
from tests.strategies import issues

texts = st.text(max_size=12)
buttons = st.builds(Button, texts, callback=st.just("p:20260704:lead")) | st.builds(Button, texts, url=texts)
keyboards = st.lists(st.lists(buttons, max_size=2).map(tuple), max_size=2).map(tuple)
messages = st.builds(Message, st.sampled_from(Style), texts, keyboards, st.none() | texts)


def edition_of(style: Style, pages: dict[str, Message]) -> Edition:
    return Edition(TODAY, style, pages, fingerprint(pages))


editions = st.builds(edition_of, st.sampled_from(Style), st.dictionaries(texts | st.just(FRONT), messages, max_size=3))


def printed(written: Issue) -> list[str]:
    return [repr(figure.value) for claim in written.claims() for figure in claim.figures]


@given(issues(texts))
@settings(max_examples=60)
def test_every_issue_is_read_back_equal(written: Issue) -> None:
    read = issue_from_json(issue_to_json(written))
    assert read == written
    assert printed(read) == printed(written)  # 1204 and 1204.0 are equal, and not the same in print
    assert list(read.evidence) == list(written.evidence)


@given(issues(texts))
@settings(max_examples=20)
def test_what_is_read_back_is_written_the_same(written: Issue) -> None:
    text = issue_to_json(written)
    assert issue_to_json(issue_from_json(text)) == text


@given(editions)
def test_every_edition_is_read_back_equal_in_the_order_of_its_pages(written: Edition) -> None:
    read = edition_from_json(written.issue_date, written.style, pages_to_json(written), written.sha256)
    assert read == written
    assert list(read.pages) == list(written.pages)


def figure(value: float) -> Claim:
    return Claim((Figure("1,204", value, "stars", Expression("a"), {"a": EvidenceId("r1-stars")}),))


@pytest.mark.parametrize("value", [1204, 1204.0, 0.1, -3, 10**18])
def test_a_figure_stays_whole_or_broken_as_it_was(value: float) -> None:
    written = replace(issue(), sections=(replace(issue().sections[0], opening=(figure(value),)),))
    [claim] = issue_from_json(issue_to_json(written)).sections[0].opening
    assert repr(claim.figures[0].value) == repr(value)


@pytest.mark.parametrize("source", Source)
@pytest.mark.parametrize("kind", Kind)
def test_an_item_of_any_source_and_kind_is_read_back_equal(source: Source, kind: Kind) -> None:
    key = ItemKey(source, kind, "a:b/c: d")
    written = replace(issue(), evidence={EvidenceId("r1-stars"): reading_evidence(1, key)})
    assert issue_from_json(issue_to_json(written)) == written


def test_text_is_kept_readable() -> None:
    assert "“loom” ★" in issue_to_json(issue(motto="“loom” ★"))


def test_every_kind_of_union_says_which_one_it_is() -> None:
    plain = json.loads(issue_to_json(issue()))
    name, words, figure, _ = plain["sections"][0]["stories"][0]["headline"]["runs"]
    kinds = [name["kind"], words["kind"], figure["kind"], figure["formula"]["kind"]]
    assert kinds == ["name", "words", "figure", "expression"]
    assert {evidence["kind"] for evidence in plain["evidence"].values()} == {"reading", "quote"}


def test_defaults_are_written_out_so_that_a_new_default_changes_no_old_issue() -> None:
    assert json.loads(issue_to_json(issue()))["sample"] is False


@pytest.mark.parametrize("damaged", ["", "{", "[]", "null", '{"date": "2026-07-04"}'])
def test_what_is_no_issue_is_told(damaged: str) -> None:
    with pytest.raises(StorageError, match="A stored issue can't be read: restore the database from a backup"):
        issue_from_json(damaged)


def test_a_stored_claim_that_lost_its_evidence_is_told() -> None:
    """The law of claims holds for what comes from the database, too."""
    plain = json.loads(issue_to_json(issue()))
    plain["sections"][0]["stories"][0]["headline"]["runs"] = [{"kind": "words", "text": "Trust us."}]
    with pytest.raises(StorageError, match="can't be read"):
        issue_from_json(json.dumps(plain))


def test_pages_that_are_not_what_was_rendered_are_refused_both_ways() -> None:
    altered = replace(edition(), sha256="0" * 64)
    with pytest.raises(StorageError, match=f"The classic edition of {TODAY} is not what was rendered"):
        pages_to_json(altered)
    with pytest.raises(StorageError, match="is not what was rendered"):
        edition_from_json(TODAY, altered.style, pages_to_json(edition()), altered.sha256)


def test_an_issue_from_before_it_was_measured_is_still_read() -> None:
    plain = json.loads(issue_to_json(issue()))
    del plain["checks"]["measures"]
    assert issue_from_json(json.dumps(plain)).checks.measures is None
