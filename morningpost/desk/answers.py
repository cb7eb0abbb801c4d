"""The answers of models, kept in files by what they depend on: the same morning written again gives the same issue."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import structlog

from domain.plans import Answer, OfferedSentence, Usage

log = structlog.get_logger()

#: So many answers are kept, the newest: about two months of mornings.
KEPT = 400


class Answers:
    """A folder of answers. What can't be read or written is asked again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def name(self, *depends_on: object) -> str:
        """The name of an answer: a hash over everything that it depends on."""
        told = json.dumps(depends_on, default=asdict, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()

    def get(self, name: str) -> Answer | None:
        """A kept answer."""
        try:
            kept = json.loads((self._folder / f"{name}.json").read_text(encoding="utf-8"))
            return _answer(kept)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, name: str, answer: Answer) -> None:
        """Keep an answer, and no more than the newest."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            file = self._folder / f"{name}.json"
            part = file.with_suffix(".part")
            part.write_text(json.dumps(asdict(answer), ensure_ascii=False), encoding="utf-8")
            part.replace(file)
            for old in sorted(self._folder.glob("*.json"), key=lambda each: each.stat().st_mtime)[:-KEPT]:
                old.unlink(missing_ok=True)
        except OSError as error:
            log.warning("answer.not_kept", error=error.strerror, do="see that DATA_DIR can be written")


def _answer(kept: dict[str, Any]) -> Answer:
    sentences = tuple(OfferedSentence(str(each["text"]), tuple(each["facts"])) for each in kept["sentences"])
    return Answer(sentences, str(kept["model"]), Usage(**kept["usage"]))
