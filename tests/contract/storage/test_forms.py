"""What readers want of an issue is found by its key for as long as one of them wants it, and no longer."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from domain.combinations import PLAIN, Combination, FormKey
from domain.readers import ChatId
from storage.database import Database
from storage.forms import Forms
from storage.schema import FormRow, SubscriberRow
from storage.subscribers import Subscribers
from tests.contract.storage.samples import subscriber

ANNA, BERT = ChatId(1), ChatId(2)
VISION = Combination(topics=("vision",))
LLAMA = Combination(keywords=("llama",))


@pytest.fixture
def forms(database: Database) -> Forms:
    return Forms(database)


def key_of(database: Database, chat_id: ChatId) -> int | None:
    with database.read() as connection:
        return connection.scalar(select(SubscriberRow.form).where(SubscriberRow.chat_id == chat_id))


def test_a_key_that_nobody_has_is_not_found(forms: Forms) -> None:
    assert forms.combination(VISION.key) is None
    assert forms.combination(FormKey(2**63 - 1)) is None


def test_the_key_of_the_paper_as_it_is_is_always_found(forms: Forms) -> None:
    assert forms.combination(PLAIN) == Combination()


def test_a_reader_who_joins_with_wishes_has_their_key(
    forms: Forms, subscribers: Subscribers, database: Database
) -> None:
    subscribers.join(subscriber(ANNA, topics=frozenset({"vision"})))
    assert key_of(database, ANNA) == VISION.key
    assert forms.combination(VISION.key) == VISION


def test_the_key_follows_every_change(forms: Forms, subscribers: Subscribers, database: Database) -> None:
    subscribers.join(subscriber(ANNA))
    assert key_of(database, ANNA) == PLAIN
    subscribers.change(ANNA, keywords=("LLaMA",))
    assert key_of(database, ANNA) == LLAMA.key
    assert forms.combination(LLAMA.key) == LLAMA
    subscribers.change(ANNA, hour=3)
    assert key_of(database, ANNA) == LLAMA.key
    subscribers.change(ANNA, keywords=())
    assert key_of(database, ANNA) == PLAIN


def test_the_key_follows_the_language(forms: Forms, subscribers: Subscribers, database: Database) -> None:
    subscribers.join(subscriber(ANNA, language="ru"))
    assert key_of(database, ANNA) == Combination(language="ru").key
    subscribers.change(ANNA, language="ar", topics=frozenset({"vision"}))
    arabic = Combination(topics=("vision",), language="ar")
    assert (key_of(database, ANNA), forms.combination(arabic.key)) == (arabic.key, arabic)
    subscribers.import_rows([subscriber(ANNA, language="en")], settings={"language"})
    assert key_of(database, ANNA) == VISION.key


def test_an_import_that_says_a_part_of_the_wishes_gives_the_key_of_all_of_them(
    forms: Forms, subscribers: Subscribers, database: Database
) -> None:
    subscribers.join(subscriber(ANNA, keywords=("llama",)))
    rows = [subscriber(ANNA, topics=frozenset({"vision"})), subscriber(BERT, topics=frozenset({"vision"}))]
    subscribers.import_rows(rows, settings={"topics"})
    both = Combination(topics=("vision",), keywords=("llama",))
    assert (key_of(database, ANNA), key_of(database, BERT)) == (both.key, VISION.key)
    assert forms.combination(both.key) == both


def test_an_import_of_newcomers_keeps_their_wishes(forms: Forms, subscribers: Subscribers) -> None:
    subscribers.import_rows([subscriber(ANNA, topics=frozenset({"vision"}))])
    assert forms.combination(VISION.key) == VISION


def test_what_readers_want_today_is_told_once_each(forms: Forms, subscribers: Subscribers) -> None:
    subscribers.join(subscriber(ANNA, topics=frozenset({"vision"}), keywords=("llama",)))
    subscribers.change(ANNA, keywords=())
    subscribers.join(subscriber(BERT, topics=frozenset({"vision"})))
    subscribers.join(subscriber(3))
    assert forms.in_use() == (VISION,)


def test_the_keywords_of_a_forgotten_reader_are_gone(
    forms: Forms, subscribers: Subscribers, database: Database
) -> None:
    subscribers.join(subscriber(ANNA, keywords=("my own name",)))
    subscribers.join(subscriber(BERT, topics=frozenset({"vision"})))
    subscribers.forget(ANNA)
    with database.read() as connection:
        assert list(connection.scalars(select(FormRow.key))) == [VISION.key]


def test_what_another_reader_wants_too_stays(forms: Forms, subscribers: Subscribers) -> None:
    subscribers.join(subscriber(ANNA, topics=frozenset({"vision"})))
    subscribers.join(subscriber(BERT, topics=frozenset({"vision"})))
    subscribers.forget(ANNA)
    assert forms.combination(VISION.key) == VISION
