"""What is said around votes: the buttons under a page, its stories one by one, thanks; and what editors are told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Final

from bot.languages.words import Words
from bot.texts import sections
from bot.texts.general import notice
from domain.editions import Button, Message, page_callback
from domain.feedback import LONGEST_WORDS, Feedback, RatedStory, Tally
from domain.issue import SECTION_TITLES, SectionName
from domain.text import utf16_length

#: What the data of a vote begins with, and what a button may say: ``f:20260704:tools:up:1a2b3c4d``. Without a story's
#: key it means the page's first story, as on the pages of one story, and on pages delivered before each had its own.
FEEDBACK: Final = "f"
UP, DOWN, WHY = "up", "down", "why"

#: What opens the list of a page's stories: ``f:20260704:tools:list``, ``f:20260704:tools:list.1``; pages from 0.
LIST: Final = "list"

#: What turns the pages of an editor's answer: ``fb:20260704:1``.
TOLD: Final = "fb"

#: The pages that are voted on; the one that states nothing is not. Those of one story, however many parts it has.
VOTED: Final = frozenset(SectionName) - {SectionName.SUBSCRIBE}
WHOLE: Final = frozenset({SectionName.LEAD, SectionName.DEEPDIVE})

#: Stories on a page of the list, each with a row of buttons.
PER_PAGE: Final = 8

#: So much of a message an editor's answer fills, in UTF-16 units of Telegram's 4,096.
_ROOM: Final = 3500


def feedback_buttons(words: Words, day: date, page: str) -> tuple[Button, ...]:
    """The buttons under a page; none where there is nothing to vote on."""
    if page not in VOTED:
        return ()
    if page in WHOLE:
        return (
            Button("👍", callback=data(day, page, UP)),
            Button("👎", callback=data(day, page, DOWN)),
            Button(words.plain("Tell us why"), callback=data(day, page, WHY)),
        )
    return (Button(words.onward(words.plain("👍 👎 Rate these stories")), callback=data(day, page, LIST)),)


@dataclass(frozen=True, slots=True)
class Ballots:
    """The stories of a page of an issue, and what their reader has voted on them, by their keys."""

    day: date
    page: SectionName
    stories: Sequence[RatedStory]
    votes: Mapping[str, bool]


def stories(words: Words, ballots: Ballots, number: int) -> Message:
    """A page of the list, from 0, of the stories of a page, each with its buttons; votes are marked."""
    day, page, found = ballots.day, ballots.page, ballots.stories
    number = min(number, max(0, len(found) - 1) // PER_PAGE)
    shown = list(enumerate(found, 1))[number * PER_PAGE : (number + 1) * PER_PAGE]
    lines = [f"<b>{escape(sections.dated(words, page, day))}</b>"]
    lines += [f"{words.number(place)}. {escape(story.name)}" for place, story in shown]
    lines += ["", words.say("Press 👍 or 👎 beside a story's number; ✍️ tells the editors why.")]
    rows = [_ballot(words, day, page, (place, story), ballots.votes.get(story.key)) for place, story in shown]
    turns = []
    if number > 0:
        turns.append(Button(words.back(), callback=data(day, page, f"{LIST}.{number - 1}")))
    if (number + 1) * PER_PAGE < len(found):
        turns.append(Button(words.onward(), callback=data(day, page, f"{LIST}.{number + 1}")))
    back = Button(words.back(sections.short(words, page)), callback=page_callback(day, page))
    return notice("\n".join(lines), tuple(filter(None, (*rows, tuple(turns), (back,)))))


def _ballot(
    words: Words, day: date, page: str, at: tuple[int, RatedStory], liked: bool | None
) -> tuple[Button, Button, Button]:
    place, key = words.number(at[0]), at[1].key
    return (
        Button(f"{place} 👍{' ✓' if liked is True else ''}", callback=data(day, page, UP, key)),
        Button(f"{place} 👎{' ✓' if liked is False else ''}", callback=data(day, page, DOWN, key)),
        Button(f"{place} ✍️", callback=data(day, page, WHY, key)),
    )


def data(day: date, page: str, said: str, key: str = "") -> str:
    """What a button carries that says something of a story, or opens the list."""
    return f"{FEEDBACK}:{day:%Y%m%d}:{page}:{said}" + (f":{key}" if key else "")


def noted(words: Words, *, liked: bool) -> str:
    """What is shown to one who voted."""
    if liked:
        return words.plain("Noted: you liked it. You may change your mind at any time.")
    return words.plain("Noted: you did not like it. You may tell us why.")


def noted_before(words: Words) -> str:
    """What is shown to one who votes the same again."""
    return words.plain("You have said so already.")


def gone(words: Words) -> str:
    """What is shown to one who votes on a story that was taken out of the issue, or whose topic he follows no more."""
    return words.plain("This story is no longer in the issue. Open the page again to see what is.")


def ask_why(words: Words, day: date, page: SectionName, story: RatedStory) -> Message:
    """The question for a reader's words."""
    asked = words.say(
        "Write me in one message what was good or bad about “{story}” of {date}. Only the editors read it.",
        story=story.name,
        date=words.date(day),
    )
    return notice(asked, ((_way_back(words, day, page),),))


def thanks(words: Words, day: date, page: SectionName, *, cut: bool) -> Message:
    """The answer to a reader's words; ``cut``: there were too many of them."""
    lines = [words.say("Thank you. The editors will read it.")]
    if cut:
        lines.append(words.say("I could keep only the first {number} characters.", number=words.number(LONGEST_WORDS)))
    return notice("\n".join(lines), ((_way_back(words, day, page),),))


def too_late(words: Words, day: date, page: SectionName) -> Message:
    """The answer to words on a story that was taken out of the issue meanwhile."""
    return notice(escape(gone(words)), ((_way_back(words, day, page),),))


def only_text(words: Words, day: date, page: SectionName) -> Message:
    """The answer to a picture, a voice or a sticker where words were asked for."""
    said = words.say("I can pass on written words only. Please write them in one message.")
    return notice(said, ((_way_back(words, day, page),),))


def _way_back(words: Words, day: date, page: SectionName) -> Button:
    return Button(words.back(sections.short(words, page)), callback=page_callback(day, page))


def told(feedback: Feedback, weighed: Mapping[str, str], number: int = 0) -> Message:
    """A page of the answer to an editor's /feedback; ``weighed``: kinds that count in ranking, and the votes for it."""
    pages = list(_filled(_lines(feedback, weighed)))
    number = min(number, len(pages) - 1)
    turns = [(number - 1, "◀")] * (number > 0) + [(number + 1, "▶")] * (number + 1 < len(pages))
    buttons = tuple(Button(sign, callback=f"{TOLD}:{feedback.day:%Y%m%d}:{target}") for target, sign in turns)
    return notice("\n".join(pages[number]), (buttons,) if buttons else ())


def _filled(lines: Iterator[str]) -> Iterator[list[str]]:
    page: list[str] = []
    room = _ROOM
    for line in lines:
        room -= utf16_length(line) + 1
        if page and room < 0:
            yield page
            page, room = [], _ROOM - utf16_length(line) - 1
        page.append(line)
    yield page


def _lines(feedback: Feedback, weighed: Mapping[str, str]) -> Iterator[str]:
    yield f"<b>What readers think of the issue of {feedback.day:%d %B %Y}</b>"
    page = ""
    for aim in sorted(feedback.stories, key=lambda each: _in_print(feedback, each)):
        if aim[0] != page:
            page = aim[0]
            yield f"<b>{escape(SECTION_TITLES[SectionName(page)])}</b>"
        yield f"{_votes(feedback.stories[aim])} {escape(_called(feedback, aim))}"
    if not feedback.stories:
        yield "No votes yet."
    if feedback.reactions:
        yield "In the channel: " + " ".join(f"{escape(each)} {n:,}" for each, n in feedback.reactions.items())
    for said in feedback.words:
        vote = {True: "👍 ", False: "👎 ", None: ""}[said.liked]
        of = f"{SECTION_TITLES[SectionName(said.page)]}: {_called(feedback, (said.page, said.story))}"
        yield f"{vote}“{escape(said.words)}” ({escape(of)})"
    yield "\n<b>Counted in ranking</b>"
    yield from (f"{escape(kind)}: {escape(why)}" for kind, why in weighed.items())
    if not weighed:
        yield "No kind of story has enough votes in 28 days (docs/newsworthiness.md)."


def _in_print(feedback: Feedback, aim: tuple[str, str]) -> tuple[int, int]:
    """The section and the place of a story; of what is no longer there the last."""
    places = list(feedback.names)
    return list(SectionName).index(SectionName(aim[0])), places.index(aim) if aim in places else len(places)


def _called(feedback: Feedback, aim: tuple[str, str]) -> str:
    if not aim[1]:
        return "the page, before each story had its votes"
    return feedback.names.get(aim, "a story that is no longer in the issue")


def _votes(tally: Tally) -> str:
    return f"👍 {tally.liked:,} 👎 {tally.disliked:,}"
