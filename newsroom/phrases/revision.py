"""Best of many: the ways of all sentences of an issue changed, one at a time, until no change repeats less."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from domain.claims import Claim
from domain.issue import Section, Story
from newsroom.phrases import repetition
from newsroom.phrases.candidates import Candidate, filled
from newsroom.phrases.patterns import Pattern, prose
from newsroom.phrases.repetition import Memory

#: How often the issue is gone through at most; most issues rest after three.
PASSES = 5

#: A change has to save more than this: no change for a rounding error.
_LEAST_SAVED = 1e-9


@dataclass
class _Sentence:
    """One sentence of the issue: what it could say, and what it says now."""

    claim: Claim
    offered: tuple[Candidate, ...]
    now: Candidate
    before: _Sentence | None = None
    after: _Sentence | None = None


def revise(
    sections: Sequence[Section], offered: Mapping[int, tuple[Candidate, ...]], memory: Memory
) -> tuple[Section, ...]:
    """The sections with each claim said in the best of the ways ``offered`` for it (by its ``id``)."""
    issue = [sentence for section in sections for sentence in _sentences(section, offered, memory)]
    said: Counter[Pattern] = Counter()
    for sentence in issue:
        said.update(sentence.now.turns)
    free = [sentence for sentence in issue if len(sentence.offered) > 1]
    for _ in range(PASSES):
        changes = sum(_improve(sentence, said) for sentence in free)
        if not changes:
            break
    changed = {
        id(each.claim): replace(each.claim, runs=each.now.runs) for each in issue if each.now.runs != each.claim.runs
    }
    return with_changes(sections, changed)


def with_changes(sections: Sequence[Section], changed: Mapping[int, Claim]) -> tuple[Section, ...]:
    """The sections with some claims exchanged, by the ``id`` of what they were."""
    return tuple(_with(section, changed) for section in sections)


def repetition_of(sections: Sequence[Section], memory: Memory) -> float:
    """What the sections cost together: against the last issues, inside the issue, and by neighbours alike."""
    total = 0.0
    said: Counter[Pattern] = Counter()
    for section in sections:
        for sentence in _sentences(section, {}, memory):
            total += sentence.now.worn + repetition.within(said, sentence.now.turns)
            total += repetition.alike(sentence.before.now.pattern, sentence.now.pattern) if sentence.before else 0.0
            said.update(sentence.now.turns)
    return total


def _sentences(section: Section, offered: Mapping[int, tuple[Candidate, ...]], memory: Memory) -> Iterator[_Sentence]:
    """The prose of a section from top to bottom, each sentence beside its neighbours."""
    last: _Sentence | None = None
    headlines = {id(story.headline) for story in section.stories}
    for claim in prose(section):
        ways = offered.get(id(claim), ())
        said = next((way for way in ways if way.runs == claim.runs), None)
        now = said or filled(claim.runs, memory, headline=id(claim) in headlines)
        sentence = _Sentence(claim, ways if said else (), now, before=last)
        if last is not None:
            last.after = sentence
        last = sentence
        yield sentence


def _improve(sentence: _Sentence, said: Counter[Pattern]) -> bool:
    """Say the sentence in its best way, given all the others; whether that changed it."""
    said.subtract(sentence.now.turns)
    best = min(sentence.offered, key=lambda way: _cost(sentence, way, said))
    better = _cost(sentence, best, said) < _cost(sentence, sentence.now, said) - _LEAST_SAVED
    if better:
        sentence.now = best
    said.update(sentence.now.turns)
    return better


def _cost(sentence: _Sentence, way: Candidate, said: Mapping[Pattern, int]) -> float:
    cost = way.worn + repetition.within(said, way.turns)
    if sentence.before is not None:
        cost += repetition.alike(sentence.before.now.pattern, way.pattern)
    if sentence.after is not None:
        cost += repetition.alike(way.pattern, sentence.after.now.pattern)
    return cost


def _with(section: Section, changed: Mapping[int, Claim]) -> Section:
    """The section with the claims changed, by the ``id`` of what they were."""

    def each(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
        return tuple(changed.get(id(claim), claim) for claim in claims)

    def story(told: Story) -> Story:
        headline = changed.get(id(told.headline), told.headline)
        standfirst = changed.get(id(told.standfirst), told.standfirst)
        paragraphs = tuple(each(paragraph) for paragraph in told.paragraphs)
        return replace(told, headline=headline, standfirst=standfirst, paragraphs=paragraphs)

    stories = tuple(story(told) for told in section.stories)
    return replace(section, opening=each(section.opening), stories=stories, notes=each(section.notes))
