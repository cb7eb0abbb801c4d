"""A language model as a writer: asks in the way that the endpoint understands, within time and money."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from domain.plans import Answer, NoAnswer, OfferedSentence, Refusal, SectionPlan, Usage
from writers import prompts
from writers.endpoint import Endpoint, Purse
from writers.reading import sentences_of, text_of, usage_of
from writers.wire import NoReply, Reply, Wire

#: WRITING §2.5.
TEMPERATURE = 0.4

#: Seconds for a section, and the tokens of its answer: a sentence takes some 60, its frame the rest.
SECTION_SECONDS = 30.0
TOKENS_A_SENTENCE = 90
TOKENS_AT_LEAST = 400

#: A busy endpoint is asked once more, if it asks for no longer a pause than this.
LONGEST_PAUSE = 10.0
USUAL_PAUSE = 1.0

#: Ways of asking that are tried on one endpoint, each after a plain refusal of the one before.
MOST_DIALECTS = 5

#: Asking again this morning is of no use.
_LASTING = {
    401: "the key is refused",
    402: "the account has no credit",
    403: "the key may not use this model",
    404: "there is no such model or address",
}
_BUSY = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})


@dataclass(frozen=True, slots=True)
class Dialect:
    """How an endpoint wants to be asked."""

    tokens: str = "max_tokens"
    temperature: bool = True
    form: str = "json_schema"  # then json_object, then none

    def body(self, model: str, messages: Sequence[dict[str, str]], most_tokens: int) -> dict[str, Any]:
        """The request."""
        asked: dict[str, Any] = {"model": model, "messages": list(messages), self.tokens: most_tokens, "stream": False}
        if self.temperature:
            asked["temperature"] = TEMPERATURE
        if self.form == "json_schema":
            named = {"name": "section", "strict": True, "schema": prompts.schema()}
            asked["response_format"] = {"type": "json_schema", "json_schema": named}
        elif self.form == "json_object":
            asked["response_format"] = {"type": "json_object"}
        return asked

    def after(self, complaint: str) -> Dialect | None:
        """The dialect that leaves out what the endpoint complains of; None where it is nothing of ours."""
        said = complaint.lower()
        if self.tokens == "max_tokens" and "max_completion_tokens" in said:
            return replace(self, tokens="max_completion_tokens")
        if self.tokens != "max_tokens" and "max_completion_tokens" in said:
            return replace(self, tokens="max_tokens")
        if self.temperature and "temperature" in said:
            return replace(self, temperature=False)
        about_form = any(
            word in said for word in ("response_format", "json_schema", "json_object", "schema", "grammar")
        )
        if about_form and self.form != "none":
            return replace(self, form="json_object" if self.form == "json_schema" else "none")
        return None


@dataclass
class LanguageModel:
    """Writes sections and translates, for one issue. ``pause`` waits some seconds; ``timer`` counts them.

    ``seconds`` bounds the whole issue.
    """

    endpoint: Endpoint
    purse: Purse
    seconds: float = 90.0
    timer: Callable[[], float] = time.monotonic
    pause: Callable[[float], None] = time.sleep
    dialect: Dialect = field(default_factory=Dialect)
    gone: str = ""

    def __post_init__(self) -> None:
        self._wire = Wire(self.endpoint, self.timer)
        self._end = self.timer() + self.seconds

    @property
    def version(self) -> str:
        """What an answer depends on beside the plan."""
        return f"{prompts.VERSION} {self.endpoint.address} {self.endpoint.model} {TEMPERATURE}"

    def write(
        self, plan: SectionPlan, refused: Sequence[Refusal] = (), offered: Sequence[OfferedSentence] = ()
    ) -> Answer:
        """Sentences for a plan; with ``refused`` the second attempt, after what was ``offered``. Raises NoAnswer."""
        messages = [_says("system", prompts.RULES), _says("user", prompts.plan_text(plan))]
        if refused:
            messages += [_says("assistant", _written(offered)), _says("user", prompts.repair_text(refused))]
        return self._ask(messages, max(TOKENS_A_SENTENCE * plan.most, TOKENS_AT_LEAST))

    def translate(self, language: str, sentences: Sequence[tuple[str, str]]) -> Answer:
        """Translations of sentences with slots, by id. Raises NoAnswer."""
        text = prompts.translation_text(language, sentences)
        messages = [_says("system", prompts.TRANSLATION_RULES), _says("user", text)]
        return self._ask(messages, max(TOKENS_A_SENTENCE * len(sentences), TOKENS_AT_LEAST))

    def _ask(self, messages: Sequence[dict[str, str]], most_tokens: int) -> Answer:
        if self.gone:
            raise NoAnswer(self.gone, lasting=True)
        end = min(self.timer() + SECTION_SECONDS, self._end)
        letters = sum(len(message["content"]) for message in messages)
        for _ in range(MOST_DIALECTS):
            reply = self._reply(
                self.dialect.body(self.endpoint.model, messages, most_tokens), end, letters, most_tokens
            )
            if reply.status == 200:
                return self._answer(reply, letters, most_tokens)
            dialect = self.dialect.after(self._wire.reason(reply)) if reply.status in {400, 422} else None
            if dialect is None:
                raise self._refused(reply)
            self.dialect = dialect
        raise NoAnswer("the endpoint takes no way of asking that we know", lasting=True)

    def _reply(self, body: dict[str, Any], end: float, letters: int, most_tokens: int) -> Reply:
        """An answer to one request, which a busy endpoint gets a second time."""
        for last in (False, True):
            left = end - self.timer()
            if left <= 0:
                raise NoAnswer("the time for this issue is over" if end == self._end else "no answer in time")
            if not self.purse.allows(letters, most_tokens):
                raise NoAnswer("the budget for this issue does not allow another question", lasting=True)
            try:
                reply = self._wire.post(body, left)
            except NoReply as problem:
                cost = self.purse.pay(None, letters, most_tokens)
                raise NoAnswer(str(problem), usage=Usage(cost=cost)) from None
            pause = USUAL_PAUSE if reply.wait is None else reply.wait
            if last or reply.status not in _BUSY or pause > LONGEST_PAUSE or self.timer() + pause >= end:
                return reply
            self.pause(pause)
        raise AssertionError("a second reply is returned whatever it is")

    def _answer(self, reply: Reply, letters: int, most_tokens: int) -> Answer:
        told = usage_of(reply.body)
        cost = self.purse.pay(told, letters, most_tokens)
        used = replace(told or Usage(), cost=cost)
        try:
            sentences = sentences_of(text_of(reply.body))
        except NoAnswer as problem:
            reason = self._wire.reason(reply)
            raise NoAnswer(f"{problem.reason}{f' ({reason})' if reason else ''}", usage=used) from None
        named = reply.body.get("model")
        return Answer(sentences, named[:100] if isinstance(named, str) else self.endpoint.model, used)

    def _refused(self, reply: Reply) -> NoAnswer:
        reason = self._wire.reason(reply)
        what = _LASTING.get(reply.status, "the endpoint is busy" if reply.status in _BUSY else "the request is refused")
        told = f"{what} ({reply.status}{f': {reason}' if reason else ''})"
        lasting = reply.status in _LASTING or reply.status not in _BUSY
        self.gone = told if lasting else ""
        return NoAnswer(told, lasting=lasting)


def _says(role: str, content: str) -> dict[str, str]:
    return {"role": role, "content": content}


def _written(offered: Sequence[OfferedSentence]) -> str:
    return prompts.answer_text([(sentence.text, sentence.facts) for sentence in offered])
