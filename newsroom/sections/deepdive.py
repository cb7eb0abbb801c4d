"""Deep Dive: one question of the day, three computed cuts with their labels, and what they cannot say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from domain.issue import SECTION_TITLES, Layout, Section, SectionName, Story
from newsroom.desk import Desk
from newsroom.sections import questions_github, questions_models, questions_talk
from newsroom.sections.cuts import Cut, named
from newsroom.sections.slate import Slate
from newsroom.selection.memory import QUESTION

#: A question with fewer cuts that can be computed today is not asked.
FEWEST_CUTS = 2
CUTS = 3


@dataclass(frozen=True, slots=True)
class Question:
    """A question that lists can answer: its key in the phrase book, and the cuts that answer it, best first."""

    name: str
    cuts: Callable[[Desk], Sequence[Cut]]


QUESTIONS = (
    Question("who_fills", questions_models.who_fills),
    Question("what_order", questions_models.what_order),
    Question("how_long", questions_models.how_long),
    Question("what_grows", questions_models.what_grows),
    Question("made_of", questions_github.made_of),
    Question("whose_stars", questions_github.whose_stars),
    Question("how_young", questions_github.how_young),
    Question("argued", questions_talk.argued),
    Question("voted", questions_talk.voted),
)


def write(desk: Desk, slate: Slate) -> Section | None:
    """The section, None when no question can be answered today."""
    for question in _in_turn(desk):
        cuts = [cut for cut in question.cuts(desk) if cut.claims][:CUTS]
        if len(cuts) >= FEWEST_CUTS:
            slate.remember(QUESTION, question.name)
            return Section(
                SectionName.DEEPDIVE, SECTION_TITLES[SectionName.DEEPDIVE], tuple(_stories(desk, question, cuts))
            )
    return None


def _in_turn(desk: Desk) -> list[Question]:
    """The questions not asked for longest first; of those never asked, one by one from day to day."""
    start = desk.day.toordinal()
    order = {question.name: (index - start) % len(QUESTIONS) for index, question in enumerate(QUESTIONS)}
    return sorted(QUESTIONS, key=lambda question: (-_age(desk, question), order[question.name]))


def _age(desk: Desk, question: Question) -> int:
    age = desk.memory.told(QUESTION, question.name, within=len(QUESTIONS) + 7)
    return 10_000 if age is None else age


def _stories(desk: Desk, question: Question, cuts: Sequence[Cut]) -> list[Story]:
    headline = desk.phrases.house(f"question_{question.name}.headline")
    standfirst = desk.phrases.house(f"question_{question.name}.standfirst")
    stories = [Story((), Layout.ARTICLE, headline=headline, standfirst=standfirst)]
    stories += [
        Story(named(cut.claims), Layout.ARTICLE, paragraphs=(tuple(cut.claims),), label=cut.label) for cut in cuts
    ]
    limits = tuple(desk.phrases.house(f"question_{question.name}.limits") for _ in range(1))
    stories.append(Story((), Layout.ARTICLE, paragraphs=(limits,), label="What we cannot say"))
    return stories
