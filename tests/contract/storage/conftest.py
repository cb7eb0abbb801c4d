"""The modules of storage over a fresh database of each engine."""

from __future__ import annotations

import pytest

from storage.archive import Archive
from storage.database import Database
from storage.issues import Issues
from storage.subscribers import Subscribers
from storage.timetable import JobRuns


@pytest.fixture
def archive(database: Database) -> Archive:
    return Archive(database)


@pytest.fixture
def issues(database: Database) -> Issues:
    return Issues(database)


@pytest.fixture
def subscribers(database: Database) -> Subscribers:
    return Subscribers(database)


@pytest.fixture
def runs(database: Database) -> JobRuns:
    return JobRuns(database)
