"""What a chat completion says: the text of its answer, why it has none, what it used."""

from __future__ import annotations

import json
import math
import re
from typing import Any

from domain.plans import NoAnswer, OfferedSentence, Usage
from writers.wire import Json

#: More sentences, or longer ones, are no answer to a plan.
MOST_SENTENCES = 60
LONGEST_SENTENCE = 2_000

_THINKING = re.compile(r"<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL)
_FENCE = re.compile(r"```(?:json)?\s*(\{.*\})\s*```", re.DOTALL)


def text_of(body: Json) -> str:
    """The answer's own text, thoughts left out. Raises NoAnswer where there is none to be trusted as whole."""
    if isinstance(body.get("error"), dict | str) and body.get("error"):
        raise NoAnswer("the endpoint sent an error in place of an answer")
    choice = _first(body.get("choices"))
    if isinstance(choice.get("error"), dict):
        raise NoAnswer("the model's provider failed in the middle of the answer")
    message = choice.get("message")
    if not isinstance(message, dict):
        raise NoAnswer("the answer has no message")
    finish = choice.get("finish_reason")
    if finish == "length":
        raise NoAnswer("the answer was cut at the bound of tokens")
    if message.get("refusal") or finish in {"content_filter", "refusal", "error"}:
        raise NoAnswer("the model refused")
    text = _content(message.get("content"))
    if not text.strip():
        raise NoAnswer("the answer is empty")
    return text


def _first(choices: object) -> dict[str, Any]:
    if not isinstance(choices, list) or not choices or not isinstance(choices[0], dict):
        raise NoAnswer("the answer has no choice")
    return choices[0]


def _content(content: object) -> str:
    """A text, or parts of which the texts count (thoughts are parts of their own)."""
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        return ""
    parts = (part.get("text") for part in content if isinstance(part, dict) and part.get("type", "text") == "text")
    return "".join(part for part in parts if isinstance(part, str))


def object_of(text: str) -> dict[str, Any]:
    """The one JSON object of an answer: bare, in a code fence, or with prose around it. Raises NoAnswer."""
    bare = _THINKING.sub("", text).strip()
    fenced = _FENCE.search(bare)
    for candidate in (bare, fenced[1] if fenced else "", bare[bare.find("{") : bare.rfind("}") + 1]):
        try:
            found = json.loads(candidate)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict):
            return found
    raise NoAnswer("the answer is not the JSON that was asked for")


def sentences_of(text: str) -> tuple[OfferedSentence, ...]:
    """The sentences of an answer, strictly: ``{"sentences": [{"t": text, "f": [fact ids]}]}``. Raises NoAnswer."""
    listed = object_of(text).get("sentences")
    if not isinstance(listed, list) or len(listed) > MOST_SENTENCES:
        raise NoAnswer("the answer is not the list of sentences that was asked for")
    return tuple(_sentence(each) for each in listed)


def _sentence(each: object) -> OfferedSentence:
    if not isinstance(each, dict) or set(each) != {"t", "f"}:
        raise NoAnswer("a sentence of the answer has not the form that was asked for")
    text, facts = each["t"], each["f"]
    named = isinstance(facts, list) and all(isinstance(fact, str) for fact in facts)
    if not isinstance(text, str) or len(text) > LONGEST_SENTENCE or not named:
        raise NoAnswer("a sentence of the answer has not the form that was asked for")
    return OfferedSentence(text, tuple(facts))


def usage_of(body: Json) -> Usage | None:
    """The tokens used, and the cost where the endpoint tells it; None where it tells nothing."""
    usage = body.get("usage")
    if not isinstance(usage, dict):
        return None
    return Usage(_count(usage.get("prompt_tokens")), _count(usage.get("completion_tokens")), _cost(usage.get("cost")))


def _count(told: object) -> int:
    return told if isinstance(told, int) and not isinstance(told, bool) and 0 <= told < 10**9 else 0


def _cost(told: object) -> float | None:
    known = isinstance(told, int | float) and not isinstance(told, bool) and math.isfinite(told) and told >= 0
    return float(told) if known else None  # type: ignore[arg-type]
