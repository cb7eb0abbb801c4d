"""How the paper stands as Prometheus reads it: ``morningpost status --metrics``, for a text-file collector."""

from __future__ import annotations

from collections.abc import Mapping

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from domain.deliveries import Receipt
from domain.readings import HarvestStatus
from domain.statistics import Statistics
from morningpost.status import Status


def exposition(status: Status) -> str:
    """The status in Prometheus's text format; times are seconds since 1970."""
    registry = CollectorRegistry()
    readers = Gauge("morningpost_readers", "Chats by the state of their subscription", ["state"], registry=registry)
    for state, count in status.readers.items():
        readers.labels(state.value).set(count)
    _issue(status, registry)
    if status.receipt is not None:
        _delivery(status.receipt, registry)
    _gauge(registry, "unattended", "1 while messages are due and nobody works").set(status.unattended_since is not None)
    _sources(status, registry)
    if status.statistics is not None:
        _use(status.statistics, registry)
    return generate_latest(registry).decode()


def _gauge(registry: CollectorRegistry, name: str, meaning: str) -> Gauge:
    return Gauge(f"morningpost_{name}", meaning, registry=registry)


def _issue(status: Status, registry: CollectorRegistry) -> None:
    if status.issue is None:
        return
    state = Gauge("morningpost_issue", "The newest issue: its number, by its state", ["state"], registry=registry)
    state.labels(status.issue.state.value).set(status.issue.issue.number)


def _delivery(receipt: Receipt, registry: CollectorRegistry) -> None:
    """The newest broadcast."""
    counts = {
        "sent": receipt.sent,
        "open": receipt.open,
        "blocked": receipt.blocked,
        "refused": sum(count for _, count in receipt.refused),
        "uncertain": receipt.uncertain,
        "skipped": receipt.skipped,
        "cancelled": receipt.cancelled,
    }
    deliveries = Gauge(
        "morningpost_deliveries", "Deliveries of the newest broadcast by state", ["state"], registry=registry
    )
    for state, count in counts.items():
        deliveries.labels(state).set(count)
    _gauge(registry, "rate_limit", "Messages a second that the token may send").set(receipt.limit)
    if receipt.rate is not None:
        _gauge(registry, "rate", "Messages a second in the newest broadcast").set(receipt.rate)
    _gauge(registry, "broadcast_opened_seconds", "When the newest broadcast was opened").set(
        receipt.broadcast.created_at.timestamp()
    )


def _use(statistics: Statistics, registry: CollectorRegistry) -> None:
    """What readers did in the last days, and how they read."""
    movement, opinions, in_days = statistics.movement, statistics.opinions, f"in {statistics.days} days"
    _gauge(registry, "inactive", "Active readers who were not seen for long").set(statistics.inactive)
    _gauge(registry, "joined", f"Readers who joined {in_days}").set(sum(movement.joined.values()))
    _gauge(registry, "left", f"Readers who left {in_days}, and are away still").set(sum(movement.left.values()))
    _gauge(registry, "words", f"Words of readers on stories of the issues {in_days}").set(opinions.words)
    votes: dict[tuple[str, ...], int] = {
        (page, vote): count
        for page, tally in opinions.pages.items()
        for vote, count in (("up", tally.liked), ("down", tally.disliked))
    }
    _labelled(registry, "votes", f"Votes on stories of the issues {in_days}", ["page", "vote"], votes)
    for name, meaning, label, counts in (
        ("language", "Active readers by language", "language", statistics.languages),
        ("layout", "Active readers by layout", "layout", statistics.styles),
        ("page_views", f"Pages opened {in_days}", "page", statistics.views.by_page),
        ("reactions", f"Reactions in the channel to the issues {in_days}", "emoji", opinions.reactions),
    ):
        _labelled(registry, name, meaning, [label], {(str(value),): count for value, count in counts.items()})


def _labelled(
    registry: CollectorRegistry, name: str, meaning: str, labels: list[str], counts: Mapping[tuple[str, ...], int]
) -> None:
    gauge = Gauge(f"morningpost_{name}", meaning, labels, registry=registry)
    for values, count in counts.items():
        gauge.labels(*values).set(count)


def _sources(status: Status, registry: CollectorRegistry) -> None:
    names = ["source", "list"]
    healthy = Gauge("morningpost_source_up", "1 when the newest harvest did not fail", names, registry=registry)
    read = Gauge("morningpost_source_seconds", "When the list was read", names, registry=registry)
    for harvest in status.harvests:
        labels = (harvest.source.value, harvest.list)
        healthy.labels(*labels).set(harvest.status is not HarvestStatus.FAILED)
        read.labels(*labels).set(harvest.observed_at.timestamp())
