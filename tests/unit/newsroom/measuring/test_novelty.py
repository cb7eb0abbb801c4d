from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.issue import SectionName
from domain.items import Source
from domain.measures import Measure
from tests.unit.newsroom.measuring.papers import DAY, bullet, found, issue, item, lead, named, part, row, said

ALPHA, BETA, GAMMA = item("owner/alpha"), item("owner/beta"), item("owner/gamma")
MODEL = item("maker/model", Source.HUGGINGFACE)
YESTERDAY = DAY - timedelta(days=1)


def test_a_lead_entity_of_the_last_seven_days_is_a_repeat() -> None:
    today = issue(lead(said(named(ALPHA), " leads"), about=ALPHA))
    for days, repeats in ((1, 1), (7, 1), (8, 0)):
        before = issue(lead(said("Something on ", named(ALPHA)), about=BETA), day=DAY - timedelta(days=days))
        assert found(Measure.LEAD_REPEATED, today, before).found == repeats


def test_who_is_only_mentioned_further_down_did_not_lead() -> None:
    today = issue(lead(said(named(ALPHA), " leads"), about=ALPHA))
    before = issue(lead(said("Beta leads"), said("So does ", named(ALPHA), "."), about=BETA), day=YESTERDAY)
    assert found(Measure.LEAD_REPEATED, today, before).found == 0


def test_entities_that_lead_deep_dive_and_tools_told_of_before_are_not_fresh() -> None:
    tools = part(SectionName.TOOLS, bullet(said(named(BETA), " is a tool."), about=BETA))
    today = issue(lead(said(named(ALPHA), " leads"), about=ALPHA), tools)
    before = issue(part(SectionName.TOOLS, bullet(said(named(BETA), " again."), about=BETA)), day=YESTERDAY)
    finding = found(Measure.FRESH_ENTITIES, today, before)
    assert finding.found == 0.5
    assert "owner/beta" in finding.note


def test_an_issue_that_tells_of_nobody_has_no_share_of_fresh_entities() -> None:
    assert found(Measure.FRESH_ENTITIES, issue(), issue(day=YESTERDAY)).found is None


def test_rows_that_yesterday_had_are_not_new_and_must_say_day_and_movement() -> None:
    before = issue(part(SectionName.TRENDING, row(ALPHA, "new"), row(BETA, "new")), day=YESTERDAY)
    today = issue(part(SectionName.TRENDING, row(ALPHA, "▲2", "day 3"), row(BETA, "="), row(GAMMA, "new")))
    assert found(Measure.FRESH_REPOSITORIES, today, before).found == pytest.approx(1 / 3)
    finding = found(Measure.MARKED_REPOSITORIES, today, before)
    assert finding.found == 0.5
    assert finding.note == "owner/beta"


def test_without_rows_there_is_no_share_of_rows() -> None:
    for name in (Measure.FRESH_REPOSITORIES, Measure.MARKED_REPOSITORIES, Measure.MARKED_MODELS):
        assert found(name, issue(), issue(day=YESTERDAY)).found is None


@pytest.mark.parametrize(("change", "marked"), [("new", 1), ("back", 1), ("=", 1), ("▲12", 1), ("▼ 3", 1), ("–", 0)])
def test_a_model_row_says_what_moved(change: str, marked: int) -> None:
    before = issue(part(SectionName.TRENDING, row(MODEL, "new")), day=YESTERDAY)
    today = issue(part(SectionName.TRENDING, row(MODEL, change)))
    assert found(Measure.MARKED_MODELS, today, before).found == marked


@pytest.mark.parametrize(("hour", "days"), [(0, 1), (12, 1), (5, 2)])
def test_a_row_need_not_say_what_moved_when_the_list_was_not_read_a_day_before(hour: int, days: int) -> None:
    table = part(SectionName.TRENDING, row(MODEL, "–"), row(ALPHA, "–", "4 days"))
    today = issue(table, hour=hour)
    before = issue(table, day=DAY - timedelta(days=days))
    assert found(Measure.MARKED_MODELS, today, before).found is None
    assert found(Measure.MARKED_REPOSITORIES, today, before).found == 1


def test_the_deep_dive_of_a_digest_may_look_back() -> None:
    deep = part(SectionName.DEEPDIVE, bullet(said(named(BETA), " gained."), about=BETA))
    today = issue(lead(said(named(ALPHA), " leads"), about=ALPHA), deep)
    before = issue(deep, day=YESTERDAY)
    assert found(Measure.FRESH_ENTITIES, today, before).found == 0.5
    assert found(Measure.FRESH_ENTITIES, replace(today, days=7), before).found == 1
