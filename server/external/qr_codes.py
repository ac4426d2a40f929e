"""QR codes: drawn as SVG, dark on white whatever the screen's colours are."""

from __future__ import annotations

import io
from typing import Final

MEDIA_TYPE: Final = "image/svg+xml"


def qr_svg(text: str, *, border: int = 4) -> str:
    """Return a QR code of a text as an SVG document, with `border` modules of white around it.

    Less than four only where the paper around it is white anyway.

    Error correction M: a slip of paper gets folded and stained.
    """
    import segno

    drawn = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        drawn, kind="svg", border=border, dark="#000", light="#fff", xmldecl=False, omitsize=True
    )
    return drawn.getvalue().decode()
