"""Rules for what is said of a run: each word needs a run that licenses it, "is" may lead to certain words only.

Positive licensing: a word of ours that no printed figure, name or quotation of its clause licenses may not stand,
however true the runs themselves are ("is written in Python" where nothing says so).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import timedelta

from domain.claims import Figure, Name
from newsroom.checking.dossier import Dossier
from newsroom.checking.marks import marks_of, marks_of_evidence
from newsroom.checking.predicates import Closed, Need, Predicates
from newsroom.checking.sentences import Sentence, Token, bare

#: A reading is of "now" if it was made on the day of the issue or on the one before, whatever the zone.
FRESH = timedelta(days=1)

#: Marks by sentence: of each clause, and of all with what is cited besides.
Marks = AbstractSet[str]


class Licensing:
    """The marks of one sentence, clause by clause."""

    def __init__(self, sentence: Sentence, dossier: Dossier) -> None:
        self.sentence = sentence
        self._by_clause: dict[int, set[str]] = {}
        for token, clause in zip(sentence.tokens, sentence.clauses, strict=True):
            if token.run is not None:
                self._by_clause.setdefault(clause, set()).update(marks_of(token.run, dossier))
        self.all = frozenset().union(*self._by_clause.values()) | self._cited(dossier)

    def _cited(self, dossier: Dossier) -> frozenset[str]:
        known = dossier.known(self.sentence.claim.evidence)
        marks = {"free"} | {mark for evidence in known for mark in marks_of_evidence(evidence)}
        if any(abs(evidence.observed_at.date() - self.sentence.day) <= FRESH for evidence in known):
            marks.add("fresh")
        return frozenset(marks)

    def licenses(self, need: Need, clause: int) -> bool:
        """Whether the clause's own runs have what is needed; of a site, a list or a kind anything cited tells.

        A clause that prints nothing is answered for by the sentence.
        """
        beside = self._by_clause.get(clause) or self.all
        return bool(need.marks & beside or need.general & self.all)


def predicates(sentence: Sentence, dossier: Dossier, law: Predicates) -> Iterator[str]:
    """Every word that nothing beside it licenses, and every "is" that leads astray."""
    licensing = Licensing(sentence, dossier)
    yield from _unlicensed(sentence, licensing, law)
    for closed in law.closed:
        yield from _outside(sentence, licensing, closed, law)
    yield from _copulas(sentence, dossier, law)


def _unlicensed(sentence: Sentence, licensing: Licensing, law: Predicates) -> Iterator[str]:
    for token, clause in zip(sentence.tokens, sentence.clauses, strict=True):
        if not token.word or bare(token.written) in law.capitals:
            continue
        for word in _parts(token.text, law):
            needs = law.needs.get(word)
            if word in law.free:
                continue
            if needs is None:
                if word in law.vocabulary:  # the rules of words tell of others
                    yield f"{token.written!r} is a word that no claim may use: it is in no class of predicates.toml"
            elif not any(licensing.licenses(need, clause) for need in needs):
                yield f"{token.written!r} is licensed by no figure, name or quotation beside it"


def _parts(text: str, law: Predicates) -> Sequence[str]:
    word = bare(text)
    return [word] if law.knows(word) or "-" not in word else word.split("-")


def _outside(sentence: Sentence, licensing: Licensing, closed: Closed, law: Predicates) -> Iterator[str]:
    """Words of the group that stand outside its phrases, or inside one that nothing proves."""
    row = [token.text if token.word else "#" if isinstance(token.run, Figure) else None for token in sentence.tokens]
    covered = set(law.proved.covered(row))  # judged by the rules of licence
    for position in range(len(row)):
        phrase = _proved_at(row, position, closed, licensing)
        if phrase:
            covered.update(range(position, position + phrase))
    for position, word in enumerate(row):
        if word in closed.words and position not in covered:
            yield f"{word!r} ({closed.name}) stands in no phrase that the sentence proves"


def _proved_at(row: Sequence[str | None], position: int, closed: Closed, licensing: Licensing) -> int:
    """The length of the longest phrase at the position whose marks the sentence bears; 0 for none."""
    found = (phrase for phrase in closed.phrases.starting(row, position) if closed.marks[phrase] & licensing.all)
    return max(map(len, found), default=0)


# --- to be ------------------------------------------------------------------------------------------------------------


def _copulas(sentence: Sentence, dossier: Dossier, law: Predicates) -> Iterator[str]:
    tokens = sentence.tokens
    for position, token in enumerate(tokens):
        if not token.word or token.text not in law.copula.verbs:
            continue
        after = position + 1
        while after < len(tokens) and tokens[after].word and tokens[after].text in law.copula.skipped:
            after += 1
        follower = tokens[after] if after < len(tokens) else None
        if follower is None or follower.mark or isinstance(follower.run, Figure):
            continue
        if isinstance(follower.run, Name):
            if _equates(position, follower.run, sentence, dossier):
                yield f"“{token.text} {follower.text}” says that two things are one, and nothing proves it"
        elif follower.word and not _may_follow(tokens, after, law):
            yield f"“{token.text} {follower.text}” says what the item is, and nothing proves it"


def _may_follow(tokens: Sequence[Token], after: int, law: Predicates) -> bool:
    word = tokens[after].text
    if word in law.copula.articles:
        noun = tokens[after + 1] if after + 1 < len(tokens) else None
        return noun is None or not noun.word or noun.text in law.copula.after_article
    return word in law.copula.followers or word in law.copula.verbs


def _equates(position: int, name: Name, sentence: Sentence, dossier: Dossier) -> bool:
    """Whether "is" stands between two names of the same clause: "A is B"."""
    clause = sentence.clauses[position]
    before = [
        token.run
        for token, number in zip(sentence.tokens[:position], sentence.clauses, strict=False)
        if number == clause and isinstance(token.run, Name)
    ]
    tagged = "tag" in marks_of(name, dossier)
    nouns = {token.text for token in sentence.tokens[:position] if token.word}
    if tagged:
        return not nouns & {"licence", "license", "language", "task"}
    return bool(before)
