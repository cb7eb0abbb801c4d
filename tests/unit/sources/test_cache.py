"""Answers kept on disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.cache import KEPT_DAYS, Kept, ResponseCache

URL = "https://example.org/list?a=1"
KEPT = Kept(b"line\nline \0\xff", '"v1"', "Fri, 03 Jul 2026 04:00:00 GMT")


def test_what_is_put_is_got_by_another_cache_of_the_same_folder(tmp_path: Path) -> None:
    ResponseCache(tmp_path / "new" / "folder").put(URL, KEPT)
    assert ResponseCache(tmp_path / "new" / "folder").get(URL) == KEPT


def test_an_address_never_asked_has_nothing(tmp_path: Path) -> None:
    cache = ResponseCache(tmp_path)
    cache.put(URL, KEPT)
    assert cache.get(f"{URL}&b=2") is None


def test_a_later_answer_takes_the_place_of_an_earlier(tmp_path: Path) -> None:
    cache = ResponseCache(tmp_path)
    cache.put(URL, KEPT)
    cache.put(URL, Kept(b"new", '"v2"', ""))
    assert cache.get(URL) == Kept(b"new", '"v2"', "")
    assert len(list(tmp_path.iterdir())) == 1


def test_an_answer_without_a_validator_is_not_kept(tmp_path: Path) -> None:
    cache = ResponseCache(tmp_path)
    cache.put(URL, Kept(b"body", "", ""))
    assert cache.get(URL) is None


@pytest.mark.parametrize("damage", [b"", b"{}\n", b"not json\nbody", b'{"url": 1}\nx', b"[]\nx", b"\xff\xfe"])
def test_a_damaged_file_is_as_good_as_none(tmp_path: Path, damage: bytes) -> None:
    cache = ResponseCache(tmp_path)
    cache.put(URL, KEPT)
    next(tmp_path.iterdir()).write_bytes(damage)
    assert cache.get(URL) is None


def test_a_body_cut_short_on_disk_is_as_good_as_none(tmp_path: Path) -> None:
    cache = ResponseCache(tmp_path)
    cache.put(URL, KEPT)
    file = next(tmp_path.iterdir())
    file.write_bytes(file.read_bytes()[:-1])
    assert cache.get(URL) is None


def test_a_folder_that_cannot_be_written_costs_nothing_but_the_cache(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = ResponseCache(tmp_path / "file")
    cache.put(URL, KEPT)
    cache.confirm(URL)
    assert cache.get(URL) is None
    assert cache.prune() == 0


def test_only_what_was_long_not_confirmed_is_dropped(tmp_path: Path) -> None:
    cache = ResponseCache(tmp_path)
    cache.put("https://example.org/old", KEPT)
    cache.put("https://example.org/confirmed", KEPT)
    later = ResponseCache(tmp_path, clock=lambda: _now(tmp_path) + (KEPT_DAYS + 1) * 86_400)
    later.confirm("https://example.org/confirmed")
    assert later.prune() == 1
    assert later.get("https://example.org/old") is None
    assert later.get("https://example.org/confirmed") == KEPT


def _now(folder: Path) -> float:
    return min(file.stat().st_mtime for file in folder.iterdir())


@given(st.binary(max_size=200), st.text(max_size=20), st.text(max_size=60))
def test_any_answer_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, body: bytes, mark: str, url: str
) -> None:
    cache, kept = ResponseCache(tmp_path_factory.mktemp("cache")), Kept(body, f'"{mark}"', "")
    cache.put(url, kept)
    assert cache.get(url) == kept
