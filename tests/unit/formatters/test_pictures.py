from __future__ import annotations

import struct

import segno

from formatters.pictures import QUIET_ZONE, qr_png, qr_text

URL = "https://t.me/ai_morning_post_bot?start=sub_channel"
MODULES = segno.make(URL, error="m", micro=False).symbol_size(border=0)[0]


def test_a_code_is_a_picture_with_its_quiet_zone() -> None:
    png = qr_png(URL, scale=8)
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", png[16:24]) == ((MODULES + 2 * QUIET_ZONE) * 8,) * 2


def test_the_same_address_gives_the_same_picture() -> None:
    assert qr_png(URL) == qr_png(URL)
    assert qr_png(URL) != qr_png(URL + "x")


def test_a_code_in_half_blocks_holds_every_module() -> None:
    dark = [list(row) for row in segno.make(URL, error="m", micro=False).matrix_iter(border=2)]
    lines = qr_text(URL).split("\n")
    drawn = []
    for line in lines:
        drawn.append([0 if half in "█▀" else 1 for half in line])
        drawn.append([0 if half in "█▄" else 1 for half in line])
    assert drawn[: len(dark)] == dark
