from __future__ import annotations

import asyncio
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.editions import FRONT, Style
from morningpost.desk.apart import Apart, Order, WorkFailed
from morningpost.settings import Settings
from morningpost.telegram import Identity
from morningpost.wiring import House, build_house
from sandbox import sample
from sandbox.serving import Serving
from sandbox.sources import Fault, LocalSources

IDENTITY = Identity("ai_morning_post_bot")
CHILDREN = Path(f"/proc/self/task/{os.getpid()}/children")
PROCESS = [sys.executable, "-m", "morningpost.desk.process"]
SITES = ("huggingface", "github", "api.github", "ossinsight", "arxiv", "arxiv-rss", "hackernews", "feeds")


@dataclass(frozen=True, slots=True)
class Scene:
    """A house on local sources, and who works for it apart."""

    house: House
    sources: LocalSources

    @property
    def apart(self) -> Apart:
        return Apart(self.house.settings, IDENTITY)

    def harvests(self) -> int:
        now = self.house.clock()
        return len(self.house.archive.harvests(datetime(2026, 1, 1, tzinfo=UTC), now))


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    sources = LocalSources(sample.mornings()[-1])
    with Serving(sources) as server, _house(tmp_path, sources, server.url) as house:
        yield Scene(house, sources)


@contextmanager
def _house(folder: Path, sources: LocalSources, url: str) -> Iterator[House]:
    feeds = folder / "feeds.toml"
    feeds.write_text(sources.feeds_toml(url), encoding="utf-8")
    environ = {**sources.addresses(url), "FEEDS_FILE": str(feeds), "DATA_DIR": str(folder), "LOG_LEVEL": "error"}
    house = build_house(Settings.from_env(environ, folder), identity=IDENTITY)
    house.database.migrate()
    yield house
    house.database.close()


async def test_work_that_fails_apart_is_told_and_leaves_nothing(scene: Scene) -> None:
    (scene.house.settings.data_dir / "feeds.toml").write_text("[[feed]]\nname = 3\n", encoding="utf-8")
    with pytest.raises(WorkFailed, match="collecting ended with status 1"):
        await scene.apart.collect()
    assert scene.harvests() == 0


async def test_an_issue_assembled_apart_is_ours_and_rests_on_what_was_just_collected(scene: Scene) -> None:
    today = scene.house.desk.today()
    await scene.apart.assemble(today)
    record = scene.house.desk.record(today)
    page = scene.house.desk.draft_page(today, Style.CLASSIC, FRONT)
    assert (record.issue.number, record.issue.checks.held) == (1, None)
    assert page is not None
    assert f"@{IDENTITY.bot}" in page.body
    assert scene.harvests() > 20


@pytest.mark.skipif(not CHILDREN.exists(), reason="this system does not list the children of a process")
async def test_work_that_is_given_up_ends_at_once(scene: Scene) -> None:
    before = _children()
    work = asyncio.create_task(scene.apart.collect())
    await asyncio.sleep(0.2)
    during = _children()
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    assert (during != before, _children()) == (True, before)


def _children() -> str:
    return CHILDREN.read_text(encoding="ascii")


def test_a_process_whose_parent_is_gone_goes_too(scene: Scene) -> None:
    for site in SITES:
        scene.sources.fail(site, Fault("hang"))
    with subprocess.Popen(PROCESS, stdin=subprocess.PIPE) as process:
        if process.stdin is not None:
            process.stdin.write(pickle.dumps(Order(scene.house.settings, IDENTITY)))
            process.stdin.close()
        assert process.wait(20) == 1
    assert scene.harvests() == 0


def test_a_paper_that_idles_has_loaded_neither_the_newsroom_nor_the_sources_nor_the_demo() -> None:
    code = "import sys, morningpost.cli, morningpost.commands.delivering; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.PIPE, text=True).stdout.split()
    assert "morningpost.running" in loaded
    heavy = (
        "newsroom.assembly",
        "newsroom.checking",
        "newsroom.phrases",
        "sources.registry",
        "sandbox",
        "writers",
        "jinja2",
        "feedparser",
        "alembic",
    )
    assert [name for name in loaded if name.startswith(heavy)] == []
