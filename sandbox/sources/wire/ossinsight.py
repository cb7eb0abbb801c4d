"""OSS Insight's envelope: rows whose every value is a string."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Final

from sandbox.sources.wire.text import compact_json
from sandbox.sources.world import TrendRow

#: The columns in the order of the site.
COLUMNS: Final = (
    "repo_id",
    "repo_name",
    "primary_language",
    "description",
    "stars",
    "forks",
    "pull_requests",
    "pushes",
    "total_score",
    "contributor_logins",
    "collection_names",
)


def trends(listed: Sequence[TrendRow]) -> bytes:
    """``/v1/trends/repos/``."""
    rows = [{column: asdict(row)[column] for column in COLUMNS} for row in listed]
    return _envelope(rows, code=200, message="Query OK!")


def error(code: int, message: str) -> bytes:
    """A refusal, which comes with HTTP 200: only ``data.result.code`` tells."""
    return _envelope([], code=code, message=message)


def _envelope(rows: Sequence[dict[str, str]], code: int, message: str) -> bytes:
    columns = [{"col": column, "data_type": "VARCHAR", "nullable": True} for column in COLUMNS]
    result = {"code": code, "message": message, "start_ms": 0, "end_ms": 0, "latency": "1ms", "row_count": len(rows)}
    return compact_json({"type": "sql_endpoint", "data": {"columns": columns, "rows": rows, "result": result}})
