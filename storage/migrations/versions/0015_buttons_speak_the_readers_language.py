"""The buttons under an issue speak the language of its reader."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

FORMS = sa.table("forms", sa.column("key", sa.BigInteger), sa.column("combination", sa.Text))
SUBSCRIBERS = sa.table("subscribers", sa.column("form", sa.BigInteger), sa.column("language", sa.String))

PLAIN: dict[str, Any] = {"keywords": [], "sections": [], "topics": []}


def upgrade() -> None:
    """Give each combination of a reader who is not spoken to in English a language."""
    connection = op.get_bind()
    known = _combinations(connection)
    pairs = sa.select(SUBSCRIBERS.c.form, SUBSCRIBERS.c.language).distinct()
    for form, language in connection.execute(pairs.where(SUBSCRIBERS.c.language != "en")).all():
        key = _kept(connection, known, known.get(form, PLAIN) | {"language": language})
        own = (SUBSCRIBERS.c.form == form) & (SUBSCRIBERS.c.language == language)
        connection.execute(sa.update(SUBSCRIBERS).where(own).values(form=key))


def downgrade() -> None:
    """Take the languages away again; the combinations that had one are nobody's any more."""
    connection = op.get_bind()
    known = _combinations(connection)
    for form in [key for key, combination in known.items() if "language" in combination]:
        without = {name: value for name, value in known[form].items() if name != "language"}
        key = 0 if without == PLAIN else _kept(connection, known, without)
        connection.execute(sa.update(SUBSCRIBERS).where(SUBSCRIBERS.c.form == form).values(form=key))
        connection.execute(sa.delete(FORMS).where(FORMS.c.key == form))


def _combinations(connection: sa.Connection) -> dict[int, dict[str, Any]]:
    rows = connection.execute(sa.select(FORMS.c.key, FORMS.c.combination)).all()
    return {key: json.loads(combination) for key, combination in rows}


def _kept(connection: sa.Connection, known: dict[int, dict[str, Any]], combination: dict[str, Any]) -> int:
    """The key of a combination, which is kept if it was not; as ``domain.combinations`` made it at this time."""
    text = json.dumps(combination, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    key = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") >> 1 or 1
    if key not in known:
        connection.execute(sa.insert(FORMS).values(key=key, combination=text))
        known[key] = combination
    return key
