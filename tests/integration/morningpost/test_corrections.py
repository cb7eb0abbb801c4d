"""A reading marked bad: its sentences are found, an issue is corrected and keeps its past, no new issue rests on it."""

from __future__ import annotations

import asyncio
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.editions import FRONT, Style
from domain.evidence import ReadingEvidence
from domain.issue import Issue, IssueState
from morningpost.desk.correcting import Corrections
from morningpost.settings import Settings
from morningpost.telegram import Identity
from morningpost.wiring import House, build_house
from newsroom.checking.correcting import CORRECTED
from newsroom.checking.sentences import Place
from sandbox import sample
from sandbox.serving import Serving
from sandbox.sources import LocalSources
from storage.schema import CitationKind

WHY = "the site showed the figures of another page"


class Clock:
    """Stands where it is put."""

    def __init__(self) -> None:
        self.now = datetime(2026, 8, 15, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a house that has lived through three sample mornings and published the last."""
    folder, mornings, clock = tmp_path_factory.mktemp("lived"), sample.mornings()[:3], Clock()
    sources = LocalSources(mornings)
    with Serving(sources) as server:
        feeds = folder / "feeds.toml"
        feeds.write_text(sources.feeds_toml(server.url), encoding="utf-8")
        with _house(folder, clock, {**sources.addresses(server.url), "FEEDS_FILE": str(feeds)}) as house:
            for morning in mornings:
                sources.turn_to(morning)
                clock.now = morning.at
                asyncio.run(house.collect(morning.at))
                clock.now += timedelta(minutes=1)
                house.desk.assemble(morning.at.date())
            house.desk.approve(None, "anna")
            house.desk.publish(None, "anna")
    return folder


@contextmanager
def _house(folder: Path, clock: Clock, environ: dict[str, str]) -> Iterator[House]:
    settings = Settings.from_env({**environ, "DATA_DIR": str(folder)}, folder)
    house = build_house(settings, clock, Identity("ann_bot"), sample=True)
    house.database.migrate()
    yield house
    house.database.close()


@pytest.fixture
def house(lived: Path, tmp_path: Path) -> Iterator[House]:
    """That house, moved to a folder of its own, a minute after its last draft."""
    clock = Clock()
    clock.now = sample.mornings()[2].at + timedelta(minutes=1)
    folder = shutil.copytree(lived, tmp_path / "house")
    with _house(folder, clock, {}) as house:
        yield house


def _cited_most(issue: Issue) -> int:
    """The reading on which most claims of a morning rest."""
    counts: Counter[int] = Counter()
    for claim in issue.claims():
        for cited in claim.evidence:
            evidence = issue.evidence[cited]
            if isinstance(evidence, ReadingEvidence):
                counts[evidence.reading_id] += 1
    return counts.most_common(1)[0][0]


def test_a_doubted_reading_is_found_in_every_issue_and_falls_out_of_the_corrected_one(house: House) -> None:
    corrections, before = Corrections(house.desk), house.desk.record(None)
    reading = _cited_most(before.issue)
    resting = corrections.doubt(CitationKind.READING, reading, WHY, "anna")
    assert before.issue.date in resting
    told = {verdict.text for verdict in resting[before.issue.date] if verdict.place is not Place.CELL}
    assert not house.desk.audit(None).passed

    corrected = corrections.correct(before.issue.date, "anna")

    assert corrected is not None
    assert told & {claim.text for claim in corrected.claims()} == set()
    assert CORRECTED in {claim.text for claim in corrected.claims()}
    assert f"r{reading}-" not in " ".join(corrected.evidence)
    record = house.desk.record(before.issue.date)
    assert (record.issue, record.state) == (corrected, IssueState.PUBLISHED)
    assert [revision.issue for revision in house.issues.revisions(before.issue.date)] == [before.issue]
    assert [str(verdict) for verdict in house.desk.audit(None).failed] == []
    plain = house.issues.edition(before.issue.date, Style.PLAIN)
    assert plain is None or CORRECTED[:20] in " ".join(plain.pages[FRONT].body.split())
    assert corrections.correct(before.issue.date, "anna") is None


def test_no_new_issue_rests_on_a_doubted_reading(house: House) -> None:
    corrections, issue = Corrections(house.desk), house.desk.record(None).issue
    reading = _cited_most(issue)
    corrections.doubt(CitationKind.READING, reading, WHY, "anna")
    earlier = house.issues.dates()[0]
    again = house.desk.assemble(earlier, force=True).issue
    rests_on = {each.reading_id for each in again.evidence.values() if isinstance(each, ReadingEvidence)}
    assert reading not in rests_on
    assert house.desk.audit(earlier).failed == ()


def test_evidence_that_nothing_rests_on_changes_no_issue(house: House) -> None:
    corrections, issue = Corrections(house.desk), house.desk.record(None).issue
    every = house.archive.harvests(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
    unused = next(each.id for each in every if not house.issues.citing(CitationKind.HARVEST, each.id))
    assert corrections.doubt(CitationKind.HARVEST, unused, WHY, "anna") == {}
    assert corrections.correct(issue.date, "anna") is None
    assert [doubt.why for doubt in corrections.doubts()] == [WHY]
