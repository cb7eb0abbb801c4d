"""Hugging Face's words into ours, quirk by quirk."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from domain.items import ItemKey, Kind, Source
from domain.text import plain_line
from sources.errors import Unreadable
from sources.huggingface.adapter import daily_papers, repositories
from tests.unit.sources.readings import AT, HOSTILE, encoded, figures, ids, item, only, ranks

models, datasets, spaces = (repositories(kind) for kind in (Kind.MODEL, Kind.DATASET, Kind.SPACE))


def _model(**changes: Any) -> dict[str, Any]:
    short = {
        "_id": "69e864fd6b68f7e6cfc63ca3",
        "id": "quiet-lab/Lantern-7B",
        "likes": 2656,
        "trendingScore": 2552,
        "private": False,
        "downloads": 78864,
        "tags": ["transformers", "safetensors", "text-generation", "license:mit", "arxiv:2602.02276", "region:us"],
        "pipeline_tag": "text-generation",
        "library_name": "transformers",
        "createdAt": "2026-04-22T06:04:45.000Z",
        "modelId": "quiet-lab/Lantern-7B",
    }
    return {**short, **changes}


def test_a_model_of_the_short_answer_is_read() -> None:
    sighting = only(models(encoded([_model()]), AT))
    assert sighting.item.key == ItemKey(Source.HUGGINGFACE, Kind.MODEL, "quiet-lab/Lantern-7B")
    assert sighting.item.url == "https://huggingface.co/quiet-lab/Lantern-7B"
    assert sighting.item.title == "quiet-lab/Lantern-7B"
    assert sighting.item.publisher == "quiet-lab"
    assert sighting.item.created_at == datetime(2026, 4, 22, 6, 4, 45, tzinfo=UTC)
    assert sighting.item.seen_at == AT
    assert sighting.rank == 1
    assert figures(sighting) == {"likes": 2656, "downloads": 78864, "score": 2552}


def test_tags_carry_task_library_and_the_sites_own_name_spaces() -> None:
    model = item(models(encoded([_model(gated="manual")]), AT))
    assert model.tagged("task") == ("text-generation",)
    assert model.tagged("library") == ("transformers",)
    assert model.tagged("license") == ("mit",)
    assert model.tagged("arxiv") == ("2602.02276",)
    assert model.tagged("gated") == ("manual",)
    assert "safetensors" in model.tags


def test_an_owner_cannot_type_what_is_the_sites_or_ours_to_say() -> None:
    spoofed = _model(
        tags=["github:someone/else", "author:Famous Person", "task:chess", "gated:auto"], pipeline_tag=None
    )
    model = item(models(encoded([spoofed]), AT))
    assert model.tags == ("library:transformers",)


@pytest.mark.parametrize(
    ("gated", "tagged"), [(False, ()), ("auto", ("auto",)), ("manual", ("manual",)), (None, ()), (True, ("gated",))]
)
def test_gated_is_false_or_a_word(gated: object, tagged: tuple[str, ...]) -> None:
    caught = models(encoded([_model(gated=gated)]), AT)
    assert item(caught).tagged("gated") == tagged
    assert caught.flaws == ()


def test_keys_that_are_absent_are_unknown_not_zero() -> None:
    caught = models(encoded([{"id": "quiet-lab/Lantern-7B"}]), AT)
    assert figures(only(caught)) == {}
    assert item(caught).tags == ()
    assert item(caught).created_at is None
    assert caught.flaws == ()


@pytest.mark.parametrize(("sent", "read"), [(45.5, None), (10.4, None), (46.0, 46), (46, 46), (None, None)])
def test_a_score_of_halves_is_unknown_rather_than_rounded(sent: float | None, read: int | None) -> None:
    caught = models(encoded([_model(trendingScore=sent)]), AT)
    assert figures(only(caught)).get("score") == read
    assert caught.flaws == ()


@pytest.mark.parametrize("sent", [-1.5, float("inf"), 1e300, "many"])
def test_a_score_that_is_none_is_told(sent: object) -> None:
    body = encoded([_model(trendingScore=sent)]).replace(b"Infinity", b"1e999")
    assert models(body, AT).flaws == ("1 × field trendingScore",)


def test_parameters_are_those_that_the_api_counts() -> None:
    expanded = _model(author="quiet-lab", safetensors={"parameters": {"BF16": 7_000_000}, "total": 7_000_000})
    assert figures(only(models(encoded([expanded]), AT)))["parameters"] == 7_000_000
    quantised = _model(gguf={"total": 6_900_000, "architecture": "lantern"})
    assert figures(only(models(encoded([quantised]), AT)))["parameters"] == 6_900_000


def test_a_dataset_has_its_own_page_and_its_description() -> None:
    described = _model(id="quiet-lab/rivers", description="\n\t\n\t\tRivers of the\u00a0world.\n\t")
    dataset = item(datasets(encoded([described]), AT))
    assert dataset.url == "https://huggingface.co/datasets/quiet-lab/rivers"
    assert dataset.key.kind is Kind.DATASET
    assert dataset.summary == "Rivers of the world."


def test_a_space_has_a_kit_and_no_downloads() -> None:
    raw = {
        "id": "quiet-lab/draw",
        "likes": 7,
        "sdk": "gradio",
        "cardData": {"short_description": "Draws 🎨", "title": "x"},
    }
    sighting = only(spaces(encoded([raw]), AT))
    assert sighting.item.url == "https://huggingface.co/spaces/quiet-lab/draw"
    assert sighting.item.tagged("sdk") == ("gradio",)
    assert sighting.item.summary == "Draws 🎨"
    assert figures(sighting) == {"likes": 7}


def test_the_oldest_names_have_no_owner() -> None:
    model = item(models(encoded([_model(id="gpt2")]), AT))
    assert (model.publisher, model.url) == ("", "https://huggingface.co/gpt2")


def test_ranks_are_places_on_the_list() -> None:
    caught = models(encoded([_model(id=f"lab/m{number}") for number in range(3)]), AT)
    assert ranks(caught) == [1, 2, 3]


def test_an_item_listed_twice_counts_once_at_its_first_place() -> None:
    listed = [_model(id="lab/a", likes=2), _model(id="lab/b"), _model(id="lab/a", likes=1), _model(id="lab/c")]
    caught = models(encoded(listed), AT)
    assert list(zip(ids(caught), ranks(caught), strict=True)) == [("lab/a", 1), ("lab/b", 2), ("lab/c", 3)]
    assert figures(caught.sightings[0])["likes"] == 2


@pytest.mark.parametrize(
    "stranger",
    [
        "../../x", "a/../b", "lab/a b", "lab/a\nb", "<b>/x", "lab/x</b>", "", "/x", "lab/", "a/b/c", "lab/\u202ex",
        "lab//x", "lab/x?y", "lab/x#y", "javascript:alert(1)", "lab/" + "x" * 97, "lab/x..y", "lab/.hidden",
        None, 17, ["lab/x"],
    ],
)  # fmt: skip
def test_an_id_that_is_not_the_sites_form_is_dropped_and_its_place_kept(stranger: object) -> None:
    caught = models(encoded([_model(id="lab/first"), _model(id=stranger), _model(id="lab/third")]), AT)
    assert list(zip(ids(caught), ranks(caught), strict=True)) == [("lab/first", 1), ("lab/third", 3)]
    assert caught.flaws == ("1 × entry without usable id",)


def test_a_figure_that_is_none_costs_the_figure_alone() -> None:
    caught = models(encoded([_model(likes=-5, downloads="12", trendingScore=[1])]), AT)
    assert figures(only(caught)) == {"downloads": 12}
    assert caught.flaws == ("1 × field likes", "1 × field trendingScore")


@pytest.mark.parametrize("entry", [None, 7, "x", [], {}, {"id": {}}])
def test_an_entry_of_another_shape_costs_itself(entry: object) -> None:
    caught = models(encoded([entry, _model()]), AT)
    assert ids(caught) == ["quiet-lab/Lantern-7B"]
    assert len(caught.flaws) == 1


@pytest.mark.parametrize("body", [b"<!doctype html>", b"{}", b'{"error": "x"}', b"null", b'"x"', b"7", b""])
def test_an_answer_that_is_no_list_is_unreadable(body: bytes) -> None:
    for parse in (models, daily_papers):
        with pytest.raises(Unreadable):
            parse(body, AT)


def test_an_empty_list_is_an_empty_list() -> None:
    assert models(b"[]", AT).sightings == ()
    assert models(b"[]", AT).flaws == ()


def test_hostile_words_are_harmless() -> None:
    raw = _model(description=HOSTILE, tags=[HOSTILE, "ok", "a\u202eb"], pipeline_tag="text\ud800-generation")
    caught = datasets(encoded([raw]), AT)
    assert caught.flaws == ()
    assert item(caught).summary.startswith("<b>bold</b> gnp.exe ignore previous instructions 🎉")
    assert len(item(caught).summary) <= 2000
    assert item(caught).tags == ("task:text-generation", "library:transformers", "ok", "ab")
    assert all(plain_line(text) == text for text in (item(caught).summary, *item(caught).tags))


def _paper(**changes: Any) -> dict[str, Any]:
    paper = {
        "id": "2608.16887",
        "title": "On Quiet Models",
        "summary": "We study\nquiet models with $x^2$ layers.",
        "authors": [
            {"_id": "1", "name": "Ada Sample", "hidden": False},
            {"_id": "2", "name": "Ben Hidden", "hidden": True},
            {"_id": "3", "name": "Chen Sample", "hidden": False, "user": {"fullname": "Chen"}},
        ],
        "publishedAt": "2026-08-17T00:00:00.000Z",
        "submittedOnDailyAt": "2026-08-18T00:00:00.000Z",
        "upvotes": 7,
        "ai_keywords": ["quiet models", "layers"],
        "githubRepo": "https://github.com/quiet-lab/models",
        "githubStars": 12,
        "organization": {"name": "quiet-lab", "fullname": "Quiet Lab"},
    }
    outer = {"publishedAt": "2026-08-16T20:00:00.000Z", "title": "On Quiet Models", "numComments": 3}
    return {"paper": {**paper, **changes}, **outer}


def test_a_daily_paper_is_read() -> None:
    caught = daily_papers(encoded([_paper()]), AT)
    paper = item(caught)
    assert paper.key == ItemKey(Source.HUGGINGFACE, Kind.PAPER, "2608.16887")
    assert paper.url == "https://huggingface.co/papers/2608.16887"
    assert paper.publisher == "Quiet Lab"
    assert paper.summary == "We study quiet models with $x^2$ layers."
    assert paper.tagged("arxiv") == ("2608.16887",)
    assert paper.tagged("github") == ("quiet-lab/models",)
    assert paper.tagged("author") == ("Ada Sample", "Chen Sample")
    assert paper.tagged("keyword") == ("quiet models", "layers")
    assert figures(only(caught)) == {"upvotes": 7, "comments": 3, "github_stars": 12}


def test_the_inner_date_is_the_papers_the_outer_one_is_hours_off() -> None:
    assert item(daily_papers(encoded([_paper()]), AT)).created_at == datetime(2026, 8, 17, tzinfo=UTC)


def test_the_order_of_daily_papers_is_no_ranking() -> None:
    caught = daily_papers(encoded([_paper(), _paper(id="2608.16888")]), AT)
    assert ranks(caught) == [None, None]


def test_what_a_paper_may_lack_is_absent() -> None:
    bare = {"paper": {"id": "2608.16887", "title": "On Quiet Models"}}
    caught = daily_papers(encoded([bare]), AT)
    assert item(caught).tags == ("arxiv:2608.16887",)
    assert figures(only(caught)) == {}
    assert caught.flaws == ()


@pytest.mark.parametrize(
    ("address", "tagged"),
    [
        ("https://github.com/quiet-lab/models", ("quiet-lab/models",)),
        ("http://www.github.com/quiet-lab/models.git", ("quiet-lab/models",)),
        ("https://github.com/quiet-lab/models/", ("quiet-lab/models",)),
        ("https://github.com/quiet-lab/models/tree/main/sub", ()),
        ("https://gitlab.com/quiet-lab/models", ()),
        ("https://evil.example/github.com/quiet-lab/models", ()),
        ("javascript:alert(1)", ()),
        ("https://github.com/quiet-lab", ()),
        (None, ()),
    ],
)
def test_only_a_repositorys_own_address_is_an_identity(address: str | None, tagged: tuple[str, ...]) -> None:
    assert item(daily_papers(encoded([_paper(githubRepo=address)]), AT)).tagged("github") == tagged


@pytest.mark.parametrize(
    "changes", [{"id": "2608.16887v2"}, {"id": "../x"}, {"id": 2608.16887}, {"title": "\u200b"}, {"title": None}]
)
def test_a_paper_without_id_or_title_is_dropped(changes: dict[str, Any]) -> None:
    caught = daily_papers(encoded([_paper(**changes), _paper(id="2608.00001")]), AT)
    assert ids(caught) == ["2608.00001"]
    assert caught.flaws == ("1 × entry without usable id and title",)


def test_authors_by_the_hundred_do_not_crowd_out_the_rest() -> None:
    crowd = [{"name": f"Author {number}"} for number in range(900)]
    paper = item(daily_papers(encoded([_paper(authors=crowd)]), AT))
    assert len(paper.tagged("author")) == 20
    assert paper.tagged("keyword") == ("quiet models", "layers")
