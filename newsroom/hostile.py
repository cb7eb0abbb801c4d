"""Which words of a source may never stand before readers, as a name or as a quotation (``docs/checks.md``).

Orders to machines and to readers, addresses, accounts, wallets, telephone numbers, markup, marks that close our
quotation, and letters that pretend to be others. Look-alike letters are folded before the search, so that "Ignоre"
with a Cyrillic о is found as well.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from domain.text import plain_line

#: Letters of other scripts that look like Latin ones.
_LOOKALIKES = str.maketrans(
    "аеорсухіјѕԁһкмтвнАЕОРСУХІЈЅВНКМТοανικΑΒΕΖΗΙΚΜΝΟΡΤΥΧɑɡıℓ",
    "aeopcyxijsdhkmtbhAEOPCYXIJSBHKMToavikABEZHIKMNOPTYXagil",
)

#: More marks on one letter than any language sets.
_MOST_MARKS = 3

_TLD = r"(?:com|org|net|io|ai|dev|app|xyz|me|cn|ru|gg|sh|top|biz|info|link|click|zip|mov|example|eth|onion)"

#: Where a sentence of orders begins.
_BEGINS = r"(?:^|[.!?:;,–—>*\]|]\s*|\b(?:please|and|then|to)\s+)"


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_MACHINES = _any(
    r"\b(?:ignore|disregard|override|bypass)\b.{0,40}\b(?:instructions?|prompts?|rules?|above|previous|guardrails?)\b",
    r"\bforget\b.{0,40}\b(?:instructions?|rules|above|previous)\b",
    r"\bsystem (?:prompt|message|override)\b|\byou are (?:now|an? (?:ai|unfiltered|assistant))\b|\bas an ai\b",
    rf"{_BEGINS}act as (?:an?|the|if)\b|\bnew instructions?:|\b(?:developer|jailbreak) mode\b|\brespond only with\b",
    rf"{_BEGINS}(?:output|print|repeat|write|say|reply|answer|include|append|insert|put|add)\b.{{0,40}}"
    r"\b(?:exactly|verbatim|in (?:your|the) (?:summary|answer|output|article|headline|newsletter|digest|lead))\b",
    r"\[/?(?:inst|system)\]|<\|?(?:im_start|im_end|system|endoftext)\|?>|#{2,} ?(?:system|instruction)s?\b",
    r"\b(?:dear|attention|note to|hey|hello),? (?:the )?"
    r"(?:ai|llm|gpt|claude|assistant|language model|newsletter bot|summari[sz]er)s?\b",
    r"\bignorier\w*\b.{0,40}\banweisung|\bignor(?:a|e|ez|ad|en|i)\b.{0,40}\b(?:instruc|instruç|istruzion|indicaci)",
    r"\boublie[zr]?\b.{0,40}\binstruct|\bvergiss\b.{0,30}\banweisung|\bnegeer\b.{0,40}\binstructies|\bzignoruj\b",
    r"\bignorera\b.{0,40}\binstruktion|\byoksay\b|\btalimatları\b|\babaikan\b.{0,40}\binstruksi",
    r"\bигнориру\w+|\bзабудь\b.{0,40}\bинструкци|\bігнору\w+|忽略.{0,12}(?:指令|指示|提示)|无视.{0,12}(?:指令|指示|提示)",
    r"指示.{0,6}無視|命令.{0,6}無視|지시.{0,10}무시|무시하|تجاهل|अनदेखा|התעלם|bỏ qua.{0,30}hướng dẫn|เพิกเฉย",
)

_READERS = _any(
    rf"{_BEGINS}(?:subscribe|sign up|register|join|buy|donate|call|dm|follow|click|tap|invest|claim|vote)\b"
    r"[^.]{0,24}\b(?:now|today|here|below|us|me|at once)\b",
    r"(?:^|[.!?:;]\s*)(?:please )?(?:send|transfer|deposit)\b.{0,16}"
    r"\b(?:btc|eth|usdt|sol|coins?|crypto|money|bitcoin)\b",
    r"\bairdrop\b|\bpresale\b|\bpromo code\b|\bfree (?:money|crypto|bitcoin|tokens)\b",
    r"\bguaranteed (?:profit|returns?)\b",
    rf"{_BEGINS}(?:subscribe (?:at|to|via)|join our|follow our|scan (?:the|this) qr|share this with|forward this)\b",
)

#: In names and quotations alike; those marked True are searched in folded letters as well.
_NEVER: tuple[tuple[str, re.Pattern[str], bool], ...] = (
    (
        "an address",
        _any(
            r"\b(?:https?|ftp|tg|javascript|vbscript|file|mailto|ipfs):\S|\bdata:\w+/|www\.\w|\bt\.me\b|\bxn--|\bhxxps?:"
        ),
        True,
    ),
    (
        "a wallet",
        re.compile(
            r"\b0x[0-9a-fA-F]{16,}|\bbc1[0-9a-z]{20,}|\b[13][a-km-zA-HJ-NP-Z1-9]{25,34}\b|\bT[1-9A-HJ-NP-Za-km-z]{33}\b"
        ),
        True,
    ),
    ("an order to a machine", _MACHINES, True),
    ("an order to readers", _READERS, True),
    (
        "a telephone number",
        re.compile(r"(?<![\w.])\+\d[\d ()-]{7,}\d|\b1[- ]8\d\d[- ]\d{3}[- ]\d{4}\b|\b\d{3}-\d{3}-\d{4}\b"),
        True,
    ),
    (
        "markup",
        re.compile(
            r"</?[a-zA-Z!][^>]*>|&(?:#\w+|[a-zA-Z]{2,8});|\]\(|\*\*|```|\|\|\S|\{\{|\}\}|\{%|\$\{"
            r"|\{[a-z_]+\d+(?:\.[a-z_]+)*\}|\{[a-z_]+\.[a-z_]+\}|\{\w+:[^{}|]*\|[^{}]*\}|\[[a-z ]+\|[a-z |]+\]"
        ),
        False,
    ),
    ("a command", re.compile(r"\b(?:curl|wget)\s+\S+.*\|\s*(?:ba)?sh\b|\brm -rf\b|\bsudo\s+\w"), False),
    ("our own name", _any(r"\b(?:ai )?morning post\b"), True),
    ("a part of our evidence", re.compile(r"\b[rhq]\d+-(?:rank|stars|likes|points|downloads|comments)\b"), False),
)

#: Beyond a name: what a quotation may not hold either.
_NOT_QUOTED = _any(
    r"\b(?:subscribe|follow us|join (?:us|our)|click|sign up|dm me|donat\w*|buy now|send (?:me|us)|discord|telegram)\b",
    rf"\byou must\b|(?<!\w)@\w|\b[a-z0-9-]+\.{_TLD}\b(?:/|\s|[.,;:!?)]|$)",
)


def unfit_to_print(text: str) -> Iterator[str]:
    """Why words of a source may not stand in the paper at all, not even as a name; nothing: they may."""
    if plain_line(text) != text:
        yield "a character that hides or reorders text"
    if _marks(text) > _MOST_MARKS:
        yield "more marks on a letter than any language sets"
    if not _is_balanced(text):
        yield "a quotation mark that would close ours"
    folded = unicodedata.normalize("NFKC", text).translate(_LOOKALIKES)
    for what, pattern, look_alike in _NEVER:
        if found := pattern.search(text) or (pattern.search(folded) if look_alike else None):
            yield f"{what}: {found.group()!r}"


def unfit_to_quote(text: str) -> Iterator[str]:
    """Why words of a source may not be quoted: as ``unfit_to_print``, and nothing that turns to the reader."""
    yield from unfit_to_print(text)
    folded = unicodedata.normalize("NFKC", text).translate(_LOOKALIKES)
    if found := _NOT_QUOTED.search(text) or _NOT_QUOTED.search(folded):
        yield f"words that turn to readers, or an address: {found.group()!r}"


#: “ right after a letter, or ” right before one: marks that pretend to be ours.
_INSIDE_A_WORD = re.compile(r"[A-Za-z]“|”[A-Za-z]")


def _is_balanced(text: str) -> bool:
    """Whether quotation marks that open are closed, none closes what it did not open, and none stands inside a word."""
    if _INSIDE_A_WORD.search(text):
        return False
    open_marks = 0
    for character in text:
        open_marks += (character == "“") - (character == "”")
        if open_marks < 0:
            return False
    return open_marks == 0


def _marks(text: str) -> int:
    """The most combining marks in a row."""
    if text.isascii():
        return 0
    longest = row = 0
    for character in text:
        row = row + 1 if unicodedata.combining(character) else 0
        longest = max(longest, row)
    return longest
