"""An offered sentence into a claim: our code fills the slots; whatever breaks a rule is told in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from domain.claims import Claim, Figure, Name, Quote, Run, Words
from domain.items import ItemKey
from domain.plans import OfferedSentence
from newsroom.writing.licence import comparable, with_subject
from newsroom.writing.planning import Assignment, Place, Told
from newsroom.writing.style import Style
from newsroom.writing.tokens import Token, faults_of_form, tidied, tokens

#: A sentence tells no more facts than this.
MOST_FACTS = 2

_ENDS = (".", "!", "?", "…")


@dataclass(frozen=True, slots=True)
class Realised:
    """A sentence as a claim: the facts that it tells, where it belongs, and whom it is about at both ends.

    ``pronoun``: it begins by calling ``first`` "it", so that the sentence before must be about the same.
    """

    claim: Claim
    facts: tuple[str, ...]
    place: Place
    first: ItemKey | None
    last: ItemKey | None
    pronoun: bool


class Unfit(ValueError):
    """An offered sentence breaks the rules; the message says how, ``told`` as the model may know it."""

    def __init__(self, reason: str, told: str = "") -> None:
        super().__init__(reason)
        self.told = told or reason


def realise(offered: OfferedSentence, assignment: Assignment, style: Style) -> Realised:
    """The claim of a sentence. Raises Unfit."""
    text = tidied(offered.text)
    found = tokens(text)
    faults = list(faults_of_form(text, found, assignment.lengths)) or list(_faults_of_slots(found, offered, assignment))
    if faults:
        raise Unfit("; ".join(faults))
    facts = [assignment.told[fact] for fact in _facts_of(found)]
    if fault := _unlicensed(found, facts, style):
        raise Unfit(fault)
    evidence = tuple(dict.fromkeys(cited for fact in facts for cited in fact.claim.evidence))
    claim = Claim(tuple(_runs(text, found, assignment)), also=evidence)
    pronoun = _has_pronoun(found)
    return Realised(
        claim, tuple(fact.id for fact in facts), facts[0].place, facts[0].subject, facts[-1].subject, pronoun
    )


def _facts_of(found: Sequence[Token]) -> list[str]:
    """The facts whose own slots stand in the sentence, in its order."""
    owners = (token.text.partition(".")[0] for token in found if token.slot)
    return list(dict.fromkeys(owner for owner in owners if _is_fact(owner)))


def _is_fact(owner: str) -> bool:
    return owner[1:].isdigit()


def _faults_of_slots(found: Sequence[Token], offered: OfferedSentence, assignment: Assignment) -> Iterator[str]:
    unknown = [token.text for token in found if token.slot and token.text not in assignment.fills]
    if unknown:
        yield f"the plan has no slot {', '.join(f'{{{slot}}}' for slot in unknown)}"
        return
    facts = _facts_of(found)
    if not facts:
        yield "it prints no slot of any fact"
    elif len(facts) > MOST_FACTS:
        yield f"it tells {len(facts)} facts; {MOST_FACTS} are the most"
    elif set(facts) != set(offered.facts):
        yield f"it says that it tells {', '.join(offered.facts) or 'nothing'}, and prints slots of {', '.join(facts)}"
    elif len({assignment.told[fact].place.story for fact in facts}) > 1:
        yield "its facts belong to different pieces"
    if _of_nobody(found, assignment):
        yield "it does not say whose its figures are: name the subject, or say “it” after a sentence about the same"
    capitals = [token.text for token in found[1:] if _is_name(token) and not _is_known(token.text, facts, assignment)]
    if capitals:
        yield f"{', '.join(capitals)}: a name is typed, and names are slots"


def _of_nobody(found: Sequence[Token], assignment: Assignment) -> bool:
    """Whether figures of an item stand there with neither a name nor a pronoun."""
    owned = any(token.slot and token.text in assignment.owned for token in found)
    said = any(
        isinstance(run, Name) for token in found if token.slot for run in assignment.fills.get(token.text, ())
    ) or any(token.text.lower() in {"it", "its"} for token in found)
    return owned and not said


def _is_name(token: Token) -> bool:
    return not token.slot and not token.mark and any(character.isupper() for character in token.text)


def _is_known(word: str, facts: Sequence[str], assignment: Assignment) -> bool:
    """Whether the phrase book itself writes the word with a capital for one of these facts."""
    return any(word in assignment.told[fact].licence.capitals for fact in facts)


# --- the licence, clause by clause ------------------------------------------------------------------------------------


def _unlicensed(found: Sequence[Token], facts: Sequence[Told], style: Style) -> str:
    """Why the book does not license the sentence; of several ways to part two facts one that stands is enough."""
    body = found[:-1]
    if len(facts) == 1:
        return _fault(body, facts[0], style)
    faults = [
        _fault(first, facts[0], style) or _fault(second, facts[1], style)
        for first, second in _partings(body, facts, style)
    ]
    if not faults:
        return "two facts need a joint between them: a semicolon, “and” or “while”"
    return "" if "" in faults else faults[0]


def _partings(
    body: Sequence[Token], facts: Sequence[Told], style: Style
) -> Iterator[tuple[Sequence[Token], Sequence[Token]]]:
    """Every way to part a sentence at a joint so that each part has the slots of one fact."""
    for position in range(1, len(body)):
        joint = next((each for each in style.joints if _stands(each, body, position)), None)
        if joint is None:
            continue
        first, second = body[:position], body[position + len(joint) :]
        if _facts_of(first) == [facts[0].id] and _facts_of(second) == [facts[1].id]:
            yield first, second


def _stands(joint: Sequence[str], body: Sequence[Token], position: int) -> bool:
    there = body[position : position + len(joint)]
    return [token.text.lower() for token in there] == list(joint) and not any(token.slot for token in there)


def _fault(clause: Sequence[Token], fact: Told, style: Style) -> str:
    elements = [f"{{{comparable(token.text)}}}" if token.slot else token.text for token in clause]
    return fact.licence.fault(tuple(with_subject(elements, fact.pronoun)), style)


def _has_pronoun(found: Sequence[Token]) -> bool:
    """Whether a pronoun stands before any name."""
    for token in found:
        if token.slot and token.text.endswith((".name", ".short")):
            return False
        if token.text.lower() in {"it", "its"}:
            return True
    return False


# --- the runs ---------------------------------------------------------------------------------------------------------


def _runs(text: str, found: Sequence[Token], assignment: Assignment) -> Iterator[Run]:
    """Words and fills in order, the first letter large where it is ours, no full stop after one of a source's."""
    pending, end, first, last = "", 0, True, ""
    slots = [token for token in found if token.slot]
    for token in slots:
        pending += text[end : token.start]
        for run in assignment.fills[token.text]:
            shown = _capitalised(run) if first and not pending else run
            first = False
            if isinstance(shown, Words):
                pending += shown.text
                continue
            if pending:
                yield Words(pending)
                pending = ""
            yield shown
            last = shown.text if isinstance(shown, Name | Quote) else ""
        end = token.end
    rest = pending + text[end:]
    if rest and not (rest == "." and last.endswith(_ENDS)):
        yield Words(rest)


def _capitalised(run: Run) -> Run:
    if isinstance(run, Words | Figure):
        return replace(run, text=run.text[:1].upper() + run.text[1:])
    return run
