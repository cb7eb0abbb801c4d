"""arXiv's API answers and listings, quirk by quirk."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.items import ItemKey, Kind, Source
from sources.arxiv.adapter import listing, recent
from sources.arxiv.names import authors, readable
from sources.errors import SourceError, Unreadable
from tests.unit.sources.readings import AT, ids, item, only

SATURDAY = datetime(2026, 7, 4, 12, 0, tzinfo=UTC)


def _entry(
    address: str = "http://arxiv.org/abs/2605.12495v1",
    *,
    title: str = "Quiet Models: a $O(n^2)$ Study",
    published: str = "2026-05-12T17:59:47Z",
    primary: str = "cs.CV",
) -> str:
    return f"""<entry><id>{address}</id><title>{title}</title><updated>{published}</updated>
    <link href="https://arxiv.org/abs/2605.12495v1" rel="alternate" type="text/html"/>
    <summary>  We study
      quiet models with $x_i$.</summary>
    <category term="cs.CV"/><category term="cs.AI"/><category term="&lt;b&gt;"/>
    <published>{published}</published><arxiv:comment>12 pages</arxiv:comment>
    <arxiv:primary_category term="{primary}"/>
    <author><name>Ada Sample</name></author><author><name>Ben   Sample</name></author></entry>"""


def _feed(*entries: str, total: int = 424441) -> bytes:
    return f"""<?xml version='1.0' encoding='UTF-8'?>
    <feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom"
     xmlns="http://www.w3.org/2005/Atom"><id>https://arxiv.org/api/x</id><title>arXiv Query</title>
    <opensearch:totalResults>{total}</opensearch:totalResults>{"".join(entries)}</feed>""".encode()


def _item(
    guid: str = "oai:arXiv.org:2604.22002v1",
    *,
    announced: str = "new",
    creators: str = "Ada Sample, Peter Pi\\v{z}urica",
    description: str = "arXiv:2604.22002v1 Announce Type: new \nAbstract: We study rivers.",
) -> str:
    return f"""<item><title>Rivers of Attention</title><link>https://arxiv.org/abs/2604.22002</link>
    <description>{description}</description><guid isPermaLink="false">{guid}</guid>
    <category>cs.CL</category><category>cs.AI</category><pubDate>Mon, 27 Apr 2026 00:00:00 -0400</pubDate>
    <arxiv:announce_type>{announced}</arxiv:announce_type><dc:creator>{creators}</dc:creator></item>"""


def _listing(*items: str) -> bytes:
    return f"""<?xml version='1.0' encoding='UTF-8'?>
    <rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0">
    <channel><title>cs.CL updates</title><skipDays><day>Sunday</day><day>Saturday</day></skipDays>{"".join(items)}
    </channel></rss>""".encode()


def test_a_submission_is_read() -> None:
    paper = item(recent(_feed(_entry()), AT))
    assert paper.key == ItemKey(Source.ARXIV, Kind.PAPER, "2605.12495")
    assert paper.url == "https://arxiv.org/abs/2605.12495"
    assert paper.publisher == "arXiv"
    assert paper.created_at == datetime(2026, 5, 12, 17, 59, 47, tzinfo=UTC)
    assert paper.tagged("author") == ("Ada Sample", "Ben Sample")
    assert paper.tagged("primary") == ("cs.CV",)
    assert paper.tags[-2:] == ("cs.CV", "cs.AI")


def test_latex_stays_as_text_and_lines_are_joined() -> None:
    paper = item(recent(_feed(_entry(title="Quiet\n  Models: a $O(n^2)$ Study")), AT))
    assert paper.title == "Quiet Models: a $O(n^2)$ Study"
    assert paper.summary == "We study quiet models with $x_i$."


@pytest.mark.parametrize(
    ("address", "arxiv_id"),
    [
        ("http://arxiv.org/abs/2605.12495v12", "2605.12495"),
        ("https://arxiv.org/abs/2605.12495", "2605.12495"),
        ("http://arxiv.org/abs/0704.0001v1", "0704.0001"),
        ("http://arxiv.org/abs/cs/0102003v2", "cs/0102003"),
        ("http://arxiv.org/abs/math.GT/0309136v1", "math.GT/0309136"),
        ("https://export.arxiv.org/abs/2605.12495v1", "2605.12495"),
    ],
)
def test_the_version_is_not_part_of_who_a_paper_is(address: str, arxiv_id: str) -> None:
    assert ids(recent(_feed(_entry(address)), AT)) == [arxiv_id]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "2605.12495",
        "http://arxiv.org/abs/../../x",
        "http://evil.example/abs/2605.12495v1",
        "http://arxiv.org/abs/2605.12495v1&#10;x",
    ],
)
def test_an_id_in_another_form_is_dropped(address: str) -> None:
    caught = recent(_feed(_entry(address), _entry()), AT)
    assert ids(caught) == ["2605.12495"]
    assert caught.flaws == ("1 × entry without usable id and title",)


def test_two_versions_of_a_paper_count_once() -> None:
    assert ids(recent(_feed(_entry(), _entry("http://arxiv.org/abs/2605.12495v2")), AT)) == ["2605.12495"]


def test_no_submission_has_a_rank() -> None:
    assert only(recent(_feed(_entry()), AT)).rank is None


def test_a_date_that_is_none_is_left_out_and_told() -> None:
    caught = recent(_feed(_entry(published="soon")), AT)
    assert item(caught).created_at is None
    assert caught.flaws == ("1 × field published",)


def test_an_error_entry_is_an_error() -> None:
    error = _entry("http://arxiv.org/api/errors#incorrect_id_format_for_1234", title="Error")
    with pytest.raises(Unreadable, match="answered with an error"):
        recent(_feed(error), AT)


def test_results_promised_and_not_sent_are_no_empty_list() -> None:
    with pytest.raises(Unreadable, match="promised results and sent none"):
        recent(_feed(), AT)
    assert recent(_feed(total=0), AT).sightings == ()


def test_a_listed_paper_is_read() -> None:
    paper = item(listing(_listing(_item()), AT))
    assert paper.key == ItemKey(Source.ARXIV, Kind.PAPER, "2604.22002")
    assert paper.summary == "We study rivers."
    assert paper.tagged("announce") == ("new",)
    assert paper.tagged("author") == ("Ada Sample", "Peter Pižurica")
    assert paper.created_at is None, "the listing tells when it was announced, not when it was submitted"


@pytest.mark.parametrize("announced", ["new", "cross", "replace", "replace-cross"])
def test_the_kind_of_announcement_is_a_tag(announced: str) -> None:
    said = f"arXiv:2604.22002v3 Announce Type: {announced} \nAbstract: We study rivers."
    paper = item(listing(_listing(_item(announced=announced, description=said)), AT))
    assert paper.tagged("announce") == (announced,)
    assert paper.summary == "We study rivers."


def test_an_unknown_announcement_is_no_tag() -> None:
    assert item(listing(_listing(_item(announced="&lt;b&gt;loud")), AT)).tagged("announce") == ()


def test_a_paper_listed_in_several_categories_counts_once() -> None:
    assert ids(listing(_listing(_item(), _item(announced="cross")), AT)) == ["2604.22002"]


def test_an_empty_listing_at_the_weekend_is_as_it_should_be() -> None:
    caught = listing(_listing(), SATURDAY)
    assert (caught.sightings, caught.flaws) == ((), ())
    assert caught.note == "arXiv lists nothing on Saturdays and Sundays"


def test_the_weekend_is_that_of_new_york() -> None:
    friday_evening_there = datetime(2026, 7, 4, 2, 0, tzinfo=UTC)
    assert "working day" in listing(_listing(), friday_evening_there).note
    sunday_evening_there = datetime(2026, 7, 6, 2, 0, tzinfo=UTC)
    assert "Saturdays and Sundays" in listing(_listing(), sunday_evening_there).note


def test_an_empty_listing_on_a_working_day_is_told_as_such() -> None:
    assert "on a working day that is a holiday" in listing(_listing(), AT).note


@pytest.mark.parametrize("body", [b"", b"<html></html>", b"{}", b"<rss/>", b"<a></b>", b"<feed/>", b"\xff"])
def test_another_document_is_unreadable(body: bytes) -> None:
    for parse in (recent, listing):
        with pytest.raises(Unreadable):
            parse(body, AT)


def test_a_bomb_in_the_listing_is_refused() -> None:
    bomb = b'<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + _listing(_item()).split(b"?>", 1)[1].strip()
    with pytest.raises(Unreadable, match="declares entities"):
        listing(bomb, AT)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"Pi\v{z}urica", "Pižurica"),
        (r"Erd\H{o}s", "Erdős"),
        (r"G\"odel", "Gödel"),
        (r"G{\"o}del", "Gödel"),
        (r"G\"{o}del", "Gödel"),
        (r"Jos\'e Garc\'{\i}a", "José García"),
        (r"Fran\c{c}ois", "François"),
        (r"Fran\c cois", "François"),
        (r"S\o ren \O{}rsted", "Søren Ørsted"),
        (r"{\L}ukasz", "Łukasz"),
        (r"Stra\ss e", "Straße"),
        (r"\AA ke", "Åke"),
        (r"Nguy\~{\^{e}}n", "Nguyễn"),
        (r"\v{S}koda \.Zak", "Škoda Żak"),
        (r"\textbf{Bold}", r"\textbf{Bold}"),
        ("Plain Name", "Plain Name"),
        ("\\", "\\"),
    ],
)
def test_tex_accents_are_the_letters_that_they_print(written: str, read: str) -> None:
    assert readable(written) == read


@pytest.mark.parametrize(
    ("creators", "names"),
    [
        ("Ada Sample, Ben Sample", ["Ada Sample", "Ben Sample"]),
        ("Ada Sample and Ben Sample", ["Ada Sample", "Ben Sample"]),
        ("Ada Sample (1), Ben Sample (1 and 2) ((1) River Lab, (2) Hill Lab)", ["Ada Sample", "Ben Sample"]),
        ("John Smith, Jr., Ben Sample III", ["John Smith, Jr.", "Ben Sample III"]),
        ("Anders Andersen", ["Anders Andersen"]),
        ("", []),
        (" , ,", []),
    ],
)
def test_one_string_of_authors_is_taken_apart(creators: str, names: list[str]) -> None:
    assert authors(creators) == names


@given(st.text(alphabet=st.sampled_from("\\{}()'\"~^=. ,avzHo"), max_size=60))
def test_any_string_of_authors_is_taken_apart(creators: str) -> None:
    assert all(name.strip() for name in authors(creators))


@given(st.binary(max_size=200))
def test_any_bytes_are_a_catch_or_a_source_error(body: bytes) -> None:
    for parse in (recent, listing):
        try:
            parse(body, AT)
        except SourceError:
            continue
