"""The model at the command line: the doctor asks it, `show --language` translates, logs hold no key."""

from __future__ import annotations

import asyncio
import json
import logging
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.responses import Response
from telegram import Bot

from domain.plans import NoAnswer
from domain.readings import Harvest
from morningpost.desk.answers import Answers
from morningpost.desk.writing import asked_once, model_desk, open_model, translation_desk
from morningpost.doctor import Doctor
from morningpost.settings import Settings
from tests.integration.writers.endpoint import KEY, MODEL, completion, error, sentences, serving
from tests.integration.writers.plans import GOOD


def settings(folder: Path, url: str = "") -> Settings:
    model = {"LLM_URL": url, "LLM_MODEL": MODEL, "LLM_API_KEY": KEY} if url else {}
    return Settings.from_env({"DATA_DIR": str(folder), **model}, folder)


def good() -> Response:
    return completion(sentences(GOOD))


def test_without_settings_there_is_no_model_to_ask(tmp_path: Path) -> None:
    assert model_desk(settings(tmp_path)) is None
    assert translation_desk(settings(tmp_path)) is None
    with pytest.raises(ValueError, match="LLM_URL"):
        open_model(settings(tmp_path))


def test_a_model_that_answers_is_told_by_its_name(tmp_path: Path) -> None:
    with serving(lambda _body, _count: good()) as asked:
        assert "some-model-2026 answers" in asked_once(settings(tmp_path, f"{asked.url}/v1"))


async def _no_harvest() -> list[Harvest]:
    return []


def test_the_doctor_says_what_to_mend_at_a_model_that_refuses(tmp_path: Path) -> None:
    with serving(lambda _body, _count: error(401, f"Incorrect API key provided: {KEY}")) as asked:
        here = settings(tmp_path, f"{asked.url}/v1").model_copy(update={"telegram_api_url": asked.url})
        doctor = Doctor(here, lambda: datetime.now(UTC), lambda: None, lambda: None, _no_harvest, Bot)
        findings = asyncio.run(doctor.examine())
    [found] = [finding for finding in findings if finding.step == "language model"]
    assert found.verdict == "warning"
    assert "key is refused" in found.found
    assert "LLM_API_KEY" in found.do
    assert KEY not in f"{findings}"


def test_no_log_holds_the_key(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for reply in (good, lambda: error(401, f"Incorrect API key provided: {KEY}"), lambda: Response(KEY.encode())):
        with serving(lambda _body, _count, reply=reply: reply()) as asked:  # type: ignore[misc]
            try:
                asked_once(settings(tmp_path, f"{asked.url}/v1"))
            except NoAnswer as none:
                caplog.records.append(logging.makeLogRecord({"msg": str(none)}))
    assert caplog.records
    assert all(KEY not in record.getMessage() for record in caplog.records)


def test_an_answer_that_was_damaged_on_the_disk_is_asked_for_again(tmp_path: Path) -> None:
    answers = Answers(tmp_path)
    for text in (
        "",
        "{",
        "[]",
        json.dumps({"sentences": [{"text": 1}], "model": "m", "usage": {}}),
        '{"usage": {"x": 1}}',
    ):
        (tmp_path / "name.json").write_text(text, encoding="utf-8")
        assert answers.get("name") is None
