"""Rules for what a thing is called: "a Hacker News story, {name}" names a story, and one of Hacker News.

A noun right before a name, with or without a comma, tells of what kind the named item is, and a site before the noun
where it was found. A name of a publisher stands for whoever published, never for the thing that titles mention.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from domain.claims import Figure, Name
from domain.evidence import NamedFormula
from domain.items import Kind, Source
from newsroom.checking.dossier import Dossier
from newsroom.checking.marks import marks_of
from newsroom.checking.sentences import Sentence

#: What a noun before a name may name.
_NOUNS: Mapping[str, frozenset[Kind]] = {
    "story": frozenset({Kind.STORY, Kind.OPTION}),
    "thread": frozenset({Kind.STORY}),
    "post": frozenset({Kind.POST, Kind.STORY}),
    "paper": frozenset({Kind.PAPER}),
    "model": frozenset({Kind.MODEL}),
    "dataset": frozenset({Kind.DATASET}),
    "repository": frozenset({Kind.REPOSITORY}),
    "project": frozenset({Kind.REPOSITORY}),
}

#: The last word of a site's name, and its source.
_SITES = {"github": Source.GITHUB, "news": Source.HACKERNEWS, "arxiv": Source.ARXIV}

#: Before a publisher.
_BY = frozenset({"by", "at", "from", "of", "on"})


def kinds(sentence: Sentence, dossier: Dossier) -> Iterator[str]:
    """Every name that stands for a thing of another kind, or of another site, than its own."""
    for position in sentence.runs(Name):
        name = sentence.tokens[position].run
        if isinstance(name, Name) and "label" in marks_of(name, dossier):
            yield from _in_apposition(name, position, sentence)
            yield from _as_a_tag(name, position, sentence)
            yield from _before_another(name, position, sentence, dossier)
    if any(_counts_a_name(figure) for figure in sentence.claim.figures):
        yield from _publishers(sentence, dossier)


def _in_apposition(name: Name, position: int, sentence: Sentence) -> Iterator[str]:
    before = [token.text for token in sentence.tokens[:position] if token.run is None][-4:]
    if sentence.tokens[position - 1].run is not None:
        return
    if before[-1:] == [","]:
        before.pop()
    noun = before.pop() if before else ""
    if noun in _NOUNS and name.item.kind not in _NOUNS[noun]:
        yield f"{name.text!r} is called a {noun}, and is a {name.item.kind}"
    site = _SITES.get(before[-1]) if noun in _NOUNS and before else None
    if site is not None and name.item.source is not site and before[-2:-1] != ["on"]:
        yield f"{name.text!r} is called a {noun} of {site}, and is of {name.item.source}"


def _as_a_tag(name: Name, position: int, sentence: Sentence) -> Iterator[str]:
    if [token.text for token in sentence.tokens[position + 1 : position + 3]] == ["as", "their"]:
        yield f"{name.text!r} is the name of an item, and stands for a tag"


def _before_another(name: Name, position: int, sentence: Sentence, dossier: Dossier) -> Iterator[str]:
    """At the head of a sentence, before a colon, stands what the next name belongs to: no other item."""
    following = sentence.tokens[position + 1 : position + 3]
    other = following[1].run if position == 0 and len(following) > 1 and following[0].text == ":" else None
    if isinstance(other, Name) and other.item != name.item and "label" in marks_of(other, dossier):
        yield f"{name.text!r} stands for where {other.text!r} is from"


def _counts_a_name(figure: Figure) -> bool:
    return isinstance(figure.formula, NamedFormula) and figure.formula.name == "named_count"


def _publishers(sentence: Sentence, dossier: Dossier) -> Iterator[str]:
    """Where it is counted who names a thing, a publisher stands after "by", and the thing's name does not."""
    for position in sentence.runs(Name):
        run = sentence.tokens[position].run
        published = run is not None and "publisher" in marks_of(run, dossier)
        if published and not _BY & set(sentence.before(position)[-1:]):
            yield f"{sentence.tokens[position].text!r} publishes, and stands for what is named"
