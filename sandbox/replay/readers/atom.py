"""The Atom files of one recorder, which puts the figures as labelled lines into the summary."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree as ET

from sandbox.replay.recordings import Recorded, parse_time

_ATOM = "{http://www.w3.org/2005/Atom}"
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Row:
    """An entry: ``lines`` are the lines of its summary as plain text, ``links`` the addresses in it by their text."""

    title: str
    url: str
    updated_at: datetime
    lines: tuple[str, ...]
    links: dict[str, str]

    def labelled(self, label: str) -> str | None:
        """What follows ``Label: `` in the summary, or None."""
        return next((line[len(label) + 2 :] for line in self.lines if line.startswith(f"{label}: ")), None)

    def figure(self, label: str) -> int | None:
        """The whole number that follows the label, written with thousands commas."""
        text = self.labelled(label)
        return int(text.replace(",", "")) if text else None

    def needed(self, label: str) -> int:
        """The same, of an entry that always has it. Raises ValueError when it has not."""
        found = self.figure(label)
        if found is None:
            raise ValueError(f"{self.title!r} has no {label}")
        return found


def updated_at(recorded: Recorded) -> datetime:
    """When the recorder wrote the file."""
    text = _tree(recorded).findtext(f"{_ATOM}updated")
    if text is None:
        raise ValueError(f"{recorded.path.name} does not say when it was written")
    return parse_time(text)


def rows(recorded: Recorded) -> Iterator[Row]:
    """The entries in their order."""
    for entry in _tree(recorded).iter(f"{_ATOM}entry"):
        link = entry.find(f"{_ATOM}link")
        summary = entry.findtext(f"{_ATOM}summary") or ""
        yield Row(
            title=entry.findtext(f"{_ATOM}title") or "",
            url="" if link is None else link.get("href", ""),
            updated_at=parse_time(entry.findtext(f"{_ATOM}updated") or ""),
            lines=tuple(html.unescape(_TAG.sub("", line)) for line in summary.split("<br/>")),
            links={name: html.unescape(url) for url, name in re.findall(r'<a href="([^"]+)">([^<]+)</a>', summary)},
        )


def _tree(recorded: Recorded) -> ET.Element:
    return ET.fromstring(recorded.content())  # noqa: S314  # our own recordings, no document type inside
