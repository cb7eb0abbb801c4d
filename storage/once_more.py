"""Uncertain rows to be sent once more: of private readers, and edits, which do no harm twice."""

from __future__ import annotations

from storage.bare import Bare, Statement
from storage.claiming import reads

_RESENDABLE = (
    "d.broadcast_id = :broadcast AND d.state = 'uncertain' AND NOT d.resent"
    " AND (d.chat_kind = 'private' OR d.edits IS NOT NULL)"
)

_ANY = Statement(f"SELECT 1 FROM deliveries d WHERE {_RESENDABLE} LIMIT 1")  # noqa: S608 - our own words
_FIRST = Statement(f"""
SELECT d.id, d.chat_id, d.chat_kind, d.edits, s.state
  FROM deliveries d LEFT JOIN subscribers s ON s.chat_id = d.chat_id
 WHERE {_RESENDABLE} ORDER BY d.id LIMIT :rows
""")  # noqa: S608 - our own words
_ONCE = Statement("UPDATE deliveries SET resent = {true} WHERE id {among_ids}")


def resendable(bare: Bare, broadcast: int) -> bool:
    """Whether there is such a row."""
    return bool(bare.rows(_ANY, {"broadcast": broadcast}))


def once_more(bare: Bare, broadcast: int, limit: int) -> list[int]:
    """Rows to be sent once more, and never again.

    Whose reader left meanwhile stays as it is, and is not asked about again.
    """
    rows = bare.rows(_FIRST, {"broadcast": broadcast, "rows": limit})
    if rows:
        bare.run(_ONCE, {"ids": bare.ids(row[0] for row in rows)})
    return [row for row, *reader in rows if reads(*reader)]
