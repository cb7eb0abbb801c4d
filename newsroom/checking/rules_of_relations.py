"""Rules for two things in one clause: names of different items are not related by words that nothing proves.

"A has overtaken B", "A is a version of B" and "A, ahead of B" join two names by words; the readings know each item by
itself. Two names may be counted up (a comma, "and"), each may have its own figures, and the few true relations have
their proof: who held a place before, which title has the name, what is the same story.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.claims import Figure, Name
from domain.evidence import ReadingEvidence
from newsroom.checking.dossier import Dossier
from newsroom.checking.marks import marks_of
from newsroom.checking.predicates import Predicates
from newsroom.checking.rules_of_sameness import same_story
from newsroom.checking.sentences import Sentence, Token

#: Words between a joint and the name that belong to the name.
_ARTICLES = frozenset(
    {"the", "a", "an", "paper", "model", "project", "story", "post", "account", "dataset", "space", "repository"}
)


def relations(sentence: Sentence, dossier: Dossier, law: Predicates) -> Iterator[str]:
    """Every word that joins two names of different items and is neither a joint nor proved."""
    last: tuple[int, Name] | None = None
    for position, token in enumerate(sentence.tokens):
        if not isinstance(token.run, Name) or "label" not in marks_of(token.run, dossier):
            continue
        if last is not None and last[1].item != token.run.item:
            between = sentence.tokens[last[0] + 1 : position]
            if not _apart(between, law) and not _proved(between, last[1], token.run, sentence, dossier):
                words = " ".join(each.text for each in between)
                yield f"“{words}” relates {last[1].text} to {token.run.text}, and nothing proves it"
        last = position, token.run


def _apart(between: Sequence[Token], law: Predicates) -> bool:
    """Whether the second name begins a part of its own: a joint stands right before it, but for its article."""
    words = list(between)
    while words and (_is_place(words[-1]) or words[-1].text == "“" or (words[-1].word and words[-1].text in _ARTICLES)):
        words.pop()
    return bool(words) and words[-1].run is None and words[-1].text in law.joints


def _is_place(token: Token) -> bool:
    return isinstance(token.run, Figure) and token.run.unit == "rank"


def _proved(between: Sequence[Token], one: Name, other: Name, sentence: Sentence, dossier: Dossier) -> bool:
    texts = [token.text for token in between if token.word]
    figures = [token.run for token in between if isinstance(token.run, Figure)]
    if texts[-1:] == ["for"] and figures:  # "312 for A and 200 for B"
        return True
    if texts[-1:] == ["from"] and len(figures) == 1 and figures[0].unit == "rank":
        return _held_before(figures[0], other, sentence, dossier)
    told = {"tells", "told", "as"} & set(texts)
    return bool(told) and same_story({one.item, other.item}, sentence, dossier)


def _held_before(place: Figure, other: Name, sentence: Sentence, dossier: Dossier) -> bool:
    """Whether the other item stood at that place in an earlier reading that is cited."""
    return any(
        isinstance(each, ReadingEvidence) and each.item == other.item and each.rank == place.value
        for each in dossier.known(sentence.claim.evidence)
    )
