"""The message that all benchmarks send. Written by us; as long as a front page usually is."""

from __future__ import annotations

FRONT_PAGE = (
    "<b>Lead Story</b>\n" + "A sentence with <i>some</i> markup, <code>a name</code> and a figure, 1,204. " * 18
)
