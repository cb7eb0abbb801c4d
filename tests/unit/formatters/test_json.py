from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import fastjsonschema
import pytest
from hypothesis import HealthCheck, given, settings

from domain.claims import Figure, Quote
from domain.evidence import Expression, NamedFormula
from domain.issue import Issue, IssueState, Layout, SectionName, Story
from domain.measures import Finding, Goal, Measure, Measures
from formatters.json import edition_json
from tests.strategies import issues
from tests.unit.formatters.building import ITEM, LIST, claim, house_section, issue, name, section

SCHEMA = Path(__file__).resolve().parents[3] / "docs" / "edition.schema.json"

Json = dict[str, Any]


@pytest.fixture(scope="module")
def validate() -> Callable[[Json], Json]:
    compiled: Callable[[Json], Json] = fastjsonschema.compile(json.loads(SCHEMA.read_text()))
    return compiled


def _edition(whole: Issue, state: IssueState = IssueState.DRAFT) -> Json:
    found: Json = json.loads(edition_json(whole, state))
    return found


def _claims(edition: Json) -> list[Json]:
    return [one for part in edition["sections"] for story in part["stories"] for one in story["claims"]]


def _ids(one: Json) -> list[str]:
    """Every evidence id that a claim mentions."""
    operands = [operand for figure in one["figures"] for operand in figure["evidence"].values()]
    cited = [identity for operand in operands for identity in (operand if isinstance(operand, list) else [operand])]
    return [*one["evidence"], *cited, *(run["evidence"] for run in (*one["names"], *one["quotes"]))]


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(whole=issues())
def test_every_issue_keeps_the_schema_and_holds_every_claim_and_its_evidence(
    validate: Callable[[Json], Json], whole: Issue
) -> None:
    edition = _edition(whole)
    validate(edition)
    claims = _claims(edition)
    assert [one["text"] for one in claims] == [one.text for one in whole.claims()]
    assert [one for one in claims if not edition["evidence"].keys() >= set(_ids(one))] == []


def test_the_schema_refuses_a_word_that_it_does_not_know(validate: Callable[[Json], Json]) -> None:
    with pytest.raises(fastjsonschema.JsonSchemaException, match="weather"):
        validate(_edition(issue()) | {"weather": "fine"})


def test_a_figure_carries_its_formula_and_its_evidence() -> None:
    figure = Figure("1,204", 1204.0, "stars", Expression("b - a"), {"a": LIST, "b": (LIST, LIST)}, "P7D")
    story = Story((ITEM,), paragraphs=((claim(figure, " stars."),),))
    assert _claims(_edition(issue(section(SectionName.LEAD, story))))[0]["figures"] == [
        {
            "text": "1,204",
            "value": 1204,
            "unit": "stars",
            "period": "P7D",
            "formula": "b - a",
            "evidence": {"a": "h1", "b": ["h1", "h1"]},
        }
    ]


def test_a_named_formula_carries_its_version_and_arguments() -> None:
    figure = Figure("0.11", 0.11, "", NamedFormula("share", 1, {"pattern": "x"}), {"lists": LIST})
    story = Story((ITEM,), paragraphs=((claim(figure),),))
    found = _claims(_edition(issue(section(SectionName.LEAD, story))))[0]["figures"][0]
    assert found["formula"] == {"name": "share", "version": 1, "args": {"pattern": "x"}}
    assert found["value"] == 0.11


def test_names_links_and_quotes_are_told_apart() -> None:
    story = Story(
        (ITEM,),
        Layout.BULLET,
        paragraphs=((claim(name("owner/name", "https://x.org/"), ": ", Quote("its words", ITEM, LIST)),),),
    )
    found = _claims(_edition(issue(section(SectionName.TOOLS, story))))[0]
    assert found["text"] == "owner/name: “its words”"
    assert found["names"] == [
        {"text": "owner/name", "item": "github:owner/name", "evidence": "h1", "url": "https://x.org/"}
    ]
    assert found["links"] == ["https://x.org/"]
    assert found["quotes"] == [{"text": "its words", "item": "github:owner/name", "evidence": "h1"}]


def test_the_parts_of_a_story_keep_their_places() -> None:
    story = Story(
        (ITEM,),
        Layout.ROW,
        headline=claim("A headline"),
        standfirst=claim("Below."),
        cells=(claim("1"), claim("2")),
        paragraphs=((claim("One."),), (claim("Two."), claim("Three."))),
        columns=("Place", "Name"),
    )
    found = _edition(issue(section(SectionName.LEAD, story)))["sections"][0]["stories"][0]
    assert found["headline"] == "A headline"
    assert found["cells"] == ["1", "2"]
    assert [(one["text"], one["part"], one.get("paragraph")) for one in found["claims"]] == [
        ("A headline", "headline", None),
        ("Below.", "standfirst", None),
        ("1", "cell", None),
        ("2", "cell", None),
        ("One.", "paragraph", 1),
        ("Two.", "paragraph", 2),
        ("Three.", "paragraph", 2),
    ]


def test_what_opens_and_closes_a_section_is_a_story_of_its_own() -> None:
    stories = _edition(issue(house_section()))["sections"][0]["stories"]
    assert [(story["layout"], [one["text"] for one in story["claims"]]) for story in stories] == [
        ("opening", ["We say hello."]),
        ("notes", ["We say goodbye."]),
    ]


def test_the_state_is_the_one_that_it_is_rendered_in() -> None:
    assert _edition(issue(), IssueState.PUBLISHED)["state"] == "published"


def test_the_measures_stand_with_their_goals_under_the_checks() -> None:
    whole = issue(house_section())
    finding = Finding(Measure.WORDS, 1204.0, Goal(600, 1200), "too long")
    measured = replace(whole, checks=replace(whole.checks, measures=Measures((finding,))))
    assert _edition(measured)["checks"]["measures"] == [
        {
            "measure": "words",
            "title": "Words",
            "found": 1204,
            "goal": {"least": 600, "most": 1200, "below": False},
            "met": False,
            "note": "too long",
        }
    ]
    assert _edition(whole)["checks"]["measures"] == []
