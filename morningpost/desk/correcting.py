"""Corrections by evidence: what is doubted, which sentences rest on it, and issues corrected (docs/corrections.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.texts.sections import labels_of
from domain.deliveries import Broadcast
from domain.issue import Issue
from formatters.editions import render_all
from morningpost.desk.desk import Desk
from morningpost.desk.facts import StoredFacts
from newsroom.checking import Verdict
from newsroom.checking.correcting import correct, resting_on_doubt
from storage.doubts import Doubt
from storage.revisions import Correction
from storage.schema import CitationKind


@dataclass(frozen=True, slots=True)
class Corrections:
    """The acts of a correction, joined over storage, newsroom and formatters."""

    desk: Desk

    def doubt(self, kind: CitationKind, cited: int, why: str, by: str) -> Mapping[date, Sequence[Verdict]]:
        """Mark evidence as not to be trusted; the sentences of every issue that rest on it, by day.

        Raises NotFound: nothing stored has that id.
        """
        self.desk.archive.doubt(Doubt(kind, cited, why, by, self.desk.clock()))
        return self.resting_on(kind, cited)

    def resting_on(self, kind: CitationKind, cited: int) -> Mapping[date, Sequence[Verdict]]:
        """The sentences that fall with evidence that is doubted, in every issue that rests on it, by day."""
        facts = StoredFacts(self.desk.archive)
        found = {
            day: resting_on_doubt(self.desk.record(day).issue, facts) for day in self.desk.issues.citing(kind, cited)
        }
        return {day: verdicts for day, verdicts in found.items() if verdicts}

    def doubts(self) -> list[Doubt]:
        """Everything that is doubted."""
        return self.desk.archive.doubts()

    def correct(self, day: date, by: str) -> Issue | None:
        """Take out of an issue what rests on doubted evidence, and keep its old text; None: nothing rests on any.

        Copies that were delivered stay as they are until ``edit_copies``. Raises NotFound.
        """
        standing = self.desk.record(day).issue
        corrected = correct(standing, StoredFacts(self.desk.archive))
        if corrected == standing:
            return None
        why = "; ".join(f"{doubt.kind} {doubt.id}: {doubt.why}" for doubt in self.doubts())
        correction = Correction(why, by, self.desk.clock())
        editions = render_all(corrected, self.desk.paper, labels_of(self.desk.paper))
        return self.desk.issues.correct(corrected, editions, correction).issue

    def edit_copies(self, day: date, by: str) -> Broadcast | None:
        """Have every delivered copy of a corrected issue edited, the channel's too; again changes nothing.

        None when the issue was never corrected, or never sent.
        """
        return self.desk.broadcasts.open_correction(day, at=self.desk.clock(), by=by)
