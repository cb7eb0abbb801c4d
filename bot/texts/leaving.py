"""What is said to who wants less of the paper, or none."""

from __future__ import annotations

from bot.languages.words import Words
from bot.texts.general import notice
from bot.texts.joining import JOIN
from bot.texts.settings import callback
from domain.editions import Button, Message
from domain.readers import Cadence

LEAVE = "do:unsubscribe"


def instead(words: Words) -> Message:
    """What may be enough, and the way out."""
    less = (
        Button(words.plain("Pause"), callback=callback("pause")),
        Button(words.plain("Once a week"), callback=callback("cadence", Cadence.WEEKLY.value)),
        Button(words.plain("Fewer sections"), callback=callback("sections")),
    )
    text = words.say("Too much? A pause, the digest of the week or fewer sections may do. Or leave altogether.")
    back = Button(words.back(words.plain("All settings")), callback=callback("home"))
    return notice(text, (less[:2], less[2:], (Button(words.plain("Leave"), callback=LEAVE),), (back,)))


def left(words: Words) -> Message:
    """He has gone; coming back is one tap."""
    again = Button(words.plain("Subscribe again"), callback=JOIN)
    text = words.say("You are unsubscribed, and no issue will come. You can still read with /today.")
    return notice(text, ((again,),))
