"""The real adapters against the sandbox's local sources, which were built from the sites' documentation alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.items import NEWS, Source
from domain.readings import Harvest, HarvestStatus, Haul
from sandbox.sample import mornings
from sandbox.serving import Serving
from sandbox.sources.faults import Fault
from sandbox.sources.server import LocalSources
from sources.collector import collect
from sources.door import DoorLimits
from sources.registry import SourceAddresses, build_sources, open_door

QUICK = DoorLimits(connect=10.0, read=4.0, total=6.0, body=1_000_000, attempts=1)
FRIDAY = next(morning for morning in mornings() if morning.at.weekday() == 4)
SATURDAY = next(morning for morning in mornings() if morning.at.weekday() == 5)

#: The site of the sandbox behind each source.
SITES = {
    "huggingface": Source.HUGGINGFACE,
    "github": Source.GITHUB,
    "ossinsight": Source.OSSINSIGHT,
    "arxiv-rss": Source.ARXIV,
    "hackernews": Source.HACKERNEWS,
    "feeds": Source.FEEDS,
}
FAULTS = [
    ("huggingface", Fault("status", status=500)),
    ("github", Fault("status", status=429, retry_after=3600)),
    ("ossinsight", Fault("hang")),
    ("arxiv-rss", Fault("drip", seconds=0.2)),
    ("hackernews", Fault("html_for_json")),
    ("feeds", Fault("truncated_gzip")),
    ("huggingface", Fault("gzip_bomb", size=5_000_000)),
    ("github", Fault("redirect_loop")),
    ("ossinsight", Fault("redirect_to", url="http://169.254.169.254/latest/")),
    ("arxiv-rss", Fault("redirect_to", url="file:///etc/passwd")),
    ("feeds", Fault("xml_bomb")),
    ("arxiv-rss", Fault("xml_bomb")),
    ("hackernews", Fault("empty")),
    ("huggingface", Fault("malformed")),
    ("github", Fault("oversized", size=5_000_000)),
]


@pytest.fixture(scope="module")
def local() -> Iterator[tuple[LocalSources, Serving]]:
    sources = LocalSources(mornings())
    with Serving(sources) as serving:
        yield sources, serving


async def _collected(serving: Serving, sources: LocalSources, folder: Path) -> list[Haul]:
    feeds = folder / "feeds.toml"
    feeds.write_text(sources.feeds_toml(serving.url))
    named = {name.lower().removesuffix("_url"): url for name, url in sources.addresses(serving.url).items()}
    addresses = SourceAddresses(feeds_file=feeds, **named)
    hauls: list[Haul] = []

    def store(haul: Haul) -> Harvest:
        hauls.append(haul)
        return haul.harvest

    async with open_door(addresses, cache_folder=None, version="1", limits=QUICK) as door:
        await collect(build_sources(addresses, door), sources.morning.at, store)
    return hauls


async def test_a_working_day_comes_home_whole(local: tuple[LocalSources, Serving], tmp_path: Path) -> None:
    sources, serving = local
    sources.turn_to(FRIDAY)
    hauls = await _collected(serving, sources, tmp_path)

    assert {haul.harvest.source for haul in hauls} == set(NEWS)
    assert not [haul.harvest for haul in hauls if haul.harvest.status is HarvestStatus.FAILED]
    flawed = {haul.harvest.list for haul in hauls if haul.harvest.status is HarvestStatus.PARTIAL}
    assert all("Hostile" in name for name in flawed), "one feed of the sample has a script as a link"
    assert sum(len(haul.sightings) for haul in hauls) > 150


async def test_a_saturday_has_no_listing_and_says_why(local: tuple[LocalSources, Serving], tmp_path: Path) -> None:
    sources, serving = local
    sources.turn_to(SATURDAY)
    (listing,) = [
        haul.harvest for haul in await _collected(serving, sources, tmp_path) if haul.harvest.list == "listing"
    ]
    assert listing.status is HarvestStatus.EMPTY
    assert listing.error == "arXiv lists nothing on Saturdays and Sundays"


@pytest.mark.parametrize(("site", "fault"), FAULTS, ids=[f"{site}-{fault.kind}" for site, fault in FAULTS])
async def test_whatever_a_site_does_costs_only_itself(
    local: tuple[LocalSources, Serving], tmp_path: Path, site: str, fault: Fault
) -> None:
    sources, serving = local
    sources.turn_to(FRIDAY)
    sources.fail(site, fault)
    try:
        hauls = await _collected(serving, sources, tmp_path)
    finally:
        sources.heal()

    failed = {haul.harvest.source for haul in hauls if haul.harvest.status is HarvestStatus.FAILED}
    assert failed == {SITES[site]}
    errors = [haul.harvest.error for haul in hauls if haul.harvest.status is HarvestStatus.FAILED]
    assert all(errors)
    assert not any("\n" in error for error in errors)
