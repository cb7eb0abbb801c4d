"""What is said of topics and words that a reader follows, and the buttons that switch them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Final

from bot.languages.templates import Html
from bot.languages.words import Marked, Words, mark
from bot.texts.general import notice
from bot.texts.settings import callback
from domain.editions import Button, Keyboard, Message
from domain.preferences import LONGEST_KEYWORD, MOST_KEYWORDS, SHORTEST_KEYWORD, Refusal
from domain.readers import Subscriber

#: What the data of the buttons begins with: ``t:0`` a page, ``t:speech:1`` a topic, ``t:drop:…`` a word.
TOPIC: Final = "t"
ASK: Final = f"{TOPIC}:word"
DROP: Final = "drop"

TOPICS_ON_A_PAGE: Final = 10

#: Stands between what one follows: a topic may have an "and" of its own.
SEPARATOR: Final = " · "

#: The topics of the taxonomy in its order; a test holds them to it.
TITLES: Final[Mapping[str, Marked]] = {
    "agents": mark("Agents"),
    "code": mark("Code and developer tools"),
    "vision": mark("Images and vision"),
    "video": mark("Video and film"),
    "speech": mark("Speech, music and sound"),
    "robotics": mark("Robots and self-driving"),
    "medicine": mark("Medicine and health"),
    "science": mark("Science and mathematics"),
    "small-models": mark("Small and local models"),
    "languages": mark("Languages and translation"),
    "safety": mark("Safety and trust"),
    "security": mark("Security and privacy"),
    "data": mark("Data for training"),
    "evaluation": mark("Benchmarks and evaluation"),
    "retrieval": mark("Search and memory"),
    "hardware": mark("Chips and data centres"),
    "policy": mark("Law, policy and society"),
}


def page(words: Words, reader: Subscriber, number: int) -> Message:
    """A page of topics, what the reader follows, and the ways to follow more."""
    first = number * TOPICS_ON_A_PAGE
    shown = list(TITLES)[first : first + TOPICS_ON_A_PAGE]
    buttons = [_switch(words, reader, name) for name in shown]
    turns = [(number - 1, words.back())] * (number > 0) + [(number + 1, words.onward())] * (
        first + TOPICS_ON_A_PAGE < len(TITLES)
    )
    turning = tuple(Button(sign, callback=f"{TOPIC}:{target}") for target, sign in turns)
    dropping = [Button(f"✕ {word}", callback=f"{TOPIC}:{DROP}:{keyword_id(word)}") for word in reader.keywords]
    ask = Button(words.plain("Follow a word"), callback=ASK)
    back = Button(words.plain("◀ Back"), callback=callback("home"))
    rows: Keyboard = (*_pairs(buttons), turning, *_pairs(dropping), (ask, back))
    return notice(_summary(words, reader), tuple(row for row in rows if row))


def ask_word(words: Words) -> Message:
    """Asks for a word in writing."""
    text = words.say("Write me a word or a name to follow, as {example}.", example="Whisper")
    return notice(text, ((Button(words.plain("◀ Back"), callback=f"{TOPIC}:0"),),))


def refused(words: Words, refusal: Refusal) -> Message:
    """Why a word can't be followed, or need not be given up."""
    return notice(_reason(words, refusal), ((Button(words.plain("Topics"), callback=f"{TOPIC}:0"),),))


def keyword_id(keyword: str) -> str:
    """What names a keyword in a button, which holds no more than 64 bytes: 40 bits of its SHA-256."""
    return hashlib.sha256(keyword.encode()).hexdigest()[:10]


def number_of(name: str) -> int:
    """The page that a topic stands on."""
    return list(TITLES).index(name) // TOPICS_ON_A_PAGE


def _summary(words: Words, reader: Subscriber) -> str:
    lines = [f"<b>{words.say('Topics')}</b>"]
    lines.append(words.say("What you follow stands first in your issue, and gets a section of its own: For You."))
    topics = [words.of(TITLES[name]) for name in TITLES if name in reader.topics]
    if topics:
        lines.append(words.say("You follow: {topics}.", topics=Html(SEPARATOR.join(topics))))
    if reader.keywords:
        lines.append(words.say("Your words: {keywords}.", keywords=SEPARATOR.join(reader.keywords)))
    return "\n".join(lines)


def _reason(words: Words, refusal: Refusal) -> str:
    if refusal is Refusal.KNOWN:
        return words.say("You follow that already.")
    if refusal is Refusal.UNKNOWN:
        return words.say("You don't follow that.")
    if refusal is Refusal.TOO_MANY:
        return words.say("You follow {most} words, and more can't be kept. Give one up first.", most=MOST_KEYWORDS)
    if refusal in {Refusal.TOO_SHORT, Refusal.TOO_LONG}:
        bounds = {"least": SHORTEST_KEYWORD, "most": LONGEST_KEYWORD}
        return words.say("A word to follow has {least} to {most} characters.", **bounds)
    return words.say("There is no word in that to look for.")


def _switch(words: Words, reader: Subscriber, name: str) -> Button:
    on = name in reader.topics
    return Button(f"{'✅' if on else '▫️'} {words.plain_of(TITLES[name])}", callback=f"{TOPIC}:{name}:{int(not on)}")


def _pairs(buttons: list[Button]) -> Keyboard:
    return tuple(tuple(buttons[place : place + 2]) for place in range(0, len(buttons), 2))
