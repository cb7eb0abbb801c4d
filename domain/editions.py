"""Rendered forms of an issue: messages that are sent byte for byte as they were approved."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum


class Style(StrEnum):
    """A form in which an issue can be read."""

    CLASSIC = "classic"
    RICH = "rich"
    PLAIN = "plain"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button: exactly one of ``callback`` (1-64 bytes) and ``url`` (https)."""

    text: str
    callback: str | None = None
    url: str | None = None

    def __post_init__(self) -> None:
        if (self.callback is None) == (self.url is None):
            raise ValueError(f"button {self.text!r} needs either a callback or a url")
        if self.callback is not None and not 1 <= len(self.callback.encode()) <= 64:
            raise ValueError(f"callback of button {self.text!r} is not 1 to 64 bytes long")


Keyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Message:
    """One Telegram message without its addressee.

    ``body`` is HTML (classic), the JSON of an array of blocks (rich), or text (plain: no markup is parsed).
    ``preview_url`` is the one link that may be previewed; None switches the preview off.
    """

    style: Style
    body: str
    keyboard: Keyboard = ()
    preview_url: str | None = None


@dataclass(frozen=True, slots=True)
class Picture(Message):
    """A message below a picture that Telegram has already, by its file_id: ``photo``. The body is its caption, in HTML.

    It stands in no edition: only a notice of the admins has one.
    """

    photo: str = ""


@dataclass(frozen=True, slots=True)
class PollMessage(Message):
    """A poll: the body is its question (1-300 characters, no markup); anonymous, one answer of ``options`` for each.

    ``closes_at`` (aware UTC): when Telegram closes it by itself; it takes 5 to 2,628,000 seconds from the sending.
    """

    options: tuple[str, ...] = ()
    closes_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that is sent: ``name`` as it is saved under, with a ``caption`` of plain text (0-1024 characters)."""

    name: str
    content: bytes
    media_type: str
    caption: str = ""


#: The page of an edition that is delivered; the other pages are sections, opened by buttons or commands.
FRONT = "front"

#: The front page as a channel gets it. Its buttons are links into the reader's own chat with the bot: a button that
#: turned the page in place would turn it for everybody.
CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Edition:
    """An issue in one style: the front page, and each section as a page of its own by section name.

    ``sha256`` (hex) is the ``fingerprint`` of the pages: what is approved is what is sent.
    """

    issue_date: date
    style: Style
    pages: Mapping[str, Message]
    sha256: str

    @property
    def front(self) -> Message:
        """The message that is delivered."""
        return self.pages[FRONT]


def fingerprint(pages: Mapping[str, Message]) -> str:
    """The SHA-256 (hex) of pages: of their JSON with sorted keys, no blanks, characters as they are, in UTF-8."""
    plain = {name: asdict(message) for name, message in pages.items()}
    canonical = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


#: So many characters of a fingerprint name an issue in a button or a command: 64 bits.
SHORT = 16


def issue_fingerprint(editions: Mapping[Style, str]) -> str:
    """The SHA-256 (hex) of a whole issue, of the ``sha256`` of each of its stored editions: what an approval names."""
    lines = "\n".join(f"{style.value} {editions[style]}" for style in sorted(editions))
    return hashlib.sha256(lines.encode()).hexdigest()


def page_callback(issue_date: date, page: str) -> str:
    """What a button carries that opens a page of an issue in place: ``p:20260704:lead``."""
    return f"p:{issue_date:%Y%m%d}:{page}"


def parse_page_callback(data: str) -> tuple[date, str] | None:
    """The issue and the page that a button names; None when it names neither."""
    prefix, _, rest = data.partition(":")
    day, _, page = rest.partition(":")
    return _issue_and_page(day, page) if prefix == "p" else None


def start_payload(issue_date: date, page: str) -> str:
    """What a deep link (``t.me/bot?start=…``) carries that opens a page of an issue: ``lead_20260704``."""
    return f"{page}_{issue_date:%Y%m%d}"


def parse_start_payload(payload: str) -> tuple[date, str] | None:
    """The issue and the page that a deep link names; None when it names neither. ``issue`` is the front page."""
    page, _, day = payload.rpartition("_")
    return _issue_and_page(day, FRONT if page == "issue" else page)


def _issue_and_page(day: str, page: str) -> tuple[date, str] | None:
    if len(day) != len("20260704") or not day.isascii() or not day.isdigit() or not page:
        return None
    try:
        return date(int(day[:4]), int(day[4:6]), int(day[6:])), page
    except ValueError:
        return None
