"""The index behind the search, in the form that each engine has for it.

SQLite: an FTS5 table; where Python's SQLite was built without FTS5, a plain table that is read from end to end.
PostgreSQL: a tsvector for each entry under a GIN index. All hold spelled words (``domain.search``), which no engine
cuts or bends any further, so that all find the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, text

from domain.errors import StorageError
from domain.search import Breadth, Form, Query, Term
from domain.text import spelled

#: How much more a word of the headline weighs than one of the text.
HEADLINE_WEIGHT = 5

#: FTS5 cuts at blanks alone: all that stands in a spelled word is a letter, a digit, or one of these.
_FTS5 = """
CREATE VIRTUAL TABLE search_index
USING fts5(headline, body, prefix='4', tokenize="unicode61 remove_diacritics 0 tokenchars '.+#'")
"""
PLAIN = "CREATE TABLE search_index (rowid INTEGER PRIMARY KEY, headline TEXT NOT NULL, body TEXT NOT NULL)"
_POSTGRESQL = (
    "CREATE TABLE search_index (entry_id BIGINT PRIMARY KEY REFERENCES search_entries ON DELETE CASCADE,"
    " words TSVECTOR NOT NULL)",
    "CREATE INDEX ix_search_index_words ON search_index USING gin (words)",
)

#: PostgreSQL counts the places of words up to here.
_LAST_PLACE = 16_383

_FTS5_MISSING = (
    "The search index was built by an SQLite with FTS5, and the one of this Python has none: use a Python whose SQLite"
    " has it, or DATABASE_URL=postgresql://…"
)


@dataclass(frozen=True, slots=True)
class Matching:
    """How an engine finds a query: ``source`` is what follows FROM, with its WHERE; ``values`` are its parameters.

    ``entry`` is the column of the entries' ids, ``picked`` what the ``score`` is taken from; it is small for the best.
    """

    source: str
    entry: str
    picked: str
    score: str
    values: dict[str, object]


def has_fts5(connection: Connection) -> bool:
    """Whether the SQLite of this Python was built with FTS5."""
    return bool(connection.scalar(text("SELECT sqlite_compileoption_used('ENABLE_FTS5')")))


def create_index(connection: Connection) -> None:
    """Make the empty index in the best form that there is."""
    if connection.dialect.name == "postgresql":
        for statement in _POSTGRESQL:
            connection.exec_driver_sql(statement)
        return
    connection.exec_driver_sql(_FTS5 if has_fts5(connection) else PLAIN)


def drop_index(connection: Connection) -> None:
    """Take the index away."""
    connection.exec_driver_sql("DROP TABLE search_index")


def is_plain(connection: Connection) -> bool:
    """Whether an SQLite index lacks FTS5. Raises StorageError: it has it, and this Python's SQLite has not."""
    made = connection.scalar(text("SELECT sql FROM sqlite_master WHERE name = 'search_index'")) or ""
    if "VIRTUAL" not in made:
        return True
    if not has_fts5(connection):
        raise StorageError(_FTS5_MISSING)
    return False


def write_words(connection: Connection, entries: Sequence[tuple[int, str, str]]) -> None:
    """Put entries (id, headline, text) into the index."""
    if connection.dialect.name == "postgresql":
        rows = [{"id": number, "words": _vector(headline, body)} for number, headline, body in entries]
        statement = text("INSERT INTO search_index VALUES (:id, CAST(:words AS tsvector))")
    else:
        rows = [
            {"id": number, "headline": _padded(headline), "body": _padded(body)} for number, headline, body in entries
        ]
        statement = text("INSERT INTO search_index (rowid, headline, body) VALUES (:id, :headline, :body)")
    if rows:
        connection.execute(statement, rows)


def erase_words(connection: Connection, ids: Sequence[int]) -> None:
    """Take entries out of the index; on PostgreSQL they go with the entries themselves."""
    if ids and connection.dialect.name == "sqlite":
        statement = text("DELETE FROM search_index WHERE rowid IN :ids").bindparams(bindparam("ids", expanding=True))
        connection.execute(statement, {"ids": list(ids)})


def matching(connection: Connection, query: Query, breadth: Breadth) -> Matching:
    """How to find a query that has terms."""
    if connection.dialect.name == "postgresql":
        return _in_postgresql(query, breadth)
    return _by_reading(query, breadth) if is_plain(connection) else _in_fts5(query, breadth)


def _in_fts5(query: Query, breadth: Breadth) -> Matching:
    joined = {Breadth.ALL: " AND ", Breadth.SOME: " OR "}[breadth].join(map(_fts5_term, query.terms))
    weighed = f"bm25(search_index, {HEADLINE_WEIGHT}.0, 1.0) AS weighed"
    return Matching("search_index WHERE search_index MATCH :query", "rowid", weighed, "weighed", {"query": joined})


def _fts5_term(term: Term) -> str:
    phrases = (f'"{" ".join((*term.before, form.word))}"{"*" if form.open else ""}' for form in term.last)
    return f"({' OR '.join(phrases)})"


def _in_postgresql(query: Query, breadth: Breadth) -> Matching:
    joined = {Breadth.ALL: " & ", Breadth.SOME: " | "}[breadth].join(map(_postgresql_term, query.terms))
    return Matching(
        "search_index WHERE words @@ CAST(:query AS tsquery)",
        "entry_id",
        "words",
        "-ts_rank('{0.2, 0.2, 0.2, 1.0}', words, CAST(:query AS tsquery), 1)",
        {"query": joined},
    )


def _postgresql_term(term: Term) -> str:
    last = " | ".join(f"'{form.word}'{':*' if form.open else ''}" for form in term.last)
    return f"({' <-> '.join([*map(repr, term.before), f'({last})'])})"  # a spelled word holds no sign to escape


def _vector(headline: str, body: str) -> str:
    """The words with their places, those of the headline marked A; a place lies between the two."""
    first, rest = spelled(headline).split(), spelled(body).split()
    placed = [f"'{word}':{min(place, _LAST_PLACE)}A" for place, word in enumerate(first, 1)]
    placed += [f"'{word}':{min(place, _LAST_PLACE)}" for place, word in enumerate(rest, len(first) + 2)]
    return " ".join(placed)


def _by_reading(query: Query, breadth: Breadth) -> Matching:
    """Words between blanks, looked for in every entry; what stands in a headline comes first."""
    values: dict[str, object] = {}
    conditions = [_read_term(term, number, values) for number, term in enumerate(query.terms)]
    joined = {Breadth.ALL: " AND ", Breadth.SOME: " OR "}[breadth].join(conditions)
    score = " + ".join(condition.replace("headline || body", "headline") for condition in conditions)
    return Matching(f"search_index WHERE {joined}", "rowid", f"-(1 + {score}) AS weighed", "weighed", values)


def _read_term(term: Term, number: int, values: dict[str, object]) -> str:
    patterns = {f"term{number}_{which}": _pattern(term, form) for which, form in enumerate(term.last)}
    values.update(patterns)
    return f"({' OR '.join(f'headline || body LIKE :{name}' for name in patterns)})"


def _pattern(term: Term, form: Form) -> str:
    """Spelled words hold none of the signs that mean something to LIKE."""
    return f"% {' '.join((*term.before, form.word))}{'' if form.open else ' '}%"


def _padded(words: str) -> str:
    return f" {spelled(words)} "
