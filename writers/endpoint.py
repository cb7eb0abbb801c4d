"""Where a model is asked, what it costs, and how much of both is allowed."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from domain.plans import Usage

_PATH = "/chat/completions"

#: A token of English is some four letters; three is on the safe side of a budget.
_LETTERS_A_TOKEN = 3

#: How many letters are sent with every request beside what it says: roles, names of fields.
_FRAME = 200

_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Prices:
    """What a million tokens cost, in the operator's currency; None: not known."""

    prompt: float | None = None
    completion: float | None = None

    def of(self, usage: Usage) -> float | None:
        """What an answer cost: as its endpoint says, else by these prices."""
        if usage.cost is not None:
            return usage.cost
        return self.cost(usage.prompt_tokens, usage.completion_tokens)

    def cost(self, prompt_tokens: int, completion_tokens: int) -> float | None:
        """What so many tokens cost; None where no price is set."""
        if self.prompt is None or self.completion is None:
            return None
        return (prompt_tokens * self.prompt + completion_tokens * self.completion) / _MILLION


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An endpoint. ``url`` is the base that its documentation gives, mostly ending in ``/v1``; ``key`` is secret."""

    url: str
    model: str
    key: str = ""
    prices: Prices = Prices()

    @property
    def address(self) -> str:
        """Where chat completions are asked for; a bare host is taken for ``host/v1``."""
        base = self.url.rstrip("/")
        if base.endswith(_PATH):
            return base
        return f"{base}{'' if urlsplit(base).path else '/v1'}{_PATH}"

    @property
    def host(self) -> str:
        """The host, to be named to people."""
        return urlsplit(self.url).netloc

    def __repr__(self) -> str:
        return f"Endpoint({self.url!r}, {self.model!r})"


class Purse:
    """The money for one issue: nothing is asked that could cost more than is left.

    ``budget`` None: no bound. What was asked and not answered is counted as if it had been answered at full length.
    """

    def __init__(self, prices: Prices, budget: float | None) -> None:
        self._prices = prices
        self._budget = budget
        self.spent = 0.0

    def allows(self, letters: int, most_tokens: int) -> bool:
        """Whether a request of so many letters may be made, answered with so many tokens at most."""
        worst = self._worst(letters, most_tokens)
        return self._budget is None or (worst is not None and self.spent + worst <= self._budget)

    def pay(self, usage: Usage | None, letters: int, most_tokens: int) -> float | None:
        """Count a request; its cost, None where nobody knows it."""
        told = usage is not None and (usage.prompt_tokens > 0 or usage.cost is not None)
        cost = self._prices.of(usage) if usage is not None and told else self._worst(letters, most_tokens)
        self.spent += cost or 0.0
        return cost

    def _worst(self, letters: int, most_tokens: int) -> float | None:
        return self._prices.cost((letters + _FRAME) // _LETTERS_A_TOKEN, most_tokens)
