"""Rules for our own words: no figures, no addresses, no hype, no causes, no forecasts, only words of the house."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from domain.claims import Figure, Role, Words
from domain.issue import SectionName
from domain.text import plain_line
from newsroom.checking.sentences import Sentence, Token, bare
from newsroom.checking.wording import Phrases, Wording
from newsroom.number_words import CARDINAL_VALUES, ORDINAL_VALUES

_NUMBER_WORDS = (frozenset(CARDINAL_VALUES) | frozenset(ORDINAL_VALUES)) - {"first"}

_ADDRESS = re.compile(
    r"https?:|www\.|t\.me|[\w.-]+\.(?:com|org|net|io|ai|dev|co|gl|me|xyz|app|ru|cn)\b|@\w", re.IGNORECASE
)
_HANDLE = re.compile(r"@[A-Za-z]\w{3,31}\b", re.ASCII)
_MARKUP = re.compile(r"[<>`*_\[\]{}|\\#~^]|&\w+;")
_COMMAND = re.compile(r"(?<!\S)/[a-z]+\b", re.ASCII)


def own_words(sentence: Sentence, wording: Wording) -> Iterator[str]:
    """Every fault of the words that are ours; a view may use more of the language, and numbers in words."""
    yield from _characters(sentence)
    yield from _numbers(sentence, wording)
    yield from banned(sentence, wording)
    yield from _unknown(sentence, wording)


def _our_text(sentence: Sentence) -> str:
    """Our own words, with the paper's commands (/subscribe) taken out where the paper speaks of itself."""
    text = " ".join(run.text for run in sentence.claim.runs if isinstance(run, Words))
    if sentence.claim.role is Role.HOUSE:
        text = _COMMAND.sub(" ", text)
        if sentence.section is SectionName.SUBSCRIBE:
            text = _HANDLE.sub(" ", text)
    return text


def _characters(sentence: Sentence) -> Iterator[str]:
    text = _our_text(sentence)
    if plain_line(text) != " ".join(text.split()):
        yield "our words hold a character that hides or reorders text"
    if found := _MARKUP.search(text):
        yield f"our words hold a mark of markup: {found.group()!r}"
    if found := _ADDRESS.search(text):
        yield f"our words hold an address: {found.group()!r}"


def _numbers(sentence: Sentence, wording: Wording) -> Iterator[str]:
    text = _our_text(sentence)
    if any(unicodedata.category(character).startswith("N") for character in text):
        yield "our words hold a digit: every figure needs its evidence"
    if sentence.claim.role is Role.VIEW:
        return
    row = _row(sentence.tokens)
    idle = wording.number_idioms.covered(row)
    for position, word in enumerate(row):
        denied = row[max(position - 1, 0)] in {"not", "every"}  # "not one of 32 lists"
        counted = word == "one" and not denied and _leads_to_a_whole(sentence.tokens[position + 1 : position + 3])
        if (
            word is not None
            and (position not in idle or counted)
            and (word in _NUMBER_WORDS or word in wording.more_numbers)
        ):
            yield f"our words hold the number {word!r}: every figure needs its evidence"


def _leads_to_a_whole(following: Sequence[Token]) -> bool:
    """Whether "of 30" follows, a figure: then the number before it is no idiom."""
    return len(following) == 2 and following[0].text == "of" and isinstance(following[1].run, Figure)


def banned(sentence: Sentence, wording: Wording) -> Iterator[str]:
    """The words of hype, cause and forecast among our own; a house sentence may give its reasons."""
    row = _row(sentence.tokens)
    yield from _hits(row, wording.hype, "is a word of hype")
    if sentence.claim.role is Role.CLAIM:
        yield from _hits(row, wording.causes, "claims a cause, and our readings know none")
    yield from _hits(
        [None if _of_us(row, at) else word for at, word in enumerate(row)], wording.forecast, "is a forecast"
    )


def _hits(row: Sequence[str | None], phrases: Phrases, what: str) -> Iterator[str]:
    for _, phrase in phrases.found(row):
        yield f"{' '.join(phrase)!r} {what}"


def _of_us(row: Sequence[str | None], position: int) -> bool:
    """Whether it is our own "we will": the paper may say what it will do itself."""
    return position > 0 and row[position - 1] == "we" and row[position] == "will"


def _unknown(sentence: Sentence, wording: Wording) -> Iterator[str]:
    begins = True
    skipped = _skipped(sentence)
    for token in sentence.tokens:
        if token.word and not token.text.isdigit() and token.text not in skipped:
            known = _licensed(token, wording, sentence.claim.role)
            if not known and sentence.claim.edited:
                yield from _unproved_name(token)
            elif not known:
                yield f"{token.written!r} is not a word of the house"
            elif not begins and _is_name(token) and bare(token.written) not in wording.capitals:
                yield f"{token.written!r} looks like a name, and a name needs its evidence"
        begins = token.mark and token.text in ".:!?" if token.run is None else False


def _unproved_name(token: Token) -> Iterator[str]:
    """An editor may use more words than the house has; one with a capital may be a name, wherever it stands."""
    if _is_name(token):
        yield f"{token.written!r} looks like a name, and a name needs its evidence; if it is none, don't begin with it"


def _skipped(sentence: Sentence) -> frozenset[str]:
    """The paper's commands and its own @name, where it speaks of itself."""
    if sentence.claim.role is not Role.HOUSE:
        return frozenset()
    text = " ".join(run.text for run in sentence.claim.runs if isinstance(run, Words))
    named = [*_COMMAND.findall(text)]
    if sentence.section is SectionName.SUBSCRIBE:
        named += _HANDLE.findall(text)
    return frozenset(piece.lower() for name in named for piece in re.split(r"[\W\d_]+", name) if piece)


def _licensed(token: Token, wording: Wording, role: Role) -> bool:
    """Whether a word may stand: as it is, or each part of it where hyphens join them."""
    if bare(token.written) in wording.capitals:
        return True
    word = bare(token.text)
    return _in_vocabulary(word, wording, role) or (
        "-" in word and all(_in_vocabulary(part, wording, role) for part in word.split("-"))
    )


def _in_vocabulary(word: str, wording: Wording, role: Role) -> bool:
    return word in wording.vocabulary or (role is Role.VIEW and word in wording.vocabulary_of_views)


def _is_name(token: Token) -> bool:
    return any(character.isupper() for character in token.written)


def _row(tokens: Sequence[Token]) -> Sequence[str | None]:
    """The words in small letters; None where a run or a mark stands between them."""
    return [token.text if token.word else None for token in tokens]
