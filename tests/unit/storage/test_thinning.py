"""Which harvests may go: a table of days."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from domain.items import Source
from domain.readings import HarvestStatus
from storage.thinning import Candidate, superfluous

candidates = st.lists(
    st.builds(
        Candidate,
        st.integers(1),
        st.just(Source.GITHUB),
        st.sampled_from(["trending/daily", "trending/weekly"]),
        st.datetimes(datetime(2026, 7, 4), datetime(2026, 7, 6), timezones=st.just(UTC)),  # noqa: DTZ001 - hypothesis adds the zone
        st.sampled_from(HarvestStatus),
        st.booleans(),
    ),
    unique_by=lambda harvest: harvest.id,
    max_size=12,
)


@given(candidates)
def test_nothing_cited_goes(harvests: list[Candidate]) -> None:
    assert {harvest.id for harvest in harvests if harvest.cited}.isdisjoint(superfluous(harvests))


@given(candidates)
def test_every_list_keeps_a_harvest_of_every_day_that_it_had(harvests: list[Candidate]) -> None:
    gone = set(superfluous(harvests))
    assert {each.day for each in harvests if each.id not in gone} == {each.day for each in harvests}


@given(candidates)
def test_of_a_day_without_citations_one_harvest_is_kept(harvests: list[Candidate]) -> None:
    gone = set(superfluous(harvests))
    kept = [harvest for harvest in harvests if harvest.id not in gone]
    for day in {harvest.day for harvest in kept}:
        of_day = [harvest for harvest in kept if harvest.day == day]
        assert len(of_day) == 1 or all(harvest.cited for harvest in of_day)


@given(candidates)
def test_the_order_in_which_they_come_does_not_matter(harvests: list[Candidate]) -> None:
    assert set(superfluous(harvests)) == set(superfluous(reversed(harvests)))
