"""What an item is by every scheme that we know: ``github:…``, ``arxiv:…``, ``model:…``, ``signed:…``, ``url:…``."""

from __future__ import annotations

import re
from collections.abc import Iterable

from domain.items import TITLED, Item, ItemKey, Kind, Source
from newsroom.identity.addresses import canonical_url

#: An owner or a name shorter than this may be two people's.
SHORTEST_SIGNATURE = 4

#: Paths below a repository that are the repository itself, not a file or a discussion of it.
_REPOSITORY = re.compile(r"^/([\w.-]+)/([\w.-]+?)(?:\.git)?(?:/(?:tree/(?:main|master)))?/?$")
_NO_OWNERS = frozenset(
    {"about", "apps", "blog", "collections", "features", "marketplace", "orgs", "sponsors", "topics", "trending"}
)
_ARXIV = re.compile(r"(?:abs|pdf|html|papers)/(\d{4}\.\d{4,5})(?:v\d+)?(?:\.pdf)?$")
_ARXIV_ID = re.compile(r"^(\d{4}\.\d{4,5})(?:v\d+)?$")
_ARXIV_HOSTS = frozenset({"arxiv.org", "alphaxiv.org", "huggingface.co"})
_HUGGINGFACE = re.compile(r"^/(?:(datasets|spaces)/)?([\w.-]+/[\w.-]+?)(?:/tree/main)?/?$")
_HUGGINGFACE_PAGES = frozenset(
    {"blog", "docs", "papers", "collections", "posts", "learn", "spaces", "datasets", "models", "organizations", "api"}
)


def identities(item: Item) -> frozenset[str]:
    """Everything that the item is; two items that share one of them are about the same."""
    found = {*_own(item.key), *_of_address(item.url)}
    if item.key.kind in TITLED:
        # A model's card cites papers that a hundred other cards cite too: only a paper, a post or a story is its paper.
        found.update(f"arxiv:{match[1]}" for tag in item.tagged("arxiv") if (match := _ARXIV_ID.match(tag)))
    return frozenset(found)


def _own(key: ItemKey) -> Iterable[str]:
    if key.kind is Kind.REPOSITORY:
        yield f"github:{key.external_id.casefold()}"
        yield from _signed(key)
    elif key.kind is Kind.PAPER and (match := _ARXIV_ID.match(key.external_id)):
        yield f"arxiv:{match[1]}"
    elif key.source is Source.HUGGINGFACE:
        yield f"{key.kind}:{key.external_id.casefold()}"
        if key.kind is Kind.MODEL:
            yield from _signed(key)


def _signed(key: ItemKey) -> Iterable[str]:
    """The same owner and the same name on two sites are one project: ``baidu/Unlimited-OCR`` as code and as model."""
    owner, slash, name = key.external_id.casefold().partition("/")
    if slash and len(owner) >= SHORTEST_SIGNATURE and len(name) >= SHORTEST_SIGNATURE:
        yield f"signed:{owner}/{name}"


def _of_address(url: str) -> Iterable[str]:
    address = canonical_url(url)
    if address is None:
        return
    host, _, path = address.partition("/")
    if path or "?" in host:  # the front door of a site names the site, not a story
        yield f"url:{address}"
    yield from _of_path(host, f"/{path.partition('?')[0]}")


def _of_path(host: str, path: str) -> Iterable[str]:
    if host == "github.com" and (match := _REPOSITORY.match(path)) and match[1].lower() not in _NO_OWNERS:
        yield f"github:{match[1]}/{match[2]}".casefold()
    if host in _ARXIV_HOSTS and (match := _ARXIV.search(path)):
        yield f"arxiv:{match[1]}"
    if host == "huggingface.co" and (match := _HUGGINGFACE.match(path)):
        kind = {"datasets": Kind.DATASET, "spaces": Kind.SPACE}.get(match[1] or "", Kind.MODEL)
        if match[1] or match[2].partition("/")[0] not in _HUGGINGFACE_PAGES:
            yield f"{kind}:{match[2].casefold()}"
