"""The flight recorder: what a worker has begun to send and how it ended, in a file that outlives a killed process.

The ledger is told of endings a few times a second. What lies between would be uncertain after a kill; the file tells
the next worker on the same machine. It is not synced to the disk: after a power cut the ledger's leases decide.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import structlog

from delivery.ports import Clock
from domain.deliveries import Delayed, DeliveryId, Outcome, Sent, Unknown
from domain.ledger import Lease, Settlement, WorkerId

try:
    import fcntl
except ImportError:  # Windows has no such locks: there the ledger's leases decide
    _CAN_LOCK = False
else:
    _CAN_LOCK = True

log = structlog.get_logger()

_SUFFIX = ".flights"
#: What happened, the delivery, its attempt, the message's number, and when (seconds since 1970).
_RECORD = struct.Struct("<cqiqd")
_BEGUN, _SENT, _UNSENT, _UNKNOWN = b"b", b"s", b"n", b"u"
#: A longer file is written anew, bytes.
_LONGEST = 256 * 1024


@dataclass(frozen=True, slots=True)
class Wreck:
    """What a worker left that died: how its sends ended, as far as it came to know. Others of its rows never left."""

    worker: WorkerId
    settlements: tuple[Settlement, ...]
    path: Path


class FlightRecorder:
    """The file of one worker; held locked while the worker lives, and gone when it ends in order.

    Nothing is raised: where the file can't be written, or no ``folder`` is given, the ledger's leases decide, as they
    do between machines.
    """

    def __init__(self, folder: Path | None, worker: WorkerId, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock
        self._path = (folder or Path()) / f"{worker}{_SUFFIX}"
        self._file: int | None = None

    def open(self) -> None:
        """Begin to record."""
        if not _CAN_LOCK or self._folder is None:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._file = _created(self._path)
        except OSError as error:
            self._give_up(error)

    def begun(self, lease: Lease) -> None:
        """A request is about to leave."""
        self._write(_RECORD.pack(_BEGUN, lease.delivery, lease.attempt, 0, 0.0))

    def ended(self, lease: Lease, outcome: Outcome) -> None:
        """Its answer came, or is given up."""
        self._write(_ending(lease, outcome, self._clock()))

    def written(self, open_flights: Iterable[Lease], endings: Iterable[tuple[Lease, Outcome]]) -> None:
        """The ledger knows of everything but these flights and endings: a file that has grown long is shortened."""
        if self._file is None:
            return
        try:
            if os.fstat(self._file).st_size <= _LONGEST:
                return
            kept = [_RECORD.pack(_BEGUN, lease.delivery, lease.attempt, 0, 0.0) for lease in open_flights]
            kept += [_ending(lease, outcome, self._clock()) for lease, outcome in endings]
            self._replace(b"".join(kept))
        except OSError as error:
            self._give_up(error)

    def close(self) -> None:
        """Everything is known to the ledger: there is nothing left to tell."""
        if self._file is not None:
            with suppress(OSError):
                self._path.unlink(missing_ok=True)
            self._release()

    def wrecks(self) -> Iterator[Wreck]:
        """What dead workers of this machine left; each is held until the next is asked for."""
        if not _CAN_LOCK or self._folder is None:
            return
        for path in sorted(self._folder.glob(f"*{_SUFFIX}")):
            if path == self._path:
                continue
            try:
                yield from _wreck(path, self._clock())
            except OSError as error:
                log.warning("flights.not_read", path=path.name, reason=error.strerror)

    def _write(self, record: bytes) -> None:
        if self._file is None:
            return
        try:
            os.write(self._file, record)
        except OSError as error:
            self._give_up(error)

    def _replace(self, content: bytes) -> None:
        """Put a new file in the place of the old one, which stays whole until then."""
        beside = self._path.with_suffix(".new")
        file = _created(beside)
        os.write(file, content)
        beside.replace(self._path)
        self._release()
        self._file = file

    def _give_up(self, error: OSError) -> None:
        log.warning("flights.not_recorded", reason=error.strerror, then="the leases of the ledger decide")
        with suppress(OSError):  # a file that misses something would tell the next worker what is not so
            self._path.unlink(missing_ok=True)
        self._release()

    def _release(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _created(path: Path) -> int:
    file = os.open(path, os.O_CREAT | os.O_TRUNC | os.O_RDWR | os.O_APPEND | os.O_CLOEXEC, 0o600)
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return file


def _ending(lease: Lease, outcome: Outcome, at: datetime) -> bytes:
    match outcome:
        case Sent(message_id=message_id):
            kind, number = _SENT, message_id
        case Unknown():
            kind, number = _UNKNOWN, 0
        case _:
            kind, number = _UNSENT, 0
    return _RECORD.pack(kind, lease.delivery, lease.attempt, number, at.timestamp())


def _wreck(path: Path, now: datetime) -> Iterator[Wreck]:
    """The wreck at a path, unless its worker lives."""
    try:
        file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.fstat(file).st_ino != path.stat().st_ino:
            return  # it was written anew meanwhile: it lives
        yield Wreck(WorkerId(path.name.removesuffix(_SUFFIX)), _settlements(_read(file), now), path)
    except (BlockingIOError, FileNotFoundError):
        return
    finally:
        os.close(file)


def _read(file: int) -> bytes:
    size = os.fstat(file).st_size
    content = os.pread(file, size, 0)
    return content[: len(content) - len(content) % _RECORD.size]


def _settlements(content: bytes, now: datetime) -> tuple[Settlement, ...]:
    ended: dict[tuple[int, int], Settlement] = {}
    for kind, delivery, attempt, number, at in _RECORD.iter_unpack(content):
        moment = now if kind == _BEGUN else datetime.fromtimestamp(at, UTC)
        ended[delivery, attempt] = Settlement(DeliveryId(delivery), attempt, _outcome(kind, number), moment)
    return tuple(ended.values())


def _outcome(kind: bytes, number: int) -> Outcome:
    if kind == _SENT:
        return Sent(number)
    if kind == _UNSENT:
        return Delayed("the worker died before it could say why it was not delivered", 0.0)
    return Unknown("the worker died while it was under way" if kind == _BEGUN else "the answer was lost")
