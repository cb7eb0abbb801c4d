"""Which of a source's own words may be printed: whole sentences, short, harmless, and no orders to our readers."""

from __future__ import annotations

import re

from newsroom.hostile import unfit_to_print, unfit_to_quote

#: The longest quotation, in characters.
LONGEST_QUOTE = 160

#: A quotation is in letters that our readers read, this share of them at least.
LATIN_SHARE = 0.8

#: A shorter one says nothing.
SHORTEST_QUOTE = 20

#: Not quoted: words that turn to the reader instead of describing the thing, and addresses without a scheme.
_PITCH = re.compile(
    r"(?<!\w)@\w|&(?:#\d+|[a-z]{2,8});|\bdiscord\b|\btelegram\b|\bsubscribe\b|\bjoin (?:us|our)\b|\bfollow us\b"
    r"|\bclick\b|\bsign up\b|\bdonat|\bairdrop\b|\bpromo code\b|\bstar (?:us|this|the) (?:repo|project)"
    r"|\b(?:buy|order|download|install|try it|get (?:it|yours|started)) (?:now|today|here)\b|\blimited[- ]time\b"
    r"|\b[a-z0-9-]+\.(?:com|org|net|io|ai|dev|app|xyz|me|cn|ru|gg|sh)\b(?:/|\s|[.,;:!?)]|$)",
    re.IGNORECASE,
)

#: What praises instead of describing: printed as the source's words where nothing else is at hand.
_PRAISE = re.compile(
    r"#1\b|[!⭐]|\b(?:best|fastest|easiest|smartest|leading|ultimate|revolution\w*|next[- ]gen\w*|cutting[- ]edge"
    r"|state[- ]of[- ]the[- ]art|world[- ]class|game[- ]chang\w*|powerful|blazing\w*|lightning|supercharge\w*"
    r"|effortless\w*|seamless\w*|unleash\w*|enterprise[- ]grade|your fingertips|amazing|awesome)\b",
    re.IGNORECASE,
)

#: Where a sentence ends: a full stop, question or exclamation mark before a blank and a capital, or the end.
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)]*(?=\s+[\"'“‘(]?[A-Z0-9]|$)|[。！？]")
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|etc|vs|al|Fig|No|Dr|Mr|Ms|St|U\.S|approx|cf)|\b[A-Z])\.$")

#: Where a clause may end when no sentence does: before a dash, a semicolon, a colon, a bar …
_CLAUSE_END = re.compile(r"(?=\s+[–—-]+\s|;|\s\|\s|:\s)")
#: … or, where there is none of these, before a comma and a word that begins an afterthought.
_AFTERTHOUGHT = re.compile(
    r"(?=\s*,\s+(?:with|without|for|built|based|designed|made|using|supporting|including|powered|that|which|who|so|"
    r"featuring|offering|providing|from|trained|optimi[sz]ed|ensuring|enabling|allowing|while|where)\b|\s+\()"
)

#: Pictures and marks before the first word of a description.
_ORNAMENT = re.compile(r"[^\w\"'“‘(«~$#]+")


def is_harmless(text: str) -> bool:
    """Whether words of a source may stand in the paper: plain, one line, neither an order nor an address."""
    return next(unfit_to_print(text), None) is None


def is_in_our_letters(text: str) -> bool:
    """Whether most letters are those that readers of an English paper read."""
    letters = [character for character in text if character.isalpha()]
    latin = sum(character < "\u0250" for character in letters)
    return latin >= LATIN_SHARE * len(letters)


def is_praise(text: str) -> bool:
    """Whether words praise the thing more than they say what it is."""
    return _PRAISE.search(text) is not None


def quotable(text: str) -> str | None:
    """The first whole sentences of a text that fit into a quotation, else its first clause; None for neither.

    What comes back is an exact span of ``text``; pictures and marks before its first word are left out.
    """
    ornament = _ORNAMENT.match(text)
    start = ornament.end() if ornament else 0
    body = text[start:].rstrip()
    if len(body) > LONGEST_QUOTE:
        body = _sentences_within(body) or _clause_within(body) or ""
    return body if _may_be_quoted(body) else None


def description(text: str, name: str) -> str | None:
    """As ``quotable``, for a thing whose name stands beside it: "Maps: a reader of maps" gives "a reader of maps"."""
    quote = quotable(text)
    again = re.match(rf"{re.escape(name)}(?:\s*:|\s+[–—-])\s+", quote, re.IGNORECASE) if quote and name else None
    if again is None or quote is None:
        return quote
    rest = quote[again.end() :]
    return rest if _may_be_quoted(rest) else quote


def first_sentence(text: str) -> str | None:
    """The first sentence of a text, where it is short enough; None otherwise."""
    quote = quotable(text)
    if quote is None:
        return None
    ends = _ends(quote)
    head = quote[: ends[0]] if ends else quote
    return head if len(head) >= SHORTEST_QUOTE else quote


def _may_be_quoted(body: str) -> bool:
    long_enough = len(body) >= SHORTEST_QUOTE
    unfit = _PITCH.search(body) is not None or next(unfit_to_quote(body), None) is not None
    return long_enough and not unfit and is_in_our_letters(body)


def _sentences_within(text: str) -> str | None:
    ends = [end for end in _ends(text) if end <= LONGEST_QUOTE]
    return text[: ends[-1]] if ends else None


def _ends(text: str) -> list[int]:
    return [match.end() for match in _SENTENCE_END.finditer(text) if not _ABBREVIATION.search(text[: match.end()])]


def _clause_within(text: str) -> str | None:
    for ending in (_CLAUSE_END, _AFTERTHOUGHT):
        ends = [match.start() for match in ending.finditer(text) if SHORTEST_QUOTE <= match.start() <= LONGEST_QUOTE]
        whole = [end for end in ends if text.count("(", 0, end) == text.count(")", 0, end)]
        if whole:
            return text[: whole[-1]].rstrip()
    return None
