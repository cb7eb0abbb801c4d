"""The result of a poll: printed once, proved, weighed in what is told next."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from domain.deliveries import DeliveryState
from domain.issue import Issue, SectionName
from domain.readings import Haul, Sighting
from newsroom.sections.poll import LABEL
from tests.integration.morningpost.polling import SATURDAY, SUNDAY, Paper, led_by, paper_at_work
from tests.unit.newsroom.worlds import World, full_world, on, press_time


def store(paper: Paper, world: World) -> None:
    """Everything that a world read, into the house's archive."""
    for harvest in world.harvests:
        readings = [reading for reading in world.readings if reading.harvest_id == harvest.id]
        sightings = tuple(Sighting(world.items[each.item], each.rank, each.metrics) for each in readings)
        paper.morning.house.archive.store(Haul(harvest, sightings))


def publish(paper: Paper, day: date) -> Issue:
    """The morning of a day: written, approved, published."""
    paper.clock.set(press_time(day))
    house = paper.morning.house
    issue = house.desk.assemble(day).issue
    house.issues.approve(day, "anna", paper.clock())
    house.issues.publish(day, "anna", paper.clock())
    return issue


def told(issue: Issue) -> list[str]:
    """What an issue says of the poll."""
    reading = issue.section(SectionName.READING)
    stories = reading.stories if reading is not None else ()
    return [claim.text for story in stories if story.label == LABEL for claim in story.claims()]


async def test_a_fortnight_from_the_question_to_its_result_and_what_it_weighs(tmp_path: Path) -> None:
    async with paper_at_work(tmp_path) as paper:
        store(paper, full_world(13))
        before = [publish(paper, on(day)) for day in range(5, 7)]
        leads = [section.stories[0] for issue in before if (section := issue.section(SectionName.LEAD)) is not None]
        assert await paper.ask()
        await paper.morning.telegram.until(lambda: paper.posts)
        await paper.until(lambda: paper.poll.posted is DeliveryState.SENT)
        assert [choice.kind for choice in paper.poll.choices] == [story.worth and story.worth.kind for story in leads]
        paper.vote(11, 41)
        assert await paper.close()

        saturday = publish(paper, SATURDAY)
        (sentence,) = told(saturday)
        assert "41 of 52 votes" in sentence or "Of 52 votes" in sentence
        assert "12 June" in sentence
        assert leads[1].headline is not None
        assert leads[1].headline.text in sentence or "…" in sentence
        assert f"https://t.me/ai_morning_post/{paper.posts[0].id}" in {
            link for claim in saturday.claims() for link in claim.links
        }
        audit = paper.morning.house.desk.audit(SATURDAY)
        assert (audit.failed, audit.problems) == ((), ())

        weighed = paper.morning.house.desk.feedback.polled(SUNDAY, SATURDAY)
        assert sum(tally.liked for tally in weighed.values()) == 52


async def test_what_readers_voted_for_weighs_more_in_the_next_issue(tmp_path: Path) -> None:
    async with paper_at_work(tmp_path) as paper:
        store(paper, full_world(13))
        house = paper.morning.house
        for back in range(7):  # five leads of one kind, of which readers want more, and two of another
            day = SUNDAY - timedelta(days=back)
            paper.morning.put(led_by(f"Lead {back}", day, "gain" if back < 5 else "nothing else"))
            house.issues.approve(day, "anna", paper.clock())
            house.issues.publish(day, "anna", paper.clock())
        assert await paper.ask()
        await paper.morning.telegram.until(lambda: paper.posts)
        await paper.until(lambda: paper.poll.posted is DeliveryState.SENT)
        paper.vote(0, 0, 20, 20, 20, 20, 20)
        assert await paper.close()
        issue = publish(paper, SATURDAY)
        weights = {story.worth for section in issue.sections for story in section.stories if story.worth is not None}
        assert {worth.approval for worth in weights if worth.kind == "gain"} == {1.041}
        assert {worth.approval for worth in weights if worth.kind != "gain"} == {1.0}
        admin = paper.morning.admin()
        (answer,) = await paper.morning.say(admin, f"/feedback {SATURDAY}")
        assert "gain: 100 of 165 votes in polls were for its kind in 28 days: times 1.041" in answer.text
