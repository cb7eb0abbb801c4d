"""Endpoints that want to be asked otherwise say so, and are asked so."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.responses import JSONResponse, Response

from domain.plans import NoAnswer
from tests.integration.writers.endpoint import always, completion, error, sentences, serving
from tests.integration.writers.plans import GOOD, plan

TEXT = sentences(GOOD)


def openai_reasoning(body: dict[str, Any], _count: int) -> Response:
    """As OpenAI's newer models: another name for the bound, and no temperature but their own."""
    if "max_tokens" in body:
        message = (
            "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."
        )
        return error(400, message, param="max_tokens", code="unsupported_parameter")
    if "temperature" in body:
        message = "Unsupported value: 'temperature' does not support 0.4 with this model. Only the default (1)."
        return error(400, message, param="temperature", code="unsupported_value")
    return completion(TEXT)


def lm_studio_old(body: dict[str, Any], _count: int) -> Response:
    """As LM Studio, whose errors are texts, with a model that knows no schema."""
    if body.get("response_format", {}).get("type") == "json_object":
        return JSONResponse({"error": "'response_format.type' must be 'json_schema' or 'text'"}, 400)
    if "response_format" in body:
        return JSONResponse({"error": "json_schema is not supported by this model"}, 400)
    return completion(TEXT)


def only_json_object(body: dict[str, Any], _count: int) -> Response:
    """As endpoints that know JSON and no schema."""
    if body.get("response_format", {}).get("type") == "json_schema":
        return error(400, "This response_format type is unavailable now")
    return completion(TEXT)


def vllm(body: dict[str, Any], _count: int) -> Response:
    """As vLLM, whose errors once stood at the top."""
    if "response_format" in body and body["response_format"]["type"] != "json_object":
        return JSONResponse({"object": "error", "message": "Grammar error: schema too complex", "code": 400}, 422)
    return completion(TEXT)


@pytest.mark.parametrize("endpoint", [openai_reasoning, lm_studio_old, only_json_object, vllm])
def test_an_endpoint_is_asked_in_the_way_that_it_takes_and_from_then_on(endpoint: Any) -> None:
    with serving(endpoint) as asked:
        model = asked.model()
        assert model.write(plan()).sentences
        first = len(asked.bodies)
        assert model.write(plan()).sentences
        assert 2 <= first <= 3
        assert len(asked.bodies) == first + 1


def test_an_endpoint_that_refuses_every_way_is_given_up() -> None:
    complaint = "temperature, response_format, max_completion_tokens: all wrong"
    with serving(always(lambda: error(400, complaint))) as asked:
        model = asked.model()
        for _ in range(2):
            with pytest.raises(NoAnswer):
                model.write(plan())
        assert len(asked.bodies) <= 12
