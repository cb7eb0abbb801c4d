"""The check of a draft: what fails is taken out, sections fall back, and an issue below its minimum is held."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from domain.claims import Claim, Role, Words, house
from domain.issue import Checks, Drop, Issue, Layout, Section, SectionName, Story
from domain.readings import HarvestStatus
from newsroom.checking.dossier import Dossier
from newsroom.checking.judging import judge
from newsroom.checking.rules_of_stories import address_fault, promised_faults, story_faults
from newsroom.checking.sentences import Place, Sentence, cited_in, sentences_of
from newsroom.checking.wording import Wording, standard_wording
from newsroom.facts import Facts

#: An issue with fewer sections of substance than this is held.
FEWEST_SECTIONS = 4

#: Sections that are no news of their own.
_FURNITURE = frozenset({SectionName.SUBSCRIBE})

#: What stands in a section when nothing in it passed.
EMPTIED = "What we had for this section did not pass our checks, so it is left out today."

#: A sentence that begins so leans on the one before it.
_LEANING = frozenset(
    {
        "it",
        "its",
        "they",
        "their",
        "them",
        "that",
        "this",
        "these",
        "those",
        "there",
        "both",
        "so",
        "yet",
        "but",
        "also",
    }
)


def check(issue: Issue, facts: Facts, wording: Wording | None = None) -> Issue:
    """The issue with every sentence that storage does not support taken out, and its ``checks`` set.

    Checking a checked issue changes nothing. An issue that may not go out says so in ``checks.held``.
    """
    desk = _Desk(issue, Dossier(issue.evidence, facts), wording or standard_wording())
    checked = replace(issue, sections=tuple(desk.section(section) for section in issue.sections))
    cited = {each for claim in checked.claims() for each in claim.evidence}
    printed = sum(1 for _ in checked.claims())
    drops = (*issue.checks.drops, *desk.drops)
    return replace(
        checked,
        evidence={each: evidence for each, evidence in issue.evidence.items() if each in cited},
        checks=Checks(printed, printed, drops, _held(checked, len(drops), printed)),
    )


@dataclass
class _Desk:
    """Goes through the sections of one issue and notes what it takes out."""

    issue: Issue
    dossier: Dossier
    wording: Wording
    drops: list[Drop] = field(default_factory=list)

    def section(self, section: Section) -> Section:
        """The section without what failed; a note where nothing is left."""
        opening = self._standing(section, section.opening, Place.OPENING)
        stories = tuple(kept for story in section.stories if (kept := self._story(story, section.name)) is not None)
        notes = self._standing(section, section.notes, Place.NOTE)
        if (section.stories or section.opening) and not (stories or opening):
            notes = (house(EMPTIED),)
        return replace(section, opening=opening, stories=stories, notes=notes)

    def _standing(self, section: Section, claims: tuple[Claim, ...], place: Place) -> tuple[Claim, ...]:
        """The claims outside of stories that pass."""
        day = self.issue.date
        beside = cited_in(section)
        return tuple(claim for claim in claims if self._passes(Sentence(claim, section.name, place, day, None, beside)))

    def _story(self, story: Story, section: SectionName) -> Story | None:
        """The story without what failed; None when it cannot stand."""
        faults = [*story_faults(story), *promised_faults(story, self.dossier)]
        if faults:
            self._fell(story, section, "; ".join(faults))
            return None
        if fault := address_fault(story, self.dossier):
            self.drops.append(Drop(section, story.url or "", fault))
            story = replace(story, url=None)
        failed = {id(s.claim) for s in sentences_of(story, section, self.issue.date) if not self._passes(s)}
        if any(id(claim) in failed for claim in _indispensable(story)):
            self._fell(story, section, "it lost a sentence that it cannot stand without", failed)
            return None
        kept = replace(
            story,
            standfirst=None if id(story.standfirst) in failed else story.standfirst,
            paragraphs=tuple(left for part in story.paragraphs if (left := self._paragraph(part, failed, section))),
        )
        if _told(story) and not _told(kept):
            self._fell(kept, section, "nothing that it told is left")
            return None
        return kept

    def _paragraph(self, claims: tuple[Claim, ...], failed: set[int], section: SectionName) -> tuple[Claim, ...]:
        """What is left of a paragraph: with a sentence fall those that lean on it."""
        kept: list[Claim] = []
        falling = False
        for claim in claims:
            if id(claim) in failed:
                falling = True
            elif falling and _leans(claim):
                self.drops.append(Drop(section, claim.text, "it leans on a sentence that was taken out"))
            else:
                falling = False
                kept.append(claim)
        return tuple(kept)

    def _passes(self, sentence: Sentence) -> bool:
        verdict = judge(sentence, self.dossier, self.wording)
        if not verdict.supported:
            self.drops.append(Drop(sentence.section, verdict.text, verdict.reason))
        return verdict.supported

    def _fell(self, story: Story, section: SectionName, reason: str, noted: set[int] | None = None) -> None:
        """Note every sentence of a story that falls as a whole, but those already noted."""
        told = noted or set()
        self.drops += [
            Drop(section, claim.text, f"its story falls: {reason}") for claim in story.claims() if id(claim) not in told
        ]


def _indispensable(story: Story) -> Iterator[Claim]:
    """The sentences that a story cannot do without: its headline, each cell of a row, the head of a bullet."""
    if story.headline is not None:
        yield story.headline
    yield from story.cells
    if story.layout is Layout.BULLET and story.headline is None and story.paragraphs:
        yield story.paragraphs[0][0]


def _told(story: Story) -> bool:
    """Whether the story asserts anything below its headline."""
    below = (*story.cells, *(claim for paragraph in story.paragraphs for claim in paragraph))
    return any(claim.role is Role.CLAIM for claim in below)


def _leans(claim: Claim) -> bool:
    first = claim.runs[0]
    words = first.text.split() if isinstance(first, Words) else []
    return bool(words) and words[0].strip(",").lower() in _LEANING


def _held(issue: Issue, dropped: int, printed: int) -> str | None:
    """Why the issue may not go out, for an admin; None when it may."""
    lead = issue.section(SectionName.LEAD)
    full = [section for section in issue.sections if section.name not in _FURNITURE and _has_substance(section)]
    asked = issue.coverage.sources
    reasons = []
    if all(source.status is HarvestStatus.FAILED for source in asked):
        reasons.append("no source answered")
    if lead is None or not lead.stories:
        reasons.append("there is no lead story")
    if len(full) < FEWEST_SECTIONS:
        reasons.append(f"{len(full)} sections have substance, and an issue needs {FEWEST_SECTIONS}")
    if dropped > printed:
        reasons.append(f"the checks took out {dropped} sentences, more than the {printed} that are left")
    return "; ".join(reasons) or None


def _has_substance(section: Section) -> bool:
    return bool(section.stories) or any(claim.role is Role.CLAIM for claim in section.opening)
