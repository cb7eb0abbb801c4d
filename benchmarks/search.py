"""What a search over 1,000 issues takes, on SQLite (with FTS5 and without) or PostgreSQL, and how large the index is.

    python -m benchmarks.search                          # SQLite files in a temporary folder
    python -m benchmarks.search postgresql://…/empty     # an empty database of a server

Prints the seconds of indexing, the megabytes of the index, and milliseconds (median and worst of many searches) against
the goal: under 50 ms for words that are common, rare, many, or nowhere.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import insert, text

from domain.issue import IssueState
from domain.search import entries, parse_query
from storage import search_index
from storage.database import Database
from storage.issue_json import issue_to_json
from storage.schema import IssueRow
from storage.search import Search
from tests.golden.sample_issue import AS_OF, sample_issue

ISSUES: Final = 1000
GOAL_MS: Final = 50.0
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


def fill(database: Database) -> int:
    """Publish 1,000 issues of the length of a real one, each with names of its own; how many stories they have."""
    sample, chance = sample_issue(), random.Random(7)
    content = json.loads(issue_to_json(sample))
    stories = 0
    for number in range(ISSUES):
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


def measure(database: Database, form: str) -> bool:
    """Fill, index and search one database; whether every search met the goal."""
    stories = fill(database)
    before, began = _megabytes(database), time.perf_counter()
    search = Search(database)
    indexed = search.refresh()
    seconds = time.perf_counter() - began
    print(f"{form}: {indexed} issues, {stories:,} stories indexed in {seconds:.1f} s", end="; ")
    print(f"the index takes {_megabytes(database) - before:.1f} MB")
    met = [_searched(search, words) for words in WORDS]
    return all(met)


def _searched(search: Search, words: str) -> bool:
    query, taken = parse_query(words), []
    found = search.find(query)
    for _ in range(SEARCHES):
        began = time.perf_counter()
        search.find(query)
        taken.append(1000 * (time.perf_counter() - began))
    median, worst = statistics.median(taken), max(taken)
    verdict = "met" if median < GOAL_MS else "MISSED"
    print(f"  {median:6.1f} ms (worst {worst:6.1f}) {found.total:7,} found  {verdict}  {words}")
    return median < GOAL_MS


def _megabytes(database: Database) -> float:
    size = "SELECT pg_database_size(current_database())"
    pages = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    with database.read() as connection:
        return float(connection.scalar(text(pages if database.is_sqlite else size)) or 0) / 2**20


def main() -> int:
    """Measure; 1 when a goal was missed with full text."""
    if len(sys.argv) > 1:
        database = Database.open(sys.argv[1])
        database.migrate()
        return 0 if measure(database, "PostgreSQL") else 1
    with tempfile.TemporaryDirectory() as folder:
        full = Database.open(f"sqlite:///{Path(folder) / 'full.db'}")
        full.migrate()
        met = measure(full, "SQLite with FTS5")
        plain = Database.open(f"sqlite:///{Path(folder) / 'plain.db'}")
        plain.migrate()
        with plain.write() as connection:
            search_index.drop_index(connection)
            connection.exec_driver_sql(search_index.PLAIN)
        measure(plain, "SQLite without FTS5 (no goal)")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
