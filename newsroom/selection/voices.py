"""Which kinds of source speak of a thing; who only passes on what another site lists is not counted."""

from __future__ import annotations

from collections.abc import Iterable

from domain.items import ItemKey
from newsroom.desk import Desk
from newsroom.identity import Voice, voice_of


def voices(desk: Desk, items: Iterable[ItemKey]) -> frozenset[Voice]:
    """The kinds of source that speak of any of the items, or of their subjects under other names."""
    told = (each for key in items for each in desk.subject(key).items)
    return frozenset(voice_of(each) for each in told if each not in desk.subjects.relays)
