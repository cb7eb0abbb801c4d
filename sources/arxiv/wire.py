"""arXiv's own words: entries of the Atom API, and items of the RSS listing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from sources.errors import Unreadable
from sources.wire import read_xml

SITE = "arXiv"
_SPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "arxiv": "http://arxiv.org/schemas/atom",
    "opensearch": "http://a9.com/-/spec/opensearch/1.1/",
    "dc": "http://purl.org/dc/elements/1.1/",
}
_ERRORS = "/api/errors"


@dataclass(frozen=True, slots=True)
class PaperWire:
    """A paper as one of the two says it; a text is empty where it says nothing.

    ``address`` holds the id with its version (an abs page, or an OAI identifier); ``creators`` is RSS's one
    string of all authors, ``authors`` the API's list of names.
    """

    address: str
    title: str
    abstract: str
    categories: tuple[str, ...]
    authors: tuple[str, ...] = ()
    creators: str = ""
    primary: str = ""
    published: str = ""
    announced: str = ""


def api_papers(body: bytes) -> Iterator[PaperWire]:
    """The entries of an API answer. Raises Unreadable: no Atom feed, an error entry, results promised and not sent."""
    root = _root(body, f"{{{_SPACES['atom']}}}feed")
    entries = root.findall("atom:entry", _SPACES)
    if any(_ERRORS in _text(entry, "atom:id") for entry in entries):
        raise Unreadable(f"{SITE} answered with an error; its query may have to change")
    if not entries and _text(root, "opensearch:totalResults").strip("0"):
        raise Unreadable(f"{SITE} promised results and sent none; it is asked again next time")
    return (_api_paper(entry) for entry in entries)


def listed_papers(body: bytes) -> Iterator[PaperWire]:
    """The items of an RSS listing. Raises Unreadable: no RSS channel."""
    channel = _root(body, "rss").find("channel")
    if channel is None:
        raise Unreadable(f"{SITE} sent RSS without a channel; its listing may have changed")
    return (_listed_paper(item) for item in channel.findall("item"))


def _root(body: bytes, tag: str) -> Element:
    root = read_xml(body, SITE)
    if root.tag != tag:
        raise Unreadable(f"{SITE} sent another document than the one asked for; its address may have changed")
    return root


def _api_paper(entry: Element) -> PaperWire:
    primary = entry.find("arxiv:primary_category", _SPACES)
    return PaperWire(
        address=_text(entry, "atom:id"),
        title=_text(entry, "atom:title"),
        abstract=_text(entry, "atom:summary"),
        categories=tuple(category.get("term", "") for category in entry.findall("atom:category", _SPACES)),
        authors=tuple(_text(author, "atom:name") for author in entry.findall("atom:author", _SPACES)),
        primary=primary.get("term", "") if primary is not None else "",
        published=_text(entry, "atom:published"),
    )


def _listed_paper(item: Element) -> PaperWire:
    return PaperWire(
        address=_text(item, "guid") or _text(item, "link"),
        title=_text(item, "title"),
        abstract=re.sub(r"\A\s*arXiv:\S+ Announce Type: \S+\s+Abstract: ", "", _text(item, "description")),
        categories=tuple((category.text or "").strip() for category in item.findall("category")),
        creators=_text(item, "dc:creator"),
        announced=_text(item, "arxiv:announce_type"),
    )


def _text(parent: Element, path: str) -> str:
    found = parent.find(path, _SPACES)
    return "".join(found.itertext()).strip() if found is not None else ""
