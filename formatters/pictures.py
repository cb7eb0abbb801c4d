"""Pictures of the paper: codes for a phone's camera. Charts join them later."""

from __future__ import annotations

from io import BytesIO

import segno

#: Light modules around the code, as ISO/IEC 18004 demands for scanners.
QUIET_ZONE = 4
_HALVES = {(0, 0): "█", (0, 1): "▀", (1, 0): "▄", (1, 1): " "}


def qr_png(url: str, scale: int = 8) -> bytes:
    """The address as a QR code, PNG, black on white; ``scale`` is pixels a module."""
    picture = BytesIO()
    _code(url).save(picture, kind="png", scale=scale, border=QUIET_ZONE)
    return picture.getvalue()


def qr_text(url: str) -> str:
    """The address as a QR code in half blocks, its light modules drawn, so that it reads on a dark terminal."""
    rows = [list(row) for row in _code(url).matrix_iter(border=2)]
    if len(rows) % 2:
        rows.append([0] * len(rows[0]))
    pairs = zip(rows[::2], rows[1::2], strict=True)
    return "\n".join("".join(_HALVES[pair] for pair in zip(*two, strict=True)) for two in pairs)


def _code(url: str) -> segno.QRCode:
    return segno.make(url, error="m", micro=False)
