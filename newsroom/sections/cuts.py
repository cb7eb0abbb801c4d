"""A cut of the deep dive: a label and the sentences that were computed for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.claims import Claim
from domain.items import ItemKey
from newsroom.desk import Desk
from newsroom.phrases.templates import Fragment

#: The sentences of a cut, in order.
Claims = tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """One way to look at the question; without claims it can't be made today."""

    label: str
    claims: Claims


def named(claims: Iterable[Claim], *first: ItemKey) -> tuple[ItemKey, ...]:
    """The items that claims name or quote, after those given: what a story is about."""
    found = dict.fromkeys(first)
    for claim in claims:
        found.update(dict.fromkeys(name.item for name in claim.names))
        found.update(dict.fromkeys(quote.item for quote in claim.quotes))
    return tuple(found)


def said(desk: Desk, key: str, filled: Mapping[str, Fragment], *needed: str) -> Claims:
    """The sentence of a key, if the slots that it needs have something to say; else nothing."""
    return desk.phrases.maybe(key, filled) if all(name in filled for name in needed) else ()
