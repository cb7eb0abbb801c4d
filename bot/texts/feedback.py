"""What is said around votes: the buttons under a page, thanks, and what the editors are told (in English)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Final

from bot.languages.words import Words
from bot.texts.general import notice
from domain.editions import Button, Message
from domain.feedback import Feedback, Tally
from domain.issue import SECTION_TITLES, SectionName

#: What the data of a vote begins with, and what a button may say: ``f:20260704:lead:up``.
FEEDBACK: Final = "f"
UP, DOWN, WHY = "up", "down", "why"

#: The pages that are voted on; the one that is each reader's own, and the one that states nothing, are not.
VOTED: Final = frozenset(SectionName) - {SectionName.SUBSCRIBE, SectionName.FOR_YOU}


def feedback_buttons(words: Words, day: date, page: str) -> tuple[Button, ...]:
    """The buttons under a page; none where there is nothing to vote on."""
    if page not in VOTED:
        return ()
    data = f"{FEEDBACK}:{day:%Y%m%d}:{page}"
    return (
        Button("👍", callback=f"{data}:{UP}"),
        Button("👎", callback=f"{data}:{DOWN}"),
        Button(words.plain("Tell us why"), callback=f"{data}:{WHY}"),
    )


def noted(words: Words, *, liked: bool) -> str:
    """What is shown to one who voted."""
    if liked:
        return words.plain("Noted: you liked it. You may change your mind at any time.")
    return words.plain("Noted: you did not like it. You may tell us why.")


def noted_before(words: Words) -> str:
    """What is shown to one who votes the same again."""
    return words.plain("You have said so already.")


def vote_first(words: Words) -> Message:
    """The answer to one who explains a vote that he has not cast."""
    return notice(words.say("First say whether you liked it, with 👍 or 👎 under the page; then press Tell us why."))


def ask_why(words: Words, day: date) -> Message:
    """The question after a vote."""
    return notice(
        words.say(
            "Write me in one message what was good or bad about this page of {date}. Only the editors read it.",
            date=words.date(day),
        )
    )


def thanks(words: Words) -> Message:
    """The answer to a reader's words."""
    return notice(words.say("Thank you. The editors will read it."))


def told(feedback: Feedback, weighed: Mapping[str, str]) -> Message:
    """The answer to an editor's /feedback; ``weighed``: kinds that count in ranking, with the votes behind them."""
    lines = [f"<b>What readers think of the issue of {feedback.day:%d %B %Y}</b>"]
    lines += [
        f"{SECTION_TITLES.get(SectionName(page), page)}: {_votes(tally)}" for page, tally in feedback.pages.items()
    ]
    if not feedback.pages:
        lines.append("No votes yet.")
    if feedback.reactions:
        lines.append("In the channel: " + " ".join(f"{escape(each)} {n:,}" for each, n in feedback.reactions.items()))
    lines += [f"“{escape(said)}” ({escape(page)})" for page, said in feedback.words]
    lines += ["", "<b>Counted in ranking</b>", *(f"{escape(kind)}: {escape(why)}" for kind, why in weighed.items())]
    if not weighed:
        lines.append("No kind of story has enough votes in 28 days (docs/newsworthiness.md).")
    return notice("\n".join(lines)[:4000])


def _votes(tally: Tally) -> str:
    return f"👍 {tally.liked:,} 👎 {tally.disliked:,}"
