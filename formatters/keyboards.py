"""The buttons under a page: the other sections, the way back, and where the paper can be had."""

from __future__ import annotations

from collections.abc import Iterable

from domain.editions import FRONT, Button, Keyboard, page_callback, parse_page_callback, start_payload
from domain.issue import Issue, SectionName
from formatters import phrases
from formatters.views import AddressView

#: As many of our short titles as share a line on a phone.
PER_ROW = 3


def front_keyboard(issue: Issue, whole: SectionName | None = None) -> Keyboard:
    """A button for each section, in their order; none for the one that stands there whole."""
    return _rows(_section_buttons(issue, (part.name for part in issue.sections if part.name is not whole)))


def page_keyboard(issue: Issue, page: SectionName, addresses: tuple[AddressView, ...] = ()) -> Keyboard:
    """The other sections, then the way back; on Subscribe first where the paper can be had."""
    others = (part.name for part in issue.sections if part.name is not page)
    outside = _address_rows(addresses) if page is SectionName.SUBSCRIBE else ()
    back = ((Button(phrases.BACK, callback=page_callback(issue.date, FRONT)),),)
    return outside + _rows(_section_buttons(issue, others)) + back


def channel_keyboard(keyboard: Keyboard, bot: str | None) -> Keyboard:
    """The same buttons as links into a reader's own chat with the bot; none where the bot's name is not known."""
    if bot is None:
        return ()
    return tuple(tuple(_linked(button, bot.lstrip("@")) for button in row) for row in keyboard)


def _linked(button: Button, bot: str) -> Button:
    target = parse_page_callback(button.callback or "")
    if target is None:
        return button
    return Button(button.text, url=f"https://t.me/{bot}?start={start_payload(*target)}")


def _section_buttons(issue: Issue, names: Iterable[SectionName]) -> list[Button]:
    return [Button(phrases.BUTTONS[name], callback=page_callback(issue.date, name)) for name in dict.fromkeys(names)]


def _address_rows(addresses: tuple[AddressView, ...]) -> Keyboard:
    texts = {phrases.CHANNEL: phrases.OPEN_CHANNEL, phrases.BOT: phrases.OPEN_BOT}
    return tuple((Button(texts[address.label], url=address.url),) for address in addresses)


def _rows(buttons: list[Button]) -> Keyboard:
    return tuple(tuple(buttons[start : start + PER_ROW]) for start in range(0, len(buttons), PER_ROW))
