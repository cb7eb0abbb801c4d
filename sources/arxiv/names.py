"""Authors as arXiv's listing writes them: one string, with TeX accents."""

from __future__ import annotations

import re
import unicodedata

#: TeX's accent commands and the combining characters that they stand for (TeXbook, chapter 9).
_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331",
}  # fmt: skip
_LETTERS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł",
    "i": "i", "j": "j",
}  # fmt: skip
#: ``\'e``, ``\'{e}``, ``{\'e}``, ``\v{z}``, ``\c c``: a command of letters needs a brace or a blank before its letter.
_ACCENT = re.compile(r"\\(?:([`'^~=.\"])\s*|([uHvcdbkr])(?=[\s{])\s*)(?:\{(\\?[^\W\d_])\}|(\\?[^\W\d_]))")
_LETTER = re.compile(r"\\(ss|ae|AE|oe|OE|aa|AA|o|O|l|L|i|j)(?![A-Za-z])(?:\{\}|\s)?")
_BRACED = re.compile(r"(\\[A-Za-z]+)?\{([^{}\\]*)\}")
_SUFFIX = re.compile(r"(?:Jr|Sr)\.?|I{2,3}|IV")


def authors(creators: str) -> list[str]:
    """The names in a string of authors, without affiliations in parentheses; "Jr." stays with its name."""
    bare = creators
    while bare != (bare := re.sub(r"\([^()]*\)", " ", bare)):
        pass
    names: list[str] = []
    for part in re.split(r",\s*|\s+and\s+", bare):
        name = readable(" ".join(part.split()))
        if names and _SUFFIX.fullmatch(name):
            names[-1] = f"{names[-1]}, {name}"
        elif name:
            names.append(name)
    return names


def readable(name: str) -> str:
    """A name with its TeX accents as the letters that they print; what is no accent stays as it is."""
    accented = name
    while accented != (accented := _ACCENT.sub(_accented, accented)):  # \~{\^{e}} takes two rounds
        pass
    lettered = _LETTER.sub(lambda match: _LETTERS[match[1]], accented)
    return _BRACED.sub(lambda match: match[0] if match[1] else match[2], lettered)


def _accented(match: re.Match[str]) -> str:
    letter = (match[3] or match[4]).removeprefix("\\")
    return unicodedata.normalize("NFC", letter + _ACCENTS[match[1] or match[2]])
