"""Bodies in pieces, compressed or not, under a cap."""

from __future__ import annotations

import gzip
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.body import BodyReader
from sources.errors import TooMuch, Unreadable


def _read(encoding: str, sent: bytes, limit: int = 10_000, step: int = 7) -> bytes:
    reader = BodyReader("site.example", encoding, limit)
    for start in range(0, len(sent), step):
        reader.take(sent[start : start + step])
    return reader.whole()


@given(st.binary(max_size=2000), st.integers(1, 300))
def test_a_gzipped_body_opens_to_what_was_zipped_however_it_is_cut(body: bytes, step: int) -> None:
    assert _read("gzip", gzip.compress(body), step=step) == body


@given(st.binary(max_size=500), st.binary(max_size=500))
def test_gzip_in_two_members_opens_to_both(first: bytes, second: bytes) -> None:
    assert _read("gzip", gzip.compress(first) + gzip.compress(second), step=10_000) == first + second


def test_padding_after_the_end_is_ignored() -> None:
    assert _read("x-gzip", gzip.compress(b"words") + b"\0" * 40, step=10_000) == b"words"


def test_a_body_of_exactly_the_limit_is_read() -> None:
    assert len(_read("", b"x" * 10_000)) == 10_000
    assert len(_read("gzip", gzip.compress(b"x" * 10_000))) == 10_000


@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_a_body_of_one_byte_more_is_not(encoding: str) -> None:
    body = b"x" * 10_001
    with pytest.raises(TooMuch):
        _read(encoding, gzip.compress(body) if encoding else body)


def test_an_empty_answer_that_calls_itself_gzip_is_empty() -> None:
    assert _read("gzip", b"") == b""


@given(st.binary(min_size=1, max_size=300))
def test_any_bytes_are_opened_or_unreadable(sent: bytes) -> None:
    with suppress(Unreadable, TooMuch):
        assert isinstance(_read("gzip", sent), bytes)
