"""What becomes of the sentences offered for a section: judged one by one, and set where the draft's stood.

The ladder: a sentence that fails is told why, once; then it is dropped; a section that would tell too little stays
the data writer's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from domain.claims import Claim, Role
from domain.issue import Section, Story
from domain.items import ItemKey
from domain.plans import OfferedSentence, Refusal
from newsroom.checking.dossier import Dossier
from newsroom.checking.judging import judge
from newsroom.checking.sentences import Place as Stand
from newsroom.checking.sentences import Sentence
from newsroom.checking.wording import Wording
from newsroom.writing.anaphora import points_back
from newsroom.writing.linking import linked_as
from newsroom.writing.planning import Assignment, Place
from newsroom.writing.realising import Realised, Unfit, realise
from newsroom.writing.reasons import for_the_model
from newsroom.writing.style import Style, standard_style

#: A section tells at least this share of the facts of its plan, or it stays the data writer's.
LEAST_TOLD = 0.6


@dataclass
class Composition:
    """The sentences of a section as they come in. ``facts`` and ``day`` are what the checks ask."""

    assignment: Assignment
    dossier: Dossier
    wording: Wording
    day: date
    style: Style = field(default_factory=standard_style)
    taken: list[Realised] = field(default_factory=list)
    offered: int = 0
    rounds: int = 0
    reasons: list[str] = field(default_factory=list)

    def take(self, sentences: Iterable[OfferedSentence]) -> list[Refusal]:
        """Judge what was offered and keep what passes; what was refused, and which facts nobody told."""
        refused = []
        self.rounds += 1
        for sentence in sentences:
            self.offered += 1
            reason = self._refused(sentence)
            if reason is not None:
                refused.append(Refusal(sentence.text[:300], reason, sentence.facts))
        untold = [fact for fact in self.assignment.told if fact not in self.told]
        if untold:
            refused.append(Refusal("", f"no sentence was taken that tells {', '.join(untold)}", tuple(untold)))
        return refused

    @property
    def told(self) -> frozenset[str]:
        """The facts told so far."""
        return frozenset(fact for realised in self.taken for fact in realised.facts)

    @property
    def whole(self) -> bool:
        """Whether every fact is told."""
        return self.told == self.assignment.told.keys()

    @property
    def printed(self) -> int:
        """How many of the sentences offered stand."""
        return len(self.taken)

    def in_order(self) -> list[Realised]:
        """The sentences in the writer's order; once some were mended, in the order of the plan."""
        if self.rounds < 2:
            return list(self.taken)
        place = {fact: position for position, fact in enumerate(self.assignment.told)}
        return sorted(self.taken, key=lambda realised: place[realised.facts[0]])

    def _refused(self, sentence: OfferedSentence) -> str | None:
        """Take a sentence, or say why not, as the model may be told; the full reason is noted for the admins."""
        try:
            self.taken.append(self._judged(sentence))
        except Unfit as unfit:
            self.reasons.append(f"{sentence.text[:120]} – {unfit}")
            return unfit.told
        return None

    def _judged(self, sentence: OfferedSentence) -> Realised:
        """The sentence as a claim that passes everything. Raises Unfit."""
        realised = realise(sentence, self.assignment, self.style)
        again = self.told & set(realised.facts)
        if again:
            raise Unfit(f"{', '.join(sorted(again))}: told already")
        if realised.pronoun and realised.first != self._spoken_of(realised.place):
            raise Unfit("“it” follows no sentence about the same: begin with the name's slot")
        verdict = judge(self._before_the_court(realised), self.dossier, self.wording)
        if not verdict.supported:
            raise Unfit(verdict.reason, for_the_model(verdict.problems, sentence.text))
        return realised

    def _spoken_of(self, place: Place) -> ItemKey | None:
        """Whom the sentence before is about: the last one taken in the story, else its standfirst or headline."""
        taken = [each for each in self.taken if each.place.story == place.story]
        story = self.assignment.section.stories[place.story]
        if taken:
            return taken[-1].last
        if place.paragraph < 0 or story.standfirst is None:
            return _headed(story)
        return story.items[0] if story.items else None

    def _before_the_court(self, realised: Realised) -> Sentence:
        story = self.assignment.section.stories[realised.place.story]
        stand = Stand.STANDFIRST if realised.place.paragraph < 0 else Stand.PARAGRAPH
        return Sentence(realised.claim, self.assignment.section.name, stand, self.day, story)


def compose(composition: Composition) -> tuple[Section | None, str]:
    """The section in the writer's words, or None and why it stays the data writer's."""
    section, planned = composition.assignment.section, composition.assignment.told
    if not composition.taken:
        return None, "no sentence passed the checks"
    set_in = [_Setting(number, story, composition) for number, story in enumerate(section.stories)]
    stories = tuple(setting.story() for setting in set_in)
    told = {fact for setting in set_in for fact in setting.told}
    if len(told) < LEAST_TOLD * len(planned):
        return None, f"what passed tells {len(told)} of {len(planned)} facts"
    if any(not _tells(after) and _tells(before) for before, after in zip(section.stories, stories, strict=True)):
        return None, "a part of the section would be left without a sentence"
    return linked_as(section, replace(section, stories=stories)), ""


def _tells(story: Story) -> bool:
    return any(claim.role is Role.CLAIM for paragraph in story.paragraphs for claim in paragraph)


@dataclass(frozen=True, slots=True)
class _Element:
    """A sentence on its way into a paragraph: whom it begins and ends with, and what stood before it in the draft."""

    claim: Claim
    facts: tuple[str, ...]
    first: ItemKey | None
    last: ItemKey | None
    pronoun: bool
    after: int | None


class _Setting:
    """Sets the taken sentences of one story in the places of the draft's; what was no fact of the plan stays."""

    def __init__(self, number: int, story: Story, composition: Composition) -> None:
        self._story = story
        self._facts = {
            id(fact.claim): fact for fact in composition.assignment.told.values() if fact.place.story == number
        }
        self._claims = {fact.id: id(fact.claim) for fact in self._facts.values()}
        self._taken = [each for each in composition.in_order() if each.place.story == number]
        self._told_anywhere = composition.told
        self._before = dict(_antecedents(story))
        self._last_said: frozenset[int] = frozenset()
        self._last_about = _headed(story)
        self.told: set[str] = set()

    def story(self) -> Story:
        """The story."""
        if not self._taken:
            return self._story
        standfirst = self._standfirst()
        paragraphs = (
            tuple(self._paragraph(position, paragraph)) for position, paragraph in enumerate(self._story.paragraphs)
        )
        return replace(self._story, standfirst=standfirst, paragraphs=tuple(each for each in paragraphs if each))

    def _standfirst(self) -> Claim | None:
        draft = self._story.standfirst
        first = next(
            (each for each in self._taken if each.place.paragraph < 0 and self._stands(self._element(each))), None
        )
        if first is not None:
            self._emitted(self._element(first))
            return first.claim
        if draft is not None:
            self._emitted(self._fixed(draft))
        return draft

    def _paragraph(self, position: int, paragraph: Sequence[Claim]) -> Iterator[Claim]:
        """The taken sentences where the first fact of the draft stood; none without what it points back at.

        A paragraph of which nothing was taken stays the draft's.
        """
        ready = [self._element(each) for each in self._taken if each.place.paragraph == position]
        left_alone = not ready
        for claim in paragraph:
            fact = self._facts.get(id(claim))
            if fact is None or (left_alone and fact.id not in self._told_anywhere):
                yield from self._set([self._fixed(claim)])
            else:
                yield from self._set(ready)
                ready = []

    def _set(self, elements: Iterable[_Element]) -> Iterator[Claim]:
        for element in elements:
            if self._stands(element):
                self._emitted(element)
                yield element.claim

    def _stands(self, element: _Element) -> bool:
        if element.pronoun and (element.first is None or element.first != self._last_about):
            return False
        return not points_back(element.claim) or element.after is None or element.after in self._last_said

    def _emitted(self, element: _Element) -> None:
        self.told.update(element.facts)
        self._last_said = frozenset({id(element.claim), *(self._claims[fact] for fact in element.facts)})
        if element.claim.role is Role.CLAIM:
            self._last_about = element.last

    def _element(self, realised: Realised) -> _Element:
        before = self._before.get(self._claims[realised.facts[0]])
        return _Element(realised.claim, realised.facts, realised.first, realised.last, realised.pronoun, before)

    def _fixed(self, claim: Claim) -> _Element:
        fact = self._facts.get(id(claim))
        return _Element(claim, (), None, fact.subject if fact else None, False, self._before.get(id(claim)))


def _headed(story: Story) -> ItemKey | None:
    """Whom the headline names first."""
    names = story.headline.names if story.headline is not None else ()
    return names[0].item if names else None


def _antecedents(story: Story) -> Iterator[tuple[int, int]]:
    """For each sentence the one before it, by identity."""
    claims = [
        *([story.standfirst] if story.standfirst else []),
        *(claim for part in story.paragraphs for claim in part),
    ]
    for before, claim in pairwise(claims):
        yield id(claim), id(before)
