"""The plan of a section, read from the data writer's checked draft: its sentences by the phrases that said them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from string import ascii_lowercase

from domain.claims import Claim, Figure, Name, Role, Words
from domain.evidence import Evidence, EvidenceId, HarvestEvidence, QuoteEvidence, ReadingEvidence
from domain.issue import Issue, Layout, Section, SectionName, Story
from domain.items import ItemKey
from domain.plans import PlannedFact, PlannedSlot, SectionPlan, SlotKind
from newsroom.phrases.book import PhraseBook, standard_book
from newsroom.phrases.templates import Fragment
from newsroom.writing.licence import Licence, licence_of, lines_of
from newsroom.writing.meanings import meaning_of_figure, meaning_of_item, meaning_of_name
from newsroom.writing.recognition import Recogniser, is_quote
from newsroom.writing.style import Style, standard_style

#: The sections that another hand may write; the others are lists and fixed lines.
PROSE = (SectionName.LEAD, SectionName.DEEPDIVE, SectionName.OPINION)

#: Fewer facts are not worth a question.
FEWEST_FACTS = 3

#: Openings of so many issues are told to the writer, so many at most.
OPENINGS_OF = 7
MOST_OPENINGS = 24

#: What a name is called in a plan when it stands in full, and when it is short.
_FULL, _SHORT = "name", "short"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence of the draft stands: its story, and its paragraph there (-1: the standfirst)."""

    story: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Told:
    """A fact with the sentence of the draft that tells it, and what the phrase book allows to be said of it.

    ``pronoun`` is the slot that "it" stands for.
    """

    id: str
    claim: Claim
    place: Place
    subject: ItemKey | None
    pronoun: str
    licence: Licence


@dataclass(frozen=True, slots=True)
class Assignment:
    """A section to be written: the plan for the writer, and what our code fills into it.

    ``fills`` gives the runs of each slot, by its id; ``owned`` are the slots of figures that are of one item.
    """

    section: Section
    plan: SectionPlan
    told: Mapping[str, Told]
    fills: Mapping[str, Fragment]
    owned: frozenset[str]

    @property
    def lengths(self) -> Mapping[str, int]:
        """How many words each slot prints; a name is one."""
        return {
            slot: sum(1 if isinstance(run, Name) else len(run.text.split()) for run in fragment)
            for slot, fragment in self.fills.items()
        }


@cache
def _recogniser() -> Recogniser:
    return Recogniser(standard_book())


def plan_sections(issue: Issue, past: Sequence[Issue]) -> Iterator[Assignment]:
    """The sections of a checked draft that another hand could write, in the order of the paper."""
    worn = _openings(past)
    for name in PROSE:
        section = issue.section(name)
        assignment = _plan(section, issue.evidence, worn) if section is not None else None
        if assignment is not None:
            yield assignment


def _openings(past: Sequence[Issue]) -> tuple[str, ...]:
    """How sentences of the last issues began, the newest first; only words of ours are in it."""
    begun = (_opening(claim) for issue in past[:OPENINGS_OF] for claim in _prose(issue))
    return tuple(dict.fromkeys(begun))[:MOST_OPENINGS]


def _prose(issue: Issue) -> Iterator[Claim]:
    found = (section for section in issue.sections if section.name in PROSE)
    return (claim for section in found for _, claim in _free(section) if claim.role is Role.CLAIM)


def _opening(claim: Claim) -> str:
    """The first two words of a sentence, or what stands in their place."""
    words: list[str] = []
    for run in claim.runs[:2]:
        words += run.text.split() if isinstance(run, Words) else [f"{{{type(run).__name__.lower()}}}"]
    return " ".join(words[:2])


def _plan(section: Section, evidence: Mapping[EvidenceId, Evidence], worn: tuple[str, ...]) -> Assignment | None:
    desk = _Plan(section, evidence, standard_book(), standard_style())
    for story in section.stories:
        desk.name(story)
    for place, claim in _free(section):
        desk.add(place, claim)
    return desk.assignment(worn) if len(desk.told) >= FEWEST_FACTS else None


def _free(section: Section) -> Iterator[tuple[Place, Claim]]:
    """The sentences of the articles, with their places."""
    for number, story in enumerate(section.stories):
        if story.layout is not Layout.ARTICLE:
            continue
        if story.standfirst is not None:
            yield Place(number, -1), story.standfirst
        for position, paragraph in enumerate(story.paragraphs):
            for claim in paragraph:
                yield Place(number, position), claim


class _Plan:
    """Gathers the facts of one section."""

    def __init__(
        self, section: Section, evidence: Mapping[EvidenceId, Evidence], book: PhraseBook, style: Style
    ) -> None:
        self._section = section
        self._evidence = evidence
        self._book = book
        self._style = style
        self._letters: dict[ItemKey, str] = {}
        self._names: dict[str, PlannedSlot] = {}
        self._facts: list[PlannedFact] = []
        self._fills: dict[str, Fragment] = {}
        self.told: dict[str, Told] = {}

    def name(self, story: Story) -> None:
        """The names of the items that a headline names may be used throughout."""
        for name in story.headline.names if story.headline is not None else ():
            if self._is_item(name):
                self._name(self._letter(name.item), name)

    def add(self, place: Place, claim: Claim) -> None:
        """A sentence of the draft as a fact, if a phrase of the book says it."""
        found = _recogniser().recognise(claim) if claim.role is Role.CLAIM else None
        if found is None:
            return
        fact = f"f{len(self._facts) + 1}"
        subject = self._subject(place, claim)
        ids = {slot: self._slot(fact, slot, fragment) for slot, fragment in found.fills.items()}
        pronoun = f"{self._letter(subject)}.{_SHORT}" if subject else ""
        pronoun = pronoun if pronoun in self._names else ""
        licence = licence_of(lines_of(self._book, found.key), ids, found.fills, pronoun, self._style)
        own = [slot for slot, each in ids.items() if each.startswith(f"{fact}.")]
        if not own or not licence.ways:
            return
        slots = tuple(self._planned(ids[slot], slot, found.fills[slot], claim) for slot in own)
        spoken_of = (
            self._letter(subject) if subject and any(f"{{{pronoun}}}" in each for each in licence.enough) else ""
        )
        self._facts.append(PlannedFact(fact, found.key, spoken_of, slots, licence.ways))
        self._fills.update({ids[slot]: found.fills[slot] for slot in own})
        self.told[fact] = Told(fact, claim, place, subject, pronoun, licence)

    def assignment(self, worn: tuple[str, ...]) -> Assignment:
        """What was gathered."""
        plan = SectionPlan(
            self._section.name,
            self._style.jobs[self._section.name],
            tuple(self._names.values()),
            tuple(self._facts),
            len(self._facts),
            worn,
        )
        owned = frozenset(slot for slot, fragment in self._fills.items() if self._is_owned(fragment))
        return Assignment(self._section, plan, self.told, self._fills, owned)

    def _is_owned(self, fragment: Fragment) -> bool:
        """Whether a figure is of one item: of lists and of time are none."""
        figure = fragment[0]
        if not isinstance(figure, Figure) or figure.unit in {"date", "time", "days"}:
            return False
        cited = [self._evidence[each] for each in figure.cited()]
        items = {each.item for each in cited if isinstance(each, ReadingEvidence)}
        return len(items) == 1 and all(isinstance(each, ReadingEvidence | HarvestEvidence) for each in cited)

    def _subject(self, place: Place, claim: Claim) -> ItemKey | None:
        """Whom "it" means: the first item that the sentence names as itself, else what the story is about."""
        named = [name.item for name in claim.names if self._is_item(name)]
        items = self._section.stories[place.story].items
        return named[0] if named else items[0] if items else None

    def _letter(self, item: ItemKey) -> str:
        if item not in self._letters:
            number = len(self._letters)
            self._letters[item] = ascii_lowercase[number % 26] * (number // 26 + 1)
        return self._letters[item]

    def _slot(self, fact: str, slot: str, fragment: Fragment) -> str:
        """The id of a slot: that of the item where it is the item's own name, else one of the fact's own."""
        first = fragment[0]
        if len(fragment) != 1 or not isinstance(first, Name) or not self._is_item(first):
            return f"{fact}.{slot}"
        letter = self._letter(first.item)
        self._name(letter, first)
        return f"{letter}.{_FULL if first.url else _SHORT}"

    def _name(self, letter: str, name: Name) -> None:
        """Remember an item's name: linked in full, and without its link for a second mention."""
        form = _FULL if name.url else _SHORT
        for each in (form, *({_FULL, _SHORT} - {form})):
            slot = f"{letter}.{each}"
            if slot not in self._names or each == form:
                self._fills[slot] = (name,)
                self._names[slot] = PlannedSlot(slot, SlotKind.NAME, meaning_of_item(name.item, short=each == _SHORT))

    def _is_item(self, name: Name) -> bool:
        """Whether a name is the item's own, not a tag, a publisher or a part of its words."""
        evidence = self._evidence.get(name.evidence)
        if not isinstance(evidence, QuoteEvidence):
            return True
        own = evidence.field == "title" or evidence.text == name.item.external_id
        return own and evidence.field in {"title", "external_id"}

    def _planned(self, slot: str, name: str, fragment: Fragment, claim: Claim) -> PlannedSlot:
        first = fragment[0]
        if isinstance(first, Figure):
            meaning = meaning_of_figure(name, first, claim, self._evidence)
            return PlannedSlot(slot, SlotKind.FIGURE, meaning, first.text, first.unit, first.period)
        if is_quote(fragment):
            return PlannedSlot(slot, SlotKind.QUOTE, "the source's own words, between quotation marks")
        if isinstance(first, Name):
            return PlannedSlot(slot, SlotKind.NAME, meaning_of_name(name))
        return PlannedSlot(slot, SlotKind.WORDS, "fixed words", "".join(run.text for run in fragment))
