"""The search in every published issue: what is indexed, and what is found."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, Select, delete, func, insert, select, text

from domain.issue import IssueState, SectionName
from domain.search import Breadth, Entry, Found, Hit, Query, entries
from storage.database import Database, Turn
from storage.issue_json import issue_from_json
from storage.schema import IssueRow, RevisionRow, SearchEntryRow
from storage.search_index import erase_words, matching, write_words

#: An issue has fewer entries.
_MOST_ENTRIES = 10_000

#: Of words that stand nearly everywhere so many of the newest stories are weighed against each other, and no more.
_RANKED = 8_000

#: What a row of a table weighs beside a story that was told: the same name stands in a chart every day.
_ROW_WEIGHT = 0.1
_TABLES = f"'{SectionName.TRENDING.value}', '{SectionName.MOVERS.value}'"

#: A finding looks at so many of the newest issues whether they are indexed; all are looked at by ``refresh``.
_NEWEST = 7

#: A finding does as many issues itself when the index is behind, so that the newest is never missing.
_AT_ONCE = 2


class Search:
    """Full text over the published issues, as they stand corrected. Every method raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def refresh(self, most: int | None = None) -> int:
        """Index published issues that are not indexed as they stand, the newest first; how many were.

        Each is a transaction of its own, so that nobody waits for long; to be called as often as one likes.
        """
        return self._index_all(_missing().limit(most))

    def find(self, query: Query, offset: int = 0, limit: int = 5) -> Found:
        """What has all terms of a query, or else what has some: the best first, the newer of equals first.

        A query without terms finds nothing.
        """
        if not query.terms:
            return Found((), 0)
        self._index_all(_missing().where(IssueRow.date.in_(_newest())).limit(_AT_ONCE))
        with self._database.read() as connection:
            for breadth in Breadth:
                found = _found(connection, query, breadth, (offset, limit))
                if found.total or len(query.terms) == 1:
                    break
        return found

    def _index_all(self, days: Select[date]) -> int:
        with self._database.read() as connection:
            missing = list(connection.scalars(days))
        for day in missing:
            with self._database.write(Turn.ISSUES) as connection:
                _index(connection, day)
        return len(missing)


def _newest() -> Select[date]:
    published = select(IssueRow.date).where(IssueRow.state == IssueState.PUBLISHED)
    newest = published.order_by(IssueRow.date.desc()).limit(_NEWEST).subquery()
    return select(newest.c.date)


def _missing() -> Select[date]:
    """The published days that have no entry of their newest text."""
    corrected = select(func.count()).where(RevisionRow.issue_date == IssueRow.date).scalar_subquery()
    indexed = (
        select(SearchEntryRow.id)
        .where(SearchEntryRow.issue_date == IssueRow.date, SearchEntryRow.revision == corrected)
        .exists()
    )
    return select(IssueRow.date).where(IssueRow.state == IssueState.PUBLISHED, ~indexed).order_by(IssueRow.date.desc())


def _index(connection: Connection, day: date) -> None:
    """Put the words of an issue in place of those that stood for its day."""
    content = connection.scalar(select(IssueRow.content).where(IssueRow.date == day))
    if content is None:
        return
    revision = connection.scalar(select(func.count()).where(RevisionRow.issue_date == day)) or 0
    of_the_day = SearchEntryRow.issue_date == day
    erase_words(connection, connection.scalars(select(SearchEntryRow.id).where(of_the_day)).all())
    connection.execute(delete(SearchEntryRow).where(of_the_day))
    rows = [_row(day, revision, entry) for entry in entries(issue_from_json(content))]
    connection.execute(insert(SearchEntryRow), rows)
    written = select(SearchEntryRow.id, SearchEntryRow.headline, SearchEntryRow.text).where(of_the_day)
    write_words(connection, [(row.id, row.headline, row.text) for row in connection.execute(written)])


def _number(day: date, place: int) -> int:
    """The id of an entry: larger for the newer day, and on a day for what stands higher."""
    return (day.toordinal() + 1) * _MOST_ENTRIES - 1 - place


def _row(day: date, revision: int, entry: Entry) -> dict[str, object]:
    return {
        "id": _number(day, entry.place),
        "issue_date": day,
        "revision": revision,
        "place": entry.place,
        "section": entry.section,
        "headline": entry.headline,
        "text": entry.text,
    }


def _found(connection: Connection, query: Query, breadth: Breadth, page: tuple[int, int]) -> Found:
    match = matching(connection, query, breadth)
    total = connection.scalar(text(f"SELECT count(*) FROM {match.source}"), match.values)  # noqa: S608 - our own words
    newest = (
        f"SELECT {match.entry} AS entry, {match.picked} FROM {match.source}"  # noqa: S608 - our own words
        f" ORDER BY {match.entry} DESC LIMIT {_RANKED}"
    )
    best = (
        f"SELECT entry, ({match.score}) * CASE WHEN section IN ({_TABLES}) THEN {_ROW_WEIGHT} ELSE 1 END AS score"  # noqa: S608 - our own words
        f" FROM ({newest}) AS newest JOIN search_entries ON id = entry"
        " ORDER BY score, entry DESC LIMIT :limit OFFSET :offset"
    )
    rows = connection.execute(
        text(
            f"SELECT issue_date, section, headline, text FROM ({best}) AS best"  # noqa: S608 - our own words
            " JOIN search_entries ON id = entry ORDER BY score, id DESC"
        ).columns(SearchEntryRow.issue_date, SearchEntryRow.section, SearchEntryRow.headline, SearchEntryRow.text),
        {**match.values, "limit": page[1], "offset": page[0]},
    )
    hits = tuple(Hit(row.issue_date, SectionName(row.section), row.headline, row.text) for row in rows)
    return Found(hits, total or 0, breadth)
