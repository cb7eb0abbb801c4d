"""One story from several sources is one story: the identities of an item, and the subjects that they join."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from rapidfuzz import fuzz

from domain.items import Item, ItemKey, Kind, Source
from domain.text import plain_line

#: The query keys that name what a page shows; every other one (tracking, sorting, sharing) is dropped.
NAMING_QUERIES = frozenset({"v", "id", "p"})

#: Kinds whose titles name a story; a repository or a model has a name, not a title.
TITLED = frozenset({Kind.STORY, Kind.POST, Kind.PAPER})

#: Shorter titles ("Weekly update") name many things.
FEWEST_TITLE_WORDS = 5

#: Equal titles further apart in time are a series, not a story.
TITLE_WINDOW = timedelta(days=7)

#: The second step: nearly equal titles (of other sources) with the same figures; measured for precision, not recall.
NEARLY_EQUAL = 96.0

#: An owner or a name shorter than this may be two people's.
SHORTEST_SIGNATURE = 4

#: Longer titles are cut before they are compared, so that hostile ones cost nothing.
LONGEST_TITLE = 300

#: Paths below a repository that are the repository itself, not a file or a discussion of it.
_REPOSITORY = re.compile(r"^/([\w.-]+)/([\w.-]+?)(?:\.git)?(?:/(?:tree/(?:main|master)))?/?$")
_NO_OWNERS = frozenset(
    {"about", "apps", "blog", "collections", "features", "marketplace", "orgs", "sponsors", "topics", "trending"}
)
_ARXIV = re.compile(r"(?:abs|pdf|html|papers)/(\d{4}\.\d{4,5})(?:v\d+)?(?:\.pdf)?$")
_ARXIV_ID = re.compile(r"^(\d{4}\.\d{4,5})(?:v\d+)?$")
_HUGGINGFACE = re.compile(r"^/(?:(datasets|spaces)/)?([\w.-]+/[\w.-]+?)/?$")
_HUGGINGFACE_PAGES = frozenset(
    {"blog", "docs", "papers", "collections", "posts", "learn", "spaces", "datasets", "models", "organizations", "api"}
)
_PREFIX = re.compile(r"^(?:show|launch|tell|ask) hn\s*[:–—-]\s*", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:\s*[\[(](?:pdf|video|audio|\d{4})[\])])+\s*$", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:[.'’][^\W_]+)*")


def canonical_url(url: str) -> str | None:
    """The address without scheme, ``www.``/``m.``, tracking, fragment and trailing slash; None when it is none."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or "." not in host:
        return None
    host = re.sub(r"^(?:www\d?|m|mobile)\.(?=[^.]+\.)", "", host)
    path = re.sub(r"/(?:index\.html?)?$", "", unquote(parts.path))
    kept = sorted((key, value) for key, value in parse_qsl(parts.query) if key in NAMING_QUERIES)
    return f"{host}{path}" + (f"?{urlencode(kept)}" if kept else "")


def normal_title(title: str) -> str | None:
    """The title as words in lower case without "Show HN:" and "[pdf]"; None when it is too short to name a story."""
    bare = _SUFFIX.sub("", _PREFIX.sub("", plain_line(title)))[:LONGEST_TITLE]
    words = _WORD.findall(bare.replace("’", "'").casefold())
    return " ".join(words) if len(words) >= FEWEST_TITLE_WORDS else None


def identities(item: Item) -> frozenset[str]:
    """What the item is by every scheme that we know: ``github:…``, ``arxiv:…``, ``model:…``, ``url:…``."""
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
    if path:  # the front door of a site names the site, not a story
        yield f"url:{address}"
    path = f"/{path.partition('?')[0]}"
    if host == "github.com" and (match := _REPOSITORY.match(path)) and match[1].lower() not in _NO_OWNERS:
        yield f"github:{match[1]}/{match[2]}".casefold()
    if host in {"arxiv.org", "export.arxiv.org", "alphaxiv.org", "huggingface.co"} and (match := _ARXIV.search(path)):
        yield f"arxiv:{match[1]}"
    if host == "huggingface.co" and (match := _HUGGINGFACE.match(path)):
        kind = {"datasets": Kind.DATASET, "spaces": Kind.SPACE}.get(match[1] or "", Kind.MODEL)
        if match[1] or match[2].partition("/")[0] not in _HUGGINGFACE_PAGES:
            yield f"{kind}:{match[2].casefold()}"


@dataclass(frozen=True, slots=True)
class Subject:
    """What several items are about: the first is where it comes from, the others speak of it."""

    items: tuple[ItemKey, ...]

    @property
    def head(self) -> ItemKey:
        """The item that stands for the subject."""
        return self.items[0]

    @property
    def sources(self) -> frozenset[Source]:
        """The sites that speak of it."""
        return frozenset(key.source for key in self.items)


#: Which item stands for a subject: the thing itself before those who speak of it.
_HEAD = (Kind.MODEL, Kind.DATASET, Kind.SPACE, Kind.REPOSITORY, Kind.PAPER, Kind.POST, Kind.STORY)


class Subjects:
    """The items of a morning, grouped into subjects."""

    def __init__(self, groups: Sequence[Sequence[ItemKey]]) -> None:
        self._subjects = tuple(Subject(tuple(sorted(group, key=_standing))) for group in groups)
        self._by_item = {key: subject for subject in self._subjects for key in subject.items}

    @classmethod
    def group(cls, items: Iterable[Item]) -> Subjects:
        """Join the items that share an identity, then those of equal titles, then those of nearly equal ones."""
        known = {item.key: item for item in sorted(items, key=lambda item: item.key)}
        joined = _UnionFind(known)
        _join_identities(known, joined)
        _join_repositories_of_papers(known, joined)
        _join_titles(known, joined)
        return cls(joined.groups())

    def of(self, key: ItemKey) -> Subject:
        """The subject of an item; one that was not grouped is its own."""
        return self._by_item.get(key) or Subject((key,))

    def __iter__(self) -> Iterator[Subject]:
        return iter(self._subjects)

    def __len__(self) -> int:
        return len(self._subjects)


def _standing(key: ItemKey) -> tuple[int, bool, ItemKey]:
    return _HEAD.index(key.kind), key.source is Source.OSSINSIGHT, key


class _UnionFind:
    """Sets of keys that grow together."""

    def __init__(self, keys: Iterable[ItemKey]) -> None:
        self._parent = {key: key for key in keys}

    def find(self, key: ItemKey) -> ItemKey:
        while self._parent[key] != key:
            self._parent[key] = self._parent[self._parent[key]]
            key = self._parent[key]
        return key

    def join(self, keys: Sequence[ItemKey]) -> None:
        for key in keys[1:]:
            self._parent[self.find(key)] = self.find(keys[0])

    def groups(self) -> list[list[ItemKey]]:
        found: defaultdict[ItemKey, list[ItemKey]] = defaultdict(list)
        for key in self._parent:
            found[self.find(key)].append(key)
        return list(found.values())


def _join_identities(items: Mapping[ItemKey, Item], joined: _UnionFind) -> None:
    sharing: defaultdict[str, list[ItemKey]] = defaultdict(list)
    for key, item in items.items():
        for identity in identities(item):
            sharing[identity].append(key)
    for keys in sharing.values():
        joined.join(keys)


def _join_repositories_of_papers(items: Mapping[ItemKey, Item], joined: _UnionFind) -> None:
    """Join a paper with its repository, unless other papers name the same one: then it is a tool of them all."""
    papers: defaultdict[str, set[ItemKey]] = defaultdict(set)
    for key, item in items.items():
        if key.kind is Kind.PAPER:
            for name in item.tagged("github"):
                papers[name.casefold()].add(joined.find(key))
    repositories = {key.external_id.casefold(): key for key in items if key.source is Source.GITHUB}
    for name, named_by in papers.items():
        if len(named_by) == 1 and name in repositories:
            joined.join([repositories[name], *named_by])


def _join_titles(items: Mapping[ItemKey, Item], joined: _UnionFind) -> None:
    titled: defaultdict[str, list[Item]] = defaultdict(list)
    for item in items.values():
        title = normal_title(item.title) if item.key.kind in TITLED else None
        if title is not None:
            titled[title].append(item)
    for same in titled.values():
        for one, other in pairwise(same):
            if _near_in_time(one, other):
                joined.join([one.key, other.key])
    _join_nearly_equal(titled, joined)


def _join_nearly_equal(titled: Mapping[str, Sequence[Item]], joined: _UnionFind) -> None:
    """Compare titles that share their longest word; between sources only, with the same figures in them."""
    blocks: defaultdict[str, list[str]] = defaultdict(list)
    for title in titled:
        for word in sorted(title.split(), key=lambda word: (-len(word), word))[:2]:
            blocks[word].append(title)
    for titles in blocks.values():
        for index, title in enumerate(titles):
            for other in titles[index + 1 :]:
                if _nearly_equal(title, other):
                    _join_pair(titled[title][0], titled[other][0], joined)


def _nearly_equal(title: str, other: str) -> bool:
    if abs(len(title) - len(other)) > 6 or _telling(title) != _telling(other):
        return False
    return fuzz.ratio(title, other, score_cutoff=NEARLY_EQUAL) > 0


def _telling(title: str) -> frozenset[str]:
    """The words in which nearly equal titles of different stories differ: versions, amounts, denials."""
    words = title.split()
    return frozenset(
        word for word in words if any(character.isdigit() for character in word) or word in {"not", "no", "never"}
    )


def _join_pair(one: Item, other: Item, joined: _UnionFind) -> None:
    if one.key.source is not other.key.source and _near_in_time(one, other):
        joined.join([one.key, other.key])


def _near_in_time(one: Item, other: Item) -> bool:
    return abs(_time_of(one) - _time_of(other)) <= TITLE_WINDOW


def _time_of(item: Item) -> datetime:
    return item.created_at or item.first_seen_at or item.seen_at
