from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from morningpost.logs import configure_logs, redacted

TOKEN = "123456:AAAAbbbbCCCCddddEEEEffffGGGGhhhhIII"


@pytest.fixture(autouse=True)
def _logs_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


@pytest.mark.parametrize("form", ["console", "json"])
def test_the_token_appears_in_no_line_of_ours_or_of_a_library(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("debug", "json" if form == "json" else "console", [TOKEN, "hunter22"])
    structlog.get_logger().error("wire.failed", url=f"https://api.telegram.org/bot{TOKEN}/getMe")
    logging.getLogger("some.library").warning("POST %s with %s", f"/bot{TOKEN}/sendMessage", "hunter22")
    try:
        int(f"bot{TOKEN}")
    except ValueError:
        structlog.get_logger().exception("wire.broke")
    printed = capsys.readouterr().err
    assert "wire.failed" in printed
    assert "wire.broke" in printed
    assert TOKEN not in printed
    assert "hunter22" not in printed


def test_a_token_that_nobody_told_us_of_is_struck_out_too() -> None:
    assert redacted(f"see https://x.org/bot{TOKEN}/getMe") == "see https://x.org/•••/getMe"


def test_json_lines_are_json(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("info", "json", [])
    structlog.get_logger().info("source.harvested", source="arxiv", items=41)
    event = json.loads(capsys.readouterr().err)
    assert (event["event"], event["source"], event["items"], event["level"]) == (
        "source.harvested",
        "arxiv",
        41,
        "info",
    )
