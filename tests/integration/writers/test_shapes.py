"""Answers in the shapes that endpoints document, and what is made of each."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from starlette.responses import JSONResponse, Response

from domain.plans import NoAnswer, OfferedSentence
from tests.integration.writers.endpoint import KEY, MODEL, always, completion, sentences, serving
from tests.integration.writers.plans import GOOD, plan

TEXT = sentences(GOOD)
OFFERED = (OfferedSentence(GOOD[0], tuple(GOOD[1])),)

#: Ways in which a good answer arrives.
GOOD_SHAPES: dict[str, Callable[[], Response]] = {
    "OpenAI": lambda: completion(TEXT, system_fingerprint="fp_1", service_tier="default"),
    "Anthropic, in a fence with prose around it": lambda: completion(
        f"Here is the section:\n\n```json\n{TEXT}\n```\nI kept to the rules.", message={"refusal": None}
    ),
    "Anthropic, with prose before it": lambda: completion(f"Sure. {TEXT}"),
    "Google": lambda: completion(TEXT, choice={"logprobs": None}, created=1, id="x", model="gemini-3.8-flash"),
    "OpenRouter": lambda: completion(
        TEXT,
        provider="Some Provider",
        choice={"native_finish_reason": "STOP"},
        message={"reasoning": "I thought about it."},
        usage={"prompt_tokens": 1200, "completion_tokens": 80, "total_tokens": 1280, "cost": 0.00042},
    ),
    "Ollama, a model that thinks aloud": lambda: completion(
        f"<think>\nThe plan has {{one}} fact.\n</think>\n\n{TEXT}", system_fingerprint="fp_ollama"
    ),
    "Ollama, without usage": lambda: completion(TEXT, usage=None),
    "LM Studio": lambda: completion(TEXT, stats={}, system_fingerprint="some-model"),
    "vLLM with a reasoning parser": lambda: completion(
        TEXT, message={"reasoning_content": "Let me see.", "tool_calls": []}, prompt_logprobs=None
    ),
    "llama.cpp": lambda: completion(
        TEXT, system_fingerprint="b1", timings={"prompt_n": 32, "prompt_ms": 69.5, "predicted_n": 20}
    ),
    "Mistral, in parts": lambda: completion(
        [{"type": "thinking", "thinking": [{"type": "text", "text": "Hm."}]}, {"type": "text", "text": TEXT}]
    ),
    "blanks around it": lambda: completion(f"\n\n  {TEXT}\n\n"),
}

#: Ways in which no answer arrives, and a word of why.
BAD_SHAPES: dict[str, tuple[Callable[[], Response], str]] = {
    "OpenAI refuses": (lambda: completion(None, message={"refusal": "I can't help with that."}), "refused"),
    "OpenAI filters": (lambda: completion(None, choice={"finish_reason": "content_filter"}), "refused"),
    "cut at the bound": (lambda: completion(TEXT[:30], choice={"finish_reason": "length"}), "cut"),
    "llama.cpp floods with newlines": (
        lambda: completion("{" + "\n" * 5000, choice={"finish_reason": "length"}),
        "cut",
    ),
    "newlines to the end": (lambda: completion("\n" * 5000), "empty"),
    "OpenRouter fails with 200": (
        lambda: JSONResponse({"error": {"code": 502, "message": "Provider returned error", "metadata": {}}}),
        "Provider returned error",
    ),
    "OpenRouter fails in the choice": (
        lambda: completion("{", choice={"finish_reason": "error", "error": {"code": 502, "message": "overloaded"}}),
        "provider failed",
    ),
    "Google answers nothing": (lambda: completion(None, choice={"finish_reason": "stop"}), "empty"),
    "only thoughts": (lambda: completion("<think>I never came to an end</think>"), "not the JSON"),
    "thoughts without an end": (lambda: completion("<think>{I never came to an end"), "not the JSON"),
    "no choice": (lambda: completion(TEXT, choices=[]), "no choice"),
    "no message": (lambda: completion(TEXT, choice={"message": None}), "no message"),
    "prose": (lambda: completion("I am sorry, I write no newspapers."), "not the JSON"),
    "another form": (lambda: completion('{"sentences": ["{a.name} climbed."]}'), "form"),
    "a list": (lambda: completion("[1, 2]"), "not the JSON"),
    "one field more": (lambda: completion('{"sentences": [{"t": "x", "f": [], "url": "http://x"}]}'), "form"),
    "facts that are no texts": (lambda: completion('{"sentences": [{"t": "x", "f": [1]}]}'), "form"),
    "a thousand sentences": (lambda: completion(sentences(*[GOOD] * 1000)), "list of sentences"),
    "one endless sentence": (lambda: completion(sentences(("x" * 5000, ["f1"]))), "form"),
    "deeply nested": (lambda: completion("[" * 100_000), "not the JSON"),
    "not an object": (lambda: JSONResponse([1]), "no choice"),
}


@pytest.mark.parametrize("shape", GOOD_SHAPES)
def test_the_sentences_are_read_from_an_answer_in_the_shape_of(shape: str) -> None:
    with serving(always(GOOD_SHAPES[shape])) as asked:
        assert asked.model().write(plan()).sentences == OFFERED


@pytest.mark.parametrize("shape", BAD_SHAPES)
def test_no_sentence_is_read_from(shape: str) -> None:
    reply, why = BAD_SHAPES[shape]
    with serving(always(reply)) as asked, pytest.raises(NoAnswer, match=why):
        asked.model().write(plan())


def test_the_cost_that_openrouter_tells_is_the_cost() -> None:
    with serving(always(GOOD_SHAPES["OpenRouter"])) as asked:
        usage = asked.model().write(plan()).usage
    assert (usage.prompt_tokens, usage.completion_tokens, usage.cost) == (1200, 80, 0.00042)


@pytest.mark.parametrize(
    "usage", [{"prompt_tokens": -5}, {"prompt_tokens": "12"}, [], {"cost": float("1e400")}, "none"]
)
def test_nonsense_about_usage_counts_as_nothing(usage: Any) -> None:
    body = json.loads(bytes(completion(TEXT, usage=None).body)) | {"usage": usage}

    def reply() -> Response:
        return Response(json.dumps(body), media_type="application/json")

    with serving(always(reply)) as asked:
        found = asked.model().write(plan()).usage
    assert (found.prompt_tokens, found.completion_tokens, found.cost) == (0, 0, None)


def test_what_is_asked_is_what_strict_endpoints_take() -> None:
    with serving(always(GOOD_SHAPES["OpenAI"])) as asked:
        asked.model().write(plan())
    [body] = asked.bodies
    assert body["model"] == MODEL
    assert body["temperature"] == 0.4
    assert 0 < body["max_tokens"] <= 1000
    form = body["response_format"]["json_schema"]
    assert form["strict"] is True
    for level in (form["schema"], form["schema"]["properties"]["sentences"]["items"]):
        assert level["additionalProperties"] is False
        assert set(level["required"]) == set(level["properties"])
    assert asked.headers[0]["authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize(
    ("path", "asked_at"),
    [
        ("", "/v1/chat/completions"),
        ("/v1", "/v1/chat/completions"),
        ("/v1/", "/v1/chat/completions"),
        ("/v1beta/openai", "/v1beta/openai/chat/completions"),
        ("/openai/v1", "/openai/v1/chat/completions"),
        ("/api/v1/chat/completions", "/api/v1/chat/completions"),
    ],
)
def test_the_address_is_found_from_the_base_that_the_documentation_gives(path: str, asked_at: str) -> None:
    with serving(always(GOOD_SHAPES["OpenAI"])) as asked:
        model = asked.model(path=path)
        assert model.endpoint.address == f"{asked.url}{asked_at}"
        model.write(plan())
