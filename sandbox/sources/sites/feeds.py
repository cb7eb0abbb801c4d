"""The sites of labs and of the press: one feed each, by slug."""

from __future__ import annotations

from http import HTTPStatus

from sandbox.sources.sites.answer import Answer, Parameters, html_refusal
from sandbox.sources.wire import feeds as wire
from sandbox.sources.world import Morning


def answer(morning: Morning, path: str, _query: Parameters) -> Answer:
    """What the site of the feed ``path`` says; a feed that is not there that day is gone."""
    feed = morning.feeds.get(path)
    if feed is None:
        return html_refusal(HTTPStatus.GONE)
    body = wire.document(feed, at=morning.at, address=f"{feed.home.rstrip('/')}/feed.xml")
    return Answer(body, wire.media_type(feed), tagged=True, modified_at=wire.built_at(feed, morning.at))
