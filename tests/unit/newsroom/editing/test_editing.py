"""An editor's words print only what is proved, are marked, and are kept in an issue that is written anew."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.claims import Claim, Role
from domain.editions import FRONT, Style
from domain.edits import Direction, Edit, Part, Place, editable
from domain.issue import Issue, Paper, SectionName
from formatters import phrases
from formatters.editions import render
from newsroom.assembly import assemble, lead_options
from newsroom.checking import audit, check
from newsroom.desk import Desk
from newsroom.editing import UnfitEdit, edit, grafted, with_edits
from newsroom.record import Record
from tests.unit.newsroom.worlds import full_world, on, press_time

DAY = 8
RECORD = full_world(DAY + 1).record()


def paper(direction: Direction | None = None, record: Record = RECORD) -> Issue:
    return assemble(on(DAY), record, [], Paper(), DAY + 1, press_time(on(DAY)), frozenset(), direction or Direction())


ISSUE = paper()
SENTENCES = [each for each in editable(ISSUE) if each.claim.role is Role.CLAIM]


def of_lead(part: Part, number: int = 0) -> tuple[Place, Claim]:
    found = next(
        each
        for each in editable(ISSUE)
        if (each.place.section, each.place.part, each.place.number) == (SectionName.LEAD, part, number)
    )
    return found.place, found.claim


def standfirst(text: str | None = None) -> Edit:
    """The lead's standfirst with a word of the editor's before it."""
    where, claim = of_lead(Part.STANDFIRST)
    words = text or f"In short, {claim.text[0].lower()}{claim.text[1:]}"
    return edit(ISSUE, where, words, [], RECORD)


def test_what_the_paper_said_may_be_said_by_an_editor() -> None:
    for each in SENTENCES:
        assert edit(ISSUE, each.place, each.claim.text, [], RECORD).claim.text == each.claim.text


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("It has 987,654 stars.", "“987,654”: no figure"),
        ("Megacorp is quiet.", "'Megacorp' looks like a name"),
        ("It is quiet, says Megacorp.", "'Megacorp' looks like a name"),
        ("It goes on at https://evil.example/x.", "links stand under the names"),
        ("It says “we are the winners”.", "no source's words"),
        ("It has twelve of them.", "'twelve'"),
        ("It is a revolutionary thing.", "hype"),
        ("It is quiet <b>here</b>.", "mark of markup"),
        ("   ", "no words"),
    ],
)
def test_what_nothing_proves_is_told_word_by_word(words: str, told: str) -> None:
    with pytest.raises(UnfitEdit) as refused:
        standfirst(words)
    assert any(told in problem for problem in refused.value.problems), refused.value.problems


def test_a_link_stands_only_under_the_name_of_what_lives_there() -> None:
    named = next(each for each in SENTENCES if each.claim.links)
    name = next(name for name in named.claim.names if name.url)
    kept = edit(ISSUE, named.place, named.claim.text, [(name.text, name.url or "")], RECORD)
    assert kept.claim.links == named.claim.links
    with pytest.raises(UnfitEdit, match=r"evil\.example"):
        edit(ISSUE, named.place, named.claim.text, [(name.text, "https://evil.example/")], RECORD)


@given(st.text(min_size=1, max_size=60))
def test_any_text_is_proved_or_refused(text: str) -> None:
    try:
        found = standfirst(text)
    except UnfitEdit:
        return
    issue, _ = with_edits(ISSUE, [found])
    assert check(issue, RECORD).checks.drops == ISSUE.checks.drops


def test_a_place_that_is_not_there_is_no_place() -> None:
    with pytest.raises(LookupError):
        edit(ISSUE, Place(SectionName.LEAD, Part.PARAGRAPH, 99, "nothing"), "It is quiet.", [], RECORD)


def test_a_place_reads_back() -> None:
    for each in editable(ISSUE):
        assert Place.parse(str(each.place)) == each.place


def test_an_edit_is_marked_in_print_and_in_the_json_edition() -> None:
    found = standfirst()
    issue, lost = with_edits(ISSUE, [found])
    assert not lost
    for style in (Style.CLASSIC, Style.RICH, Style.PLAIN):
        shown = render(issue, style, Paper()).pages[SectionName.LEAD.value].body
        assert phrases.EDITED in shown
        assert phrases.EDITED not in render(ISSUE, style, Paper()).pages[SectionName.LEAD.value].body
    document = json.loads(render(issue, Style.JSON, Paper()).pages[FRONT].body)
    claims = [claim for section in document["sections"] for story in section["stories"] for claim in story["claims"]]
    assert [claim["text"] for claim in claims if claim.get("editor")] == [found.claim.text]


def test_an_edited_issue_passes_its_audit_and_its_check_again() -> None:
    issue = with_edits(ISSUE, [standfirst()])[0]
    assert audit(issue, RECORD).passed
    assert check(issue, RECORD).sections == issue.sections


def test_an_edit_is_kept_when_the_issue_is_written_in_other_words() -> None:
    found = standfirst()
    anew = paper(Direction(redone={SectionName.LEAD: 1}))
    issue, lost = with_edits(anew, [found])
    assert not lost
    section = issue.section(SectionName.LEAD)
    assert section is not None
    assert section.stories[0].standfirst is not None
    assert section.stories[0].standfirst.text == found.claim.text
    assert audit(issue, RECORD).passed
    assert with_edits(issue, [found]) == (issue, ())


def test_an_edit_of_a_sentence_inside_finds_what_tells_of_the_same() -> None:
    where, claim = of_lead(Part.PARAGRAPH, 1)
    found = edit(ISSUE, where, claim.text, [], RECORD)
    section = ISSUE.section(SectionName.LEAD)
    assert section is not None
    shorter = replace(section.stories[0], paragraphs=(section.stories[0].paragraphs[0][1:],))
    moved = replace(ISSUE, sections=(replace(section, stories=(shorter,)), *ISSUE.sections[1:]))
    issue, lost = with_edits(moved, [found])
    assert not lost
    lead = issue.section(SectionName.LEAD)
    assert lead is not None
    assert lead.stories[0].paragraphs[0][0].edited


def test_an_edit_whose_story_is_gone_is_told_and_stands_nowhere() -> None:
    options = lead_options(desk(), ISSUE, 1)
    issue, lost = with_edits(paper(Direction(lead=options[0].key)), [standfirst()])
    assert [each.place.part for each in lost] == [Part.STANDFIRST]
    assert not any(claim.edited for claim in issue.claims())


def desk() -> Desk:
    return Desk.open(on(DAY), RECORD, [], Paper(), press_time(on(DAY)))


def test_each_of_the_next_leads_can_lead_and_passes() -> None:
    options = lead_options(desk(), ISSUE, 5)
    assert len(options) == 5
    assert len({option.key for option in options}) == 5
    before = ISSUE.section(SectionName.LEAD)
    assert before is not None
    for option in options[1:3]:
        issue = paper(Direction(lead=option.key))
        lead = issue.section(SectionName.LEAD)
        assert lead is not None
        assert lead.stories[0].items[:1] != before.stories[0].items[:1]
        assert option.why
        assert issue.checks.held is None
        assert audit(issue, RECORD).passed


def test_a_lead_that_is_no_longer_there_leaves_the_choice_to_the_newsroom() -> None:
    assert paper(Direction(lead="nothing of the kind")) == ISSUE


def test_what_is_skipped_is_named_nowhere() -> None:
    lead = ISSUE.section(SectionName.LEAD)
    assert lead is not None
    item = lead.stories[0].items[0]
    issue = paper(Direction(skipped=frozenset({item})))
    assert not any(name.item == item for claim in issue.claims() for name in claim.names)
    assert not any(item in story.items[:1] for section in issue.sections for story in section.stories)
    assert issue.checks.held is None
    assert audit(issue, RECORD).passed


@pytest.mark.parametrize("name", [SectionName.LEAD, SectionName.NUMBERS, SectionName.DEEPDIVE, SectionName.OPINION])
def test_a_section_that_is_redone_reads_otherwise_and_the_others_do_not(name: SectionName) -> None:
    anew = paper(Direction(redone={name: 1}))
    issue = check(grafted(ISSUE, anew, name), RECORD)
    assert issue.section(name) != ISSUE.section(name)
    assert [each for each in issue.sections if each.name is not name] == [
        each for each in ISSUE.sections if each.name is not name
    ]
    assert audit(issue, RECORD).passed
    assert paper(Direction(redone={name: 1})) == anew
