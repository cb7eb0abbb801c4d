"""The local sources as one ASGI application: every site under a base of its own, on one port."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any, Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from sandbox.sources.faults import Fault, spoiled
from sandbox.sources.sites import arxiv, feeds, github, hackernews, huggingface, ossinsight
from sandbox.sources.sites.answer import Answer, Parameters, html_refusal
from sandbox.sources.wire.text import hexadecimal
from sandbox.sources.world import Morning


@dataclass(frozen=True, slots=True)
class Site:
    """How a site answers a path with parameters, and how it says no with a status."""

    answer: Callable[[Morning, str, Parameters], Answer]
    refusal: Callable[[int], Answer] = html_refusal


#: Which site answers under which base.
SITES: Final[Mapping[str, Site]] = {
    "huggingface": Site(huggingface.answer, huggingface.refusal),
    "github": Site(github.page),
    "api.github": Site(github.api, github.api_refusal),
    "ossinsight": Site(ossinsight.answer, ossinsight.refusal),
    "arxiv": Site(arxiv.api),
    "arxiv-rss": Site(arxiv.listing),
    "hackernews": Site(hackernews.answer, hackernews.refusal),
    "feeds": Site(feeds.answer),
}

#: Which setting of the paper points at which base.
SETTINGS: Final = {
    "HUGGINGFACE_URL": "huggingface",
    "GITHUB_URL": "github",
    "GITHUB_API_URL": "api.github",
    "OSSINSIGHT_URL": "ossinsight",
    "ARXIV_URL": "arxiv",
    "ARXIV_RSS_URL": "arxiv-rss",
    "HACKERNEWS_URL": "hackernews",
}

#: Bodies above this many bytes are compressed for whoever accepts it.
COMPRESSED: Final = 1024


@dataclass(frozen=True, slots=True)
class Seen:
    """A request that a site got, and the status and size of its answer."""

    site: str
    path: str
    query: str
    headers: Mapping[str, str]
    status: int
    bytes: int


@dataclass(slots=True)
class _Day:
    """The morning that is on, and the answers already made of it."""

    morning: Morning
    answers: dict[tuple[str, str, str], Answer] = field(default_factory=dict)


class LocalSources:
    """An ASGI application that plays every site, one morning at a time.

    Built from one morning or from several, of which the first is on until ``turn_to``. All methods may be called
    from any thread while it serves. ``python -m sandbox`` serves it, too; then ``/_sandbox/`` does what the methods do.
    """

    def __init__(self, world: Morning | Iterable[Morning]) -> None:
        self._mornings: Sequence[Morning] = (world,) if isinstance(world, Morning) else tuple(world)
        if not self._mornings:
            raise ValueError("a world needs at least one morning")
        self._day = _Day(self._mornings[0])
        self._faults: dict[str, Fault] = {}
        self._spoiled: dict[str, int] = {}
        self._seen: list[Seen] = []
        self._lock = threading.Lock()
        self._app = Starlette(
            routes=[
                Route("/_sandbox/", self._show_state),
                Route("/_sandbox/turn", self._turn, methods=["POST"]),
                Route("/_sandbox/faults", self._set_fault, methods=["POST"]),
                Route("/_sandbox/faults", self._clear_faults, methods=["DELETE"]),
                Route("/_sandbox/requests", self._show_requests),
                Route("/_sandbox/requests", self._clear_requests, methods=["DELETE"]),
                Route("/_sandbox/feeds.toml", self._show_feeds),
                Route("/{site}/{path:path}", self._ask, methods=["GET", "HEAD"]),
            ]
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection's request."""
        await self._app(scope, receive, send)

    @property
    def morning(self) -> Morning:
        """The morning that is on."""
        return self._day.morning

    def turn_to(self, morning: Morning) -> None:
        """Let every site list this morning from the next request on."""
        self._day = _Day(morning)

    def turn_to_day(self, day: date) -> Morning:
        """Turn to the last of the world's mornings on that day (UTC). Raises LookupError when it has none."""
        for morning in reversed(self._mornings):
            if morning.at.date() == day:
                self.turn_to(morning)
                return morning
        known = ", ".join(str(morning.at.date()) for morning in self._mornings)
        raise LookupError(f"this world has no morning of {day}; it has {known}")

    def fail(self, site: str, fault: Fault) -> None:
        """Let a site misbehave, in place of what it did before. Raises LookupError for an unknown site."""
        if site not in SITES:
            raise LookupError(f"{site!r} is no site; there are {', '.join(SITES)}")
        with self._lock:
            self._faults[site] = fault
            self._spoiled[site] = 0

    def heal(self, site: str | None = None) -> None:
        """Let a site, or all of them, behave again."""
        with self._lock:
            for name in list(self._faults) if site is None else [site]:
                self._faults.pop(name, None)

    @property
    def requests(self) -> tuple[Seen, ...]:
        """Every request so far, in the order of the answers."""
        with self._lock:
            return tuple(self._seen)

    def count(self, site: str, status: int | None = None) -> int:
        """How many requests a site got, or how many it answered with ``status``."""
        return sum(1 for seen in self.requests if seen.site == site and status in {None, seen.status})

    def forget_requests(self) -> None:
        """Begin to count anew."""
        with self._lock:
            self._seen.clear()

    @staticmethod
    def addresses(base_url: str) -> dict[str, str]:
        """The paper's settings, by name, for a server at ``base_url``; ``FEEDS_FILE`` needs ``feeds_toml``."""
        return {name: f"{base_url.rstrip('/')}/{base}" for name, base in SETTINGS.items()}

    def feeds_toml(self, base_url: str, only: Collection[str] | None = None) -> str:
        """The feeds of this world, or those ``only``, by slug, in the form of ``FEEDS_FILE``."""
        known = {slug: feed for morning in self._mornings for slug, feed in morning.feeds.items()}
        if only is not None:
            known = {slug: feed for slug, feed in known.items() if slug in only}
        return "\n".join(
            f"[[feed]]\nname = {json.dumps(feed.name, ensure_ascii=False)}\n"
            f'url = "{base_url.rstrip("/")}/feeds/{slug}"\nkind = "{feed.kind}"\n'
            for slug, feed in sorted(known.items())
        )

    async def _ask(self, request: Request) -> Response:
        site, path = request.path_params["site"], request.path_params["path"]
        if site not in SITES:
            return Response(f"no site here is called {site}", status_code=404)
        fault = self._fault_for(site, path)
        if fault is None:
            response = _response(self._answer(site, path, request), request)
        elif fault.kind == "status":
            response = _refused(SITES[site], fault)
        else:
            response = await spoiled(fault, request, _response(self._answer(site, path, request), request))
        self._remember(site, path, request, response)
        return response

    def _answer(self, site: str, path: str, request: Request) -> Answer:
        day = self._day
        key = (site, path, request.url.query)
        if key not in day.answers:
            day.answers[key] = SITES[site].answer(day.morning, path, Parameters(request.query_params.multi_items()))
        return day.answers[key]

    def _fault_for(self, site: str, path: str) -> Fault | None:
        with self._lock:
            fault = self._faults.get(site)
            if fault is None or not path.startswith(fault.path):
                return None
            self._spoiled[site] += 1
            if fault.times is not None and self._spoiled[site] > fault.times:
                del self._faults[site]
                return None
            return fault

    def _remember(self, site: str, path: str, request: Request, response: Response) -> None:
        size = len(response.body) if hasattr(response, "body") else 0
        seen = Seen(site, path, request.url.query, dict(request.headers), response.status_code, size)
        with self._lock:
            self._seen.append(seen)

    async def _show_state(self, _request: Request) -> Response:
        with self._lock:
            faults = {site: fault.kind for site, fault in self._faults.items()}
        return JSONResponse(
            {
                "at": self.morning.at.isoformat(),
                "mornings": [morning.at.isoformat() for morning in self._mornings],
                "faults": faults,
                "requests": {site: self.count(site) for site in SITES},
            }
        )

    async def _turn(self, request: Request) -> Response:
        try:
            morning = self.turn_to_day(date.fromisoformat((await request.json())["date"]))
        except (LookupError, TypeError, ValueError) as wrong:
            return _wrong_use(wrong)
        return JSONResponse({"at": morning.at.isoformat()})

    async def _set_fault(self, request: Request) -> Response:
        try:
            wanted: dict[str, Any] = await request.json()
            self.fail(wanted.pop("site"), Fault(**wanted))
        except (LookupError, TypeError, ValueError) as wrong:
            return _wrong_use(wrong)
        return Response(status_code=204)

    async def _clear_faults(self, request: Request) -> Response:
        self.heal(request.query_params.get("site"))
        return Response(status_code=204)

    async def _show_requests(self, _request: Request) -> Response:
        return JSONResponse(
            [
                {"site": seen.site, "path": seen.path, "query": seen.query, "status": seen.status, "bytes": seen.bytes}
                for seen in self.requests
            ]
        )

    async def _clear_requests(self, _request: Request) -> Response:
        self.forget_requests()
        return Response(status_code=204)

    async def _show_feeds(self, request: Request) -> Response:
        return Response(self.feeds_toml(str(request.base_url)), media_type="application/toml")


def _refused(site: Site, fault: Fault) -> Response:
    answer = site.refusal(fault.status)
    headers = dict(answer.headers)
    if fault.retry_after is not None:
        headers["retry-after"] = str(fault.retry_after)
    return Response(answer.body, status_code=answer.status, headers=headers, media_type=answer.media_type)


def _wrong_use(wrong: Exception) -> Response:
    return JSONResponse({"error": f"{type(wrong).__name__}: {wrong}"}, status_code=400)


def _response(answer: Answer, request: Request) -> Response:
    """The answer over HTTP: 304 where the caller has it already, compressed where he accepts that."""
    headers = dict(answer.headers)
    if answer.tagged and answer.status == 200:
        headers["etag"] = _etag(answer.body)
    if answer.modified_at is not None:
        headers["last-modified"] = format_datetime(answer.modified_at, usegmt=True)
    if answer.status == 200 and _is_known(answer, headers, request):
        return Response(status_code=304, headers=headers)
    body = answer.body
    if len(body) > COMPRESSED and "gzip" in request.headers.get("accept-encoding", ""):
        body = gzip.compress(body, compresslevel=1, mtime=0)
        headers |= {"content-encoding": "gzip", "vary": "accept-encoding"}
    return Response(body, status_code=answer.status, headers=headers, media_type=answer.media_type)


def _etag(body: bytes) -> str:
    return f'W/"{len(body):x}-{hexadecimal(body.decode("utf-8", "replace"), 27)}"'


def _is_known(answer: Answer, headers: Mapping[str, str], request: Request) -> bool:
    asked = request.headers.get("if-none-match")
    if asked is not None:
        return "etag" in headers and headers["etag"] in {tag.strip() for tag in asked.split(",")}
    since = request.headers.get("if-modified-since")
    if since is None or answer.modified_at is None:
        return False
    try:
        return answer.modified_at.replace(microsecond=0) <= parsedate_to_datetime(since)
    except (TypeError, ValueError):
        return False
