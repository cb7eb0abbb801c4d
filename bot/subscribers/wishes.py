"""What a button of the settings asks for: which settings become what. Pure; forged data asks for nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from bot.languages.lookup import LANGUAGES
from bot.subscribers.zones import atlas
from domain.editions import Style
from domain.preferences import Refusal, move_section, sections_of, toggle_section, toggle_weekday
from domain.readers import Cadence, Subscriber

#: The settings that change, by their names in a subscriber; none when a button asks for what is so already.
Changes = Mapping[str, Any]
Wish = Callable[[Subscriber, Sequence[str]], Changes | Refusal]

_STYLES: Final = {style.value: style for style in (Style.CLASSIC, Style.RICH)}
_SWITCH: Final = {"0": False, "1": True}


def wish(reader: Subscriber, page: str, values: Sequence[str]) -> Changes | Refusal:
    """What a button that names a page and values asks for. UNKNOWN: it was forged, or is of another age."""
    asked = _WISHES.get(page)
    try:
        return Refusal.UNKNOWN if asked is None else asked(reader, values)
    except (KeyError, ValueError):
        return Refusal.UNKNOWN


def _hour(_: Subscriber, values: Sequence[str]) -> Changes | Refusal:
    (value,) = values
    return {"hour": _number(value, 24)}


def _zone(_: Subscriber, values: Sequence[str]) -> Changes | Refusal:
    (zone,) = values
    return {"zone": zone} if zone in atlas().zones else Refusal.UNKNOWN


def _weekday(reader: Subscriber, values: Sequence[str]) -> Changes | Refusal:
    value, on = values
    day = _number(value, 7)
    if (day in reader.weekdays) is _SWITCH[on]:
        return {}
    changed = toggle_weekday(reader, day)
    return changed if isinstance(changed, Refusal) else {"weekdays": changed}


def _section(reader: Subscriber, values: Sequence[str]) -> Changes | Refusal:
    name, on = values
    if (name in sections_of(reader)) is _SWITCH[on]:
        return {}
    changed = toggle_section(reader, name)
    return changed if isinstance(changed, Refusal) else {"sections": changed}


def _place(reader: Subscriber, values: Sequence[str]) -> Changes | Refusal:
    name, value = values
    on = sections_of(reader)
    place = _number(value, len(on))
    if on.index(name) == place:
        return {}
    changed = move_section(reader, name, place - on.index(name))
    return changed if isinstance(changed, Refusal) else {"order": changed}


def _style(_: Subscriber, values: Sequence[str]) -> Changes | Refusal:
    (value,) = values
    return {"style": _STYLES[value]}


def _silent(_: Subscriber, values: Sequence[str]) -> Changes | Refusal:
    (value,) = values
    return {"silent": _SWITCH[value]}


def _language(_: Subscriber, values: Sequence[str]) -> Changes | Refusal:
    (code,) = values
    return {"language": code} if code in LANGUAGES else Refusal.UNKNOWN


def _cadence(_: Subscriber, values: Sequence[str]) -> Changes | Refusal:
    (value,) = values
    return {"cadence": Cadence(value)}


def _number(text: str, below: int) -> int:
    """A number from 0. Raises ValueError for anything else."""
    if not (text.isascii() and text.isdigit() and len(text) <= 3 and int(text) < below):
        raise ValueError(f"{text!r} is no number below {below}")
    return int(text)


_WISHES: Final[Mapping[str, Wish]] = {
    "hour": _hour,
    "in": _zone,
    "days": _weekday,
    "sections": _section,
    "move": _place,
    "style": _style,
    "silent": _silent,
    "language": _language,
    "cadence": _cadence,
}
