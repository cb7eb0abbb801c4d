"""Figures in a page stand between markers, and are written there by the run that found them."""

from __future__ import annotations

import re
from collections.abc import Mapping


def filled(page: str, texts: Mapping[str, str]) -> str:
    """The page with each text between ``<!-- name -->`` and ``<!-- end of name -->``.

    Raises ValueError: the page lacks the markers of one.
    """
    for name, text in texts.items():
        between = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end of {name} -->)", re.DOTALL)
        page, found = between.subn(lambda markers, text=text: f"{markers[1]}{text}\n{markers[2]}", page)  # type: ignore[misc]
        if found != 1:
            raise ValueError(f"the page must have one pair of markers for {name}, and has {found}")
    return page
