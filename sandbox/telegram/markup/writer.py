"""Text with entities back to Telegram HTML, so that a test can say what a reader sees in one line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

_TAGS = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "underline": ("<u>", "</u>"),
    "strikethrough": ("<s>", "</s>"),
    "spoiler": ("<tg-spoiler>", "</tg-spoiler>"),
    "code": ("<code>", "</code>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "expandable_blockquote": ("<blockquote expandable>", "</blockquote>"),
}


def html_of(text: str, entities: Sequence[Mapping[str, Any]]) -> str:
    """The HTML that gives this text with these entities; those that Telegram finds by itself are left as text."""
    units = text.encode("utf-16-le")
    marks: list[tuple[int, int, int, str]] = []  # where, closing before opening, order among equals, what
    for entity in entities:
        opening, closing = _tags(entity)
        start, length = entity["offset"], entity["length"]
        marks.append((start, 1, -length, opening))
        marks.append((start + length, 0, -start, closing))
    parts, position = [], 0
    for where, _, _, tag in sorted(marks, key=lambda mark: mark[:3]):
        parts.append(escape(units[2 * position : 2 * where].decode("utf-16-le"), quote=False))
        parts.append(tag)
        position = where
    parts.append(escape(units[2 * position :].decode("utf-16-le"), quote=False))
    return "".join(parts)


def _tags(entity: Mapping[str, Any]) -> tuple[str, str]:
    kind = entity["type"]
    if kind == "text_link":
        return f'<a href="{escape(entity["url"])}">', "</a>"
    if kind == "text_mention":
        return f'<a href="tg://user?id={entity["user"]["id"]}">', "</a>"
    if kind == "pre":
        return _pre_tags(entity.get("language"))
    if kind == "custom_emoji":
        return f'<tg-emoji emoji-id="{entity["custom_emoji_id"]}">', "</tg-emoji>"
    if kind == "date_time":
        written = f' format="{entity["date_time_format"]}"' if entity.get("date_time_format") else ""
        return f'<tg-time unix="{entity["unix_time"]}"{written}>', "</tg-time>"
    return _TAGS.get(kind, ("", ""))


def _pre_tags(language: str | None) -> tuple[str, str]:
    if language:
        return f'<pre><code class="language-{escape(language)}">', "</code></pre>"
    return "<pre>", "</pre>"
