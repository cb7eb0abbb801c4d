from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings

from domain.editions import CHANNEL, FRONT, Style, fingerprint, parse_page_callback, start_payload
from domain.issue import PAPER_SECTIONS, Issue, IssueState, Paper
from formatters.editions import STORED_STYLES, render, render_all
from tests.strategies import issues, papers
from tests.unit.formatters.building import bullet, issue, section

PAPER = Paper()
WHOLE = issue(*(section(part, bullet("Something.")) for part in PAPER_SECTIONS))


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(issues(), papers())
def test_the_same_issue_is_rendered_to_the_same_bytes(whole: Issue, paper: Paper) -> None:
    assert render_all(whole, paper) == render_all(whole, paper)


@pytest.mark.parametrize("style", STORED_STYLES)
def test_an_edition_has_a_front_page_and_a_page_for_each_section(style: Style) -> None:
    edition = render(WHOLE, style, PAPER)
    channel = [] if style is Style.PLAIN else [CHANNEL]
    assert list(edition.pages) == [FRONT, *(part.value for part in PAPER_SECTIONS), *channel]
    assert {page.style for page in edition.pages.values()} == {style}
    assert edition.issue_date == WHOLE.date


def test_the_fingerprint_is_that_of_the_pages() -> None:
    edition = render(WHOLE, Style.CLASSIC, PAPER)
    assert edition.sha256 == fingerprint(edition.pages)


def test_the_editions_that_are_stored_do_not_tell_the_state_of_the_issue() -> None:
    assert [edition.style for edition in render_all(WHOLE, PAPER)] == [Style.CLASSIC, Style.RICH, Style.PLAIN]


def test_the_json_edition_is_one_page_in_the_state_that_is_asked_for() -> None:
    edition = render(WHOLE, Style.JSON, PAPER, IssueState.APPROVED)
    assert list(edition.pages) == [FRONT]
    assert json.loads(edition.front.body)["state"] == "approved"


@pytest.mark.parametrize("style", [Style.CLASSIC, Style.RICH])
def test_every_button_leads_to_a_page_of_the_edition(style: Style) -> None:
    edition = render(WHOLE, style, PAPER)
    buttons = [button for page in edition.pages.values() for row in page.keyboard for button in row]
    targets = [parse_page_callback(button.callback or "") for button in buttons]
    assert {target and target[1] for target in targets} == set(edition.pages) - {CHANNEL}
    assert {target and target[0] for target in targets} == {WHOLE.date}


@pytest.mark.parametrize("style", [Style.CLASSIC, Style.RICH])
def test_in_a_channel_the_buttons_are_links_into_the_readers_own_chat(style: Style) -> None:
    edition = render(WHOLE, style, Paper(bot="@paper_bot"))
    channel, front = edition.pages[CHANNEL], edition.front
    assert channel.body == front.body
    opened = [button.url for row in channel.keyboard for button in row]
    pages = [parse_page_callback(button.callback or "") for row in front.keyboard for button in row]
    assert opened == [f"https://t.me/paper_bot?start={start_payload(*page)}" for page in pages if page]


def test_in_a_channel_there_are_no_buttons_while_the_bots_name_is_not_known() -> None:
    assert render(WHOLE, Style.CLASSIC, Paper()).pages[CHANNEL].keyboard == ()
