"""What a search over 1,000 issues takes, on SQLite (with FTS5 and without) and PostgreSQL, and how large the index is.

    python -m benchmarks.search [--quick] [--strict]

Words that are common, rare, many, or nowhere, each looked for many times.
"""

from __future__ import annotations

import json
import random
import statistics
import time
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from sqlalchemy import insert, text

from benchmarks.databases import postgresql, sqlite
from benchmarks.reports import Figure, Report, at_most, run
from domain.issue import IssueState
from domain.search import entries, parse_query
from storage import search_index
from storage.database import Database
from storage.issue_json import issue_to_json
from storage.schema import IssueRow
from storage.search import Search
from tests.golden.sample_issue import AS_OF, sample_issue

ISSUES: Final = 1000
QUICK_ISSUES: Final = 100
#: The longest that half of the searches may take, milliseconds.
GOAL: Final = 50.0
FIRST: Final = date(2023, 10, 1)
SEARCHES: Final = 20

#: What is looked for: a word of most stories, a name, two words, words side by side, many words, a word of none.
WORDS: Final = (
    "model",
    "northwind/Kestrel-8B",
    "terminal agents",
    '"rank correlation"',
    "what gained most stars in seven days on the list of trending models",
    "zeppelins",
)


def fill(database: Database, issues: int) -> int:
    """Publish issues of the length of a real one, each with names of its own; how many stories they have."""
    sample, chance = sample_issue(), random.Random(7)
    content = json.loads(issue_to_json(sample))
    stories = 0
    for number in range(issues):
        day = FIRST + timedelta(days=number)
        named = json.dumps(content, ensure_ascii=False).replace("Kestrel", f"Kestrel{chance.randrange(400)}")
        issue = json.loads(named) | {"date": day.isoformat(), "number": number + 1}
        row = {
            "date": day,
            "number": number + 1,
            "state": IssueState.PUBLISHED,
            "content": json.dumps(issue, ensure_ascii=False),
            "assembled_at": AS_OF,
            "approved_at": AS_OF,
            "published_at": AS_OF,
        }
        with database.write() as connection:
            connection.execute(insert(IssueRow).values(row))
        stories += len(list(entries(replace(sample, date=day))))
    return stories


def searched(database: Database, form: str, issues: int, goal: float | None = GOAL) -> list[Figure]:
    """Fill, index and search one database."""
    stories = fill(database, issues)
    before, began = _megabytes(database), time.perf_counter()
    search = Search(database)
    search.refresh()
    seconds = time.perf_counter() - began
    figures = [
        Figure(f"{form}: stories", stories),
        Figure("  indexed in", seconds, unit="s"),
        Figure("  the index takes", _megabytes(database) - before, unit="MB"),
    ]
    return figures + [figure for words in WORDS for figure in _searched(search, words, goal)]


def _searched(search: Search, words: str, goal: float | None) -> list[Figure]:
    query, taken = parse_query(words), []
    found = search.find(query)
    for _ in range(SEARCHES):
        began = time.perf_counter()
        search.find(query)
        taken.append(1000 * (time.perf_counter() - began))
    bound = None if goal is None else at_most(goal)
    return [
        Figure(f"  {words}: {found.total:,} found, median", statistics.median(taken), bound, "ms"),
        Figure("    slowest", max(taken), unit="ms"),
    ]


def _megabytes(database: Database) -> float:
    size = "SELECT pg_database_size(current_database())"
    pages = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    with database.read() as connection:
        return float(connection.scalar(text(pages if database.is_sqlite else size)) or 0) / 2**20


def measure(quick: bool) -> Report:
    """The same searches on each engine."""
    issues = QUICK_ISSUES if quick else ISSUES
    figures: list[Figure] = []
    with sqlite() as url:
        database = Database.open(url)
        figures += searched(database, "SQLite with FTS5", issues)
        database.close()
    with sqlite() as url:
        database = Database.open(url)
        with database.write() as connection:
            search_index.drop_index(connection)
            connection.exec_driver_sql(search_index.PLAIN)
        figures += searched(database, "SQLite without FTS5", issues, None)
        database.close()
    with postgresql() as server:
        if server is not None:
            with server.database() as url:
                database = Database.open(url)
                figures += searched(database, "PostgreSQL", issues)
                database.close()
    return Report(f"Searching {issues:,} issues", figures)


if __name__ == "__main__":
    run(measure)
