"""Hosts cut off in the middle of a broadcast, one from the database, one from Telegram: the others go on, in its stead.

Each worker lives on a host of its own, and nobody is told that a cable was cut: what is sent is lost.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from benchmarks.receiver.conditions import Conditions
from benchmarks.receiver.process import receiving
from domain.deliveries import DeliveryState
from tests.integration.delivery.fleet import Fleet, Worker
from tests.integration.delivery.networks import Far, Network, network
from tests.integration.delivery.servers import OwnServer

RATE = 80
#: What was lost is sent again after 3.0 s at last (Linux begins with 0.2 s and doubles it): soon after the cut.
HOLD, CUT = 1.7, 2.9


@pytest.fixture(scope="module")
def hosts(server: OwnServer) -> Iterator[Network]:
    with network() as built:
        server.listen(built.address(Far.DATABASE))
        yield built
        server.listen()


@pytest.fixture
def fleet(server: OwnServer, hosts: Network) -> Iterator[Fleet]:
    far_away = Conditions(rate=RATE, median=0.15, slow=0.3, host=hosts.address(Far.TELEGRAM))
    with server.database() as name, receiving(far_away) as telegram:
        over_cables = server.url(name, hosts.address(Far.DATABASE))
        fleet = Fleet(server.url(name), telegram, RATE, hold=HOLD, lease=HOLD, database=over_cables)
        yield fleet
        fleet.close()


def settled_between(fleet: Fleet, worker: Worker, begin: datetime, end: datetime) -> list[datetime]:
    """When the sends of a worker ended, as far as that was in a stretch of time."""
    moments = [row.settled_at for row in fleet.town.rows(worker=worker.name) if row.settled_at is not None]
    return [moment for moment in moments if begin <= moment < end]


def test_who_is_cut_off_from_the_database_stops_and_what_it_had_sent_is_written_when_it_is_back(
    fleet: Fleet, hosts: Network
) -> None:
    fleet.open(400)
    (far, near) = hosts.hosts
    cut_off, other = fleet.work(host=far), fleet.work(host=near)
    fleet.share_the_rate()
    hosts.cut(far, Far.DATABASE)
    cut, cut_at = datetime.now(UTC), time.monotonic()
    time.sleep(CUT)
    in_doubt = {row.chat_id for row in fleet.town.rows(worker=cut_off.name, state=DeliveryState.UNCERTAIN)}
    hosts.heal(far, Far.DATABASE)
    healed, healed_at = datetime.now(UTC), time.monotonic()
    cut_off.ended_well()
    other.ended_well()
    fleet.prove()
    told_late = settled_between(fleet, cut_off, cut, healed)
    assert told_late, "it had sent what it could, and said so later"
    assert (max(told_late) - cut).total_seconds() < HOLD + 0.5, "its hold was over, and it sent no more"
    assert fleet.taken_between(cut_at + HOLD + 0.4, healed_at) > 0.5 * RATE * (healed_at - cut_at - HOLD - 0.4)
    assert in_doubt
    assert not fleet.resent(), "the late truth came before anybody resent them"


def test_who_is_cut_off_from_telegram_leaves_its_share_to_the_other(fleet: Fleet, hosts: Network) -> None:
    fleet.open(400)
    (far, near) = hosts.hosts
    cut_off, other = fleet.work(host=far), fleet.work(host=near)
    fleet.share_the_rate()
    hosts.cut(far, Far.TELEGRAM)
    cut_at = time.monotonic()
    time.sleep(CUT)
    hosts.heal(far, Far.TELEGRAM)
    healed_at = time.monotonic()
    cut_off.ended_well()
    other.ended_well()
    fleet.prove()
    assert fleet.taken_between(cut_at + 1.5, healed_at) > 0.5 * RATE * (healed_at - cut_at - 1.5)
