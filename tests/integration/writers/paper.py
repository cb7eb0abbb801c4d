"""Papers of the sample's mornings, collected once: each test writes the last one with a model of its own."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from domain.issue import Issue
from morningpost.desk.facts import StoredFacts
from morningpost.desk.writing import model_desk
from morningpost.settings import Settings
from morningpost.wiring import House, build_house
from newsroom.checking import AuditReport, audit
from sandbox import sample
from sandbox.serving import Serving
from sandbox.sources import LocalSources
from tests.integration.writers.endpoint import KEY, MODEL

#: The last of the sample's mornings.
DAY = sample.mornings()[-1].at.date()


def collected(folder: Path) -> Path:
    """A folder with the readings of the sample's last mornings."""
    sources = LocalSources(sample.mornings())
    with Serving(sources) as server:
        feeds = folder / "feeds.toml"
        feeds.write_text(sources.feeds_toml(server.url), encoding="utf-8")
        environ = {**sources.addresses(server.url), "FEEDS_FILE": str(feeds), "DATA_DIR": str(folder)}
        with house_in(folder, environ) as house:
            for morning in sample.mornings()[-3:]:
                sources.turn_to(morning)
                asyncio.run(house.collect(morning.at))
            for morning in sample.mornings()[-3:-1]:
                house.desk.assemble(morning.at.date())
    return folder


@contextmanager
def house_in(folder: Path, environ: dict[str, str]) -> Iterator[House]:
    """A house in a folder, its tables up to date."""
    house = build_house(Settings.from_env(environ, folder))
    house.database.migrate()
    try:
        yield house
    finally:
        house.database.close()


@contextmanager
def house_with(template: Path, folder: Path, url: str = "", **more: str) -> Iterator[House]:
    """A house over a copy of collected readings, with a model at an address if one is given."""
    target = folder / "data"
    if not target.exists():
        shutil.copytree(template, target)
    model = {"LLM_URL": url, "LLM_MODEL": MODEL, "LLM_API_KEY": KEY} if url else {}
    with house_in(target, {"DATA_DIR": str(target), **model, **more}) as house:
        yield house


def written(house: House) -> Issue:
    """The issue of the last morning, assembled and written."""
    return house.desk.assemble(DAY, force=True).issue


@dataclass(frozen=True, slots=True)
class Draft:
    """A checked draft with what a model's desk asks: the issues before it, and stored facts."""

    issue: Issue
    past: list[Issue]
    facts: StoredFacts

    def with_model(self, folder: Path, url: str, **more: str) -> Issue:
        """The issue with a model at an address; its answers are kept in the folder."""
        model = {"LLM_URL": url, "LLM_MODEL": MODEL, "LLM_API_KEY": KEY}
        desk = model_desk(Settings.from_env({"DATA_DIR": str(folder), **model, **more}, folder))
        assert desk is not None
        return desk.rewrite(self.issue, self.past, self.facts)

    def audited(self, issue: Issue) -> AuditReport:
        """An issue recomputed from storage."""
        return audit(issue, self.facts)
