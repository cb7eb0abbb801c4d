"""Values as sites really send them, and documents that are made to hurt."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from sources.errors import SourceError, TooMuch, Unreadable
from sources.wire import Count, Moment, Text, Texts, Wire, moment, read_entry, read_json, read_xml, screen_xml


class Sample(Wire):
    """An entry with one field of each sort."""

    id: Text
    likes: Count | None = None
    tags: Texts | None = None
    created_at: Moment | None = Field(None, alias="createdAt")


def test_an_entry_in_the_sites_form_is_read_whole() -> None:
    raw = {"id": "a", "likes": 3, "tags": ["x"], "createdAt": "2026-07-04T05:30:00.123Z", "added by the site": 1}
    entry, wrong = read_entry(Sample, raw)
    assert entry is not None
    assert (entry.id, entry.likes, entry.tags) == ("a", 3, ("x",))
    assert entry.created_at == datetime(2026, 7, 4, 5, 30, 0, 123000, tzinfo=UTC)
    assert wrong == ()


def test_absent_and_null_are_the_same() -> None:
    assert read_entry(Sample, {"id": "a"}) == read_entry(Sample, {"id": "a", "likes": None, "createdAt": None})


@pytest.mark.parametrize(
    "wrong",
    [-1, 1.5, True, "many", "-3", "1e3", "٣", "", [], {}, 2**63, "99999999999999999999", float("inf")],
)
def test_a_figure_that_is_no_count_is_left_out_and_told(wrong: object) -> None:
    entry, fields = read_entry(Sample, {"id": "a", "likes": wrong})
    assert entry is not None
    assert entry.likes is None
    assert fields == ("likes",)


@pytest.mark.parametrize(("sent", "read"), [("17", 17), ("0", 0), (0, 0), (2**63 - 1, 2**63 - 1)])
def test_a_count_may_be_written_as_digits(sent: object, read: int) -> None:
    entry, wrong = read_entry(Sample, {"id": "a", "likes": sent})
    assert entry is not None
    assert (entry.likes, wrong) == (read, ())


@pytest.mark.parametrize(
    "wrong",
    ["yesterday", "2026-07-04", 1783143060, "2026-13-01T00:00:00Z", "2026-07-04T05:30:00", "0001-01-01T00:00:00Z"],
)
def test_a_date_that_is_no_moment_of_our_time_is_left_out_and_told(wrong: object) -> None:
    entry, fields = read_entry(Sample, {"id": "a", "createdAt": wrong})
    assert entry is not None
    assert entry.created_at is None
    assert fields == ("createdAt",)


@pytest.mark.parametrize("raw", [{}, {"id": None}, {"id": 7}, {"id": ["a"]}, [], "a", None, 7])
def test_an_entry_without_what_it_needs_is_none(raw: object) -> None:
    assert read_entry(Sample, raw)[0] is None


def test_what_is_no_text_in_a_list_of_texts_is_left_out() -> None:
    entry, wrong = read_entry(Sample, {"id": "a", "tags": ["x", 1, None, ["y"], "z"]})
    assert entry is not None
    assert (entry.tags, wrong) == (("x", "z"), ())


def test_lone_surrogates_do_not_cost_the_entry() -> None:
    entry, wrong = read_entry(Sample, read_json(b'{"id": "a\\ud800b", "tags": ["\\udfff"]}', "Site"))
    assert entry is not None
    assert (entry.id, entry.tags, wrong) == ("ab", ("",), ())


def test_moments_are_told_in_utc() -> None:
    assert moment("2026-07-04T01:30:00-04:00") == datetime(2026, 7, 4, 5, 30, tzinfo=UTC)
    assert moment("2026-07-04T01:30:00") is None
    assert moment("") is None


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"<!DOCTYPE html><html>", "a web page instead of JSON"),
        (b"  \n<html>", "a web page instead of JSON"),
        (b"", "nothing instead of JSON"),
        (b"{", "something else instead of JSON"),
        (b"[NaN]", "something else instead of JSON"),
        (b"[Infinity]", "something else instead of JSON"),
        (b"\xff\xfe\xfa", "something else instead of JSON"),
        (b"[" * 200_000, "something else instead of JSON"),
        (b"9" * 10_000, "something else instead of JSON"),
    ],
)
def test_what_is_no_json_is_told_in_a_line(body: bytes, told: str) -> None:
    with pytest.raises(Unreadable, match=told):
        read_json(body, "Site")


BOMB = b"""<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">
<!ENTITY lol3 "&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;">]>
<rss version="2.0"><channel><title>&lol3;</title></channel></rss>"""
THIEF = b"""<?xml version="1.0"?><!DOCTYPE r [<!ENTITY file SYSTEM "file:///etc/passwd">]><rss><channel>&file;</channel></rss>"""
PARAMETER = b"""<!DOCTYPE r [<!ENTITY % all SYSTEM "http://127.0.0.1:1/evil.dtd"> %all;]><rss/>"""


@pytest.mark.parametrize(
    "document", [BOMB, THIEF, PARAMETER, BOMB.decode().replace("?>", ' encoding="utf-16"?>', 1).encode("utf-16")]
)
def test_a_document_that_declares_entities_is_refused(document: bytes) -> None:
    with pytest.raises(Unreadable, match="declares entities"):
        screen_xml(document, "Site")


def test_a_document_that_nests_for_ever_is_refused() -> None:
    with pytest.raises(TooMuch, match="nests too deeply"):
        read_xml(b"<a>" * 100_000, "Site")


def test_a_document_of_very_many_elements_is_refused() -> None:
    with pytest.raises(TooMuch, match="too many elements"):
        read_xml(b"<r>" + b"<a/>" * 300_000 + b"</r>", "Site")


def test_a_doctype_without_entities_is_nothing_bad() -> None:
    assert screen_xml(b'<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://x.example/rss.dtd"><rss/>', "Site")


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"<html>", b"<a></b>", b'<?xml version="1.0" encoding="nope"?><a/>', b"\0"]
)
def test_what_is_no_xml_is_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        read_xml(body, "Site")


@given(
    st.binary(max_size=300) | st.text(alphabet=st.sampled_from("<>/!?[]&;ab ENTITY\"'="), max_size=120).map(str.encode)
)
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    for read in (read_json, read_xml):
        with suppress(SourceError):
            read(body, "Site")
