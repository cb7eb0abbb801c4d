"""Answers kept on disk with their validators, so that an unchanged one need not travel twice."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import structlog

#: An answer not confirmed for so long is dropped: some addresses hold a date and are never asked again.
KEPT_DAYS = 30

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it was kept: its body and what the site gave to recognise it by."""

    body: bytes
    etag: str
    last_modified: str


class ResponseCache:
    """A folder with one file for each address: a line of JSON, then the body. Writing is atomic.

    A file that is damaged, or a folder that can't be written, costs a request, never a collection.
    ``clock`` gives seconds since the epoch.
    """

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        self._folder = folder
        self._clock = clock

    def get(self, url: str) -> Kept | None:
        """What is kept for an address, None when nothing usable is."""
        try:
            head, _, body = self._file(url).read_bytes().partition(b"\n")
            facts = json.loads(head)
            if facts["url"] != url or facts["sha256"] != hashlib.sha256(body).hexdigest():
                return None
            return Kept(body, facts["etag"], facts["last_modified"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, url: str, kept: Kept) -> None:
        """Keep an answer in place of an earlier one; without a validator there is nothing to keep it for."""
        if not kept.etag and not kept.last_modified:
            return
        facts = {
            "url": url,
            "etag": kept.etag,
            "last_modified": kept.last_modified,
            "sha256": hashlib.sha256(kept.body).hexdigest(),
        }
        try:
            self._replace(self._file(url), json.dumps(facts).encode() + b"\n" + kept.body)
        except OSError as error:
            _log.warning("source.not_kept", folder=str(self._folder), reason=error.strerror)

    def confirm(self, url: str) -> None:
        """Note that an answer is still the site's: it is kept for another while."""
        now = self._clock()
        try:
            os.utime(self._file(url), (now, now))
        except OSError:
            return

    def prune(self) -> int:
        """Delete what was not confirmed for ``KEPT_DAYS``; returns how many."""
        oldest = self._clock() - KEPT_DAYS * 86_400
        dropped = 0
        for file in self._folder.glob("*.answer"):
            try:
                if file.stat().st_mtime < oldest:
                    file.unlink()
                    dropped += 1
            except OSError:
                continue
        return dropped

    def _file(self, url: str) -> Path:
        return self._folder / f"{hashlib.sha256(url.encode('utf-8', 'replace')).hexdigest()}.answer"

    def _replace(self, file: Path, content: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=self._folder, suffix=".part")
        try:
            with os.fdopen(descriptor, "wb") as part:
                part.write(content)
            Path(name).replace(file)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
