from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from domain.editions import Message
from domain.issue import Issue, Paper
from formatters.classic.edition import classic_pages
from formatters.classic.measure import ENTITY_LIMIT, TEXT_LIMIT, size, visible_text
from tests.strategies import issues, papers
from tests.tdlib import Verdict, entity_count, judge

PATIENT = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@PATIENT
@given(issues(), papers())
def test_telegram_takes_every_page_of_every_issue_without_a_loss(issue: Issue, paper: Paper) -> None:
    for name, page in classic_pages(issue, paper).items():
        _sound(name, page)


def _sound(name: str, page: Message) -> Verdict:
    verdict = judge(page.body)
    if verdict.error or verdict.losses:
        pytest.fail(f"{name}: {verdict.error} {verdict.losses}")
    assert verdict.text == visible_text(page.body).strip(" \n"), name
    assert verdict.units <= TEXT_LIMIT, name
    assert entity_count(verdict) <= min(ENTITY_LIMIT, size(page.body).entities), name
    unasked = [entity for entity in verdict.linked_unasked if entity[0] != "BotCommand"]
    assert not unasked, name
    return verdict
