from __future__ import annotations

import json

import pytest
from aiogram.types import InputRichMessage
from hypothesis import HealthCheck, given, settings

from domain.issue import Issue, Paper
from formatters.rich.edition import rich_pages
from formatters.rich.limits import TEXT_LIMIT, problems
from formatters.rich.measure import measure
from tests.strategies import issues, papers

PATIENT = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@PATIENT
@given(issues(), papers())
def test_every_page_of_every_issue_keeps_the_rules_of_rich_messages(issue: Issue, paper: Paper) -> None:
    for name, page in rich_pages(issue, paper).items():
        blocks = json.loads(page.body)
        if found := problems(blocks, issue.coverage.as_of):
            pytest.fail(f"{name}: {found}")
        InputRichMessage.model_validate({"blocks": blocks, "skip_entity_detection": True})
        assert measure(blocks).text <= TEXT_LIMIT
