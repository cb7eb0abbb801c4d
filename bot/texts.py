"""What the bot says of itself: fixed words, in Telegram's HTML; whatever is filled in is escaped here."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape

from bot.commands import ADMIN_COMMANDS, READER_COMMANDS, Command
from domain.deliveries import BroadcastId, BroadcastState, Receipt, Turn
from domain.editions import Button, Keyboard, Message, Style
from domain.issue import IssueRecord, Paper
from domain.readers import Subscriber, SubscriberState
from formatters.measures import measure_lines, summary
from formatters.receipts import receipt_lines
from formatters.worth import LONGEST_REASON, NO_REASONS, worth_lines
from formatters.writing import writing_lines

TODAY = "do:today"
JOIN = "do:subscribe"
LEAVE = "do:unsubscribe"
FORGET = "do:forget"
QR = "do:qr"

#: What a button of a broadcast's receipt carries: ``b:pause:3``, and ``b:cancel?:3`` for what is asked twice.
TURN = "b"

#: Three lines for each story, cut to 240 characters: with so many a message stays below Telegram's 4,096.
MOST_REASON_LINES = 27


#: The turns that are offered in each state.
_OFFERED = {
    BroadcastState.RUNNING: (Turn.PAUSE, Turn.CANCEL),
    BroadcastState.PAUSED: (Turn.RESUME, Turn.CANCEL),
    BroadcastState.STOPPED: (Turn.RESUME, Turn.CANCEL),
}


def notice(html: str, keyboard: Keyboard = ()) -> Message:
    """A message of our own."""
    return Message(Style.CLASSIC, html, keyboard)


def welcome(paper: Paper, subscribed: bool) -> Message:
    """The first thing that a newcomer sees."""
    sample = "\n\n<i>This copy prints sample data.</i>" if paper.sample else ""
    text = (
        f"<b>{escape(paper.title)}</b>\n<i>{escape(paper.motto)}</i>\n\n"
        "One message every morning: what is trending in AI on Hugging Face, GitHub, arXiv, Hacker News and the labs' "
        "own pages. Every figure comes from a stored reading, and every name is linked." + sample
    )
    first = Button("Stop the morning issue", callback=LEAVE) if subscribed else Button("Subscribe", callback=JOIN)
    return notice(text, ((first, Button("Read today's issue", callback=TODAY)),))


def joined(paper: Paper, reader: Subscriber, new: bool) -> Message:
    """The answer to /subscribe: the hour, the way to change it, the way to bring friends."""
    opening = "You are subscribed." if new else "You are subscribed already."
    text = (
        f"<b>{opening}</b> Your issue comes every morning at {reader.hour:02}:00 ({escape(reader.zone)}).\n\n"
        "Another hour or zone: <code>/subscribe 8 Europe/Berlin</code>\n"
        "To stop: /unsubscribe"
    )
    links = [Button("The channel", url=f"https://t.me/{paper.channel.lstrip('@')}")] if paper.channel else []
    code = [Button("QR code for a friend", callback=QR)] if paper.channel or paper.bot else []
    rows = ((Button("Read today's issue", callback=TODAY),), (*links, *code))
    return notice(text, tuple(row for row in rows if row))


WRONG_HOUR = notice(
    "That hour or zone is not clear. Write the hour (0 to 23) and, if you like, your zone: "
    "<code>/subscribe 8</code> or <code>/subscribe 8 Europe/Berlin</code>."
)
ONLY_GROUP_ADMINS = notice("In a group, only its admins can subscribe or unsubscribe it.")
ONLY_GROUP_ADMINS_PRESS = "In a group, only its admins can press this."
EXPIRED = "This button is no longer in use. Try /today."
NO_SUCH_PAGE_PRESS = "This page is not in that issue. Try /today."
LEFT = notice(
    "You are unsubscribed, and no issue will come. You can still read with /today.",
    ((Button("Subscribe again", callback=JOIN),),),
)
NOT_SUBSCRIBED = notice("You are not subscribed.", ((Button("Subscribe", callback=JOIN),),))
NO_ISSUE_YET = notice("There is no published issue yet. The first one comes after its checks; /subscribe to get it.")
NO_SUCH_PAGE = notice("This section is not in that issue. Today's paper: /today")
UNKNOWN = notice("I know the paper and its sections, not free text. Try /today, or /help for every command.")
FAILED = notice("Something went wrong here, and it has been noted. Please try again in a minute.")
FORGET_ASK = notice(
    "This erases your subscription, your hour and every record of what was sent to you. It can't be undone.",
    ((Button("Yes, erase everything", callback=FORGET),),),
)
FORGOTTEN = notice("Everything about this chat is erased. /start begins anew.")
NOTHING_TO_FORGET = notice("Nothing is stored about this chat.")
PRIVACY = notice(
    "<b>What is stored about you</b>\n"
    "• the number of this chat, and since when you read us\n"
    "• your hour, time zone, layout and language\n"
    "• where you came from, if a link said so\n"
    "• which issues were delivered to you\n\n"
    "Not stored: your name, your messages, your location. Nothing is passed on. /forgetme erases all of it at once."
)


def help_text(admin: bool) -> Message:
    """Every command that the asker may use."""
    parts = ["<b>Commands</b>", _listed(READER_COMMANDS)]
    if admin:
        parts += ["<b>For admins</b>", _listed(ADMIN_COMMANDS)]
    return notice("\n".join(parts))


def _listed(commands: tuple[Command, ...]) -> str:
    return "\n".join(f"/{command.name} – {escape(command.description)}" for command in commands)


def escaped(lines: Sequence[str]) -> list[str]:
    """Lines of plain text as they stand in a message."""
    return [escape(line) for line in lines]


def verdict(record: IssueRecord, outlook: Sequence[str] = ()) -> Message:
    """Under a preview: how the issue stands, what the checks found, which sources failed, and what sending it takes."""
    issue, checks = record.issue, record.issue.checks
    lines = [
        f"<b>Issue {issue.number} of {issue.date:%d %B %Y}</b>: {record.state.value}",
        f"{checks.supported} of {checks.claims} claims supported, {len(checks.drops)} left out.",
    ]
    if checks.held:
        lines.append(f"Held by the checks: {escape(checks.held)}")
    if checks.measures is not None:
        lines.append(f"{summary(checks.measures)}: /measures")
    lines += [escape(line) for line in writing_lines(issue)]
    failed = [source.source.value for source in issue.coverage.sources if source.failed_lists]
    if failed:
        lines.append(f"Lists failed at: {escape(', '.join(failed))}.")
    lines += escaped(outlook)
    lines.append("/approve · /hold · /publish")
    return notice("\n".join(lines))


def measured(record: IssueRecord) -> Message:
    """The answer to /measures: each figure with its goal."""
    head = f"<b>Issue {record.issue.number} of {record.issue.date:%d %B %Y}</b>"
    measures = record.issue.checks.measures
    if measures is None:
        return notice(f"{head} is from before issues were measured.")
    lines = [f"{head}: {summary(measures)}", *(escape(line) for line in measure_lines(measures))]
    return notice("\n".join(lines))


def explained(record: IssueRecord) -> Message:
    """The answer to /why: each story with its factors, cut to what a message holds."""
    head = f"<b>Issue {record.issue.number} of {record.issue.date:%d %B %Y}</b>"
    lines = worth_lines(record.issue, LONGEST_REASON) or [NO_REASONS]
    return notice("\n".join([head, *(escape(line) for line in lines[:MOST_REASON_LINES])]))


def acted(record: IssueRecord) -> Message:
    """The answer to an admin's act."""
    return notice(f"Issue {record.issue.number} of {record.issue.date:%d %B %Y} is now {record.state.value}.")


def refused(reason: str) -> Message:
    """An act that was not possible, and why."""
    return notice(escape(reason))


def stats(counts: Mapping[SubscriberState, int], receipt: Receipt | None) -> Message:
    """Readers by state, and the newest broadcast."""
    lines = ["<b>Readers</b>"]
    lines += [f"{state.value}: {counts.get(state, 0):,}" for state in SubscriberState]
    lines += ["", "<b>Newest broadcast</b>", *escaped(receipt_lines(receipt) if receipt else ["none yet"])]
    return notice("\n".join(lines), turn_keyboard(receipt) if receipt else ())


def receipt(receipt: Receipt, opening: str = "") -> Message:
    """How a broadcast stands, under an ``opening`` (HTML), with the turns that it can be given."""
    lines = [*([opening] if opening else []), *escaped(receipt_lines(receipt))]
    return notice("\n".join(lines), turn_keyboard(receipt))


def turn_keyboard(receipt: Receipt) -> Keyboard:
    """The turns that a broadcast can be given now."""
    turns = _OFFERED.get(receipt.broadcast.state, ())
    if receipt.refused and receipt.broadcast.state is not BroadcastState.CANCELLED:
        turns = (*turns, Turn.RETRY)
    number = receipt.broadcast.id
    row = tuple(
        Button(turn.capitalize(), callback=f"{TURN}:{turn}{'?' * (turn is Turn.CANCEL)}:{number}") for turn in turns
    )
    return (row,) if row else ()


def sure(turn: Turn, broadcast: BroadcastId) -> Message:
    """Asks an admin once more before what can't be undone."""
    text = f"{turn.capitalize()} broadcast {broadcast} for good? What was sent stays; nothing more of it is sent, ever."
    return notice(text, ((Button(f"Yes, {turn} it", callback=f"{TURN}:{turn}:{broadcast}"),),))


def parse_turn(data: str) -> tuple[Turn, BroadcastId, bool] | None:
    """The turn and the broadcast that a button names, and whether it is sure; None when it names none."""
    match = re.fullmatch(rf"{TURN}:({'|'.join(Turn)})(\??):([0-9]{{1,15}})", data)
    return None if match is None else (Turn(match[1]), BroadcastId(int(match[3])), not match[2])
