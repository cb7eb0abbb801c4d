"""A question is answered once, by whom it was asked, in time; the same answer may be handled again."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from domain.questions import Question
from storage import questions as module
from storage.database import Database
from storage.questions import Questions

NOW = datetime(2026, 7, 4, 7, 0, tzinfo=UTC)
UNTIL = NOW + timedelta(minutes=15)
CITY, WORD = Question("s", "city"), Question("t", "")
GROUP, ADA, BERT = -100_1, 1001, 1002


@pytest.fixture
def questions(database: Database) -> Questions:
    return Questions(database)


def test_a_question_is_for_one_person_in_one_chat_and_answered_by_one_message(questions: Questions) -> None:
    questions.ask(GROUP, ADA, CITY, NOW, UNTIL)
    assert questions.take(GROUP, BERT, 5, NOW) is None
    assert questions.take(ADA, ADA, 5, NOW) is None
    assert questions.take(GROUP, ADA, 5, NOW) == CITY
    assert questions.take(GROUP, ADA, 6, NOW) is None


def test_an_answer_that_is_handled_again_or_edited_is_an_answer_still(questions: Questions) -> None:
    questions.ask(ADA, ADA, CITY, NOW, UNTIL)
    assert questions.take(ADA, ADA, 4, NOW, edited=True) is None  # an older message, whatever it says by now
    assert questions.take(ADA, ADA, 5, NOW) == CITY
    assert questions.take(ADA, ADA, 5, NOW) == CITY
    assert questions.take(ADA, ADA, 5, NOW, edited=True) == CITY
    assert questions.take(ADA, ADA, 6, NOW, edited=True) is None


def test_asked_the_same_again_one_may_edit_what_one_answered_and_write_anew(questions: Questions) -> None:
    questions.ask(ADA, ADA, CITY, NOW, UNTIL)
    questions.take(ADA, ADA, 5, NOW)
    questions.ask(ADA, ADA, CITY, NOW, UNTIL)
    assert questions.take(ADA, ADA, 5, NOW, edited=True) == CITY
    questions.ask(ADA, ADA, CITY, NOW, UNTIL)
    assert questions.take(ADA, ADA, 6, NOW) == CITY


def test_a_new_question_takes_the_place_of_the_last(questions: Questions) -> None:
    questions.ask(ADA, ADA, CITY, NOW, UNTIL)
    questions.take(ADA, ADA, 5, NOW)
    questions.ask(ADA, ADA, WORD, NOW, UNTIL)
    assert questions.take(ADA, ADA, 5, NOW, edited=True) is None
    assert questions.take(ADA, ADA, 6, NOW) == WORD


def test_what_is_too_late_or_given_up_answers_nothing_and_goes(questions: Questions) -> None:
    questions.ask(ADA, ADA, CITY, NOW, UNTIL)
    questions.ask(BERT, BERT, CITY, NOW, UNTIL)
    assert questions.take(ADA, ADA, 5, UNTIL) is None
    questions.forget(BERT, BERT)
    assert questions.take(BERT, BERT, 5, NOW) is None
    assert questions.prune(NOW) == 0
    assert questions.prune(UNTIL) == 1
    assert questions.prune(UNTIL) == 0


def test_of_too_many_questions_those_that_are_over_first_go(
    questions: Questions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST", 3)
    for number in range(5):
        questions.ask(number, number, CITY, NOW, UNTIL + timedelta(seconds=number))
    found = [number for number in range(5) if questions.take(number, number, 9, NOW) is not None]
    assert found == [2, 3, 4]


def test_two_messages_at_once_on_two_processes_are_one_answer(questions: Questions, database_url: str) -> None:
    begin = threading.Barrier(2)

    def take(message: int) -> Question | None:
        database = Database.open(database_url)
        begin.wait()
        found = Questions(database).take(ADA, ADA, message, NOW)
        database.close()
        return found

    for _ in range(5):
        questions.forget(ADA, ADA)
        questions.ask(ADA, ADA, CITY, NOW, UNTIL)
        with ThreadPoolExecutor(2) as pool:
            taken = list(pool.map(take, [5, 6]))
        assert sorted(map(str, taken)) == sorted([str(CITY), "None"])
