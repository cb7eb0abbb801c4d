"""What was set for each day and not used in its issue, for as long as readers may ask for it."""

from __future__ import annotations

import json
from datetime import date

import structlog
from sqlalchemy import delete, select

from domain.evidence import Evidence, EvidenceId
from domain.issue import Story
from domain.items import ItemKey
from domain.overset import Overset, Said
from storage.conflicts import insert_into
from storage.database import Database
from storage.issue_json import structured, unstructured
from storage.schema import OversetRow

log = structlog.get_logger()

_STORIES, _EVIDENCE = tuple[Story, ...], dict[EvidenceId, Evidence]


class Oversets:
    """The overset of each day. Raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, day: date, overset: Overset) -> None:
        """Keep the overset of a day that has an issue, in place of what stood there."""
        content = overset_to_json(overset)
        with self._database.write() as connection:
            keeping = insert_into(connection, OversetRow).values(issue_date=day, content=content)
            new = {"content": keeping.excluded.content}
            connection.execute(keeping.on_conflict_do_update(index_elements=[OversetRow.issue_date], set_=new))

    def of(self, day: date) -> Overset:
        """The overset of a day; empty when none is kept, or none that can be read."""
        with self._database.read() as connection:
            content = connection.scalar(select(OversetRow.content).where(OversetRow.issue_date == day))
        if content is None:
            return Overset()
        try:
            return overset_from_json(content)
        except ValueError as error:
            log.warning("overset.unreadable", date=str(day), reason=str(error))
            return Overset()

    def thin(self, before: date) -> int:
        """Remove those of days before; how many went."""
        with self._database.write() as connection:
            return connection.execute(delete(OversetRow).where(OversetRow.issue_date < before)).rowcount


def overset_to_json(overset: Overset) -> str:
    """The overset as one line of JSON."""
    plain = {
        "stories": unstructured(overset.stories, _STORIES),
        "evidence": unstructured(dict(overset.evidence), _EVIDENCE),
        "said": [[unstructured(key, ItemKey), sorted(said.topics), said.words] for key, said in overset.said.items()],
    }
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def overset_from_json(text: str) -> Overset:
    """The overset again. Raises ValueError: the text is not one."""
    try:
        plain = json.loads(text)
        said = {structured(key, ItemKey): Said(frozenset(topics), words) for key, topics, words in plain["said"]}
        stories = structured(plain["stories"], _STORIES)
        return Overset(stories, structured(plain["evidence"], _EVIDENCE), said)
    except Exception as error:  # cattrs raises whatever a constructor does
        raise ValueError(f"a stored overset can't be read: {error}") from error
