"""Rules for whose a figure is: it stands beside the name of the item that its readings are of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.claims import Figure, Name
from domain.evidence import HarvestEvidence
from domain.items import ItemKey
from newsroom.checking.dossier import Dossier
from newsroom.checking.sentences import Sentence

#: Between the names of one group: "A, B and C climbed eight places each".
_JOINTS = frozenset({",", "and", "&", "·"})

#: Figures of a date or a distance in time bind to no item.
_UNBOUND = frozenset({"date", "time", "days"})


def subjects(sentence: Sentence, dossier: Dossier) -> Iterator[str]:
    """Every figure of one item that stands beside the name of another."""
    groups = _groups(sentence)
    bound: dict[tuple[int, str], list[int]] = {}
    for position in sentence.runs(Figure):
        figure = sentence.tokens[position].run
        subject = _subject(figure, dossier) if isinstance(figure, Figure) else None
        if subject is None or not isinstance(figure, Figure):
            continue
        group = _group_of(position, sentence, groups)
        members = [] if group is None else [name.item for name in groups[group][1]]
        if subject in members and group is not None:
            bound.setdefault((group, figure.unit), []).append(members.index(subject))
        elif not _understood(position, subject, sentence):
            yield f"{figure.text!r} is a figure of {subject}, and stands beside another name"
    if any(order != sorted(order) for order in bound.values()):
        yield "the figures stand in another order than the names that they belong to"


def _subject(figure: Figure, dossier: Dossier) -> ItemKey | None:
    """The one item that a figure is of; None for a figure of several, of a list or of time."""
    if figure.unit in _UNBOUND:
        return None
    named = {each.item for each in dossier.known(figure.cited()) if not isinstance(each, HarvestEvidence)}
    return named.pop() if len(named) == 1 else None


def _groups(sentence: Sentence) -> Sequence[tuple[int, list[Name]]]:
    """The names, those that only a comma or an "and" parts together; with the position of the last of each group."""
    groups: list[tuple[int, list[Name]]] = []
    joined = False
    for position, token in enumerate(sentence.tokens):
        if isinstance(token.run, Name):
            names = groups.pop()[1] if joined and groups else []
            groups.append((position, [*names, token.run]))
            joined = True
        elif token.run is not None or token.text not in _JOINTS:
            joined = False
    return groups


def _group_of(position: int, sentence: Sentence, groups: Sequence[tuple[int, list[Name]]]) -> int | None:
    """The names that a figure stands beside: the last before it; where none is, the first after it."""
    if not groups:
        return None
    before = [number for number, (at, _) in enumerate(groups) if at < position]
    return before[-1] if before else 0


def _understood(position: int, subject: ItemKey, sentence: Sentence) -> bool:
    """Whether the item needs no name here: it is the story's, and the clause of the figure names no other.

    A sentence outside any story that names nothing at all (an opening) gives its figures to no one.
    """
    if not sentence.claim.names:
        return subject in sentence.items or sentence.story is None
    clause = sentence.clauses[position]
    return subject in sentence.items and clause > 0 and not _names_of(clause, sentence)


def _names_of(clause: int, sentence: Sentence) -> list[Name]:
    numbered = zip(sentence.tokens, sentence.clauses, strict=True)
    return [token.run for token, number in numbered if number == clause and isinstance(token.run, Name)]
