"""Telegram HTML (parse_mode=HTML) to text and raw entities, with the errors of TDLib to the letter and the byte.

The rules are those of the Bot API's server: few tags, every error with its byte offset in the UTF-8 source. What comes
out is not cleaned yet (``cleaning`` does that).
"""

from __future__ import annotations

import contextlib
import re
from typing import Any, Final, NamedTuple

from sandbox.telegram.markup.entities import Entity, in_order, units
from sandbox.telegram.markup.links import LinkError, checked_link, linked_user

_KINDS: Final = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
_LITERALS: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_END: Final = "\0"
_SPACE: Final = frozenset(" \t\r\n\0\v")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SPECIAL = re.compile("[<&]")
_TAG_NAME = re.compile(r"[^ \t\r\n\0\v>]*")
_ATTRIBUTE_NAME = re.compile(r"[^ \t\r\n\0\v>=/\"']*")
_BLANK = re.compile(r"[ \t\r\n\v]*")
_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
_NUMBER = re.compile(r"#(?:x([0-9A-Fa-f]*)|([0-9]*))")
_LETTERS = re.compile(r"[A-Za-z]*")
_DATE_FORMAT = re.compile(r"r|w?[dD]?[tT]?")
_ASCII_LOWER = {capital: capital + 32 for capital in range(ord("A"), ord("Z") + 1)}


class MarkupError(ValueError):
    """A text that Telegram refuses to parse; the reason is Telegram's own sentence, without the prefix."""


class _Open(NamedTuple):
    tag: str
    attributes: dict[str, str]
    offset: int
    length: int  # of the text before it, in characters
    expandable: bool


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """The text of a classic HTML message and its entities, in order. Raises MarkupError."""
    return _Reader(source).read()


class _Reader:
    """Reads one source from its start to its end."""

    def __init__(self, source: str) -> None:
        self._source = source + _END
        self._size = len(source)
        self._parts: list[str] = []
        self._characters = 0
        self._units = 0
        self._open: list[_Open] = []
        self._entities: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        at = 0
        while (found := _SPECIAL.search(self._source, at)) is not None:
            self._write(self._source[at : found.start()])
            at = self._character(found.start()) if found[0] == "&" else self._tag(found.start())
        self._write(self._source[at : self._size])
        if self._open:
            raise MarkupError(f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"')
        text = "".join(self._parts)
        if _SURROGATE.search(text):
            raise MarkupError(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )
        return text, in_order([one._replace(argument=None) if one.kind == "code" else one for one in self._entities])

    def _write(self, text: str) -> None:
        if text:
            self._parts.append(text)
            self._characters += len(text)
            self._units += units(text)

    def _character(self, at: int) -> int:
        character, after = _decoded(self._source, at)
        self._write(character)
        return after

    def _tag(self, at: int) -> int:
        return self._end_tag(at) if self._source[at + 1] == "/" else self._start_tag(at)

    def _start_tag(self, begin: int) -> int:
        name = _run(_TAG_NAME, self._source, begin + 1)
        at = begin + 1 + len(name)
        if at >= self._size:
            raise self._error("Unclosed start tag", begin)
        tag = _lower(name)
        if tag not in _KINDS:
            raise self._error(f'Unsupported start tag "{tag}"', begin)
        attributes: dict[str, str] = {}
        while self._source[at] != ">":
            at = self._attribute(tag, begin, at, attributes)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise self._error('Tag "span" must have class "tg-spoiler"', begin)
        self._open.append(_Open(tag, attributes, self._units, self._characters, "expandable" in attributes))
        return at + 1

    def _attribute(self, tag: str, begin: int, at: int, attributes: dict[str, str]) -> int:
        """Read one attribute into ``attributes``; the place after it, which is ``>`` or blank."""
        at = self._skip_blank(at)
        if self._source[at] == ">":
            return at
        name = _run(_ATTRIBUTE_NAME, self._source, at)
        if not name:
            raise self._error(f'Empty attribute name in the tag "{tag}"', begin)
        at = self._skip_blank(at + len(name))
        if self._source[at] != "=":
            if at >= self._size:
                raise self._error(f'Unclosed start tag "{tag}"', begin)
            attributes[name] = ""
            return at
        at = self._skip_blank(at + 1)
        if at >= self._size:
            raise self._error(f'Unclosed start tag "{tag}"', begin)
        value, at = self._value(at)
        if at >= self._size:
            raise self._error("Unclosed start tag", begin)
        attributes[name] = value
        return at

    def _value(self, at: int) -> tuple[str, int]:
        if self._source[at] in "'\"":
            return self._quoted(at)
        token = _run(_TOKEN, self._source, at)
        after = at + len(token)
        if self._source[after] not in _SPACE and self._source[after] != ">":
            raise self._error("Unexpected end of name token", at)
        return _lower(token), after

    def _quoted(self, at: int) -> tuple[str, int]:
        end = self._source.find(self._source[at], at + 1)
        # A character reference cannot hide the closing quote: it is decoded before the quote is looked for.
        inside = self._source[at + 1 : end if end >= 0 else self._size]
        return _unescaped(inside), end + 1 if end >= 0 else self._size

    def _end_tag(self, begin: int) -> int:
        if not self._open:
            raise self._error("Unexpected end tag", begin)
        name = _run(_TAG_NAME, self._source, begin + 2)
        at = self._skip_blank(begin + 2 + len(name))
        if self._source[at] != ">":
            raise self._error("Unclosed end tag", begin)
        opened = self._open.pop()
        found = _lower(name)
        if found and found != opened.tag:
            raise self._error("Unmatched end tag", begin, f', expected "</{opened.tag}>", found "</{found}>"')
        if self._units > opened.offset:
            self._close(opened)
        return at + 1

    def _close(self, opened: _Open) -> None:
        span = (opened.offset, self._units - opened.offset)
        kind = _KINDS[opened.tag]
        if opened.tag == "a":
            self._close_link(opened, span)
        elif opened.tag in {"pre", "code"}:
            self._close_code(opened, span)
        elif opened.tag == "blockquote":
            self._entities.append(Entity(*span, "expandable_blockquote" if opened.expandable else kind))
        elif opened.tag == "tg-emoji":
            self._entities.append(Entity(*span, kind, _emoji_id(opened.attributes.get("emoji-id", ""))))
        elif opened.tag == "tg-time":
            self._close_time(opened, span)
        else:
            self._entities.append(Entity(*span, kind))

    def _close_link(self, opened: _Open, span: tuple[int, int]) -> None:
        url = opened.attributes.get("href") or "".join(self._parts)[opened.length :]
        user = linked_user(url)
        if user is not None:
            self._entities.append(Entity(*span, "text_mention", user))
            return
        with contextlib.suppress(LinkError):  # a link that Telegram does not take becomes plain text, without a word
            self._entities.append(Entity(*span, "text_link", checked_link(url)))

    def _close_code(self, opened: _Open, span: tuple[int, int]) -> None:
        """Code in pre over the same span, in either order, is one pre with a language."""
        language = _language(opened)
        last = self._entities[-1] if self._entities else None
        same_span = last is not None and (last.offset, last.length) == span
        if same_span and last is not None and {last.kind, opened.tag} == {"pre", "code"}:
            if opened.tag == "pre" and last.argument:
                self._entities[-1] = last._replace(kind="pre")
                return
            if opened.tag == "code" and language and not last.argument:
                self._entities[-1] = last._replace(argument=language)
                return
        self._entities.append(Entity(*span, opened.tag, language if opened.tag == "code" else None))

    def _close_time(self, opened: _Open, span: tuple[int, int]) -> None:
        moment = _moment(opened.attributes.get("unix", ""))
        written = opened.attributes.get("format", "")
        if not _DATE_FORMAT.fullmatch(written):
            raise MarkupError("Invalid date format used")
        if moment > 0:
            self._entities.append(Entity(*span, "date_time", (moment, written)))

    def _skip_blank(self, at: int) -> int:
        return at + len(_run(_BLANK, self._source, at))

    def _error(self, what: str, at: int, more: str = "") -> MarkupError:
        return MarkupError(f"{what} at byte offset {len(self._source[:at].encode('utf-8', 'surrogatepass'))}{more}")


def _run(pattern: re.Pattern[str], source: str, at: int) -> str:
    """The characters of a pattern from a place on; every pattern here matches nothing, too."""
    found = pattern.match(source, at)
    return found[0] if found else ""


def _lower(name: str) -> str:
    return name.lower() if name.isascii() else name.translate(_ASCII_LOWER)


def _decoded(source: str, at: int) -> tuple[str, int]:
    """The character that the reference at ``at`` stands for and the place after it; a bare & stands for itself."""
    number = _NUMBER.match(source, at + 1)
    if number is not None:
        character, end = _numbered(number), number.end()
        if not character or end - at >= 10:
            return "&", at + 1
    else:
        letters = _run(_LETTERS, source, at + 1)
        character, end = _LITERALS.get(letters, ""), at + 1 + len(letters)
        if not character:
            return "&", at + 1
    return character, end + 1 if source[end : end + 1] == ";" else end


def _numbered(number: re.Match[str]) -> str:
    digits = number[1] if number[1] is not None else number[2]
    if not digits or len(digits) > 10:
        return ""
    code = int(digits, 16 if number[1] is not None else 10)
    return chr(code) if 0 < code < 0x10FFFF else ""


def _unescaped(value: str) -> str:
    if "&" not in value:
        return value
    parts, at = [], 0
    while (found := value.find("&", at)) >= 0:
        parts.append(value[at:found])
        character, at = _decoded(value, found)
        parts.append(character)
    return "".join([*parts, value[at:]])


def _language(opened: _Open) -> Any:
    named = opened.attributes.get("class", "")
    return named.removeprefix("language-") if opened.tag == "code" and named.startswith("language-") else None


def _emoji_id(written: str) -> int:
    if not re.fullmatch(r"-?[0-9]+", written) or int(written) == 0 or abs(int(written)) >= 1 << 63:
        raise MarkupError("Invalid custom emoji identifier specified")
    return int(written)


def _moment(written: str) -> int:
    return int(written) if re.fullmatch(r"[0-9]{1,10}", written) else 0
