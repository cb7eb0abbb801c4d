"""The language model at the desk: the draft first, then the model's words where they pass, with answers kept.

The rooms are imported when a model is asked, so that a paper without one pays nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from domain.issue import Issue, Writer
from domain.plans import Answer, NoAnswer, OfferedSentence, Refusal, SectionPlan
from morningpost.answers import Answers
from morningpost.settings import Settings

if TYPE_CHECKING:
    from newsroom.facts import Facts
    from writers.model import LanguageModel

log = structlog.get_logger()

#: The time for a whole issue, in seconds (WRITING §2.5).
ISSUE_SECONDS = 90.0


@dataclass(frozen=True, slots=True)
class ModelDesk:
    """Puts a checked draft into a model's words where they stand. ``open_model`` begins the time and the budget."""

    open_model: Callable[[], LanguageModel]
    answers: Answers

    def rewrite(self, draft: Issue, past: Sequence[Issue], facts: Facts) -> Issue:
        """The issue; the draft itself where the model gives nothing that stands. ``past`` newest first."""
        from newsroom.writing import rewrite

        issue = rewrite(draft, past, facts, _Remembering(self.open_model(), self.answers))
        _tell(issue)
        return issue


@dataclass
class _Remembering:
    """A model whose answers are kept."""

    model: LanguageModel
    answers: Answers

    def write(
        self, plan: SectionPlan, refused: Sequence[Refusal] = (), offered: Sequence[OfferedSentence] = ()
    ) -> Answer:
        """A kept answer, else the model's. Raises NoAnswer."""
        name = self.answers.name(plan, refused, offered, self.model.version)
        kept = self.answers.get(name)
        if kept is not None:
            log.info("model.remembered", section=plan.section.value)
            return kept
        answer = self._asked(plan, refused, offered)
        self.answers.keep(name, answer)
        return answer

    def _asked(self, plan: SectionPlan, refused: Sequence[Refusal], offered: Sequence[OfferedSentence]) -> Answer:
        try:
            return self.model.write(plan, refused, offered)
        except NoAnswer as none:
            log.warning("model.no_answer", section=plan.section.value, reason=none.reason, lasting=none.lasting)
            raise


def _tell(issue: Issue) -> None:
    if issue.writing is None:
        return
    written = issue.writing
    log.info(
        "model.wrote",
        model=written.model,
        sections=[section.name.value for section in issue.sections if section.writer is Writer.MODEL],
        offered=written.offered,
        printed=written.printed,
        prompt_tokens=written.prompt_tokens,
        completion_tokens=written.completion_tokens,
        cost=written.cost,
        fallbacks={section.name.value: section.fallback for section in issue.sections if section.fallback},
    )


def model_desk(settings: Settings) -> ModelDesk | None:
    """The model's desk by the settings; None where the built-in writer writes alone."""
    if settings.llm_url is None or settings.llm_model is None:
        return None
    return ModelDesk(lambda: open_model(settings), Answers(settings.data_dir / "cache" / "writing"))


def open_model(settings: Settings) -> LanguageModel:
    """The model of the settings, with the time and the budget of one issue. Raises ValueError where none is set."""
    from writers.endpoint import Endpoint, Prices, Purse
    from writers.model import LanguageModel

    if settings.llm_url is None or settings.llm_model is None:
        raise ValueError("LLM_URL and LLM_MODEL are not set")
    prices = Prices(settings.llm_price_prompt, settings.llm_price_completion)
    key = settings.llm_api_key.get_secret_value() if settings.llm_api_key else ""
    endpoint = Endpoint(settings.llm_url, settings.llm_model, key, prices)
    return LanguageModel(endpoint, Purse(prices, settings.llm_budget), ISSUE_SECONDS)


def asked_once(settings: Settings) -> str:
    """What the model of the settings says of itself when it is asked for one sentence. Raises NoAnswer."""
    model = open_model(settings)
    answer = model.translate("English", [("s1", "{a} stands at the top of {b}.")])
    return f"{answer.model} answers, {model.dialect.form} as form of answers"
