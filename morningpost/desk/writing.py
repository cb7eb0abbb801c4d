"""The language model at the desk: the draft first, then the model's words where they pass, with answers kept.

The rooms are imported when a model is asked, so that a paper without one pays nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from domain.issue import Issue, Writer
from domain.plans import Answer, NoAnswer, OfferedSentence, Refusal, SectionPlan
from morningpost.desk.answers import Answers
from morningpost.settings import Settings

if TYPE_CHECKING:
    from newsroom.facts import Facts
    from newsroom.writing import Translation
    from writers.model import LanguageModel

log = structlog.get_logger()

#: The time for a whole issue, in seconds (WRITING §2.5).
ISSUE_SECONDS = 90.0

#: The time for a translation of it: every section is asked for.
TRANSLATION_SECONDS = 240.0


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


@dataclass(frozen=True, slots=True)
class TranslationDesk:
    """Translates an issue by a model; answers are kept, so that an edition is asked for once."""

    open_model: Callable[[], LanguageModel]
    answers: Answers

    def translated(self, issue: Issue, language: str) -> Translation:
        """The issue in a language, its sections translated where everything in them passes."""
        from newsroom.writing import translate

        model = self.open_model()

        def ask(texts: Sequence[tuple[str, str]], attempt: int) -> Mapping[str, str]:
            name = self.answers.name("translation", language, texts, attempt, model.version)
            return self._asked(model, language, texts, name)

        found = translate(issue, language, ask)
        log.info("issue.translated", date=str(issue.date), language=language, kept=dict(found.kept))
        return found

    def _asked(
        self, model: LanguageModel, language: str, texts: Sequence[tuple[str, str]], name: str
    ) -> Mapping[str, str]:
        answer = self.answers.get(name)
        if answer is None:
            try:
                answer = model.translate(language, texts)
            except NoAnswer as none:
                log.warning("model.no_answer", reason=none.reason, lasting=none.lasting)
                return {}
            self.answers.keep(name, answer)
        return {sentence.facts[0]: sentence.text for sentence in answer.sentences if len(sentence.facts) == 1}


def model_desk(settings: Settings) -> ModelDesk | None:
    """The model's desk by the settings; None where the built-in writer writes alone."""
    if settings.llm_url is None or settings.llm_model is None:
        return None
    return ModelDesk(lambda: open_model(settings), _answers(settings))


def translation_desk(settings: Settings) -> TranslationDesk | None:
    """The translation's desk by the settings; None without a model."""
    if settings.llm_url is None:
        return None
    return TranslationDesk(lambda: open_model(settings, TRANSLATION_SECONDS), _answers(settings))


def _answers(settings: Settings) -> Answers:
    return Answers(settings.data_dir / "cache" / "writing")


def open_model(settings: Settings, seconds: float | None = None) -> LanguageModel:
    """The model of the settings, with the time and the budget of one issue. Raises ValueError where none is set."""
    from writers.endpoint import Endpoint, Prices, Purse
    from writers.model import LanguageModel

    if settings.llm_url is None or settings.llm_model is None:
        raise ValueError("LLM_URL and LLM_MODEL are not set")
    prices = Prices(settings.llm_price_prompt, settings.llm_price_completion)
    key = settings.llm_api_key.get_secret_value() if settings.llm_api_key else ""
    endpoint = Endpoint(settings.llm_url, settings.llm_model, key, prices)
    return LanguageModel(endpoint, Purse(prices, settings.llm_budget), seconds or ISSUE_SECONDS)


def asked_once(settings: Settings) -> str:
    """What the model of the settings says of itself when it is asked for one sentence. Raises NoAnswer."""
    model = open_model(settings)
    answer = model.translate("English", [("s1", "{a} stands at the top of {b}.")])
    return f"{answer.model} answers, {model.dialect.form} as form of answers"
