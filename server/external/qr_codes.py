"""QR codes: drawn as SVG, dark on white whatever the screen's colours are."""

from __future__ import annotations

import io
from typing import Final

MEDIA_TYPE: Final = "image/svg+xml"


def qr_svg(text: str, *, border: int = 4, mask: int | None = None) -> str:
    """Return a QR code of a text as an SVG document, with `border` modules of white around it.

    Less than four only where the paper around it is white anyway. With a `mask` (0 to 7) that one is taken, which any
    reader reads; finding the best of the eight is most of the time, and hundreds at once are waited for.

    Error correction M: a slip of paper gets folded and stained.
    """
    import segno

    drawn = io.BytesIO()
    segno.make(text, error="m", micro=False, mask=mask).save(
        drawn, kind="svg", border=border, dark="#000", light="#fff", xmldecl=False, omitsize=True
    )
    return drawn.getvalue().decode()
