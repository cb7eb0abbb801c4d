"""When everything stands still: after a flood error as long as it says, in trouble for longer each time."""

from __future__ import annotations

from math import inf

#: Seconds that one chat's word counts for everyone.
_ONE_CHATS_WORD = 60.0
_TROUBLE_AFTER = 3
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0


class Pauses:
    """Pauses for everyone. After each of them one request goes ``alone``; the others follow once it was answered well.

    Trouble (5xx, no connection, lost answers) pauses when it comes three times in a row: 0.5 s, doubled each time, at
    most 30 s; what had left before a pause does not lengthen it. Moments are seconds of a clock that does not run
    backwards.
    """

    def __init__(self) -> None:
        self.until = -inf
        self.alone = False
        self._began_at = -inf
        self._troubles = 0
        self._flooded_chat: int | None = None

    def flooded(self, chat_id: int, seconds: float, now: float) -> bool:
        """A private chat's flood error. Returns whether it counts for everyone in full.

        One chat's long word counts for everyone for a minute; in full once a second chat hears it, too.
        """
        told_twice = self._flooded_chat not in {None, chat_id}
        self._flooded_chat = chat_id
        whole = told_twice or seconds <= _ONE_CHATS_WORD
        self._pause(now, seconds if whole else _ONE_CHATS_WORD)
        return whole

    def trouble(self, began: float, now: float) -> None:
        """A request that had left at ``began`` met a failure that is nobody's fault."""
        if began < self._began_at:
            return
        self._troubles += 1
        doublings = self._troubles - _TROUBLE_AFTER
        if doublings >= 0:
            self._pause(now, min(_FIRST_PAUSE * 2 ** min(doublings, 10), _LONGEST_PAUSE))

    def good(self) -> None:
        """A good answer: whatever it was, it is over."""
        self._troubles = 0
        self.alone = False
        self._flooded_chat = None

    def told(self, until: float, now: float) -> None:
        """Another process heard that everyone must wait until then."""
        if until > max(self.until, now):
            self._began_at = now
            self.until = until
            self.alone = True

    def _pause(self, now: float, seconds: float) -> None:
        self._began_at = now
        self.until = max(self.until, now + seconds)
        self.alone = True
