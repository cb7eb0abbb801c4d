"""The limits of single chats: cheap for the many private ones, exact windows for the few that count by the minute."""

from __future__ import annotations

from math import inf

from delivery.windows import Window
from domain.readers import ChatId

#: Chats remembered before quiet ones are looked for.
_KEPT = 2048


class ChatLimits:
    """One message at a time in a chat, the next ``span`` seconds after its answer.

    Besides, in groups and channels (ids below zero) ``group_limit`` in any ``group_span`` seconds. Moments are seconds
    of a clock that does not run backwards.
    """

    def __init__(self, span: float, group_limit: int, group_span: float) -> None:
        self._span = span
        self._group_limit = group_limit
        self._group_span = group_span
        self._ready_at: dict[ChatId, float] = {}
        self._groups: dict[ChatId, Window] = {}
        self._paused_until: dict[ChatId, float] = {}
        self._look_at = _KEPT

    def ready_at(self, chat_id: ChatId, now: float) -> float:
        """The first moment, from ``now`` on, when a message may leave; infinity while one is unanswered."""
        ready = self._ready_at.get(chat_id, now)
        if self._paused_until:
            ready = max(ready, self._paused_until.get(chat_id, now))
        if chat_id < 0 and chat_id in self._groups:
            ready = max(ready, self._groups[chat_id].ready_at(now))
        return max(now, ready)

    def take(self, chat_id: ChatId, now: float) -> None:
        """A message is about to leave."""
        if len(self._ready_at) >= self._look_at:
            self._forget_quiet(now)
        self._ready_at[chat_id] = inf
        if chat_id < 0:
            window = self._groups.get(chat_id)
            if window is None:
                window = self._groups[chat_id] = Window(self._group_limit, self._group_span)
            window.take()

    def answered(self, chat_id: ChatId, now: float) -> None:
        """Its answer came, or will never come."""
        self._ready_at[chat_id] = now + self._span
        if chat_id < 0:
            self._groups[chat_id].answered(now)

    def give_back(self, chat_id: ChatId) -> None:
        """It did not leave after all."""
        del self._ready_at[chat_id]
        if chat_id < 0:
            self._groups[chat_id].give_back()

    def pause(self, chat_id: ChatId, until: float) -> None:
        """Nothing leaves for this chat before that moment."""
        self._paused_until[chat_id] = until

    @property
    def remembered(self) -> int:
        """Chats whose limits are still kept."""
        return len(self._ready_at)

    def _forget_quiet(self, now: float) -> None:
        self._groups = {chat: window for chat, window in self._groups.items() if window.in_use(now)}
        self._ready_at = {chat: ready for chat, ready in self._ready_at.items() if ready > now}
        self._paused_until = {chat: until for chat, until in self._paused_until.items() if until > now}
        self._look_at = max(_KEPT, 2 * len(self._ready_at))
