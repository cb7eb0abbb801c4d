"""The shapes of rich blocks and texts: which keys each type has, and what may stand in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from formatters.rich.measure import MEDIA

#: Texts: type -> keys, all of them required. What is missing here can't be sent (mentions, hashtags, …).
TEXTS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(
        (
            "bold",
            "italic",
            "underline",
            "strikethrough",
            "spoiler",
            "subscript",
            "superscript",
            "marked",
            "code",
        ),
        frozenset({"text"}),
    ),
    "url": frozenset({"text", "url"}),
    "email_address": frozenset({"text", "email_address"}),
    "phone_number": frozenset({"text", "phone_number"}),
    "text_mention": frozenset({"text", "user"}),
    "date_time": frozenset({"text", "unix_time", "date_time_format"}),
    "custom_emoji": frozenset({"custom_emoji_id", "alternative_text"}),
    "mathematical_expression": frozenset({"expression"}),
    "anchor": frozenset({"name"}),
    "anchor_link": frozenset({"text", "anchor_name"}),
    "reference": frozenset({"text", "name"}),
    "reference_link": frozenset({"text", "reference_name"}),
    "button": frozenset({"button"}),
}

_CREDITED = (frozenset({"text"}), frozenset({"credit"}))
_GALLERY = (frozenset({"blocks"}), frozenset({"caption"}))

#: Blocks: type -> required keys, optional keys. ``thinking`` is for drafts only and so not here.
BLOCKS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "paragraph": (frozenset({"text"}), frozenset()),
    "heading": (frozenset({"text", "size"}), frozenset()),
    "pre": (frozenset({"text"}), frozenset({"language"})),
    "footer": (frozenset({"text"}), frozenset()),
    "divider": (frozenset(), frozenset()),
    "anchor": (frozenset({"name"}), frozenset()),
    "mathematical_expression": (frozenset({"expression"}), frozenset()),
    "list": (frozenset({"items"}), frozenset()),
    "blockquote": (frozenset({"blocks"}), frozenset({"credit"})),
    "expandable_blockquote": _CREDITED,
    "pullquote": _CREDITED,
    "table": (frozenset({"cells"}), frozenset({"is_bordered", "is_striped", "is_compact", "caption"})),
    "details": (frozenset({"summary", "blocks"}), frozenset({"is_open"})),
    "collage": _GALLERY,
    "slideshow": _GALLERY,
    "map": (frozenset({"location"}), frozenset({"zoom", "width", "height", "caption"})),
    "buttons": (frozenset({"buttons"}), frozenset({"align"})),
    **{kind: (frozenset({kind}), frozenset({"caption"})) for kind in MEDIA},
}

ACTIONS = frozenset(
    {
        "url",
        "callback_data",
        "web_app",
        "login_url",
        "switch_inline_query",
        "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat",
        "copy_text",
        "disabled",
    }
)
ALIGNS, VALIGNS = frozenset({"left", "center", "right"}), frozenset({"top", "middle", "bottom"})
#: The furthest date that Telegram takes.
HORIZON = timedelta(days=1098)

_DATE_FORMAT = re.compile(r"r|w?[dD]?[tT]?")
_CELL = (frozenset({"align", "valign"}), frozenset({"text", "is_header", "colspan", "rowspan"}))
_ITEM = (frozenset({"blocks"}), frozenset({"has_checkbox", "is_checked", "type", "value"}))
_BUTTON = (frozenset({"text"}), frozenset({"style"}) | ACTIONS)


class Grammar:
    """Walks through the blocks of a message and notes each ``problem`` with its place."""

    def __init__(self, now: datetime) -> None:
        self.problems: list[str] = []
        self._latest = (now + HORIZON).timestamp()
        self._targets: set[str] = set()
        self._links: set[str] = set()
        self._rules: Mapping[str, Callable[[dict[str, Any], str], None]] = {
            "heading": self._heading,
            "pre": self._pre,
            "list": self._list,
            "table": self._table,
            "buttons": self._buttons,
            "anchor": self._target,
            "collage": self._gallery,
            "slideshow": self._gallery,
        }

    @property
    def dangling(self) -> set[str]:
        """Anchors and references that are linked and do not exist; the empty name is the top of the message."""
        return self._links - self._targets - {""}

    def check(self, blocks: Sequence[Any]) -> None:
        """Check the blocks of a message."""
        self._blocks(blocks, "blocks")

    def _note(self, place: str, problem: str) -> None:
        self.problems.append(f"{place}: {problem}")

    def _keys(self, found: Any, place: str, shape: tuple[frozenset[str], frozenset[str]]) -> bool:
        """Whether an object has every required key and no unknown one."""
        if not isinstance(found, dict):
            self._note(place, "is not an object")
            return False
        required, optional = shape
        keys = frozenset(found)
        for key in sorted(required - keys):
            self._note(place, f"{key} is missing")
        for key in sorted(keys - required - optional):
            self._note(place, f"{key} is unknown")
        return required <= keys <= required | optional

    def _blocks(self, blocks: Any, place: str) -> None:
        if not isinstance(blocks, list) or not blocks:
            self._note(place, "needs a list of blocks")
            return
        for number, block in enumerate(blocks):
            self._block(block, f"{place}[{number}]")

    def _block(self, block: Any, place: str) -> None:
        kind = kind_of(block)
        if kind not in BLOCKS:
            self._note(place, f"there is no block {kind!r}")
            return
        place = f"{place} {kind}"
        required, optional = BLOCKS[kind]
        if not self._keys(block, place, (required | {"type"}, optional)):
            return
        for name in ("text", "summary", "credit"):
            if name in block:
                self._text(block[name], place)
        if "caption" in block:
            self._caption(block["caption"], place, kind)
        if "blocks" in block:
            self._blocks(block["blocks"], place)
        if kind in self._rules:
            self._rules[kind](block, place)

    def _caption(self, caption: Any, place: str, kind: str) -> None:
        """A table's caption is a text; any other is an object."""
        if kind == "table":
            self._text(caption, place)
        elif self._keys(caption, f"{place} caption", _CREDITED):
            for part in caption.values():
                self._text(part, place)

    def _heading(self, block: dict[str, Any], place: str) -> None:
        if block["size"] not in range(1, 7):
            self._note(place, "size is not 1 to 6")
        self._not_empty(block["text"], place)

    def _pre(self, block: dict[str, Any], place: str) -> None:
        self._not_empty(block["text"], place)
        if "\t" in flat(block["text"]):
            self._note(place, "a tab becomes one blank")

    def _not_empty(self, text: Any, place: str) -> None:
        if not flat(text).strip():
            self._note(place, "is empty")

    def _gallery(self, block: dict[str, Any], place: str) -> None:
        if any(inner.get("type") not in MEDIA for inner in block["blocks"] if isinstance(inner, dict)):
            self._note(place, "holds something else than media")

    def _target(self, block: dict[str, Any], place: str) -> None:
        if not block["name"] or block["name"] in self._targets:
            self._note(place, f"the name {block['name']!r} is empty or taken")
        self._targets.add(block["name"])

    def _list(self, block: dict[str, Any], place: str) -> None:
        items = block["items"]
        if not items:
            self._note(place, "has no items")
        for number, item in enumerate(items):
            if self._keys(item, f"{place} items[{number}]", _ITEM):
                self._blocks(item["blocks"], f"{place} items[{number}]")
        ordered = [("type" in item, "value" in item) for item in items if isinstance(item, dict)]
        if len(set(ordered)) > 1 or any(one != other for one, other in ordered):
            self._note(place, "is neither ordered (type and value in every item) nor unordered")

    def _table(self, block: dict[str, Any], place: str) -> None:
        if not block["cells"] or not all(block["cells"]):
            self._note(place, "has no rows or an empty row")
        for number, row in enumerate(block["cells"]):
            for cell in row:
                self._cell(cell, f"{place} row {number}")

    def _cell(self, cell: Any, place: str) -> None:
        if not self._keys(cell, place, _CELL):
            return
        if cell["align"] not in ALIGNS or cell["valign"] not in VALIGNS:
            self._note(place, "is aligned in no known way")
        if "text" in cell:
            self._text(cell["text"], place)
        if any(cell.get(span, 1) < 1 for span in ("colspan", "rowspan")):
            self._note(place, "spans nothing")

    def _buttons(self, block: dict[str, Any], place: str) -> None:
        if not 1 <= len(block["buttons"]) <= 8:
            self._note(place, "holds not 1 to 8 buttons")
        if block.get("align", "left") not in ALIGNS:
            self._note(place, "is aligned in no known way")
        for button in block["buttons"]:
            self._button(button, place)

    def _button(self, button: Any, place: str) -> None:
        if not self._keys(button, f"{place} button", _BUTTON):
            return
        actions = ACTIONS & frozenset(button)
        if len(actions) != 1:
            self._note(place, "a button needs exactly one action")
        if not flat(button["text"]).strip():
            self._note(place, "a button has no text")
        if "callback_data" in button and not 1 <= len(str(button["callback_data"]).encode()) <= 64:
            self._note(place, "callback_data is not 1 to 64 bytes long")
        if "url" in button:
            self._url(button["url"], place)
        if "copy_text" in button and not 1 <= len(button["copy_text"].get("text", "")) <= 256:
            self._note(place, "copy_text is not 1 to 256 characters long")
        if button.get("style", "primary") not in {"danger", "success", "primary"} and actions != {"callback_data"}:
            self._note(place, "only a callback button may look like a link")

    def _text(self, text: Any, place: str) -> None:
        """A text: a string, a list of texts, or an object of a known type."""
        if isinstance(text, str):
            return
        if isinstance(text, list):
            for part in text:
                self._text(part, place)
            return
        kind = kind_of(text)
        if kind not in TEXTS:
            self._note(place, f"there is no text {kind!r}")
        elif self._keys(text, f"{place} {kind}", (TEXTS[kind] | {"type"}, frozenset())):
            self._typed_text(text, kind, f"{place} {kind}")

    def _typed_text(self, text: dict[str, Any], kind: str, place: str) -> None:
        match kind:
            case "url":
                self._url(text["url"], place)
            case "date_time":
                self._date(text, place)
            case "anchor" | "reference":
                self._target(text, place)
            case "anchor_link":
                self._links.add(text["anchor_name"])
            case "reference_link":
                self._links.add(text["reference_name"])
            case "button":
                self._button(text["button"], place)
        if "text" in text:
            self._text(text["text"], place)

    def _url(self, url: Any, place: str) -> None:
        if not isinstance(url, str) or not is_web_address(url):
            self._note(place, f"{url!r} is no address that Telegram links")

    def _date(self, text: dict[str, Any], place: str) -> None:
        if not 1 <= text["unix_time"] <= self._latest:
            self._note(place, "unix_time is out of Telegram's range")
        if not _DATE_FORMAT.fullmatch(text["date_time_format"]):
            self._note(place, f"{text['date_time_format']!r} is no date format")


def kind_of(found: Any) -> str:
    """The type of a block or text; empty when it has none."""
    kind = found.get("type") if isinstance(found, dict) else None
    return kind if isinstance(kind, str) else ""


def is_web_address(url: str) -> bool:
    """Whether Telegram takes it as a link: http(s) with a dot in the host, or tg:, mailto: or tel:."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if parts.scheme in {"http", "https"}:
        return "." in (parts.hostname or "").strip(".") and not any(character.isspace() for character in url)
    return parts.scheme in {"tg", "mailto", "tel"}


def flat(text: Any) -> str:
    """The characters of a text without its types."""
    if isinstance(text, str):
        return text
    if isinstance(text, list):
        return "".join(map(flat, text))
    if not isinstance(text, dict):
        return ""
    inner = text.get("button", text)
    return flat(inner.get("text") or inner.get("alternative_text") or inner.get("expression") or "")
