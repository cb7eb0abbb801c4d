"""What was left over of an issue comes back equal, for as long as it is kept."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from sqlalchemy import update

from domain.errors import StorageError
from domain.issue import Issue
from domain.overset import Overset, Said
from storage.database import Database
from storage.issues import Issues
from storage.oversets import Oversets, overset_from_json, overset_to_json
from storage.schema import OversetRow
from tests.contract.storage.samples import DAY, FIRST, MORNING, SECOND, TODAY, issue
from tests.strategies import issues as any_issue

SAID = {FIRST: Said(frozenset({"code", "agents"}), " anna loom "), SECOND: Said(frozenset(), "")}


def left_over(whole: Issue) -> Overset:
    stories = tuple(story for section in whole.sections for story in section.stories)
    return Overset(stories, whole.evidence, SAID)


@pytest.fixture
def oversets(database: Database, issues: Issues) -> Oversets:
    issues.save_draft(issue(), (), MORNING)
    return Oversets(database)


def test_of_a_day_without_one_nothing_is_left_over(oversets: Oversets) -> None:
    assert oversets.of(TODAY) == Overset()
    assert oversets.of(TODAY + DAY) == Overset()


def test_what_is_kept_comes_back_equal_and_the_last_stands(oversets: Oversets) -> None:
    whole = left_over(issue())
    oversets.keep(TODAY, Overset())
    oversets.keep(TODAY, whole)
    assert oversets.of(TODAY) == whole


def test_a_day_without_an_issue_has_none(oversets: Oversets) -> None:
    with pytest.raises(StorageError):
        oversets.keep(TODAY + DAY, Overset())


def test_what_can_not_be_read_is_as_if_nothing_was_left_over(oversets: Oversets, database: Database) -> None:
    oversets.keep(TODAY, left_over(issue()))
    with database.write() as connection:
        connection.execute(update(OversetRow).values(content='{"stories": 7}'))
    assert oversets.of(TODAY) == Overset()


def test_old_ones_go(oversets: Oversets) -> None:
    oversets.keep(TODAY, left_over(issue()))
    assert oversets.thin(TODAY) == 0
    assert oversets.thin(TODAY + DAY) == 1
    assert oversets.of(TODAY) == Overset()


@given(any_issue())
def test_any_overset_is_read_back_from_its_json(whole: Issue) -> None:
    overset = replace(left_over(whole), evidence=dict(whole.evidence))
    assert overset_from_json(overset_to_json(overset)) == overset
