from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.claims import Claim, Words
from domain.issue import Issue, Paper, SectionName
from domain.items import Item, Source
from domain.polls import FEWEST_VOTES, list_name, option_key
from domain.readings import HarvestStatus, Metric
from newsroom.assembly import assemble
from newsroom.checking import audit
from newsroom.checking.dossier import Dossier
from newsroom.checking.judging import judge
from newsroom.checking.sentences import Place, Sentence
from newsroom.checking.wording import standard_wording
from newsroom.insights.insight import slots
from newsroom.measuring.balance import kinds_cited, largest
from newsroom.phrases.book import standard_book
from newsroom.sections import poll
from newsroom.sections.looking_back import joined
from tests.unit.newsroom.sections.building import desk_of, issue_of, section, texts
from tests.unit.newsroom.worlds import World, full_world, moment, on

#: The first day of these worlds is a Monday: the poll of the first Sunday closes on the second Friday.
SUNDAY, FRIDAY, SATURDAY = 6, 11, 12
HEADLINES = (
    "Aster-7B gains 900 likes in a day",
    "Three names fill half of GitHub's page",
    "A thread on bees leads the page",
)


def voted(
    world: World, *votes: int, sunday: int = SUNDAY, status: HarvestStatus = HarvestStatus.OK, day: int | None = None
) -> World:
    """The world, in which a poll closed on the Friday evening after a Sunday."""
    at = moment(on(sunday + 5 if day is None else day), 18)
    asked = on(sunday)
    rows = [
        (Item(option_key(asked, n), f"https://t.me/paper/{asked.day}", HEADLINES[n - 1], at), {Metric.VOTES: count})
        for n, count in enumerate(votes, start=1)
    ]
    world.read(Source.POLL, list_name(asked), at, rows, ranked=False, status=status)
    return world


def told(issue: Issue) -> Claim | None:
    """The sentence on the poll."""
    entries = [story for story in section(issue, SectionName.READING).stories if story.label == poll.LABEL]
    return entries[0].paragraphs[0][0] if entries else None


def result(issue: Issue) -> Claim:
    found = told(issue)
    assert found is not None
    return found


def test_without_a_poll_nothing_is_told_of_one() -> None:
    assert told(issue_of(full_world(SATURDAY + 1), SATURDAY)) is None


@pytest.mark.parametrize("votes", [(0, 0, 0), (FEWEST_VOTES - 1, 0, 0)])
def test_too_few_votes_are_not_printed(votes: Sequence[int]) -> None:
    assert told(issue_of(voted(full_world(SATURDAY + 1), *votes), SATURDAY)) is None


def test_a_poll_that_closed_weeks_ago_is_not_told() -> None:
    world = voted(full_world(SATURDAY + 9), 41, 40, 31)
    assert told(issue_of(world, SATURDAY + 8)) is None


def test_the_result_names_the_winner_the_votes_and_all_of_them_and_links_the_post() -> None:
    claim = result(issue_of(voted(full_world(SATURDAY + 1), 30, 41, 40), SATURDAY))
    assert [figure.text for figure in claim.figures if figure.unit == "votes"] == ["41", "111"]
    assert [figure.text for figure in claim.figures if figure.unit == "date"] == ["12 June"]
    assert [name.text for name in claim.names] == [HEADLINES[1]]
    assert claim.links == ("https://t.me/paper/7",)


def test_a_tie_names_all_who_share_the_first_place() -> None:
    claim = result(issue_of(voted(full_world(SATURDAY + 1), 20, 7, 20), SATURDAY))
    assert [name.text for name in claim.names] == [HEADLINES[0], HEADLINES[2]]
    assert sorted(figure.text for figure in claim.figures if figure.unit == "votes") == ["20", "47"]


def test_a_result_is_told_once_and_by_the_first_issue_after_it_closed() -> None:
    world = voted(full_world(SATURDAY + 3), 30, 41, 41)
    saturday = issue_of(world, SATURDAY)
    sunday = issue_of(world, SATURDAY + 1, saturday)
    assert told(saturday) is not None
    assert told(sunday) is None
    assert told(issue_of(world, SATURDAY + 1)) is not None  # where no Saturday's issue told it


def test_of_two_polls_the_one_that_closed_last_is_told() -> None:
    world = voted(full_world(SATURDAY + 8), 12, 30, 9)
    voted(world, 50, 2, 3, sunday=SUNDAY + 7)
    assert result(issue_of(world, SATURDAY + 7)).names[0].text == HEADLINES[0]


def test_a_day_is_told_as_clocks_of_the_paper_show_it() -> None:
    world = voted(full_world(SATURDAY + 1), 30, 41, 2)
    issue = assemble(on(SATURDAY), world.record(), (), Paper(zone="Asia/Tokyo"), 1, moment(on(SATURDAY), 5.5))
    assert [figure.text for figure in result(issue).figures if figure.unit == "date"] == ["13 June"]


def test_an_issue_with_a_result_passes_its_audit() -> None:
    world = voted(full_world(SATURDAY + 1), 30, 41, 41)
    issue = issue_of(world, SATURDAY)
    assert told(issue) is not None
    assert audit(issue, world.record(), asked=world.harvests).failed == ()
    assert audit(issue, world.record(), asked=world.harvests).problems == ()


def test_the_audit_finds_a_result_that_is_not_what_was_counted() -> None:
    world = voted(full_world(SATURDAY + 1), 30, 41, 40)
    issue = issue_of(world, SATURDAY)
    world.readings = [
        replace(each, metrics={Metric.VOTES: 45}) if each.item.external_id.endswith(".1") else each
        for each in world.readings
    ]
    assert [verdict.text for verdict in audit(issue, world.record()).failed] == [result(issue).text]


def test_a_poll_is_no_source_of_news() -> None:
    without, world = full_world(SATURDAY + 1), voted(full_world(SATURDAY + 1), 30, 41, 41)
    plain, issue = issue_of(without, SATURDAY), issue_of(world, SATURDAY)
    assert issue.coverage == plain.coverage
    assert kinds_cited(issue, issue.claims()) == kinds_cited(plain, plain.claims())
    assert largest(issue) == largest(plain)
    rest = [each for each in issue.sections if each.name is not SectionName.READING]
    assert [texts(each) for each in rest] == [
        texts(each) for each in plain.sections if each.name is not SectionName.READING
    ]


@pytest.mark.parametrize("day", [SATURDAY, SATURDAY + 1])
@pytest.mark.parametrize(
    ("key", "votes"), [("poll.winner", (30, 41, 12)), ("poll.tie", (41, 41, 12)), ("poll.tie", (9, 9, 9))]
)
def test_every_way_of_telling_a_result_passes_the_court(key: str, votes: Sequence[int], day: int) -> None:
    desk = desk_of(voted(full_world(SATURDAY + 2), *votes), day)
    told_of = poll.write(desk)
    assert told_of is not None
    claim = told_of.paragraphs[0][0]
    found = slots(
        name=joined(claim.names),
        votes=next(figure for figure in claim.figures if figure.value == max(votes)),
        total=next(figure for figure in claim.figures if figure.value == sum(votes)),
        closed=next(figure for figure in claim.figures if figure.unit == "date"),
    )
    ways = standard_book().of(key, frozenset(found))
    assert len(standard_book().phrases[key]) >= 8
    dossier = Dossier(desk.cite.evidence, desk.record)
    said = [Claim(way.fill(found)) for way in ways]
    judged = [
        judge(Sentence(each, SectionName.READING, Place.BULLET, desk.day, told_of), dossier, standard_wording())
        for each in said
    ]
    assert [(verdict.text, verdict.problems) for verdict in judged if verdict.problems] == []


def test_a_false_order_of_votes_and_total_does_not_pass_the_court() -> None:
    desk = desk_of(voted(full_world(SATURDAY + 1), 30, 41, 12), SATURDAY)
    story = poll.write(desk)
    assert story is not None
    claim = story.paragraphs[0][0]
    votes, total = sorted((each for each in claim.figures if each.unit == "votes"), key=lambda each: each.value)
    said = Claim((total, Words(" of "), votes, Words(" votes in our poll went to "), claim.names[0], Words(".")))
    dossier = Dossier(desk.cite.evidence, desk.record)
    sentence = Sentence(said, SectionName.READING, Place.BULLET, desk.day, story)
    assert not judge(sentence, dossier, standard_wording()).supported


def test_the_days_of_these_tests_are_what_they_are_called() -> None:
    assert [f"{on(day):%A}" for day in (SUNDAY, FRIDAY, SATURDAY)] == ["Sunday", "Friday", "Saturday"]
    assert on(SUNDAY) + timedelta(days=5) == on(FRIDAY) == date(2026, 6, 12)
