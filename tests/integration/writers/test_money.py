"""The budget of an issue: no question that could cost more than is left."""

from __future__ import annotations

import pytest
from starlette.responses import HTMLResponse

from domain.plans import NoAnswer
from tests.integration.writers.endpoint import always, completion, sentences, serving
from tests.integration.writers.plans import GOOD, plan
from writers.endpoint import Prices
from writers.model import LanguageModel

TEXT = sentences(GOOD)
PRICES = Prices(prompt=2.0, completion=8.0)


def test_a_price_makes_a_cost_of_the_tokens_used() -> None:
    with serving(always(lambda: completion(TEXT))) as asked:
        usage = asked.model(prices=PRICES).write(plan()).usage
    assert usage.cost == pytest.approx((1200 * 2 + 80 * 8) / 1_000_000)


def test_without_a_price_only_tokens_are_counted() -> None:
    with serving(always(lambda: completion(TEXT))) as asked:
        assert asked.model().write(plan()).usage.cost is None


def test_a_question_that_could_cost_more_than_is_left_is_not_asked() -> None:
    with serving(always(lambda: completion(TEXT))) as asked:
        with pytest.raises(NoAnswer, match="budget") as raised:
            asked.model(prices=PRICES, budget=0.000_1).write(plan())
        assert raised.value.lasting
        assert asked.bodies == []


def test_a_budget_is_spent_by_answers_and_never_passed() -> None:
    with serving(always(lambda: completion(TEXT))) as asked:
        model = asked.model(prices=PRICES, budget=0.02)
        with pytest.raises(NoAnswer, match="budget"):
            _asked_until_refused(model)
        assert 1 <= len(asked.bodies) < 20
        assert model.purse.spent <= 0.02


def _asked_until_refused(model: LanguageModel) -> None:
    for _ in range(20):
        model.write(plan())


def test_an_answer_that_tells_no_usage_is_counted_at_full_length() -> None:
    with serving(always(lambda: completion(TEXT, usage=None))) as asked:
        model = asked.model(prices=PRICES, budget=1.0)
        assert model.write(plan()).usage.cost == pytest.approx(model.purse.spent)
        assert model.purse.spent >= 400 * 8 / 1_000_000


def test_a_question_without_an_answer_is_counted_at_full_length() -> None:
    with serving(always(lambda: HTMLResponse("oops"))) as asked:
        model = asked.model(prices=PRICES, budget=1.0)
        with pytest.raises(NoAnswer) as raised:
            model.write(plan())
        assert raised.value.usage.cost == pytest.approx(model.purse.spent)
        assert model.purse.spent >= 400 * 8 / 1_000_000


def test_a_budget_without_prices_allows_nothing() -> None:
    with serving(always(lambda: completion(TEXT))) as asked, pytest.raises(NoAnswer, match="budget"):
        asked.model(budget=5.0).write(plan())
