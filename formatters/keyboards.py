"""The buttons under a page: the other sections, the way back, and where the paper can be had; in any language."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from domain.editions import (
    FRONT,
    Button,
    Keyboard,
    Message,
    page_callback,
    parse_page_callback,
    parse_start_payload,
    start_payload,
)
from domain.issue import Issue, Paper, SectionName
from formatters import phrases
from formatters.views import AddressView

#: Short titles that share a line on a phone: three of up to ``NARROW`` letters, else two of up to ``LONGEST``.
NARROW: Final = 12
LONGEST: Final = 20

#: A sign alone is no wider.
_SIGN: Final = 2


@dataclass(frozen=True, slots=True)
class Labels:
    """What the buttons under the pages say in one language.

    ``front``: the way back, with its arrow; ``channel`` and ``bot``: where the paper can be had.
    """

    sections: Mapping[SectionName, str]
    front: str
    channel: str
    bot: str


#: The buttons as pages are set with them.
ENGLISH: Final = Labels(phrases.BUTTONS, phrases.BACK, phrases.OPEN_CHANNEL, phrases.OPEN_BOT)


def front_keyboard(issue: Issue, whole: SectionName | None = None) -> Keyboard:
    """A button for each section, in their order; none for the one that stands there whole."""
    return in_rows(_section_buttons(issue, (part.name for part in issue.sections if part.name is not whole)))


def page_keyboard(issue: Issue, page: SectionName, addresses: tuple[AddressView, ...] = ()) -> Keyboard:
    """The other sections, then the way back; on Subscribe first where the paper can be had."""
    others = (part.name for part in issue.sections if part.name is not page)
    outside = _address_rows(addresses) if page is SectionName.SUBSCRIBE else ()
    back = ((Button(ENGLISH.front, callback=page_callback(issue.date, FRONT)),),)
    return outside + in_rows(_section_buttons(issue, others)) + back


def channel_keyboard(keyboard: Keyboard, bot: str | None) -> Keyboard:
    """The same buttons as links into a reader's own chat with the bot; none where the bot's name is not known."""
    if bot is None:
        return ()
    return tuple(tuple(_linked(button, bot.lstrip("@")) for button in row) for row in keyboard)


def labelled(message: Message, labels: Labels, paper: Paper) -> Message:
    """The page with its buttons in other words; its text stays as it is.

    Buttons are known by what they open, so that what is no page's own, and what was labelled before, is left in peace.
    """
    if not message.keyboard:
        return message
    return replace(message, keyboard=_labelled(message.keyboard, labels, paper))


def width(text: str) -> int:
    """How wide a label is, in Latin letters: a Chinese one is as wide as two; marks above and below take no room."""
    return sum(
        0 if unicodedata.category(letter) in {"Mn", "Me", "Cf"} else 1 + (unicodedata.east_asian_width(letter) in "WF")
        for letter in text
    )


def in_rows(buttons: Sequence[Button]) -> Keyboard:
    """Buttons of one kind, as many in each row as the longest label allows: three, two or one."""
    widest = max((width(button.text) for button in buttons), default=0)
    length = 3 if widest <= NARROW else 2 if widest <= LONGEST else 1
    return tuple(tuple(buttons[start : start + length]) for start in range(0, len(buttons), length))


def fitted(keyboard: Iterable[Sequence[Button]]) -> Keyboard:
    """Rows of two and three parted where their labels are too long to share a line.

    Longer rows are tables of short labels, and those with a sign alone (an arrow, a thumb) belong together: they stay.
    """
    return tuple(part for row in keyboard for part in (in_rows(row) if _may_part(row) else (tuple(row),)))


def _may_part(row: Sequence[Button]) -> bool:
    return 1 < len(row) <= 3 and all(width(button.text) > _SIGN for button in row)


def _labelled(keyboard: Keyboard, labels: Labels, paper: Paper) -> Keyboard:
    """Sections stand as many in a row as their labels allow; every other row stays as it is."""
    rows: list[tuple[Button, ...]] = []
    together: list[Button] = []
    for row in keyboard:
        targets = [_target(button) for button in row]
        if all(target in labels.sections for target in targets):
            sections = (labels.sections[SectionName(target)] for target in targets)
            together += (replace(button, text=text) for button, text in zip(row, sections, strict=True))
            continue
        rows += in_rows(together)
        together = []
        rows.append(tuple(_relabelled(button, labels, paper) for button in row))
    return (*rows, *in_rows(together))


def _relabelled(button: Button, labels: Labels, paper: Paper) -> Button:
    texts = {FRONT: labels.front, _chat(paper.channel): labels.channel, _chat(paper.bot): labels.bot}
    return replace(button, text=texts.get(_target(button), button.text))


def _target(button: Button) -> str:
    """The page that a button opens, in place or by a link into the bot's chat; else its address, or nothing."""
    opened = parse_page_callback(button.callback or "") or parse_start_payload(
        (button.url or "").partition("?start=")[2]
    )
    return opened[1] if opened is not None else button.url or ""


def _chat(name: str | None) -> str:
    """The address of a public chat; a blank, which is nobody's, where there is none."""
    return f"https://t.me/{name.lstrip('@')}" if name else " "


def _linked(button: Button, bot: str) -> Button:
    target = parse_page_callback(button.callback or "")
    if target is None:
        return button
    return Button(button.text, url=f"https://t.me/{bot}?start={start_payload(*target)}")


def _section_buttons(issue: Issue, names: Iterable[SectionName]) -> list[Button]:
    return [Button(ENGLISH.sections[name], callback=page_callback(issue.date, name)) for name in dict.fromkeys(names)]


def _address_rows(addresses: tuple[AddressView, ...]) -> Keyboard:
    texts = {phrases.CHANNEL: ENGLISH.channel, phrases.BOT: ENGLISH.bot}
    return tuple((Button(texts[address.label], url=address.url),) for address in addresses)
