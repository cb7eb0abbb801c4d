"""What is said of bringing friends."""

from __future__ import annotations

from bot.languages.words import Words
from bot.texts.general import notice
from domain.editions import Message

#: What the button carries that sends the QR code.
QR = "do:qr"

#: The campaign of those whom readers bring; it names nobody.
CAMPAIGN = "friend"


def invitation(bot: str) -> str:
    """The address that subscribes whoever follows it: ``https://t.me/bot?start=sub_friend``."""
    return f"https://t.me/{bot.lstrip('@')}?start=sub_{CAMPAIGN}"


def caption(words: Words, address: str) -> str:
    """Stands under the code."""
    return words.plain("Whoever scans this or follows the link gets the paper: {address}", address=address)


def nowhere(words: Words) -> Message:
    """Neither the bot's name nor a channel is known."""
    return notice(words.say("There is no address to give away yet. Please try again later."))
