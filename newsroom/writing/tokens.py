"""A sentence with slots as tokens: slots, words and marks, and the rules that need no knowledge of the facts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

#: WRITING §2.5: the words of a sentence; at least so many are printed, at most so many are offered (a slot is one).
FEWEST_WORDS = 6
MOST_WORDS = 30

#: Nothing longer is looked at.
LONGEST = 600

_TOKEN = re.compile(
    r"\{(?P<slot>[a-z][a-z0-9]{0,3}\.[a-z_]{1,40})\}|(?P<word>[^\W\d_]+(?:['-][^\W\d_]+)*)|(?P<mark>[^\w\s])"
)
_LINK = re.compile(r"https?:|www\.|://|\bt\.me\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """A slot (its id), a word as it was written, or a mark; ``start`` and ``end`` are its place in the text."""

    text: str
    start: int
    end: int
    slot: bool = False
    mark: bool = False


def tidied(text: str) -> str:
    """The sentence in the form that is judged: composed characters, straight apostrophes, single blanks, a full stop.

    What a model adds around a sentence out of habit (a number before it, quotation marks around it) is no fault.
    """
    line = " ".join(unicodedata.normalize("NFKC", text).replace("’", "'").split())
    line = re.sub(r"^(?:[-*•]|\(?\d{1,2}[.):]|[A-Za-z]\d{1,2}:)\s+", "", line)
    if line[-1:] == line[:1] == '"':
        line = line[1:-1].strip()
    return line if line.endswith((".", "!", "?")) or not line else f"{line}."


def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of a tidied sentence; characters that are none are left out (``faults_of_form`` tells them)."""
    return tuple(_tokens(text))


def _tokens(text: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(text):
        slot, word = match["slot"], match["word"]
        yield Token(
            slot or word or match["mark"], match.start(), match.end(), slot is not None, match["mark"] is not None
        )


def faults_of_form(text: str, found: Sequence[Token], lengths: Mapping[str, int]) -> Iterator[str]:
    """Every fault that shows without the facts: braces, digits, links, more than one sentence, its length.

    ``lengths`` gives the words that a slot prints, by its id.
    """
    if len(text) > LONGEST:
        yield f"longer than {LONGEST} characters"
        return
    own = "".join(" " if token.slot else text[token.start : token.end] + " " for token in found)
    outside = re.sub(r"\{[^{}]*\}", " ", text)
    if "{" in own or "}" in own:
        yield "braces hold only slots of the plan, as {a.name}"
    if any(unicodedata.category(character).startswith("N") for character in outside):
        yield "a digit is typed: every figure is a slot"
    if _LINK.search(outside):
        yield "a link is typed: names are linked by the paper"
    if len("".join(text.split())) != sum(token.end - token.start for token in found):
        yield "it holds a character that belongs to no word"
    if any(unicodedata.category(character) in {"Cc", "Cf", "Co", "Cn", "So"} for character in text):
        yield "it holds a character that does not print"
    ends = [token for token in found if token.mark and token.text in ".!?"]
    if len(ends) != 1 or ends[-1] is not found[-1] or ends[-1].text != ".":
        yield "it must be one sentence that ends with one full stop"
    words = [token for token in found if not token.mark]
    printed = sum(lengths.get(token.text, 1) if token.slot else 1 for token in words)
    if printed < FEWEST_WORDS or len(words) > MOST_WORDS:
        yield f"a sentence prints {FEWEST_WORDS} words at least and has {MOST_WORDS} at most, each slot counting as one"
