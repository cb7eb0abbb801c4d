"""What is carried along while a rich message is read: its surroundings, its sums, and what readers would lose."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sandbox.telegram.chats import ChatKind
from sandbox.telegram.errors import Refusal, bad_request
from sandbox.telegram.messages import Photo

#: The limits of a rich message and the errors beyond them (telegram.md §4.1).
LIMITS: Final = {
    "text": (32768, "RICH_MESSAGE_TEXT_TOO_LONG"),
    "blocks": (500, "RICH_MESSAGE_BLOCKS_TOO_MANY"),
    "depth": (16, "RICH_MESSAGE_DEPTH_INVALID"),
    "media": (50, "RICH_MESSAGE_MEDIA_TOO_MANY"),
    "columns": (20, "RICH_MESSAGE_TABLE_COLS_TOO_MANY"),
    "runs": (5849, "RICH_MESSAGE_TOO_LARGE"),
}
#: Characters that reach a reader at once; the rest stands behind "Show more", which some clients do not have.
SEEN_AT_ONCE: Final = 7000

MediaFinder = Callable[[str], Photo | None]


@dataclass(slots=True)
class Tally:
    """The sums of a message, counted as telegram.md §12 counts them."""

    text: int = 0
    blocks: int = 0
    depth: int = 0
    media: int = 0
    columns: int = 0
    runs: int = 0
    names: set[str] = field(default_factory=set)
    links: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Reading:
    """One message while it is read.

    ``find_photo`` gives the picture behind an attach:// name or a file_id. ``now`` is a Unix time in seconds.
    ``detects``: addresses and names in plain text are linked, as without skip_entity_detection. ``losses`` says in
    words what Telegram would drop or hold back.
    """

    kind: ChatKind
    now: int
    find_photo: MediaFinder
    detects: bool = False
    tally: Tally = field(default_factory=Tally)
    losses: list[str] = field(default_factory=list)

    def object(self, value: Any, what: str, known: frozenset[str]) -> Mapping[str, Any]:
        """The value as an object; fields that nobody knows are noted as lost."""
        if not isinstance(value, dict):
            raise cannot_parse("expected an Object")
        unknown = sorted(set(value) - known)
        if unknown:
            self.losses.append(f"{what}: Telegram ignores {', '.join(map(repr, unknown))}")
        return value


def cannot_parse(reason: str) -> Refusal:
    """A shape that is no block."""
    return bad_request(f"can't parse InputRichBlock: {reason}")


def required(value: Mapping[str, Any], name: str) -> Any:
    """A field that must be there."""
    if name not in value:
        raise cannot_parse(f'Can\'t find field "{name}"')
    return value[name]


def string(value: Any, name: str) -> str:
    """A field that is a string."""
    if not isinstance(value, str):
        raise cannot_parse(f'Field "{name}" must be of type String')
    return value


def number(value: Any, name: str) -> int:
    """A field that is a whole number; a string of digits counts, as everywhere in the Bot API."""
    try:
        return int(value)
    except (TypeError, ValueError) as wrong:
        raise cannot_parse(f'Field "{name}" must be of type Number') from wrong


def array(value: Any, name: str) -> list[Any]:
    """A field that is an array."""
    if not isinstance(value, list):
        raise cannot_parse(f'Field "{name}" must be of type Array')
    return value
