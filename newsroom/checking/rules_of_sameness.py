"""Rule for "it is told there as …": that two items tell of the same is proved by their stored words.

Same address, repository, paper or model, or the same title: what ``newsroom.identity`` joins when it is given nothing
but the items of the sentence, its story's subject and whatever else the sentence cites.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from domain.claims import Name
from domain.evidence import QuoteEvidence
from domain.items import ItemKey
from newsroom.checking.dossier import Dossier
from newsroom.checking.marks import marks_of
from newsroom.checking.sentences import Sentence
from newsroom.checking.wording import Phrases
from newsroom.identity import Subjects

#: Words that say of what is named that it is the story's subject, or the other name, under another name.
SAME = Phrases(
    (
        *(
            "told as",
            "a story about",
            "a thread about",
            "a post about",
            "told of",
            "told there as",
            "tells of",
            "tell of",
            "has it as",
            "has it too",
            "lists it as",
            "stands as",
        ),
        *("about it", "about the same", "same story", "same subject", "same thing", "known there as", "its own page"),
        *("its code is", "its paper is", "its model is", "talked about on", "post on it", "there is a paper"),
    )
)

#: Of these what is told of is named at once.
SAME_TOLD = Phrases(("tells of", "tell of"))

#: "On Hugging Face it is {name}".
_IS = ("it", "is")


def sameness(sentence: Sentence, dossier: Dossier) -> Iterator[str]:
    """Two items that are said to be about the same, and by their stored words are not."""
    if not _says_so(sentence, dossier):
        return
    named = {name.item for name in sentence.claim.names if "label" in marks_of(name, dossier)}
    others = {name.item for name in sentence.claim.names if "publisher" in marks_of(name, dossier)}
    if SAME_TOLD.found(_row(sentence)):  # who publishes is not what is told
        named |= others
    if len(named) == 1 and sentence.items:
        named.add(sentence.items[0])
    if not same_story(named, sentence, dossier):
        yield f"{' and '.join(sorted(map(str, named)))} are said to be about the same, and nothing stored proves it"


def same_story(named: Collection[ItemKey], sentence: Sentence, dossier: Dossier) -> bool:
    """Whether the items are joined by identity or title, directly or through others that the sentence cites."""
    cited = {each.item for each in dossier.known(sentence.claim.evidence) if isinstance(each, QuoteEvidence)}
    subjects = Subjects.group(dossier.words({*named, *cited}))
    return len({subjects.of(key).head for key in named}) <= 1


def _says_so(sentence: Sentence, dossier: Dossier) -> bool:
    row = _row(sentence)
    if SAME.found(row):
        return True
    return any(
        tuple(row[max(position - 2, 0) : position]) == _IS
        for position in sentence.runs(Name)
        if (name := sentence.tokens[position].run) is not None and "label" in marks_of(name, dossier)
    )


def _row(sentence: Sentence) -> list[str | None]:
    return [token.text if token.word else None for token in sentence.tokens]
