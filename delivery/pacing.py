"""The pace of one bot token, as a plain state machine: what may leave now, and what an answer teaches.

The rules, in the order in which they bind:

1. **A share of the rate** (domain/ledger.py): our process may use so many slots. While the ledger is asked about it, no
   more are used than it was told of; when it has not answered in time rows stop, and replies keep a tenth of the rate.
2. **A window for the token**: each slot is freed 1.0 s after its answer (windows.py), so that no second at Telegram
   holds more than ``rate`` messages whatever the latency; or, as a setting, a bucket (buckets.py).
3. **The limits of each chat**: one message a second; a group or channel, twenty a minute besides (chats.py).
4. **Rows of a broadcast** leave at a distance, and leave slots free for replies where there are replies (spacing.py);
   no more of them are under way than the rate needs at the measured latency (latency.py).
5. **A 429** to a group or channel is its own: only that chat waits. A 429 to a private chat is everyone's, obeyed to
   the second (pauses.py), and fewer slots are used from then on, by additive increase and multiplicative decrease
   (capacity.py).
6. **After a pause one request goes alone**; its flood error only lengthens the pause. The others follow when it was
   answered well, for the first second all of them at a distance.
7. **Trouble** (5xx, no connection, lost answers) three times in a row pauses everyone, longer each time (pauses.py).

Sources: core.telegram.org/bots/faq (30 a second, 1 a second in a chat, 20 a minute in a group). Moments are seconds of
a clock that does not run backwards.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from math import inf

from delivery.buckets import Bucket
from delivery.capacity import Capacity
from delivery.chats import ChatLimits
from delivery.latency import Latency
from delivery.pauses import Pauses
from delivery.spacing import Spacing
from delivery.windows import Window
from domain.deliveries import Delayed, Outcome, Sent, Unknown, WireClosed
from domain.ledger import Hold
from domain.readers import ChatId

#: Which part of the rate a process may always use, so that it can answer people.
_RESERVE = 10
#: Of the even distance between two rows: in a window less would let them bunch, and more would cost slots. A bucket is
#: left full for replies, and for what a real receiver may count otherwise.
_IN_A_WINDOW, _IN_A_BUCKET = 0.9, 1.0


class Reading(StrEnum):
    """How the receiver is taken to count ``rate`` messages a second."""

    STRICT = "strict"  # never more in any second: safe against every receiver
    BUCKET = "bucket"  # in the long run, after a burst of as many: faster, and refused in part by a strict receiver


@dataclass(frozen=True, slots=True)
class Limits:
    """Telegram's published limits: ``rate`` messages per ``span`` seconds in all, and those of one chat."""

    rate: int = 30
    span: float = 1.0
    chat_span: float = 1.0
    group_limit: int = 20
    group_span: float = 60.0
    reading: Reading = Reading.STRICT

    @property
    def reserve(self) -> int:
        """Slots that a process may always use."""
        return max(1, self.rate // _RESERVE)


@dataclass(frozen=True, slots=True)
class Permit:
    """One request's leave to go, held from before it until its answer."""

    chat_id: ChatId
    began: float
    alone: bool = False


class Pacing:
    """When which chat may be sent to; told of every request and of every answer."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.latency = Latency()
        self.chats = ChatLimits(limits.chat_span, limits.group_limit, limits.group_span)
        strict = limits.reading is Reading.STRICT
        self._everyone = (Window if strict else Bucket)(limits.rate, limits.span)
        self._capacity = Capacity(limits.rate, limits.span)
        self._pauses = Pauses()
        self._spacing = Spacing(_IN_A_WINDOW if strict else _IN_A_BUCKET)
        self._calm_until = -inf
        self._rows_until = inf
        self._told = limits.rate  # what the ledger knows that we use, or may use

    @property
    def slots(self) -> int:
        """How many slots are used, at most."""
        return self._capacity.slots

    def ready_at(self, chat_id: ChatId, now: float, *, reply: bool) -> float:
        """The first moment when a message may leave for a chat; infinity while only an answer can tell."""
        return max(self.begins_at(now, reply=reply), self.chats.ready_at(chat_id, now))

    def begins_at(self, now: float, *, reply: bool, in_turn: bool = False) -> float:
        """The first moment when any message may leave, whatever its chat. ``in_turn``: a row whose turn it is.

        Infinity while only an answer, or the ledger, can tell.
        """
        if now < self._pauses.until:
            return self._pauses.until
        everyone = self._everyone
        if self._pauses.alone and everyone.in_flight:
            return inf
        if now >= self._rows_until:
            if not reply:
                return inf
            self._fit(now)
        if reply:
            return max(everyone.ready_at(now), self._spacing.row_at(now) if now < self._calm_until else now)
        if everyone.in_flight >= self.latency.in_flight(self.slots, everyone.span):
            return inf
        kept = 0 if in_turn else self._spacing.kept(now, self.slots)
        return max(everyone.ready_at(now, kept), self._spacing.row_at(now))

    def room(self, now: float, moment: float) -> int:
        """How many rows of a broadcast may begin until ``moment``, going by what is known now."""
        begin = max(now, self._pauses.until)
        if begin > moment or begin >= self._rows_until:
            return 0
        everyone, slots = self._everyone, self.slots
        if self._pauses.alone:
            return 0 if everyone.in_flight else 1
        spaced = int((moment - self._spacing.row_at(begin)) / self._spacing.gap(slots, everyone.span)) + 1
        free = everyone.free_by(now, moment) - self._spacing.kept(now, slots)
        at_once = self.latency.in_flight(slots, everyone.span)
        places = int(at_once * (1 + (moment - now) / self.latency.expected(now))) - everyone.in_flight
        return max(0, min(spaced, free, places))

    def begin(self, chat_id: ChatId, now: float, *, reply: bool) -> Permit:
        """A message leaves for a chat that is ready."""
        everyone = self._everyone
        alone = self._pauses.alone
        if not everyone.in_flight:
            self.latency.waits(now)
        everyone.take()
        self.chats.take(chat_id, now)
        if reply:
            self._spacing.reply(now)
        if not reply or now < self._calm_until:
            self._spacing.row(now, self.slots, everyone.span)
        return Permit(chat_id, now, alone)

    def give_back(self, permit: Permit) -> None:
        """The message did not leave after all."""
        self._everyone.give_back()
        self.chats.give_back(permit.chat_id)

    def end(self, permit: Permit, outcome: Outcome, now: float) -> Outcome:
        """The answer came. Returns the outcome with its scope decided: whether a 429 is everyone's."""
        self._everyone.answered(now)
        self.chats.answered(permit.chat_id, now)
        self.latency.answered(permit.began, now)
        if isinstance(outcome, Sent):
            self._good(permit, now)
        elif isinstance(outcome, Delayed) and outcome.everyone:
            return self._flooded(permit, outcome, now)
        elif isinstance(outcome, Delayed | Unknown):
            self._pauses.trouble(permit.began, now)
        elif not isinstance(outcome, WireClosed):
            self._good(permit, now)
        return outcome

    def hold(self, now: float, waiting: int, *, all_there_is: bool) -> Hold:
        """What the ledger is told of our share; until it answers, no more slots are used than it was told of.

        ``waiting``: messages that wait for a slot. ``all_there_is``: more rows are due than we have room for.
        """
        in_use, rate = self._everyone.in_use(now), self.limits.rate
        if self._everyone.in_flight and self.latency.silent(now):
            all_there_is = False  # who hears nothing from Telegram can't use more; others may
        self._told = max(in_use + waiting, 1)
        self._fit(now)
        wanted = rate if all_there_is else in_use + waiting + self.limits.reserve
        return Hold(max(in_use, self._everyone.limit), min(wanted, rate))

    def share(self, slots: int, rows_until: float, now: float) -> None:
        """We hold so many slots from now on; rows may begin until that moment."""
        if max(1, slots) != self._capacity.share:
            self._capacity.resize(max(1, slots))
        self._told = slots
        self._rows_until = rows_until
        self._fit(now)

    def pause(self, until: float, now: float) -> None:
        """Another process was told that nobody may send before that moment."""
        self._pauses.told(until, now)

    def _flooded(self, permit: Permit, outcome: Delayed, now: float) -> Outcome:
        self.chats.pause(permit.chat_id, now + outcome.seconds)
        if permit.chat_id < 0:
            return replace(outcome, everyone=False)
        if not permit.alone:
            self._capacity.flooded(permit.began, now)
            self._fit(now)
        return replace(outcome, everyone=self._pauses.flooded(permit.chat_id, outcome.seconds, now))

    def _good(self, permit: Permit, now: float) -> None:
        everyone = self._everyone
        if self._pauses.alone:
            self._calm_until = now + everyone.span
        self._pauses.good()
        used = everyone.in_use(now) * 10 >= self.slots * 9
        self._capacity.good(permit.began, now, used=used)
        self._fit(now)

    def _fit(self, now: float) -> None:
        slots = min(self._capacity.slots, self._told)  # both shrink with our share
        if now >= self._rows_until:
            slots = min(slots, self.limits.reserve)
        if slots != self._everyone.limit:
            self._everyone.resize(slots, now)
