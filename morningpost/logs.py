"""Logs: events with fields, on standard error; every secret is struck out of every line."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Sequence
from typing import Any, Literal

import structlog

_BOT_PATH = re.compile(r"\b(bot)?\d{5,20}:[A-Za-z0-9_-]{20,100}")


def redacted(text: str, secrets: Sequence[str] = ()) -> str:
    """The text with every secret, and whatever looks like a bot token, struck out."""
    for secret in secrets:
        if len(secret) >= 6:
            text = text.replace(secret, "•••")
    return _BOT_PATH.sub("•••", text)


class RedactingFormatter(structlog.stdlib.ProcessorFormatter):
    """The last hand on every line, ours or a library's: nothing secret leaves it."""

    def __init__(self, secrets: Sequence[str], processors: Sequence[Any], foreign: Sequence[Any]) -> None:
        super().__init__(processors=processors, foreign_pre_chain=foreign)
        self._secrets = tuple(secrets)

    def format(self, record: logging.LogRecord) -> str:
        """Render one record and strike out what is secret."""
        return redacted(super().format(record), self._secrets)


def configure_logs(level: str, form: Literal["console", "json"], secrets: Sequence[str]) -> None:
    """Send our events and the libraries' to standard error, in one form."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RedactingFormatter(secrets, _rendering(form), shared))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for chatty in ("httpx", "httpcore", "apscheduler", "telegram.ext", "alembic", "asyncio"):
        logging.getLogger(chatty).setLevel(max(logging.WARNING, root.level))


def _rendering(form: Literal["console", "json"]) -> list[Any]:
    first = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if form == "json":
        return [*first, structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
    plain = structlog.dev.plain_traceback  # the default one prints local variables, which is too much and too private
    return [*first, structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain)]
