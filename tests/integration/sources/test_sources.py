"""All sources through the door against one local site: what is asked, and what comes home."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from domain.items import NEWS
from domain.readings import Harvest, HarvestStatus, Haul, Lists
from sources.collector import collect
from sources.door import DoorLimits
from sources.errors import FeedsFileWrong, SourceError
from sources.registry import SourceAddresses, build_sources, open_door
from tests.integration.sources import answers
from tests.integration.sources.site import Answer, Site, ok, status, validated

AT = datetime(2026, 7, 3, 12, 0, tzinfo=UTC)
QUICK = DoorLimits(first_wait=0.01)


def _set_up(page: Site, folder: Path, **changes: Answer) -> SourceAddresses:
    """A site that answers for every source, and the addresses that lead to it."""
    served = {
        "/api/models": ok(answers.encoded([answers.repository("lab/a"), answers.repository("lab/b")])),
        "/api/datasets": ok(answers.encoded([answers.repository("lab/data")])),
        "/api/spaces": ok(answers.encoded([answers.repository("lab/space", sdk="gradio")])),
        "/api/daily_papers": ok(answers.encoded([answers.daily_paper("2607.00002")])),
        "/trending": ok(answers.trending("12 stars today")),
        "/trending/python": ok(answers.trending("80 stars this week")),
        "/search/repositories": ok(answers.found("quiet-lab/lantern", "hill-lab/river")),
        "/v1/trends/repos/": ok(answers.rows("quiet-lab/lantern")),
        "/api/query": ok(answers.ATOM.encode()),
        "/rss/cs.AI+cs.CL+cs.LG+cs.CV": ok(answers.LISTING.encode()),
        "/api/v1/search": ok(answers.hits(1, 2)),
        "/feed.xml": validated(answers.FEED.encode(), '"feed-1"'),
    }
    for path, answer in {**served, **changes}.items():
        page.on(path, answer)
    feeds = folder / "feeds.toml"
    feeds.write_text(f'[[feed]]\nname = "Lab"\nurl = "{page.url}/feed.xml"\nkind = "lab"\n')
    return SourceAddresses(
        huggingface=page.url,
        github=page.url,
        github_api=page.url,
        ossinsight=page.url,
        arxiv=page.url,
        arxiv_rss=page.url,
        hackernews=page.url,
        feeds_file=feeds,
        github_token="gh-secret",
        huggingface_token="hf-secret",
    )


async def _collected(addresses: SourceAddresses, folder: Path) -> dict[str, Haul]:
    hauls: dict[str, Haul] = {}

    def store(haul: Haul) -> Harvest:
        hauls[haul.harvest.list] = haul
        return haul.harvest

    async with open_door(addresses, cache_folder=folder / "cache", version="1", limits=QUICK) as door:
        await collect(build_sources(addresses, door), AT, store)
    return hauls


async def test_every_list_of_every_source_comes_home(page: Site, tmp_path: Path) -> None:
    hauls = await _collected(_set_up(page, tmp_path), tmp_path)

    told = {name: (haul.harvest.status, haul.harvest.items, haul.harvest.error) for name, haul in hauls.items()}
    assert told.pop(Lists.GITHUB_WEEKLY)[0] is HarvestStatus.PARTIAL, "its page told the gains of a day"
    assert told.pop(Lists.GITHUB_DAILY_PYTHON)[0] is HarvestStatus.PARTIAL, "its page told the gains of a week"
    assert told == {
        name: (HarvestStatus.OK, items, "")
        for name, items in {
            Lists.MODELS: 2,
            Lists.DATASETS: 1,
            Lists.SPACES: 1,
            Lists.DAILY_PAPERS: 1,
            Lists.GITHUB_DAILY: 1,
            Lists.GITHUB_WEEKLY_PYTHON: 1,
            Lists.GITHUB_YOUNG: 2,
            Lists.OSSINSIGHT_DAY: 1,
            Lists.ARXIV_RECENT: 1,
            Lists.ARXIV_LISTING: 1,
            Lists.HN_FRONT_PAGE: 2,
            Lists.HN_AI: 2,
            "Lab": 1,
        }.items()
    }
    for haul in hauls.values():
        assert haul.harvest.observed_at == AT
        assert haul.harvest.bytes > 0
        assert haul.harvest.seconds > 0
        assert haul.harvest.items == len(haul.sightings)
    ranked = {name for name, haul in hauls.items() if haul.harvest.ranked}
    assert ranked == {
        Lists.MODELS,
        Lists.DATASETS,
        Lists.SPACES,
        Lists.GITHUB_DAILY,
        Lists.GITHUB_DAILY_PYTHON,
        Lists.GITHUB_WEEKLY,
        Lists.GITHUB_WEEKLY_PYTHON,
        Lists.OSSINSIGHT_DAY,
    }
    for name, haul in hauls.items():
        assert all((sighting.rank is not None) == (name in ranked) for sighting in haul.sightings)


async def test_links_lead_to_the_public_sites_whoever_was_asked(page: Site, tmp_path: Path) -> None:
    hauls = await _collected(_set_up(page, tmp_path), tmp_path)
    urls = {sighting.item.url for haul in hauls.values() for sighting in haul.sightings}
    assert not any("127.0.0.1" in url for url in urls)
    assert "https://github.com/quiet-lab/lantern" in urls


async def test_what_is_asked_is_what_the_sites_document(page: Site, tmp_path: Path) -> None:
    await _collected(_set_up(page, tmp_path), tmp_path)
    asked: dict[str, list[dict[str, list[str]]]] = {}
    for request in page.asked:
        parts = urlsplit(request.path)
        asked.setdefault(parts.path, []).append(parse_qs(parts.query))

    (models,) = asked["/api/models"]
    assert (models["sort"], models["direction"], models["limit"]) == (["trendingScore"], ["-1"], ["50"])
    assert {"likes", "downloads", "trendingScore", "tags", "pipeline_tag", "safetensors"} <= set(models["expand[]"])
    assert sorted(page["since"][0] for page in asked["/trending"]) == ["daily", "weekly"]
    searches = [search["q"][0] for search in asked["/search/repositories"]]
    assert len(searches) == 6
    assert "topic:llm created:>=2026-06-03 stars:>=20" in searches
    (recent,) = asked["/api/query"]
    assert recent["search_query"] == ["cat:cs.AI OR cat:cs.CL OR cat:cs.LG OR cat:cs.CV"]
    assert (recent["sortBy"], recent["sortOrder"]) == (["submittedDate"], ["descending"])
    (trends,) = asked["/v1/trends/repos/"]
    assert trends == {"period": ["past_24_hours"], "language": ["All"]}
    stories = asked["/api/v1/search"]
    assert [story["tags"] for story in stories].count(["front_page"]) == 1
    assert {"numericFilters": ["created_at_i>1782907200,points>=10"], "query": ["LLM"]}.items() <= next(
        story for story in stories if story.get("query") == ["LLM"]
    ).items()


async def test_each_token_goes_to_its_own_site(page: Site, other: Site, tmp_path: Path) -> None:
    addresses = _set_up(page, tmp_path)
    other.on("/search/repositories", ok(answers.found("a/b")))
    await _collected(replace(addresses, github_api=other.url), tmp_path)

    assert {request.headers["Authorization"] for request in other.asked} == {"Bearer gh-secret"}
    assert {request.headers["Authorization"] for request in page.asked} == {"Bearer hf-secret"}


async def test_a_second_collection_learns_what_has_not_changed(page: Site, tmp_path: Path) -> None:
    addresses = _set_up(page, tmp_path)
    first = (await _collected(addresses, tmp_path))["Lab"]
    second = (await _collected(addresses, tmp_path))["Lab"]

    assert (first.harvest.bytes, first.harvest.etag) == (len(answers.FEED), '"feed-1"')
    assert (second.harvest.bytes, second.harvest.etag) == (0, '"feed-1"')
    assert second.sightings == first.sightings, "unchanged is a reading like any other"


@pytest.mark.parametrize(
    ("path", "answer", "failed"),
    [
        ("/api/models", ok(b"<!doctype html><html>Maintenance</html>"), {Lists.MODELS}),
        ("/api/daily_papers", status(500), {Lists.DAILY_PAPERS}),
        ("/trending", ok(b"<html>Whoa there!</html>"), {Lists.GITHUB_DAILY, Lists.GITHUB_WEEKLY}),
        ("/v1/trends/repos/", ok(answers.rows("a/b", code=1146)), {Lists.OSSINSIGHT_DAY}),
        ("/api/query", ok(b'<!DOCTYPE f [<!ENTITY a "b">]><feed/>'), {Lists.ARXIV_RECENT}),
        ("/rss/cs.AI+cs.CL+cs.LG+cs.CV", ok(b"\x1f\x8b\x08", Content_Encoding="gzip"), {Lists.ARXIV_LISTING}),
        ("/api/v1/search", status(403), {Lists.HN_AI, Lists.HN_FRONT_PAGE}),
        ("/feed.xml", status(302, {"Location": "http://169.254.169.254/"}), {"Lab"}),
        ("/search/repositories", ok(b"{}"), {Lists.GITHUB_YOUNG}),
    ],
)
async def test_a_list_that_fails_costs_only_itself(
    page: Site, tmp_path: Path, path: str, answer: Answer, failed: set[str]
) -> None:
    hauls = await _collected(_set_up(page, tmp_path, **{path: answer}), tmp_path)

    assert {name for name, haul in hauls.items() if haul.harvest.status is HarvestStatus.FAILED} == failed
    for name in failed:
        assert hauls[name].sightings == ()
        assert hauls[name].harvest.error
        assert "\n" not in hauls[name].harvest.error


async def test_one_failed_query_of_several_makes_the_list_partial(page: Site, tmp_path: Path) -> None:
    addresses = _set_up(page, tmp_path)
    page.on("/search/repositories", ok(answers.found("a/b")), status(422), ok(answers.found("a/b", "c/d")))

    young = (await _collected(addresses, tmp_path))[Lists.GITHUB_YOUNG]

    assert young.harvest.status is HarvestStatus.PARTIAL
    assert young.harvest.items == 2
    assert "answered 422" in young.harvest.error


async def test_an_unreadable_entry_makes_the_list_partial(page: Site, tmp_path: Path) -> None:
    listed = ok(answers.encoded([answers.repository("../../x"), answers.repository("lab/b")]))
    models = (await _collected(_set_up(page, tmp_path, **{"/api/models": listed}), tmp_path))[Lists.MODELS]

    assert models.harvest.status is HarvestStatus.PARTIAL
    assert models.harvest.error == "1 × entry without usable id"
    assert [sighting.rank for sighting in models.sightings] == [2]


async def test_a_list_of_unreadable_entries_alone_has_failed(page: Site, tmp_path: Path) -> None:
    listed = ok(answers.encoded([answers.repository("../../x"), {}]))
    models = (await _collected(_set_up(page, tmp_path, **{"/api/models": listed}), tmp_path))[Lists.MODELS]
    assert models.harvest.status is HarvestStatus.FAILED


async def test_an_empty_list_is_empty_and_no_failure(page: Site, tmp_path: Path) -> None:
    empty = {"/api/daily_papers": ok(b"[]"), "/rss/cs.AI+cs.CL+cs.LG+cs.CV": ok(b'<rss version="2.0"><channel/></rss>')}
    hauls = await _collected(_set_up(page, tmp_path, **empty), tmp_path)

    assert hauls[Lists.DAILY_PAPERS].harvest.status is HarvestStatus.EMPTY
    assert hauls[Lists.DAILY_PAPERS].harvest.error == ""
    assert hauls[Lists.ARXIV_LISTING].harvest.status is HarvestStatus.EMPTY
    assert "lists nothing today" in hauls[Lists.ARXIV_LISTING].harvest.error


async def test_no_error_and_no_repr_shows_a_token(page: Site, tmp_path: Path) -> None:
    addresses = _set_up(page, tmp_path)
    for path in page.answers:
        page.on(path, status(403, body=b"gh-secret hf-secret"))
    hauls = await _collected(addresses, tmp_path)

    assert all(haul.harvest.status is HarvestStatus.FAILED for haul in hauls.values())
    assert not any("secret" in haul.harvest.error for haul in hauls.values())
    assert "secret" not in repr(addresses)


def test_only_addresses_that_the_operator_chose_may_be_private(tmp_path: Path) -> None:
    assert SourceAddresses().trusted() == frozenset()
    chosen = SourceAddresses(arxiv="http://127.0.0.1:8099/mirror").trusted()
    assert {str(origin.host) for origin in chosen} == {"127.0.0.1"}


def test_a_token_that_cannot_be_one_is_told_without_being_shown() -> None:
    for wrong in ("line\nbreak-secret", "sécret", "x" * 501):
        with pytest.raises(SourceError, match="GITHUB_TOKEN holds characters") as caught:
            SourceAddresses(github_token=wrong).credentials()
        assert wrong not in str(caught.value)


def test_a_wrong_feeds_file_is_told_before_anything_is_asked(tmp_path: Path) -> None:
    wrong = SourceAddresses(feeds_file=tmp_path / "none.toml")
    with pytest.raises(FeedsFileWrong):
        open_door(wrong, cache_folder=None, version="1")


def test_every_source_is_built_and_names_its_lists() -> None:
    addresses = SourceAddresses()
    sources = build_sources(addresses, open_door(addresses, cache_folder=None, version="1"))
    assert [source.name for source in sources] == list(NEWS)
    lists = [name for source in sources for name in source.lists]
    assert len(lists) == len(set(lists)) == 14 + len(addresses.feeds())
