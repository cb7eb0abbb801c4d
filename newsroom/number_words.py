"""Small numbers in words, both ways: cardinals and ordinals up to ninety-nine."""

from __future__ import annotations

from collections.abc import Mapping

_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_ONES = ("zero one two three four five six seven eight nine " + _TEENS).split()
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINAL_ENDS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}


def _cardinal(number: int) -> str:
    if number < len(_ONES):
        return _ONES[number]
    tens, ones = divmod(number, 10)
    return _TENS[tens - 2] + (f"-{_ONES[ones]}" if ones else "")


def _ordinal(number: int) -> str:
    head, hyphen, last = _cardinal(number).rpartition("-")
    if last.endswith("y"):
        return f"{head}{hyphen}{last[:-1]}ieth"
    return f"{head}{hyphen}{_ORDINAL_ENDS.get(last, f'{last}th')}"


#: "twenty-one" by 21, and back; "twenty-first" by 21, and back.
CARDINALS: Mapping[int, str] = {number: _cardinal(number) for number in range(100)}
ORDINALS: Mapping[int, str] = {number: _ordinal(number) for number in range(1, 100)}
CARDINAL_VALUES: Mapping[str, int] = {words: number for number, words in CARDINALS.items()}
ORDINAL_VALUES: Mapping[str, int] = {words: number for number, words in ORDINALS.items()}
