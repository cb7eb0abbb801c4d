"""What is said to newcomers, and to who is subscribed."""

from __future__ import annotations

from html import escape

from bot.languages.templates import Html
from bot.languages.words import Words
from bot.texts.general import notice
from bot.texts.inviting import QR
from bot.texts.places import clock
from bot.texts.reading import today_button
from bot.texts.settings import callback, next_line, sample, style_name, when
from domain.editions import Button, Message, Style
from domain.issue import Paper
from domain.preferences import NextPaper
from domain.readers import Subscriber

JOIN = "do:subscribe"

#: What the data of the answers to the two questions begins with: ``j:7`` the hour, ``j:rich`` the layout.
JOINING = "j"
MORE_HOURS = f"{JOINING}:more"
LAYOUTS = {f"{JOINING}:{style.value}": style for style in (Style.RICH, Style.CLASSIC)}

#: What a reader types for another hour; the same in every language.
_EXAMPLE = Html("<code>/subscribe 8 Europe/Berlin</code>")
_SHORT_EXAMPLE = Html("<code>/subscribe 8</code>")


def welcome(words: Words, paper: Paper, newcomer: Subscriber) -> Message:
    """What a newcomer sees first: the paper, today's page one tap away, and the question for the hour."""
    hours = tuple(_hour(words, hour) for hour in (6, 7, 8, 9))
    more = Button(words.plain("Another hour"), callback=MORE_HOURS)
    return notice(_asking(words, paper, newcomer), ((today_button(words),), hours, (more,)))


def all_hours(words: Words, paper: Paper, newcomer: Subscriber) -> Message:
    """The same with every hour of the day."""
    rows = tuple(tuple(_hour(words, hour) for hour in range(first, first + 4)) for first in range(0, 24, 4))
    return notice(_asking(words, paper, newcomer), ((today_button(words),), *rows))


def welcome_back(words: Words, paper: Paper, reader: Subscriber, following: NextPaper | None) -> Message:
    """What a subscriber sees who starts once more."""
    lines = "\n".join(filter(None, (when(words, reader), next_line(words, following))))
    return notice("\n\n".join([*_about(words, paper), lines]), ((today_button(words), _settings(words)),))


def joined(words: Words, paper: Paper, reader: Subscriber, following: NextPaper | None, new: bool) -> Message:
    """He is subscribed: the hour, the ways to change it, the way to bring friends."""
    opening = words.say("You are subscribed.") if new else words.say("You are subscribed already.")
    told = words.sentences(f"<b>{opening}</b>", when(words, reader))
    lines = (told, next_line(words, following), words.say("To stop: /unsubscribe"))
    address = f"https://t.me/{paper.channel.lstrip('@')}" if paper.channel else ""
    links = [Button(words.plain("The channel"), url=address)] if address else []
    code = [Button(words.plain("QR code for a friend"), callback=QR)] if paper.channel or paper.bot else []
    changes = (
        Button(words.plain("Hour"), callback=callback("hour")),
        Button(words.plain("Zone"), callback=callback("zone")),
    )
    rows = ((today_button(words),), (*changes, _settings(words)), (*links, *code))
    return notice("\n".join(filter(None, lines)), tuple(row for row in rows if row))


def layout_question(words: Words) -> Message:
    """The second question: the rich sample."""
    yes, no = (
        Button(said, callback=data) for said, data in zip((words.plain("Yes"), words.plain("No")), LAYOUTS, strict=True)
    )
    return sample(words, ((yes, no),))


def chosen(words: Words, style: Style) -> Message:
    """The layout is chosen."""
    return notice(
        words.say("Thank you. The layout is {layout}.", layout=style_name(words, style)),
        ((today_button(words), _settings(words)),),
    )


def wrong_hour(words: Words) -> Message:
    """The answer to an hour or a zone that is none."""
    return notice(
        words.say(
            "That hour or zone is not clear. Write the hour (0 to 23) and, if you like, your zone: {short} or {long}.",
            short=_SHORT_EXAMPLE,
            long=_EXAMPLE,
        )
    )


def not_subscribed(words: Words) -> Message:
    """The answer to /unsubscribe of somebody who never subscribed."""
    return notice(words.say("You are not subscribed."), ((_join(words),),))


def _join(words: Words) -> Button:
    return Button(words.plain("Subscribe"), callback=JOIN)


def _settings(words: Words) -> Button:
    return Button(words.plain("All settings"), callback=callback("home"))


def _hour(words: Words, hour: int) -> Button:
    return Button(words.hour(hour), callback=f"{JOINING}:{hour}")


def _asking(words: Words, paper: Paper, newcomer: Subscriber) -> str:
    question = words.say(
        "At what hour should it come? I assume that your time zone is {zone}.", zone=clock(words, newcomer.zone)
    )
    return "\n\n".join([*_about(words, paper), f"<b>{question}</b>"])


def _about(words: Words, paper: Paper) -> list[str]:
    about = words.say(
        "One message every morning: what is trending in AI on Hugging Face, GitHub, arXiv, Hacker News and the labs' "
        "own pages. Every figure comes from a stored reading, and every name is linked."
    )
    sample = [f"<i>{words.say('This copy prints sample data.')}</i>"] if paper.sample else []
    return [f"<b>{escape(paper.title)}</b>\n<i>{escape(paper.motto)}</i>", about, *sample]
