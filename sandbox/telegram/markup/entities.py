"""What an entity is while a text is being read, and the laws of its neighbours; offsets and lengths in UTF-16 units."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

#: Formats that nest in anything but code; Telegram cuts and joins them as it likes.
STYLES: Final = ("bold", "italic", "underline", "strikethrough", "spoiler")
QUOTES: Final = frozenset(("blockquote", "expandable_blockquote"))
#: What holds no format and stands in nothing but a quote.
BARE: Final = frozenset(("code", "pre", "date_time"))

#: Of several entities over the same span the outer comes first.
_ORDER: Final = {
    "blockquote": 0,
    "expandable_blockquote": 0,
    "pre": 11,
    "code": 20,
    "text_link": 49,
    "text_mention": 49,
    "bold": 90,
    "italic": 91,
    "underline": 92,
    "strikethrough": 93,
    "spoiler": 94,
    "custom_emoji": 99,
    "date_time": 48,
}


class Entity(NamedTuple):
    """A span of a text. ``argument``: the link, the language, the id or the (moment, format), as the kind asks."""

    offset: int
    length: int
    kind: str
    argument: Any = None

    @property
    def end(self) -> int:
        """The first unit after the span."""
        return self.offset + self.length

    def spanning(self, offset: int, end: int) -> Entity:
        """The same entity over another span."""
        return self._replace(offset=offset, length=end - offset)

    def as_json(self) -> dict[str, Any]:
        """The Bot API's MessageEntity."""
        body: dict[str, Any] = {"offset": self.offset, "length": self.length, "type": self.kind}
        if self.kind == "text_link":
            body["url"] = self.argument
        elif self.kind == "text_mention":
            body["user"] = {"id": self.argument, "is_bot": False, "first_name": str(self.argument)}
        elif self.kind == "custom_emoji":
            body["custom_emoji_id"] = str(self.argument)
        elif self.kind == "pre" and self.argument:
            body["language"] = self.argument
        elif self.kind == "date_time":
            body["unix_time"], written = self.argument
            if written:
                body["date_time_format"] = written
        return body


def in_order(entities: list[Entity]) -> list[Entity]:
    """Sorted by place, the longer first, then the outer kind first."""
    return sorted(entities, key=lambda one: (one.offset, -one.length, order(one)))


def order(entity: Entity) -> int:
    """The rank of a kind among entities over the same span; the lower is outside."""
    if entity.kind == "pre" and entity.argument:
        return 10
    return _ORDER.get(entity.kind, 50)


def units(text: str) -> int:
    """The length of a text in UTF-16 units."""
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
