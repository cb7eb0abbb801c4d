"""Which sentences of ours point back at the one before: "that list", "they", "the others"."""

from __future__ import annotations

import re

from domain.claims import Claim, Words

_BACK = re.compile(
    r"\b(?:those|these|them|they|their|both|others|the (?:first|second|former|latter|same|middle|rest))\b"
    r"|\b(?:that|this|same) (?:list|page|day|week|morning|evening|time|feed|name|model|story|paper|project|account)\b"
    r"|\b(?:the )?(?:list|page|name|names|papers?|stories|projects?)\b(?! of| carry| contain)",
    re.IGNORECASE,
)


def points_back(claim: Claim) -> bool:
    """Whether the sentence needs the one that the draft had before it."""
    text = "".join(run.text if isinstance(run, Words) else "\0" for run in claim.runs)
    return _BACK.search(text) is not None
