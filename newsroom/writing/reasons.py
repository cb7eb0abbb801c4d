"""Why a sentence was refused, as a model may be told: in words of ours, and of the model's own, never a source's."""

from __future__ import annotations

import re

#: What the checks say of words of ours: the word that they name stands in the sentence itself.
_OF_WORDS = re.compile(
    r"'(?P<word>[^']{1,60})' (?:is a word of hype|is a forecast|is not a word of the house"
    r"|claims a cause, and our readings know none|looks like a name, and a name needs its evidence"
    r"|is proved by no figure and no list that the sentence cites"
    r"|does not fit the distance of the readings that the sentence cites)"
)

#: What is said of any other reason: it may name items and quote their words.
OTHERWISE = "the checks against the readings refuse it: say the fact in another of its ways"


def for_the_model(problems: tuple[str, ...], written: str) -> str:
    """The reasons that name only words of the sentence itself; one general word for the others."""
    told = dict.fromkeys(_told(problem, written) for problem in problems)
    return "; ".join(told)


def _told(problem: str, written: str) -> str:
    found = _OF_WORDS.fullmatch(problem)
    own = found is not None and found["word"].lower() in re.sub(r"\{[^{}]*\}", " ", written).lower()
    return problem if own else OTHERWISE
