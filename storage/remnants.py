"""What SQLite leaves of erased numbers in the unused parts of its file, found and removed.

``secure_delete`` overwrites what is deleted, but where a page of an index was split before, a stale copy of an
entry may stay in the unused middle of the page (seen for 4 of 600 erased chats). No query can see it; a reader of
the file could. PostgreSQL keeps dead rows until its own vacuum has passed, which is left to it.
"""

from __future__ import annotations

import mmap
from pathlib import Path

from sqlalchemy.engine.interfaces import DBAPICursor


def erase_remnants(cursor: DBAPICursor, number: int) -> None:
    """Empty the write-ahead log into the file, and rebuild the file if it still holds the number anywhere.

    While somebody reads or writes, this waits as for a lock, and fails as for a lock.
    """
    cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    cursor.execute("PRAGMA database_list")
    _, _, file = cursor.fetchall()[0]
    if _holds(Path(file), number):
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _holds(file: Path, number: int) -> bool:
    with file.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return any(content.find(form) >= 0 for form in (stored_form(number), str(number).encode()))


def stored_form(number: int) -> bytes:
    """A number as it stands in a row: two's complement in the fewest of 1, 2, 3, 4, 6 or 8 bytes.

    Source: sqlite.org/fileformat2.html, section 2.1.
    """
    needed = (number if number >= 0 else ~number).bit_length() + 1
    size = next(size for size in (1, 2, 3, 4, 6, 8) if needed <= size * 8)
    return number.to_bytes(size, "big", signed=True)
