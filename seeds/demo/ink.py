"""Fonts for the demonstration's photos, and a pen that still draws where there is no Chinese font.

Fonts are looked for where systems keep them (Debian: fonts-noto-cjk, fonts-wqy-zenhei). Without one,
letters become grey strokes: a sheet seen from too far to be read, and never empty boxes.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
# (file name begins with, index of simplified Chinese in the collection)
SANS = (
    ("NotoSansCJK-Regular", 2),
    ("NotoSansCJKsc-Regular", 0),
    ("wqy-zenhei", 0),
    ("wqy-microhei", 0),
)
BOLD = (("NotoSansCJK-Bold", 2), ("NotoSansCJKsc-Bold", 0), *SANS)
SERIF = (("NotoSerifCJK-Bold", 2), ("NotoSerifCJKsc-Bold", 0), *BOLD)
FACES = {"sans": SANS, "bold": BOLD, "serif": SERIF}


@cache
def _files() -> tuple[Path, ...]:
    """Return every font file; GONGSHILAN_FONTS names one more folder to look in."""
    found: list[Path] = []
    for folder in (*os.environ.get("GONGSHILAN_FONTS", "").split(":"), *FOLDERS):
        if folder:
            found += sorted(Path(folder).expanduser().rglob("*.[to]t[cf]"))
    return tuple(found)


@cache
def font(face: str, size: int) -> ImageFont.FreeTypeFont | None:
    """Return a face at a size, or None where the system has no Chinese font."""
    for start, index in FACES[face]:
        for path in _files():
            if path.name.startswith(start):
                return ImageFont.truetype(str(path), size, index=index)
    return None


class Pen:
    """Writes on one picture."""

    def __init__(self, picture: Image.Image) -> None:
        self.draw = ImageDraw.Draw(picture)

    def width(self, words: str, size: int, face: str = "sans") -> float:
        """Return how wide words are."""
        if (chosen := font(face, size)) is not None:
            return float(chosen.getlength(words))
        return sum(size * (0.56 if letter.isascii() else 1.0) for letter in words)

    def write(
        self,
        at: tuple[float, float],
        words: str,
        size: int,
        fill: object = (28, 26, 24),
        *,
        face: str = "sans",
        anchor: str = "ls",
        fit: float | None = None,
    ) -> None:
        """Write words at a point of their base line: anchor 'ls' left, 'ms' middle, 'rs' right.

        `fit`: no wider than this; smaller letters if need be.
        """
        while fit is not None and size > 8 and self.width(words, size, face) > fit:
            size -= 1
        if (chosen := font(face, size)) is not None:
            self.draw.text(at, words, fill=fill, font=chosen, anchor=anchor)
            return
        wide = self.width(words, size, face)
        left = at[0] - {"l": 0.0, "m": wide / 2, "r": wide}[anchor[0]]
        for letter in words:
            step = size * (0.56 if letter.isascii() else 1.0)
            if not letter.isspace():
                top = at[1] - size * 0.72
                box = (left + size * 0.08, top, left + step - size * 0.06, at[1] - size * 0.04)
                self.draw.rectangle(box, fill=_paler(fill))
            left += step


def _paler(fill: object) -> tuple[int, int, int]:
    assert isinstance(fill, tuple)
    red, green, blue = (round(part + (150 - part) * 0.55) for part in fill[:3])
    return red, green, blue
