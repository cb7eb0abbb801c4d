"""How the paper stands as Prometheus reads it: ``morningpost status --metrics``, for a text-file collector."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from domain.deliveries import Receipt
from domain.readings import HarvestStatus
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


def _sources(status: Status, registry: CollectorRegistry) -> None:
    names = ["source", "list"]
    healthy = Gauge("morningpost_source_up", "1 when the newest harvest did not fail", names, registry=registry)
    read = Gauge("morningpost_source_seconds", "When the list was read", names, registry=registry)
    for harvest in status.harvests:
        labels = (harvest.source.value, harvest.list)
        healthy.labels(*labels).set(harvest.status is not HarvestStatus.FAILED)
        read.labels(*labels).set(harvest.observed_at.timestamp())
