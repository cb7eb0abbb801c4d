"""The pace of one bot token, as a plain state machine: what may leave now, and what an answer teaches.

The rules, in the order in which they bind:

1. **A window for the token**: ``rate`` slots, each freed 1.0 s after its answer (see windows.py), so that no second at
   Telegram holds more than ``rate`` messages whatever the latency.
2. **A window for each chat**: one message a second; a group or channel, twenty a minute besides.
3. **Spacing**: rows of a broadcast leave at least 0.9 / capacity seconds apart, so slots come free evenly and a reply
   never waits for a burst to end. Replies are not spaced.
4. **A 429** to a group or channel is its own: only that chat waits. A 429 to a private chat is everyone's, obeyed to
   the second, and the capacity falls to three quarters; requests that had left before the fall do not lower it
   again. One chat's word counts for everyone for a minute at most (the chat itself waits it out); if the next
   request hears the same, it counts in full.
5. **After a pause one request goes alone**; the others follow when it was answered well.
6. **Recovery**: one message a second more in every second of good answers, up to nine tenths of the capacity at the
   last 429; beyond that a tenth as fast, up to ``rate``.
7. **Trouble** (5xx, no connection, lost answers) three times in a row pauses everyone: 0.5 s, doubled each time, at
   most 30 s. Failures of requests that had left before the pause do not lengthen it.

Sources: core.telegram.org/bots/faq (30 a second, 1 a second in a chat, 20 a minute in a group). Moments are seconds of
a clock that does not run backwards.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf

from delivery.windows import Window
from domain.deliveries import Delayed, Outcome, Unknown, WireClosed
from domain.readers import ChatId

#: How much of the even distance between two rows is kept, so that spacing never costs capacity.
_SPACING = 0.9
_DECREASE = 0.75
#: Up to this share of the capacity at the last flood the recovery is fast.
_FAST_UP_TO = 0.9
_SLOWLY = 0.1
_ONE_CHATS_WORD = 60.0
_TROUBLE_AFTER = 3
_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 30.0
#: Chats remembered before idle ones are looked for.
_CHATS_KEPT = 2048


@dataclass(frozen=True, slots=True)
class Limits:
    """Telegram's published limits: ``rate`` messages per ``span`` seconds in all, and those of one chat."""

    rate: int = 30
    span: float = 1.0
    chat_span: float = 1.0
    group_limit: int = 20
    group_span: float = 60.0


@dataclass(frozen=True, slots=True)
class Permit:
    """One request's leave to go, held from before it until its answer."""

    chat_id: ChatId
    began: float


class Pacing:
    """When which chat may be sent to; told of every request and of every answer."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.capacity = float(limits.rate)
        self._everyone = Window(limits.rate, limits.span)
        self._chats: dict[ChatId, tuple[Window, ...]] = {}
        self._chat_pauses: dict[ChatId, float] = {}
        self._paused_at = -inf
        self._paused_until = -inf
        self._probing = False
        self._next_row_at = -inf
        self._cut_at = -inf
        self._flooded_at_capacity = inf
        self._flooded_chat: ChatId | None = None
        self._troubles = 0

    def ready_at(self, chat_id: ChatId, now: float, *, reply: bool) -> float:
        """The first moment when a message may leave for a chat; infinity while only an answer can tell."""
        return max(self.begins_at(now, reply=reply), self.chat_ready_at(chat_id, now))

    def begins_at(self, now: float, *, reply: bool) -> float:
        """The first moment when any message may leave, whatever its chat."""
        if now < self._paused_until:
            return self._paused_until
        if self._probing and self._everyone.in_flight:
            return inf
        ready = self._everyone.ready_at(now)
        return ready if reply else max(ready, self._next_row_at)

    def chat_ready_at(self, chat_id: ChatId, now: float) -> float:
        """The first moment when this chat's own limits let a message through."""
        ready = max(now, self._chat_pauses.get(chat_id, now))
        return max([ready, *(window.ready_at(now) for window in self._chats.get(chat_id, ()))])

    def room(self, now: float, moment: float) -> int:
        """How many rows of a broadcast may begin until ``moment`` if no answer comes until then."""
        begin = self.begins_at(now, reply=False)
        if begin > moment:
            return 0
        if self._probing:
            return 1
        spaced = int((moment - begin) / self._gap()) + 1
        return min(spaced, self._everyone.free_by(now, moment))

    def begin(self, chat_id: ChatId, now: float, *, reply: bool) -> Permit:
        """A message leaves for a chat that is ready."""
        self._everyone.take()
        for window in self._windows(chat_id, now):
            window.take()
        if not reply:
            self._next_row_at = now + self._gap()
        return Permit(chat_id, now)

    def give_back(self, permit: Permit) -> None:
        """The message did not leave after all."""
        self._everyone.give_back()
        for window in self._chats[permit.chat_id]:
            window.give_back()

    def end(self, permit: Permit, outcome: Outcome, now: float) -> Outcome:
        """The answer came. Returns the outcome with its scope decided: whether a 429 is everyone's."""
        self._everyone.answered(now)
        for window in self._chats[permit.chat_id]:
            window.answered(now)
        match outcome:
            case Delayed(everyone=True):
                return self._flooded(permit, outcome, now)
            case Delayed() | Unknown():
                self._trouble(permit, now)
            case WireClosed():
                pass
            case _:
                self._good(now)
        return outcome

    @property
    def chats_remembered(self) -> int:
        """Chats whose own limits are still kept."""
        return len(self._chats)

    def _flooded(self, permit: Permit, outcome: Delayed, now: float) -> Outcome:
        self._chat_pauses[permit.chat_id] = now + outcome.seconds
        if permit.chat_id < 0:
            return replace(outcome, everyone=False)
        told_twice = self._flooded_chat not in {None, permit.chat_id}
        self._flooded_chat = permit.chat_id
        if permit.began >= self._cut_at:
            self._cut(now)
        whole = told_twice or outcome.seconds <= _ONE_CHATS_WORD
        self._pause(now, outcome.seconds if whole else _ONE_CHATS_WORD)
        return replace(outcome, everyone=whole)

    def _cut(self, now: float) -> None:
        self._cut_at = now
        self._flooded_at_capacity = self.capacity
        self._resize(self.capacity * _DECREASE)

    def _trouble(self, permit: Permit, now: float) -> None:
        if permit.began < self._paused_at:
            return  # it had left before the pause: the same trouble, not a new one
        self._troubles += 1
        doublings = self._troubles - _TROUBLE_AFTER
        if doublings >= 0:
            self._pause(now, min(_FIRST_PAUSE * 2 ** min(doublings, 10), _LONGEST_PAUSE))

    def _good(self, now: float) -> None:
        self._troubles = 0
        self._probing = False
        self._flooded_chat = None
        if now >= self._paused_until and self.capacity < self.limits.rate:
            fast = self.capacity < self._flooded_at_capacity * _FAST_UP_TO
            self._resize(self.capacity + (1.0 if fast else _SLOWLY) / self.capacity)

    def _pause(self, now: float, seconds: float) -> None:
        self._paused_at = now
        self._paused_until = max(self._paused_until, now + seconds)
        self._probing = True

    def _resize(self, capacity: float) -> None:
        self.capacity = min(max(capacity, 1.0), float(self.limits.rate))
        self._everyone.limit = int(self.capacity)

    def _gap(self) -> float:
        return _SPACING * self.limits.span / self.capacity

    def _windows(self, chat_id: ChatId, now: float) -> tuple[Window, ...]:
        if chat_id not in self._chats:
            if len(self._chats) >= _CHATS_KEPT:
                self._forget_idle(now)
            own = Window(1, self.limits.chat_span)
            group = Window(self.limits.group_limit, self.limits.group_span)
            self._chats[chat_id] = (own, group) if chat_id < 0 else (own,)
        return self._chats[chat_id]

    def _forget_idle(self, now: float) -> None:
        self._chats = {
            chat_id: windows
            for chat_id, windows in self._chats.items()
            if not all(window.idle(now) for window in windows)
        }
        self._chat_pauses = {chat_id: until for chat_id, until in self._chat_pauses.items() if until > now}
