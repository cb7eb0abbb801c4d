"""What is said of joining, leaving and being forgotten."""

from __future__ import annotations

from html import escape

from bot.languages.templates import Html
from bot.languages.words import Words
from bot.texts.general import notice
from bot.texts.inviting import QR
from bot.texts.reading import today_button
from domain.editions import Button, Message
from domain.issue import Paper
from domain.readers import Subscriber

JOIN = "do:subscribe"
LEAVE = "do:unsubscribe"
FORGET = "do:forget"

#: What a reader types for another hour; the same in every language.
_EXAMPLE = Html("<code>/subscribe 8 Europe/Berlin</code>")
_SHORT_EXAMPLE = Html("<code>/subscribe 8</code>")


def welcome(words: Words, paper: Paper, subscribed: bool) -> Message:
    """The first thing that a newcomer sees."""
    about = words.say(
        "One message every morning: what is trending in AI on Hugging Face, GitHub, arXiv, Hacker News and the labs' "
        "own pages. Every figure comes from a stored reading, and every name is linked."
    )
    parts = [f"<b>{escape(paper.title)}</b>\n<i>{escape(paper.motto)}</i>", about]
    if paper.sample:
        parts.append(f"<i>{words.say('This copy prints sample data.')}</i>")
    return notice("\n\n".join(parts), ((_stop(words) if subscribed else _join(words), today_button(words)),))


def joined(words: Words, paper: Paper, reader: Subscriber, new: bool) -> Message:
    """The answer to /subscribe: the hour, the way to change it, the way to bring friends."""
    opening = words.say("You are subscribed.") if new else words.say("You are subscribed already.")
    hour = words.say(
        "Your issue comes every morning at {hour} ({zone}).", hour=words.hour(reader.hour), zone=reader.zone
    )
    another = words.say("Another hour or zone: {example}", example=_EXAMPLE)
    text = f"<b>{opening}</b> {hour}\n\n{another}\n{words.say('To stop: /unsubscribe')}"
    address = f"https://t.me/{paper.channel.lstrip('@')}" if paper.channel else ""
    links = [Button(words.plain("The channel"), url=address)] if address else []
    code = [Button(words.plain("QR code for a friend"), callback=QR)] if paper.channel or paper.bot else []
    rows = ((today_button(words),), (*links, *code))
    return notice(text, tuple(row for row in rows if row))


def wrong_hour(words: Words) -> Message:
    """The answer to an hour or a zone that is none."""
    return notice(
        words.say(
            "That hour or zone is not clear. Write the hour (0 to 23) and, if you like, your zone: {short} or {long}.",
            short=_SHORT_EXAMPLE,
            long=_EXAMPLE,
        )
    )


def left(words: Words) -> Message:
    """The answer to /unsubscribe."""
    again = Button(words.plain("Subscribe again"), callback=JOIN)
    text = words.say("You are unsubscribed, and no issue will come. You can still read with /today.")
    return notice(text, ((again,),))


def not_subscribed(words: Words) -> Message:
    """The answer to /unsubscribe of somebody who never subscribed."""
    return notice(words.say("You are not subscribed."), ((_join(words),),))


def forget_ask(words: Words) -> Message:
    """Asks once more before everything is erased."""
    text = words.say(
        "This erases your subscription, your hour and every record of what was sent to you. It can't be undone."
    )
    return notice(text, ((Button(words.plain("Yes, erase everything"), callback=FORGET),),))


def forgotten(words: Words) -> Message:
    """Everything is erased."""
    return notice(words.say("Everything about this chat is erased. /start begins anew."))


def nothing_to_forget(words: Words) -> Message:
    """There was nothing to erase."""
    return notice(words.say("Nothing is stored about this chat."))


def _join(words: Words) -> Button:
    return Button(words.plain("Subscribe"), callback=JOIN)


def _stop(words: Words) -> Button:
    return Button(words.plain("Stop the morning issue"), callback=LEAVE)
