"""Which sentences of ours need the one before them: "that list", "they", a figure that does not say of what."""

from __future__ import annotations

import re

from domain.claims import Claim, Figure, Words
from newsroom import rounding

_BACK = re.compile(
    r"\b(?:those|these|them|they|their|both|others|the (?:first|second|former|latter|same|middle|rest))\b"
    r"|\b(?:that|this|same) (?:list|page|day|week|morning|evening|time|feed|name|model|story|paper|project|account)\b"
    r"|\b(?:the )?(?:list|page|name|names|papers?|stories|projects?)\b(?! of| carry| contain)",
    re.IGNORECASE,
)

#: Units that say themselves what they count.
_SPEAKING = frozenset({"rank", "place", "date", "time", "%", "times", "days", ""})


def points_back(claim: Claim) -> bool:
    """Whether the sentence needs the one that the draft had before it."""
    text = "".join(run.text if isinstance(run, Words) else "\0" for run in claim.runs)
    return _BACK.search(text) is not None or any(_is_bare(figure, text.lower()) for figure in claim.figures)


def _is_bare(figure: Figure, text: str) -> bool:
    """Whether no word of the sentence says what the figure counts: "89 went to …"."""
    return figure.unit not in _SPEAKING and rounding.singular(figure.unit.lower()) not in text
