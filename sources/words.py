"""The words of a source made harmless: one plain line, without markup, within limits; addresses that may be printed."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from selectolax.lexbor import LexborHTMLParser

from domain.text import plain_line

#: Characters. arXiv's abstracts have at most 1,920; an item says no more than one of them.
SUMMARY_LIMIT = 2000
TITLE_LIMIT = 300
NAME_LIMIT = 100
TAGS_LIMIT = 60
AUTHORS_LIMIT = 20
URL_LIMIT = 2000

#: Markup past this many characters is not read: a summary is at the beginning.
_MARKUP_READ = 60_000
#: Elements that stand apart from what precedes and follows them; inline ones do not part words.
_BLOCK = re.compile(
    r"<(?=/?(?:address|article|aside|blockquote|br|caption|dd|div|dl|dt|figcaption|figure|footer|h[1-6]|header|hr|li|main"
    r"|nav|ol|p|pre|section|table|tbody|td|th|thead|tr|ul)\b)",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"</?(?:a|b|br|code|div|em|h[1-6]|i|img|li|ol|p|pre|span|strong|table|ul)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_UNSAID = "script, style, template, noscript, head, title, svg, math, iframe, object, textarea"
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id", re.IGNORECASE)


def summary(text: str | None) -> str:
    """A summary in plain text as one line of at most ``SUMMARY_LIMIT`` characters."""
    return plain_line((text or "")[: 4 * SUMMARY_LIMIT], SUMMARY_LIMIT)


def title(text: str | None) -> str:
    """A title in plain text as one line of at most ``TITLE_LIMIT`` characters."""
    return plain_line((text or "")[: 4 * TITLE_LIMIT], TITLE_LIMIT)


def name(text: str | None) -> str:
    """A person's, an owner's or a tag's name; empty when it is longer than a name is."""
    line = plain_line((text or "")[: 4 * NAME_LIMIT])
    return line if len(line) <= NAME_LIMIT else ""


def text_of_html(markup: str) -> str:
    """What a reader of the markup would read: no tags, comments, scripts or styles, entities resolved."""
    apart = _BLOCK.sub(" <", markup[:_MARKUP_READ])
    tree = LexborHTMLParser(apart)
    for unsaid in tree.css(_UNSAID):
        unsaid.decompose()
    return tree.body.text(separator="") if tree.body is not None else ""


def looks_like_markup(text: str) -> bool:
    """Whether a text that calls itself plain holds the tags of a web page all the same, as many summaries do."""
    return _TAG.search(text) is not None


def unescaped(text: str) -> str:
    """Text in which entities (``&#x27;``, ``&amp;``) are resolved once; it may hold markup no less than before."""
    return html.unescape(text)


def web_address(address: str | None, base: str = "") -> str | None:
    """An http(s) address that may be printed as a link, without tracking; None when it is anything else.

    A relative one is joined to ``base``. Refused: other schemes, user names, blanks and control characters,
    hosts that are none, more than ``URL_LIMIT`` characters.
    """
    text = (address or "").strip()
    if not text or len(text) > URL_LIMIT:
        return None
    try:
        parts = urlsplit(urljoin(base, text))
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host or port == 0 or "@" in parts.netloc:
        return None
    joined = urlunsplit(parts._replace(query=_without_tracking(parts.query)))
    return joined if _printable(joined) and re.fullmatch(r"[\w.-]+|[0-9a-f:.]+", host) else None


def _printable(address: str) -> bool:
    return not re.search(r"[\s<>\"`\\^{|}]", address) and plain_line(address) == address


def _without_tracking(query: str) -> str:
    if not _TRACKING.search(query):
        return query
    return urlencode([(key, value) for key, value in parse_qsl(query, True) if not _TRACKING.fullmatch(key)])


def tags(*groups: Iterable[str]) -> tuple[str, ...]:
    """The tags of an item: cleaned, each once, in order, at most ``TAGS_LIMIT``."""
    cleaned = (name(tag) for group in groups for tag in group)
    return tuple(dict.fromkeys(tag for tag in cleaned if tag))[:TAGS_LIMIT]


def spaced(space: str, *values: str | None) -> list[str]:
    """Tags in a name space, one for each value that is there: ``language:Python``."""
    return [f"{space}:{cleaned}" for value in values if (cleaned := name(value))]
