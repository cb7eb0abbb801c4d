"""What an admin is told who writes to the readers, in English, and the buttons that choose whom."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape

from bot.texts.general import notice
from domain.audiences import Audience, Circle
from domain.deliveries import Receipt
from domain.editions import Button, Keyboard, Message
from domain.text import plain_line
from domain.usage import INACTIVE_AFTER
from formatters.receipts import broadcast_title

#: What the data of every button here begins with.
NOTICE = "n"

#: So many languages, topics or campaigns are offered, those with the most readers.
OFFERED = 24

WRITE = notice(
    "<b>Write the notice as your next message</b>, with its formatting and links, or a picture with text below it. You "
    "will see it exactly as the readers will, choose who gets it, and be asked before anything is sent."
)
NO_WORDS = notice(
    "A notice is a text, or a picture with one below it. Send it as your next message, or /broadcast to begin anew."
)
GONE = notice("This notice is no longer at hand. Write /broadcast to begin anew.")
DISCARDED = notice("Discarded: nothing was sent.")

#: Who is meant by the inactive.
INACTIVE = (
    f"Inactive: on the list for more than {INACTIVE_AFTER.days} days, and in that time neither wrote nor pressed."
)

_CIRCLES = {
    Circle.ALL: "Everybody",
    Circle.PRIVATE: "Private chats",
    Circle.GROUPS: "Groups",
    Circle.INACTIVE: "Inactive",
}


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a button says: what to do, with which notice, and the number that it names."""

    verb: str
    notice: str
    number: int


def pressed(data: str) -> Pressed | None:
    """What the data of a button says; None for what no button of ours carries."""
    match = re.fullmatch(rf"{NOTICE}:([a-z]+):([0-9a-f]{{12}})(?::([0-9]{{1,3}}))?", data, re.ASCII)
    return Pressed(match[1], match[2], int(match[3] or 0)) if match is not None else None


def button(text: str, verb: str, named: str, number: int | None = None) -> Button:
    """A button that acts on a notice."""
    return Button(text, callback=":".join([NOTICE, verb, named, *([] if number is None else [str(number)])]))


def whom(audience: Audience) -> str:
    """An audience in words."""
    limits = [
        f"language {audience.language}" if audience.language else "",
        f"topic {audience.topic}" if audience.topic else "",
        f"came from {audience.campaign}" if audience.campaign else "",
        "without a sound" if audience.silent else "",
    ]
    return ", ".join([_CIRCLES[audience.circle], *filter(None, limits)])


def choose(named: str, audience: Audience, count: int, outlook: Sequence[str], same: Receipt | None) -> Message:
    """Under the preview: who gets it, how many that are, how long it takes, and what else could be chosen."""
    lines = [
        f"Above is the notice as it will look. To: <b>{escape(whom(audience))}</b>, {count:,} now.",
        *map(escape, outlook if count else ["Nobody is in that circle."]),
        *_same(same),
        *([f"<i>{INACTIVE}</i>"] if audience.circle is Circle.INACTIVE else []),
    ]
    circles = tuple(
        button(f"{'✓ ' if audience.circle is circle else ''}{name}", "circle", named, at)
        for at, (circle, name) in enumerate(_CIRCLES.items())
    )
    narrower = (
        button("Language ▸", "languages", named),
        button("Topic ▸", "topics", named),
        button("Campaign ▸", "campaigns", named),
    )
    silent = button(f"Sound: {'off' if audience.silent else 'on'}", "silent", named)
    last = (button("Discard", "no", named), *([button(f"Send to {count:,} …", "send", named)] if count else []))
    return notice("\n".join(lines), (circles[:2], circles[2:], narrower, (silent,), last))


def _same(same: Receipt | None) -> list[str]:
    if same is None:
        return []
    sent = same.broadcast
    return [f"<b>These very words were queued</b> at {sent.created_at:%H:%M} UTC: {escape(broadcast_title(sent))}."]


def narrow(named: str, what: str, found: Mapping[str, int]) -> Message:
    """One language, topic or campaign, or all of them."""
    offered = list(found.items())[:OFFERED]
    buttons = [
        button(plain_line(f"{name}: {readers:,}", 40), what, named, at + 1)
        for at, (name, readers) in enumerate(offered)
    ]
    rows: Keyboard = tuple(tuple(buttons[start : start + 3]) for start in range(0, len(buttons), 3))
    said = "Which one?" if offered else "No active reader has one."
    return notice(said, (*rows, (button("All of them", what, named, 0), button("◀ Back", "home", named))))


def narrowed(audience: Audience, what: str, name: str | None) -> Audience:
    """The audience with another limit; None: without that limit."""
    match what:
        case "language":
            return replace(audience, language=name)
        case "topic":
            return replace(audience, topic=name)
        case _:
            return replace(audience, campaign=name)


def sure(named: str, audience: Audience, count: int, outlook: Sequence[str]) -> Message:
    """Asks once more before anything is sent."""
    lines = [f"Send it to <b>{count:,}</b> ({escape(whom(audience))})?", *map(escape, outlook)]
    return notice("\n".join(lines), ((button("Yes, send it", "yes", named), button("◀ Back", "home", named)),))


def sent_by(receipt: Receipt, by: str) -> Message:
    """A line for the other admins."""
    chats = receipt.open + receipt.sent
    return notice(f"{escape(by).capitalize()} sends a notice to {chats:,} chats: /stats tells how it goes.")


def wrong(reason: str) -> Message:
    """Why a text can't be sent, and what to do."""
    return notice(f"That can't be sent:\n{escape(reason)}\nWrite it again.")
