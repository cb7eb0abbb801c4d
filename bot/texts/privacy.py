"""What is said of what is stored: what it is, where to have it, and the proof that it is gone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.languages.words import Marked, Words, mark
from bot.texts.general import notice
from bot.texts.reading import today_button
from domain.editions import Button, Message

FORGET = "do:forget"
KEEP = "do:keep"

#: What is stored, in words, and the columns that the words tell of: a test holds them to the schema.
STORED: Final[tuple[tuple[Marked, str, frozenset[str]], ...]] = (
    (
        mark("the number and the kind of this chat, since when you read us, and whether you paused"),
        "subscribers",
        frozenset({"chat_id", "kind", "joined_at", "state", "state_since", "paused_until"}),
    ),
    (
        mark("your hour, time zone, days, sections, layout, language and sound"),
        "subscribers",
        frozenset(
            {"zone", "hour", "weekdays", "sections", "section_order", "style", "language", "silent", "cadence", "form"}
        ),
    ),
    (mark("the last day on which you wrote to me or pressed a button"), "subscribers", frozenset({"seen_on"})),
    (mark("the topics and words that you follow"), "subscribers", frozenset({"topics", "keywords"})),
    (
        mark("in a group with topics: which of them the issue comes into, and since when a chosen one is gone"),
        "subscribers",
        frozenset({"thread", "thread_lost_at"}),
    ),
    (mark("where you came from, if a link said so"), "subscribers", frozenset({"came_from"})),
    (
        mark("which issues and notices were sent to you, when, in what form, and how that went"),
        "deliveries",
        frozenset(
            {
                *(
                    "id",
                    "broadcast_id",
                    "chat_id",
                    "chat_kind",
                    "part",
                    "style",
                    "silent",
                    "state",
                    "due_at",
                    "attempts",
                ),
                *("next_attempt_at", "lease_until", "worker", "message_id", "edits", "error", "resent", "passing"),
                *("created_at", "claimed_at", "settled_at", "form"),
            }
        ),
    ),
    (
        mark("your votes on what you read, with the reasons that you gave"),
        "feedback",
        frozenset({"issue_date", "page", "story", "reader", "kind", "liked", "words", "at"}),
    ),
    (
        mark("what you write and press, only until it is answered"),
        "updates",
        frozenset(
            {
                *("bot_id", "update_id", "body", "worker", "taken_at", "lease_until"),
                *("begun_at", "ended_at", "uncertain"),
            }
        ),
    ),
    (
        mark("what you were asked to write, for a quarter of an hour"),
        "questions",
        frozenset({"chat_id", "user_id", "asked", "about", "until", "is_open", "answered_by"}),
    ),
    (
        mark("if you edit the paper: which message shows you how a draft or a broadcast stands"),
        "displays",
        frozenset({"chat_id", "kind", "subject", "message_id", "seen", "shown", "at", "lease_until"}),
    ),
)

#: What the tables hold, as the proof of an erasure names it.
_TABLES: Final[Mapping[str, Marked]] = {
    "subscribers": mark("Subscription and settings"),
    "deliveries": mark("What was sent to you"),
    "feedback": mark("Votes and reasons"),
    "updates": mark("Messages not answered yet"),
    "questions": mark("Questions to you"),
    "displays": mark("Messages that show how something stands"),
    "notices": mark("Notes of an admin's acts"),
    "broadcasts": mark("Notes of an admin's acts"),
    "admin_actions": mark("Notes of an admin's acts"),
}


def privacy(words: Words) -> Message:
    """What is stored about a reader."""
    lines = [f"<b>{words.say('What is stored about you')}</b>", *(f"• {words.of(what)}" for what, _, _ in STORED)]
    unstored = words.say(
        "Not stored: your name, your messages once they are answered, your location, what you read: how often a page "
        "is opened is counted for all readers together. Nothing is passed on. "
        "/export gives you all of it, /forgetme erases all of it at once."
    )
    return notice("\n".join([*lines, "", unstored]))


def forget_ask(words: Words) -> Message:
    """Asks once more before everything is erased."""
    text = words.say(
        "This erases your subscription, your settings and every record of what was sent to you. It can't be undone."
    )
    yes = Button(words.plain("Yes, erase everything"), callback=FORGET)
    return notice(text, ((yes,), (Button(words.plain("No, keep it"), callback=KEEP),)))


def kept(words: Words) -> Message:
    """He has thought better of it."""
    return notice(words.say("Nothing was erased."), ((today_button(words),),))


def forgotten(words: Words, before: Mapping[str, int], after: Mapping[str, int]) -> Message:
    """Everything is erased: what each table held, and what it holds now."""
    lines = [
        words.say(
            "{what}: {before} before, {after} now",
            what=words.plain_of(_TABLES[table]) if table in _TABLES else table,
            before=words.number(count),
            after=words.number(after.get(table, 0)),
        )
        for table, count in before.items()
        if count
    ]
    opening = f"<b>{words.say('Everything about this chat is erased.')}</b>"
    return notice("\n".join([opening, *(f"• {line}" for line in lines), words.say("To begin again: /start")]))


def not_all(words: Words) -> Message:
    """Something is left; the admins are told by the log."""
    return notice(words.say("Not everything could be erased yet, and it has been noted. Please try /forgetme again."))


def nothing_to_forget(words: Words) -> Message:
    """There was nothing to erase."""
    return notice(words.say("Nothing is stored about this chat."))


def exported(words: Words) -> str:
    """Stands under the file."""
    return words.plain("All that is stored about this chat.")
