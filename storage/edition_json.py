"""The pages of an edition as JSON and back, in their order; proved to be still what was rendered."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date

from cattrs.preconf.json import make_converter

from domain.editions import Edition, Message, Style, fingerprint
from domain.errors import StorageError

_CONVERTER = make_converter(detailed_validation=False)


def pages_to_json(edition: Edition) -> str:
    """The pages as one line of JSON. Raises StorageError: they are not what their fingerprint was taken of."""
    _verify(edition)
    plain = {name: asdict(message) for name, message in edition.pages.items()}
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def edition_from_json(issue_date: date, style: Style, pages: str, sha256: str) -> Edition:
    """The edition again. Raises StorageError: the stored pages were altered."""
    messages = _CONVERTER.structure(json.loads(pages), dict[str, Message])
    edition = Edition(issue_date, style, messages, sha256)
    _verify(edition)
    return edition


def _verify(edition: Edition) -> None:
    if fingerprint(edition.pages) != edition.sha256:
        raise StorageError(
            f"The {edition.style} edition of {edition.issue_date} is not what was rendered: assemble the issue again."
        )
