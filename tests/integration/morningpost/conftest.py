"""The command line on a local Telegram and local sources."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from morningpost.cli import main
from sandbox import sample
from sandbox.serving import Serving
from sandbox.sources import LocalSources
from sandbox.telegram import SandboxTelegram
from tests.integration.morningpost.shell import ADMIN, Ran, Shell, print_a_paper
from tests.sharing import Shared


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Shell]:
    telegram, sources = SandboxTelegram(), LocalSources(sample.mornings())
    telegram.channel("@ai_morning_post", "The AI Morning Post")
    telegram.user(ADMIN, "Editor").start()
    monkeypatch.chdir(tmp_path)
    handlers, level = logging.getLogger().handlers, logging.getLogger().level
    with Serving(telegram) as telegram_server, Serving(sources) as source_server:
        (tmp_path / "feeds.toml").write_text(sources.feeds_toml(source_server.url), encoding="utf-8")
        settings = {
            **sources.addresses(source_server.url),
            "FEEDS_FILE": str(tmp_path / "feeds.toml"),
            "TELEGRAM_BOT_TOKEN": telegram.token,
            "TELEGRAM_API_URL": telegram_server.url,
            "TELEGRAM_CHANNEL": "@ai_morning_post",
            "TELEGRAM_ADMINS": str(ADMIN),
            "DATA_DIR": str(tmp_path / "data"),
            "CHECK_LINKS": "false",
            "LOG_LEVEL": "error",
        }
        for name, value in settings.items():
            monkeypatch.setenv(name, value)

        def run(*words: str) -> Ran:
            monkeypatch.setattr("sys.argv", ["morningpost", *words])
            status = 0
            try:
                main()
            except SystemExit as leaving:
                status = leaving.code if isinstance(leaving.code, int) else 1
            printed = capsys.readouterr()
            return Ran(status, printed.out, printed.err)

        yield Shell(run, telegram, sources, tmp_path)
    logging.getLogger().handlers, logging.getLogger().level = handlers, level
    structlog.reset_defaults()


@pytest.fixture
def press(shell: Shell, shared: Shared) -> Shell:
    """A shell where the sample's last mornings were collected, and the last is a draft."""
    data = shell.folder / "data"

    def printed(folder: Path) -> None:
        print_a_paper(shell)
        shutil.copytree(data, folder, dirs_exist_ok=True)

    shutil.copytree(shared.folder("printed", printed), data, dirs_exist_ok=True)
    return shell
