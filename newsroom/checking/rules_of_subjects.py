"""Rules for whose a figure is: figures, tags and publishers stand beside the name of the item that they are of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from domain.claims import Figure, Name
from domain.evidence import (
    Evidence,
    EvidenceId,
    Expression,
    HarvestEvidence,
    NamedFormula,
    QuoteEvidence,
    ReadingEvidence,
)
from domain.items import ItemKey
from newsroom.checking.dossier import Dossier
from newsroom.checking.sentences import Sentence

#: Between the names of one group: "A, B and C climbed eight places each".
_JOINTS = frozenset({",", "and", "&", "·"})

#: Figures of time bind to no item, but for the days that an item was listed.
_OF_TIME = frozenset({"date", "time", "days"})

#: The position of the last name of a group, and its items.
Group = tuple[int, list[ItemKey]]


def subjects(sentence: Sentence, dossier: Dossier) -> Iterator[str]:
    """Every figure, tag or publisher of one item that stands beside the name of another."""
    groups = _groups(sentence, dossier)
    bound: dict[tuple[int, str], list[int]] = {}
    for position, token in enumerate(sentence.tokens):
        owners = _owners(token.run, dossier, bool(groups)) if isinstance(token.run, Figure | Name) else frozenset()
        if not owners or (isinstance(token.run, Name) and _is_label(token.run, dossier)):
            continue
        group = _group_of(position, groups, sentence)
        members = groups[group][1] if group is not None else []
        owner = next((member for member in members if member in owners), None)
        if owner is not None and group is not None:
            unit = token.run.unit if isinstance(token.run, Figure) else ""
            bound.setdefault((group, unit), []).append(members.index(owner))
        elif not any(_understood(position, each, sentence, dossier, bool(groups)) for each in owners):
            yield f"{token.text!r} is of {', '.join(map(str, sorted(owners)))}, and stands beside another name"
    yield from _idle_subject(sentence, groups, bound, dossier)
    if any(order != sorted(order) for order in bound.values()):
        yield "the figures stand in another order than the names that they belong to"
    yield from _patterns(sentence, dossier)


def _idle_subject(
    sentence: Sentence, groups: Sequence[Group], bound: Mapping[tuple[int, str], list[int]], dossier: Dossier
) -> Iterator[str]:
    """A name at the head of a sentence of which nothing is told but another item's figures."""
    if not groups or groups[0][0] > 0 or any(group == 0 for group, _ in bound):
        return
    others = [owner for figure in sentence.claim.figures for owner in _owners(figure, dossier)]
    if others and len(groups) == 1 and groups[0][1][0] not in others and not sentence.claim.quotes:
        yield f"{sentence.tokens[0].text!r} stands before figures of another item"


def _is_label(name: Name, dossier: Dossier) -> bool:
    """Whether a name is the item's own (its whole title or id), not a tag, a publisher or a part of its words."""
    evidence = dossier.get(name.evidence)
    if not isinstance(evidence, QuoteEvidence):
        return True
    if evidence.field == "external_id":
        return evidence.text == name.item.external_id
    stored = dossier.facts.item(evidence.version)
    return evidence.field == "title" and stored is not None and stored.title == evidence.text


def _owners(run: Figure | Name, dossier: Dossier, named: bool = True) -> frozenset[ItemKey]:
    """The items that a run may be of: of a figure over several only an extreme has one; none for lists and time."""
    if isinstance(run, Name):
        return frozenset({run.item})
    if run.unit in _OF_TIME and "item" not in run.evidence:
        return frozenset()
    evidence = dossier.known(run.cited())
    items = {each.item for each in evidence if not isinstance(each, HarvestEvidence)}
    if len(items) > 1:
        items = (_singled_out(run, dossier) if named else set()) or _extremes(run, evidence)
    return frozenset(items)


def _singled_out(figure: Figure, dossier: Dossier) -> set[ItemKey]:
    """The item that a formula over several sets against the others: the operand ``first`` or ``item``."""
    if isinstance(figure.formula, NamedFormula) and figure.formula.name == "top_share":
        return _largest(dossier.known(figure.cited())) if figure.formula.args.get("top") == 1 else set()
    chosen = [operand for name, operand in figure.evidence.items() if name in {"first", "item"}]
    known = dossier.known(each for each in chosen if isinstance(each, str))
    return {each.item for each in known if not isinstance(each, HarvestEvidence)}


def _largest(evidence: Sequence[Evidence]) -> set[ItemKey]:
    """The item of the largest reading."""
    readings = [each for each in evidence if isinstance(each, ReadingEvidence)]
    return {max(readings, key=lambda each: each.value).item} if readings else set()


def _extremes(figure: Figure, evidence: Sequence[Evidence]) -> set[ItemKey]:
    """The items whose readings are the largest or the smallest that the figure prints."""
    if not isinstance(figure.formula, Expression) or not figure.formula.text.startswith(("max(", "min(")):
        return set()
    return {each.item for each in evidence if isinstance(each, ReadingEvidence) and each.value == figure.value}


def _groups(sentence: Sentence, dossier: Dossier) -> Sequence[Group]:
    """The items named, those that only a comma or an "and" parts together."""
    groups: list[Group] = []
    joined = False
    for position, token in enumerate(sentence.tokens):
        if isinstance(token.run, Name) and _is_label(token.run, dossier):
            items = groups.pop()[1] if joined and groups else []
            groups.append((position, [*items, token.run.item]))
            joined = True
        elif token.run is not None or token.text not in _JOINTS:
            joined = False
    return groups


def _group_of(position: int, groups: Sequence[Group], sentence: Sentence) -> int | None:
    """The names that a run stands beside: those it leads to ("312 for A", "No. 2 B"), else the last before it.

    Where its clause has names after it only, the first of these.
    """
    if not groups:
        return None
    led_to = _led_to(position, groups, sentence)
    if led_to is not None:
        return led_to
    before = [number for number, (at, _) in enumerate(groups) if at < position]
    clause = sentence.clauses[position]
    inside = [number for number, (at, _) in enumerate(groups) if sentence.clauses[at] == clause]
    if inside and groups[inside[0]][0] > position and _parted(position, sentence):
        return inside[0]
    return before[-1] if before else 0


def _led_to(position: int, groups: Sequence[Group], sentence: Sentence) -> int | None:
    """The group whose first name follows at once, or after "for" with no other figure between."""
    words: list[str] = []
    for at, token in enumerate(sentence.tokens[position + 1 :], start=position + 1):
        if isinstance(token.run, Figure):
            return None
        if isinstance(token.run, Name):
            leads = words[-1:] == ["for"] or (not words and isinstance(sentence.tokens[position].run, Figure))
            found = [number for number, (last, _) in enumerate(groups) if last >= at]
            return found[0] if leads and found else None
        words.append(token.text)
    return None


def _parted(position: int, sentence: Sentence) -> bool:
    """Whether a semicolon, and no mere "and", begins the clause of the position."""
    clause = sentence.clauses[position]
    start = sentence.clauses.index(clause)
    return sentence.tokens[start].text in {";", ".", "—", "–"}


#: Words that speak of the story's subject in a clause that names nothing.
_OF_THE_SUBJECT = frozenset({"it", "its", "itself", "this", "the", "other", "one"})


def _understood(position: int, owner: ItemKey, sentence: Sentence, dossier: Dossier, named: bool) -> bool:
    """Whether the item needs no name here: it is the story's subject, and the clause speaks of it without a name.

    A sentence outside any story that names no item (an opening) gives its figures to no one.
    """
    if not named:
        return _alone(position, owner, sentence, dossier) and (owner in sentence.items or sentence.story is None)
    clause = sentence.clauses[position]
    spoken = {token.text for token, at in zip(sentence.tokens, sentence.clauses, strict=True) if at == clause}
    if owner not in sentence.items or clause == 0 or _names_of(clause, sentence, owner):
        return False
    return bool(spoken & _OF_THE_SUBJECT)


def _alone(position: int, owner: ItemKey, sentence: Sentence, dossier: Dossier) -> bool:
    """Whether a tag, publisher or word of the item stands beside no name, figure or quotation of other items only."""
    if not isinstance(sentence.tokens[position].run, Name):
        return True
    figured = _items_of([each for figure in sentence.claim.figures for each in figure.cited()], dossier)
    if figured:
        return owner in figured
    quoted = _items_of([quote.evidence for quote in sentence.claim.quotes], dossier)
    return owner in quoted or all(name.item == owner for name in sentence.claim.names)


def _items_of(cited: Sequence[EvidenceId], dossier: Dossier) -> set[ItemKey]:
    return {each.item for each in dossier.known(cited) if not isinstance(each, HarvestEvidence)}


def _names_of(clause: int, sentence: Sentence, but: ItemKey) -> list[Name]:
    """The names of other items in a clause."""
    numbered = zip(sentence.tokens, sentence.clauses, strict=True)
    return [
        token.run
        for token, number in numbered
        if number == clause and isinstance(token.run, Name) and token.run.item != but
    ]


# --- patterns ---------------------------------------------------------------------------------------------------------


def _patterns(sentence: Sentence, dossier: Dossier) -> Iterator[str]:
    """A count of what contains a word stands with that word, in the order in which the words are printed."""
    wanted = [word for figure in sentence.claim.figures if (word := _pattern(figure))]
    printed = [name.text.casefold() for name in sentence.claim.names if not _is_label(name, dossier)]
    counted = [word for word in wanted if any(word == text for text in printed)]
    shown = [text for text in printed if text in counted]
    if wanted and not counted and (printed or _names_in_its_place(sentence, dossier)):
        yield "the word that is counted is not the word that is printed"
    if list(dict.fromkeys(counted)) != list(dict.fromkeys(shown)):
        yield "the counts stand in another order than the words that they count"


def _names_in_its_place(sentence: Sentence, dossier: Dossier) -> bool:
    """Whether the only name of the sentence is a label right after "in", or its subject: where a tag would stand."""
    labels = [at for at in sentence.runs(Name) if _stands_for_a_tag(at, sentence)]
    if any(at > 0 for at in labels):
        return True
    return bool(labels) and not any(
        isinstance(each, ReadingEvidence)
        for figure in sentence.claim.figures
        for each in dossier.known(figure.cited())
        if any(not isinstance(each, HarvestEvidence) and each.item == name.item for name in sentence.claim.names)
    )


def _stands_for_a_tag(position: int, sentence: Sentence) -> bool:
    before = sentence.before(position)[-1:]
    return position == 0 or before in {("in",), ("labelled",)}


def _pattern(figure: Figure) -> str:
    """The one word that a named formula counts; empty for another formula, or for several words."""
    if not isinstance(figure.formula, NamedFormula):
        return ""
    word = str(figure.formula.args.get("word") or figure.formula.args.get("pattern") or "")
    return "" if "|" in word else word.casefold()
