"""Rules for the form of a sentence: one sentence, ended once, neither a fragment nor a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.claims import Name, Words
from newsroom.checking.sentences import PROSE, Place, Sentence

#: WRITING §2.6 rule 10. A name counts as one word, a quotation as its words.
FEWEST_WORDS = 3
MOST_WORDS = 42

#: A new sentence: a full stop, a blank and a capital letter.
_NEXT_SENTENCE = re.compile(r"[.!?][”\"')]?\s+[A-Z“]")
_END = re.compile(r"[.!?][”\"')]?$")


def form(sentence: Sentence) -> Iterator[str]:
    """Every fault of form; headlines and cells are free of it, bullets may be fragments."""
    if sentence.place not in PROSE | {Place.BULLET}:
        return
    length = _length(sentence)
    if length > MOST_WORDS:
        yield f"a sentence of {length} words is longer than {MOST_WORDS}"
    if _NEXT_SENTENCE.search(_own_text(sentence)):
        yield "this is more than one sentence"
    if sentence.place is Place.BULLET:
        return
    if length < FEWEST_WORDS:
        yield f"a sentence of fewer than {FEWEST_WORDS} words is a fragment"
    if not _END.search(sentence.claim.text.rstrip()):
        yield "the sentence has no end"


def _length(sentence: Sentence) -> int:
    return sum(1 if isinstance(run, Name) else len(run.text.split()) for run in sentence.claim.runs)


def _own_text(sentence: Sentence) -> str:
    """The sentence with a letter for each printed run, so that a full stop inside a title ends nothing."""
    text = "".join(run.text if isinstance(run, Words) else "X" for run in sentence.claim.runs)
    return text.replace("No. ", "")
