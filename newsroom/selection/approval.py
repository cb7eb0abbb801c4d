"""What readers think of kinds of stories, as a small factor of newsworthiness (docs/newsworthiness.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.feedback import Tally

#: Votes of so many days count.
DAYS = 28
#: A kind counts from so many votes, of so many readers, on so many issues: never a single item, never a few people.
VOTES, READERS, ISSUES = 50, 20, 5
#: The factor of a kind that all like, or nobody: it orders what is about as newsworthy, and lets nothing lead.
LEAST, MOST = 0.9, 1.1
#: How far the factor moves for a share that is larger than that of all kinds by one.
_SLOPE = 0.4


@dataclass(frozen=True, slots=True)
class Approval:
    """Votes of readers by the kind of what was told (the values of ``Kind``), over the last 28 days.

    ``kinds``: under the stories; ``polled``: in the channel's polls, as ``domain.polls.polled`` counts them.
    """

    kinds: Mapping[str, Tally] = field(default_factory=dict)
    polled: Mapping[str, Tally] = field(default_factory=dict)

    def factor(self, kind: str) -> float:
        """Between 0.9 and 1.1: 1 + 0.4 × (the share that likes the kind - the share that likes anything); else 1.

        The votes under stories and those in polls are each held against their own, and what they say is added.
        """
        leaning = _leaning(kind, self.kinds) + _leaning(kind, self.polled)
        return round(min(max(1 + _SLOPE * leaning, LEAST), MOST), 3)

    def weighed(self) -> Mapping[str, str]:
        """The kinds whose factor is not 1, with the votes behind it."""
        return {kind: said for kind in sorted({*self.kinds, *self.polled}) if (said := self.in_words(kind))}

    def in_words(self, kind: str) -> str:
        """The votes behind a factor that is not 1, for an editor; empty where it is."""
        factor = self.factor(kind)
        if factor == 1.0:
            return ""
        told = ((self.kinds, "votes liked its kind"), (self.polled, "votes in polls were for its kind"))
        said = (f"{of[kind].liked} of {of[kind].votes} {what}" for of, what in told if kind in of and counts(of[kind]))
        return f"{' and '.join(said)} in {DAYS} days: times {factor:g}"


def _leaning(kind: str, tallies: Mapping[str, Tally]) -> float:
    """By how much the share for a kind lies above that for all kinds; 0 where too few votes count."""
    tally = tallies.get(kind)
    if tally is None or not counts(tally):
        return 0.0
    liked = sum(each.liked for each in tallies.values())
    votes = sum(each.votes for each in tallies.values())
    return tally.liked / tally.votes - liked / votes


def counts(tally: Tally) -> bool:
    """Whether there are enough votes to count."""
    return tally.votes >= VOTES and tally.readers >= READERS and tally.issues >= ISSUES


#: Nobody has said anything.
NO_VOTES = Approval()
