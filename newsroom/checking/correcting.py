"""Corrections: what rests on evidence that is no longer trusted falls out of an issue, and the issue says so."""

from __future__ import annotations

from dataclasses import replace

from domain.claims import Claim, house
from domain.issue import Issue, Section, SectionName
from newsroom.checking.auditing import audit
from newsroom.checking.checks import check
from newsroom.checking.verdicts import Verdict
from newsroom.checking.wording import Wording
from newsroom.facts import Facts

#: What a section says that lost sentences.
CORRECTED = "Corrected: what stood here rested on a reading that we no longer trust, and is taken out."

#: What a section says in which an editor put a sentence right.
MENDED = "Corrected: a sentence that stood here was wrong, and another stands in its place."


def mended(issue: Issue, name: SectionName) -> Issue:
    """The issue with a note in a section that an editor corrected it; the note stands once."""
    sections = tuple(_with_note(each, MENDED) if each.name is name else each for each in issue.sections)
    noted = replace(issue, sections=sections)
    printed = sum(1 for _ in noted.claims())
    return replace(noted, checks=replace(issue.checks, claims=printed, supported=printed))


def resting_on_doubt(issue: Issue, facts: Facts, wording: Wording | None = None) -> tuple[Verdict, ...]:
    """The sentences of an issue that fall when ``facts`` holds no doubted evidence, with the reasons."""
    return audit(issue, facts, wording).failed


def correct(issue: Issue, facts: Facts, wording: Wording | None = None) -> Issue:
    """The issue without what ``facts`` no longer supports; each section that lost something says so in a note.

    An issue that loses nothing comes back as it is. The sentences fall by the same ladder as in a draft; an issue that
    would then be held says so in ``checks.held``.
    """
    checked = check(issue, facts, wording)
    lost = {drop.section for drop in checked.checks.drops[len(issue.checks.drops) :]}
    if not lost:
        return issue
    sections = tuple(
        _with_note(section, CORRECTED) if section.name in lost else section for section in checked.sections
    )
    noted = replace(checked, sections=sections)
    printed = sum(1 for _ in noted.claims())
    return replace(noted, checks=replace(checked.checks, claims=printed, supported=printed))


def _with_note(section: Section, text: str) -> Section:
    notes: tuple[Claim, ...] = tuple(note for note in section.notes if note.text != text)
    return replace(section, notes=(*notes, house(text)))
