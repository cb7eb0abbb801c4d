"""The weekly poll: which story of the week mattered most, asked in the channel, counted by Telegram."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.deliveries import BroadcastId, DeliveryState
from domain.feedback import Tally
from domain.items import Item, ItemKey, Kind, Source
from domain.readings import Harvest, HarvestStatus, Haul, Metric, Sighting

#: What is asked, 1 to 300 characters as Telegram takes a question.
QUESTION = "Which story of the week mattered most to you?"

#: So many answers may a poll have, of so many characters each (core.telegram.org/bots/api#sendpoll).
FEWEST_CHOICES, MOST_CHOICES = 2, 12
LONGEST_CHOICE = 100

#: With fewer votes than this a result says nothing of the readers, and is not printed.
FEWEST_VOTES = 10

#: The stories of so many days are asked about.
DAYS = 7

#: So long after its time Telegram closes a poll by itself, should nobody have come to close it and to read its count.
LAST_RESORT = timedelta(hours=6)

_CUT = "…"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: the lead of an issue by its headline (1-100 characters); ``kind``: what sort of thing it told."""

    text: str
    issue_date: date
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """What Telegram says of a poll: ``votes`` by the text of the answer. ``telegram_id``: its own name of the poll."""

    telegram_id: str
    question: str
    votes: Mapping[str, int]
    closed: bool


@dataclass(frozen=True, slots=True)
class Poll:
    """A poll as it stands; moments are aware UTC.

    ``posted``: where its post to the channel stands; ``message_id`` is None until it arrived. ``votes``: of each
    choice as counted last, at ``counted_at``. ``closed_at``: when the count that stands for good was read. ``ended``:
    why it will have no result, empty while it may.
    """

    asked_on: date
    broadcast: BroadcastId
    choices: tuple[Choice, ...]
    closes_at: datetime
    posted: DeliveryState
    chat_id: int
    message_id: int | None = None
    votes: tuple[int, ...] = ()
    counted_at: datetime | None = None
    closed_at: datetime | None = None
    ended: str = ""

    @property
    def over(self) -> bool:
        """Whether nothing more will be counted."""
        return self.closed_at is not None or bool(self.ended)

    def is_of(self, count: Count) -> bool:
        """Whether a count is of this poll: the same question with the same answers."""
        return count.question == QUESTION and set(count.votes) == {choice.text for choice in self.choices}

    def counted(self, count: Count) -> tuple[int, ...]:
        """The votes of each choice, in the order in which they were asked."""
        return tuple(count.votes[choice.text] for choice in self.choices)


def choice_text(headline: str) -> str:
    """A headline as an answer: whole where it fits, else cut behind a word, with "…"."""
    words = " ".join(headline.split())
    if len(words) <= LONGEST_CHOICE:
        return words
    room = words[: LONGEST_CHOICE - len(_CUT) + 1]
    kept = room.rpartition(" ")[0].rstrip(" ,;:–—-") or room[:-1]
    return f"{kept}{_CUT}"


def choices(leads: Iterable[Choice]) -> tuple[Choice, ...]:
    """What can be asked about these leads (their ``text`` is the whole headline), oldest first; empty: nothing can.

    Telegram takes no answer twice, and no poll of one.
    """
    found: dict[str, Choice] = {}
    for lead in sorted(leads, key=lambda lead: lead.issue_date):
        text = choice_text(lead.text)
        if text:
            found.setdefault(text, Choice(text, lead.issue_date, lead.kind))
    kept = tuple(found.values())[-MOST_CHOICES:]
    return kept if len(kept) >= FEWEST_CHOICES else ()


def list_name(asked_on: date) -> str:
    """The list under which the result of a poll is read."""
    return f"poll/{asked_on:%Y-%m-%d}"


def post_link(channel: str | None, chat_id: int, message_id: int) -> str:
    """The address of a post: by the ``@name`` of a public channel, else one that only its members can open."""
    if channel is not None:
        return f"https://t.me/{channel.removeprefix('@')}/{message_id}"
    return f"https://t.me/c/{str(chat_id).removeprefix('-100')}/{message_id}"


def result(poll: Poll, votes: Sequence[int], at: datetime, channel: str | None) -> Haul:
    """The closing count as a reading of a list: each choice is an item whose address is the post.

    ``at``: when it was read (aware UTC). Without a known post (its answer was lost) the items have no address.
    """
    url = post_link(channel, poll.chat_id, poll.message_id) if poll.message_id is not None else ""
    sightings = tuple(
        Sighting(
            Item(option_key(poll.asked_on, number), url, choice.text, at, created_at=None),
            metrics={Metric.VOTES: count},
        )
        for number, (choice, count) in enumerate(zip(poll.choices, votes, strict=True), start=1)
    )
    harvest = Harvest(Source.POLL, list_name(poll.asked_on), at, HarvestStatus.OK, items=len(sightings))
    return Haul(harvest, sightings)


def option_key(asked_on: date, number: int) -> ItemKey:
    """Who the answer of that number (from 1) of a poll is."""
    return ItemKey(Source.POLL, Kind.OPTION, f"{asked_on:%Y%m%d}.{number}")


def polled(polls: Iterable[Poll]) -> Mapping[str, Tally]:
    """The votes of polls by the kind of the story, as readers' votes for it and against it.

    A vote is one for what it chose, and against each of the other n - 1 answers the (n - 1)th part of one: a story that
    gets an equal share of the votes has as many for it as against it. ``readers``: of the poll with most voters, for
    the same people may vote in each; ``issues``: those whose stories were asked about.
    """
    found: dict[str, Tally] = {}
    issues: dict[str, set[date]] = {}
    for poll in polls:
        voters = sum(poll.votes)
        for choice, votes in zip(poll.choices, poll.votes, strict=True):
            if not choice.kind:
                continue
            against = round((voters - votes) / (len(poll.choices) - 1))
            before = found.get(choice.kind, Tally(0, 0))
            issues.setdefault(choice.kind, set()).add(choice.issue_date)
            found[choice.kind] = Tally(
                before.liked + votes,
                before.disliked + against,
                max(before.readers, voters),
                len(issues[choice.kind]),
            )
    return found
