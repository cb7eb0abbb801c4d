"""The editor's acts on a draft: his words, a section anew, another lead, an item skipped; each leads to a new draft.

A draft that an act leads to is checked like any other, and kept in one transaction with the act, if the draft that the
editor looked at still stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import structlog

from domain.edits import (
    Direction,
    Edit,
    LeadChoice,
    LeadOption,
    Mending,
    Outcome,
    Redo,
    Rewording,
    Skip,
    Wish,
    Withdrawal,
)
from domain.errors import NotAllowed, NotFound
from domain.issue import Issue, IssueState, SectionName
from domain.items import ItemKey
from morningpost.desk.desk import Desk
from morningpost.desk.facts import StoredFacts
from newsroom.checking.correcting import mended
from newsroom.editing import UnfitEdit, edit, grafted
from storage.revisions import Correction

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class EditingDesk:
    """The acts of editors, joined over storage and newsroom. They take seconds: a process of their own does them."""

    desk: Desk

    def grant(self, day: date, wish: Wish, of: str, by: str) -> Outcome:
        """Do what an editor wants with the draft of a day that bears the fingerprint ``of``; or say why not.

        Raises NotFound, NotAllowed: it is published, Outdated: its pages are others by now.
        """
        if isinstance(wish, Mending):
            return self._mend(day, wish.rewording, of, by)
        standing = self._standing(day)
        edits = self.desk.changes.edits(day)
        match wish:
            case Rewording():
                return self._reword(standing, wish, edits, of, by)
            case Withdrawal():
                kept = [each for each in edits if each.place != wish.place]
                return self._anew(standing, self._direction(day), kept, wish, of, by, wish.place.section)
            case Redo(section=section):
                direction = self._direction(day)
                redone = {**direction.redone, section: direction.redone.get(section, 0) + 1}
                return self._anew(standing, replace(direction, redone=redone), edits, wish, of, by, section)
            case LeadChoice(key=key):
                return self._anew(standing, replace(self._direction(day), lead=key), edits, wish, of, by)
            case Skip(item=item):
                direction = self._direction(day)
                skipped = direction.skipped | {item}
                return self._anew(standing, replace(direction, skipped=skipped), edits, wish, of, by)

    def lead_options(self, day: date) -> tuple[LeadOption, ...]:
        """The stories that could lead the draft of a day instead, best first."""
        standing = self._standing(day)
        return self.desk.newsroom().lead_options(standing, self.desk.dead_links(), self._direction(day))

    def _standing(self, day: date) -> Issue:
        record = self.desk.record(day)
        if record.state is IssueState.PUBLISHED:
            raise NotAllowed(f"The issue of {day} is published: /correct {day} changes what it says.")
        return record.issue

    def _direction(self, day: date) -> Direction:
        return self.desk.changes.direction(day)

    def _reword(self, standing: Issue, wish: Rewording, edits: Sequence[Edit], of: str, by: str) -> Outcome:
        """An editor's words in a place; one that he edited before keeps the place that it had at first."""
        try:
            found, changed = self._reworded(standing, wish)
        except UnfitEdit as unfit:
            return Outcome(unfit.problems)
        before = next((each for each in edits if _is_of(each, found)), None)
        if before is not None:
            found = replace(found, place=before.place, before=before.before)
        self._keep(found, changed, of, by)
        return Outcome()

    def _reworded(self, standing: Issue, wish: Rewording) -> tuple[Edit, Issue]:
        """The edit, and the issue with it, checked again. Raises UnfitEdit; NotFound: nothing stands there."""
        try:
            found = edit(standing, wish.place, wish.text, wish.links, StoredFacts(self.desk.archive))
        except LookupError as error:
            raise NotFound("That sentence is not in the issue any more. Look at it again with /preview.") from error
        changed, lost = self.desk.newsroom().edited(standing, [found])
        problems = [] if not lost else ["the sentence has no place in the issue any more"]
        fell = changed.checks.drops[len(standing.checks.drops) :]
        problems += [f"with these words another sentence falls: “{drop.text}” ({drop.reason})" for drop in fell]
        if problems:
            raise UnfitEdit(problems)
        return found, changed

    def _mend(self, day: date, wish: Rewording, of: str, by: str) -> Outcome:
        """A published sentence put right: kept as a revision, and owed to every delivered copy."""
        record = self.desk.record(day)
        if record.state is not IssueState.PUBLISHED:
            raise NotAllowed(f"The issue of {day} is not published: edit its draft with /preview.")
        try:
            found, changed = self._reworded(record.issue, wish)
        except UnfitEdit as unfit:
            return Outcome(unfit.problems)
        issue, editions = self.desk.newsroom().rendered(mended(changed, wish.place.section))
        why = f"an editor's words in place of: {found.before}"
        self.desk.issues.correct(issue, editions, Correction(why, by, self.desk.clock()), of=of)
        self.desk.broadcasts.open_correction(day, at=self.desk.clock(), by=by)
        log.info("issue.corrected", date=str(day), by=by)
        return Outcome()

    def _anew(  # noqa: PLR0917 - what stands, what is wanted, and whose act it is
        self,
        standing: Issue,
        direction: Direction,
        edits: Sequence[Edit],
        wish: Redo | LeadChoice | Skip | Withdrawal,
        of: str,
        by: str,
        only: SectionName | None = None,
    ) -> Outcome:
        """The draft written again from the same readings, or ``only`` one section of it; edits are kept."""
        newsroom = self.desk.newsroom()
        draft = newsroom.draft(standing.date, standing.coverage.as_of, self.desk.dead_links(), direction)
        kept = edits
        if only is not None:
            draft = newsroom.rechecked(grafted(standing, draft, only))
            kept = [each for each in edits if each.place.section is only]
        changed, lost = newsroom.edited(draft, kept)
        problems = tuple(_unfulfilled(standing, changed, wish))
        if problems:
            return Outcome(problems)
        self._keep(wish, changed, of, by)
        return Outcome(lost=lost)

    def _keep(self, change: Edit | Redo | LeadChoice | Skip | Withdrawal, issue: Issue, of: str, by: str) -> None:
        issue, editions = self.desk.newsroom().rendered(issue)
        self.desk.changes.save(change, issue, editions, of, by, self.desk.clock())
        log.info("issue.edited", date=str(issue.date), act=type(change).__name__, by=by, held=issue.checks.held)


def _is_of(before: Edit, found: Edit) -> bool:
    """Whether an edit changes what an earlier one wrote."""
    return before.place.section is found.place.section and before.claim.text == found.before


def _unfulfilled(standing: Issue, changed: Issue, wish: Redo | LeadChoice | Skip | Withdrawal) -> list[str]:
    """Why the new draft is not what was wanted; nothing where it is."""
    match wish:
        case LeadChoice() if _leading(changed) == _leading(standing):
            return ["as a lead that story does not pass the checks, so nothing was changed"]
        case Skip(item=item) if item in _named(changed):
            return ["the issue can't do without that name, so nothing was changed"]
        case Redo(section=section) if changed.section(section) == standing.section(section):
            return ["the book has no other words for that section, so nothing was changed"]
        case _:
            return []


def _leading(issue: Issue) -> list[tuple[ItemKey, ...]]:
    section = issue.section(SectionName.LEAD)
    return [story.items[:1] for story in section.stories] if section is not None else []


def _named(issue: Issue) -> frozenset[ItemKey]:
    """The items that the issue names, but for what an editor wrote himself."""
    return frozenset(name.item for claim in issue.claims() if not claim.edited for name in claim.names)
