"""Whether Telegram takes a form at all: until one row of it has arrived, its rows go one at a time."""

from __future__ import annotations

from enum import Enum, auto

from domain.deliveries import BroadcastId, ContentRejected, Outcome, Refused, Sent
from domain.ledger import Form

#: This many readers in a row refused in the same words, and none served: it is the content after all.
_SAME_WORDS = 5


class Leave(Enum):
    """What a row of a form may do now."""

    GO = auto()
    WAIT = auto()  # another row of the form is being tried
    NEVER = auto()  # the broadcast's content was refused


class Trials:
    """A content error stops a broadcast at its first row, not at the ten-thousandth."""

    def __init__(self) -> None:
        self._proven: set[Form] = set()
        self._tried: set[Form] = set()
        self._refusals: dict[Form, tuple[str, int]] = {}
        self._barred: set[BroadcastId] = set()

    def leave(self, form: Form) -> Leave:
        """Whether a row of it may begin."""
        if self._barred and form.broadcast in self._barred:
            return Leave.NEVER
        if form in self._proven or form not in self._tried:
            return Leave.GO
        return Leave.WAIT

    def begin(self, form: Form) -> None:
        """A row of it begins."""
        if form not in self._proven:
            self._tried.add(form)

    def learn(self, form: Form, outcome: Outcome) -> Outcome:
        """A row of it ended. Returns the outcome, or what it means for the whole form."""
        if form not in self._proven:
            self._tried.discard(form)
            if isinstance(outcome, Sent):
                self._proven.add(form)
                self._refusals.pop(form, None)
            elif isinstance(outcome, Refused) and outcome.subscriber is None:
                outcome = self._counted(form, outcome)
        if isinstance(outcome, ContentRejected):
            self._barred.add(form.broadcast)
        return outcome

    def forget(self, broadcast: BroadcastId) -> None:
        """It is over, or someone let it go on: then its forms are on trial anew."""
        self._barred.discard(broadcast)
        self._proven = {form for form in self._proven if form.broadcast != broadcast}
        self._refusals = {form: told for form, told in self._refusals.items() if form.broadcast != broadcast}

    def _counted(self, form: Form, refused: Refused) -> Outcome:
        words, times = self._refusals.get(form, (refused.reason, 0))
        times = times + 1 if words == refused.reason else 1
        self._refusals[form] = (refused.reason, times)
        if times < _SAME_WORDS:
            return refused
        return ContentRejected(f"refused to {times} readers in a row: {refused.reason}")
