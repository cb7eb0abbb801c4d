from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.claims import Claim, Figure, Name, Quote, Role, UnsupportedClaim, Words, house
from domain.deliveries import Broadcast, BroadcastId, BroadcastKind, BroadcastState, Receipt
from domain.editions import Button, page_callback, parse_page_callback, parse_start_payload, start_payload
from domain.evidence import EvidenceId, Expression
from domain.items import SOLE_KIND, Item, ItemKey, Kind, Source

REPOSITORY = ItemKey(Source.GITHUB, Kind.REPOSITORY, "owner/name")
A, B, Q = EvidenceId("r1-stars"), EvidenceId("r2-stars"), EvidenceId("q1")


def _key(source: Source, kind: Kind, name: str) -> ItemKey:
    return ItemKey(source, SOLE_KIND.get(source, kind), name)


keys = st.builds(
    _key,
    st.sampled_from(Source),
    st.sampled_from([Kind.MODEL, Kind.DATASET, Kind.SPACE, Kind.PAPER]),
    st.text(min_size=1),
)


@given(keys)
def test_a_printed_key_is_read_back(key: ItemKey) -> None:
    assert ItemKey.parse(str(key)) == key


@pytest.mark.parametrize("text", ["", "github", "github:", "huggingface:model", "huggingface:model:", "myspace:x"])
def test_what_is_no_key_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        ItemKey.parse(text)


def test_keys_print_as_the_contract_shows_them() -> None:
    assert str(REPOSITORY) == "github:owner/name"
    assert str(ItemKey(Source.HUGGINGFACE, Kind.MODEL, "owner/name")) == "huggingface:model:owner/name"


def test_tags_are_found_by_their_name_space() -> None:
    item = Item(REPOSITORY, "https://github.com/owner/name", "owner/name", datetime.now(UTC), tags=("license:mit", "x"))
    assert item.tagged("license") == ("mit",)


def test_a_claim_without_evidence_cannot_be_built() -> None:
    with pytest.raises(UnsupportedClaim, match="no evidence"):
        Claim((Words("Everyone loves it."),))


def test_a_claim_without_words_cannot_be_built() -> None:
    with pytest.raises(UnsupportedClaim):
        Claim((), Role.HOUSE)


@pytest.mark.parametrize("role", [Role.HOUSE, Role.VIEW])
def test_only_a_claim_may_print_a_name(role: Role) -> None:
    with pytest.raises(UnsupportedClaim, match="our own words"):
        Claim((Name("name", REPOSITORY, Q),), role)


def test_a_claim_cites_each_evidence_once_in_the_order_of_the_sentence() -> None:
    gain = Figure("12", 12, "stars", Expression("b - a"), {"a": A, "b": B})
    claim = Claim(
        (Name("name", REPOSITORY, Q, "https://github.com/owner/name"), Words(" gained "), gain, Words(" stars.")),
        also=(A,),
    )
    assert claim.text == "name gained 12 stars."
    assert claim.evidence == (Q, A, B)
    assert claim.links == ("https://github.com/owner/name",)
    assert (claim.figures, len(claim.names), claim.quotes) == ((gain,), 1, ())


def test_a_quote_is_printed_between_quotation_marks() -> None:
    assert Claim((Quote("exact words", REPOSITORY, Q),)).text == "“exact words”"


def test_a_formula_over_a_list_cites_every_member() -> None:
    figure = Figure("2", 2, "stars", Expression("count(list)"), {"list": (A, B)})
    assert list(figure.cited()) == [A, B]


def test_a_house_sentence_needs_no_evidence() -> None:
    assert house("We have not run them.").evidence == ()


@pytest.mark.parametrize(
    "broken", [{"callback": "x", "url": "https://x.org"}, {}, {"callback": "x" * 65}, {"callback": ""}]
)
def test_a_button_does_exactly_one_thing(broken: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="button"):
        Button("Open", **broken)


@given(st.dates(date(1000, 1, 1)), st.from_regex(r"[a-z]{1,12}", fullmatch=True))
def test_the_page_of_a_button_is_read_back(day: date, page: str) -> None:
    assert parse_page_callback(page_callback(day, page)) == (day, page)


@given(st.text())
def test_forged_button_data_and_links_are_never_an_error(data: str) -> None:
    for found in (parse_page_callback(data), parse_start_payload(data)):
        assert found is None or isinstance(found[0], date)


@given(st.dates(date(1000, 1, 1)), st.from_regex(r"[a-z]{1,12}", fullmatch=True).filter(lambda page: page != "issue"))
def test_the_page_of_a_deep_link_is_read_back(day: date, page: str) -> None:
    assert parse_start_payload(start_payload(day, page)) == (day, page)
    assert parse_start_payload(f"issue_{day:%Y%m%d}") == (day, "front")


@pytest.mark.parametrize(
    "data", ["p:20261301:lead", "p:20260704:", "p:٢٠٢٦٠٧٠٤:lead", "q:20260704:lead", "p:2026:lead"]
)
def test_a_page_that_is_no_page_is_none(data: str) -> None:
    assert parse_page_callback(data) is None


def _receipt(sent: int, seconds: float | None) -> Receipt:
    began = datetime(2026, 7, 4, tzinfo=UTC)
    broadcast = Broadcast(BroadcastId(1), BroadcastKind.ISSUE, BroadcastState.DONE, began)
    ended = None if seconds is None else datetime.fromtimestamp(began.timestamp() + seconds, UTC)
    return Receipt(broadcast, sent, 0, (), 0, 0, 0, began, ended)


@pytest.mark.parametrize(
    ("sent", "seconds", "rate"), [(300, 10, 30.0), (1, 10, None), (300, None, None), (300, 0, None)]
)
def test_the_rate_is_told_when_there_is_one(sent: int, seconds: float | None, rate: float | None) -> None:
    assert _receipt(sent, seconds).rate == rate
