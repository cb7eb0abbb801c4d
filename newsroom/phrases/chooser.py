"""Which way to say a thing today: the one whose turns of phrase the last issues and this one have used least."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.claims import Claim, Role
from domain.evidence import EvidenceId
from domain.issue import Issue, Section
from newsroom.phrases import repetition
from newsroom.phrases.book import Key, PhraseBook
from newsroom.phrases.candidates import Candidate, candidates
from newsroom.phrases.patterns import Pattern
from newsroom.phrases.repetition import Memory
from newsroom.phrases.revision import revise, with_changes
from newsroom.phrases.templates import Fragment


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What had been said up to a point."""

    turns: Mapping[Pattern, int]
    before: Pattern


class Chooser:
    """Says things for one issue: deterministic for the same day, book and past."""

    def __init__(self, book: PhraseBook, day: date, past: Sequence[Issue]) -> None:
        """``past`` are the earlier issues, newest first."""
        self._book = book
        self._day = day
        self._memory = Memory(past)
        self._turns: Counter[Pattern] = Counter()
        self._before: Pattern = ()
        self._said: dict[int, tuple[Claim, tuple[Candidate, ...]]] = {}

    def say(
        self,
        key: Key,
        slots: Mapping[str, Fragment] | None = None,
        also: Sequence[EvidenceId] = (),
        role: Role = Role.CLAIM,
    ) -> Claim:
        """One sentence of that key. Raises PhraseError when the book has no way for these slots."""
        fragments = slots or {}
        ways = self._book.of(key, frozenset(fragments))
        offered = candidates(key, ways, fragments, self._memory, self._day)
        best = min(offered, key=self._cost)
        self._turns.update(best.turns)
        self._before = best.pattern
        claim = Claim(best.runs, role, tuple(dict.fromkeys(also)))
        self._said[id(claim)] = claim, tuple(each for each in offered if each.content == best.content)
        return claim

    def revise(self, sections: Sequence[Section]) -> tuple[Section, ...]:
        """The same sections, each sentence said in the way that makes the whole issue repeat least.

        What a sentence tells does not change: its figures, names and quotations are those of the first choice.
        """
        revised = revise(sections, {key: offered for key, (_, offered) in self._said.items()}, self._memory)
        self._follow(sections, revised)
        return revised

    def rephrase(self, sections: Sequence[Section], refused: Collection[str]) -> tuple[Section, ...]:
        """The sections with the sentences of these texts said by other lines of the book, then revised again.

        A sentence that no other line can say stays as it is.
        """
        changed: dict[int, Claim] = {}
        for claim in (claim for section in sections for claim in section.claims() if claim.text in refused):
            offered = self.offered(claim)
            lines = {each.line for each in offered if each.runs == claim.runs}
            others = tuple(each for each in offered if each.line not in lines)
            if lines and others:
                changed[id(claim)] = replace(claim, runs=min(others, key=lambda each: each.worn).runs)
                self._said[id(changed[id(claim)])] = changed[id(claim)], others
        return self.revise(with_changes(sections, changed)) if changed else tuple(sections)

    def _follow(self, before: Sequence[Section], after: Sequence[Section]) -> None:
        """Know the sentences of a revision for what they were."""
        for one, other in zip(before, after, strict=True):
            for was, now in zip(one.claims(), other.claims(), strict=True):
                if now is not was:
                    self._said[id(now)] = now, self.offered(was)

    def offered(self, claim: Claim) -> tuple[Candidate, ...]:
        """The ways in which a sentence of this issue could be said without telling anything else; its own is one."""
        return self._said[id(claim)][1] if id(claim) in self._said else ()

    def checkpoint(self) -> Checkpoint:
        """What has been said up to here; ``restore`` takes back what is said after it."""
        return Checkpoint(dict(self._turns), self._before)

    def restore(self, checkpoint: Checkpoint) -> None:
        """Forget what was said since the checkpoint: a draft that is not printed wears no phrase out."""
        self._turns, self._before = Counter(checkpoint.turns), checkpoint.before

    def can_say(self, key: Key, slots: Mapping[str, Fragment]) -> bool:
        """Whether the book has a way to say it with these slots."""
        return self._book.can_say(key, frozenset(slots))

    def maybe(self, key: Key, slots: Mapping[str, Fragment], also: Sequence[EvidenceId] = ()) -> tuple[Claim, ...]:
        """The sentence of that key, or none where a source left out what every way of it needs."""
        return (self.say(key, slots, also),) if self.can_say(key, slots) else ()

    def house(self, key: Key) -> Claim:
        """A fixed sentence about the paper's own doing."""
        return self.say(key, role=Role.HOUSE)

    def _cost(self, candidate: Candidate) -> float:
        within = repetition.within(self._turns, candidate.turns)
        return candidate.worn + within + repetition.alike(self._before, candidate.pattern)
