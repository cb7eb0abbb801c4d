"""A waiting line to many chats."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from hypothesis import given
from hypothesis import strategies as st

from delivery.line import Line
from domain.readers import ChatId


@dataclass(eq=False)
class Who:
    chat_id: ChatId
    at: float
    number: int


class Chats:
    """Chats that take one message at a time, and the next a second after its answer."""

    def __init__(self) -> None:
        self.ready: dict[ChatId, float] = {}
        self.line: Line[Who] = Line(lambda chat_id, now: max(now, self.ready.get(chat_id, now)))

    def take(self, now: float) -> Who | None:
        who = self.line.head(now)
        if who is not None:
            self.line.leave()
            self.ready[who.chat_id] = inf
        return who

    def answer(self, chat_id: ChatId, now: float) -> None:
        self.ready[chat_id] = now + 1.0
        self.line.answered(chat_id)


def test_nobody_waits_behind_a_chat_that_is_not_ready() -> None:
    chats = Chats()
    for number, chat in enumerate((1, 1, 1, 2, 3)):
        chats.line.append(Who(ChatId(chat), 0.0, number))
    left = [chats.take(0.0) for _ in range(4)]
    assert [who and who.number for who in left] == [0, 3, 4, None]
    assert (len(chats.line), chats.line.next_at()) == (2, inf)
    chats.answer(ChatId(1), 0.1)
    assert chats.take(0.2) is None
    assert chats.line.next_at() == 1.1
    second = chats.take(1.1)
    assert second is not None
    assert second.number == 1


def test_who_came_for_a_later_moment_waits_for_it() -> None:
    chats = Chats()
    chats.line.append(Who(ChatId(1), 5.0, 0))
    chats.line.append(Who(ChatId(2), 0.0, 1))
    first = chats.take(0.0)
    assert first is not None
    assert first.number == 1
    assert chats.take(4.9) is None
    assert chats.take(5.0) is not None


def test_who_is_taken_out_of_the_line_leaves_no_gap() -> None:
    chats = Chats()
    for number in range(9):
        chats.line.append(Who(ChatId(number % 3 + 1), 0.0, number))
    while chats.take(0.0):
        pass
    out = chats.line.take_out(lambda who: who.chat_id == 2)
    assert sorted(who.number for who in out) == [4, 7]
    assert len(chats.line) == 4


@given(
    chats=st.lists(st.tuples(st.integers(1, 4), st.integers(0, 3)), max_size=40),
    answers=st.lists(st.integers(0, 6), max_size=80),
)
def test_everyone_goes_once_those_of_a_chat_in_their_order_and_never_too_early(
    chats: list[tuple[int, int]], answers: list[int]
) -> None:
    town, now, under_way, left = Chats(), 0.0, list[Who](), list[Who]()
    for number, (chat, _) in enumerate(chats):
        town.line.append(Who(ChatId(chat), 0.0, number))
    steps = iter(answers)
    while len(town.line) or under_way:
        while who := town.take(now):
            assert town.ready[who.chat_id] == inf
            under_way.append(who)
            left.append(who)
        if under_way:
            town.answer(under_way.pop(next(steps, 0) % len(under_way)).chat_id, now)
        now += 0.25
    assert sorted(who.number for who in left) == list(range(len(chats)))
    for chat in range(1, 5):
        numbers = [who.number for who in left if who.chat_id == chat]
        assert numbers == sorted(numbers)
