from __future__ import annotations

from datetime import date

import pytest

from domain.claims import house
from domain.issue import SectionName
from newsroom.checking.rules_of_form import form
from newsroom.checking.rules_of_words import own_words
from newsroom.checking.sentences import Place, Sentence
from newsroom.checking.wording import standard_wording
from newsroom.writing.style import standard_style


@pytest.mark.parametrize("note", standard_style().notes)
def test_the_lines_of_the_house_about_a_model_keep_the_rules_of_the_house(note: str) -> None:
    sentence = Sentence(house(note), SectionName.LEAD, Place.NOTE, date(2026, 7, 4))
    assert [*own_words(sentence, standard_wording()), *form(sentence)] == []


def test_neutral_words_and_words_that_stand_for_each_other_are_words_of_the_house() -> None:
    style, vocabulary = standard_style(), standard_wording().vocabulary
    words = {*style.neutral, *style.same} - {","}
    assert words <= vocabulary
