"""The words of each form as they leave: fetched and encoded once, off the event loop, for all rows of it."""

from __future__ import annotations

import asyncio
from collections import OrderedDict

from delivery.letters import Letter
from delivery.ports import Editions, Wire
from domain.deliveries import BroadcastId
from domain.ledger import Form

#: Forms kept: a morning's issue has a dozen, and as many more as readers have wishes of their own.
_KEPT = 512


class Letterbox:
    """Letters by form; the one that was not asked for longest makes room."""

    def __init__(self, wire: Wire, editions: Editions) -> None:
        self._wire = wire
        self._editions = editions
        self._letters: OrderedDict[Form, Letter] = OrderedDict()

    def ready(self, form: Form) -> Letter | None:
        """The letter of a form, if it is here."""
        return self._letters.get(form)

    async def letter(self, form: Form) -> Letter | None:
        """The letter of a form; None when it has no words. Raises what fetching raises, ValueError for broken words."""
        letter = self._letters.get(form) or await asyncio.to_thread(self._written, form)
        if letter is not None:
            self._letters[form] = letter
            self._letters.move_to_end(form)
            while len(self._letters) > _KEPT:
                self._letters.popitem(last=False)
        return letter

    def forget(self, broadcast: BroadcastId) -> None:
        """Its words are needed no more, or may be others."""
        for form in [form for form in self._letters if form.broadcast == broadcast]:
            del self._letters[form]

    def _written(self, form: Form) -> Letter | None:
        message = self._editions(form)
        return None if message is None else self._wire.letter(message)
