"""Share cards: the picture that a chat shows beside a shared address, painted with the fonts of this machine.

Text reaches it as plain lines; nothing is fetched, and without a Chinese font there is no picture at all.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from msgspec import Struct
from PIL import Image, ImageDraw, ImageFont

from server.external.poster_pdf import TEXT_FONTS, TITLE_FONTS, NoChineseFont

MEDIA_TYPE: Final = "image/png"
WIDTH, HEIGHT = 1200, 630
MARGIN: Final = 72
COLOURS: Final = 64
PAPER, INK, SOFT, SEAL, RULE = "#FAF7F0", "#1F1B16", "#544C43", "#A61C1C", "#CFC6B4"
SEAL_SIZE: Final = 150
_WEIGHTS: Final = {"Bold": 0, "Black": 1, "Medium": 2, "Regular": 3}


class Card(Struct, frozen=True):
    """What a card says. `seal`: two signs; `figures`: at most three (label, amount), beside which there is one line."""

    seal: str
    place: str
    title: str
    figures: Sequence[tuple[str, str]]
    lines: Sequence[str]
    foot: str


def paint(card: Card, fonts: Path) -> bytes:
    """Return the card as a PNG of 1200 x 630; the same card makes the same bytes. Raises NoChineseFont."""
    text, title = _faces(fonts)
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(picture)
    room = WIDTH - 2 * MARGIN - SEAL_SIZE - 48
    draw.rectangle((0, 0, WIDTH, 14), fill=SEAL)
    draw.text((MARGIN, 66), _cut(card.place, text(36), room), font=text(36), fill=SOFT)
    y = _title(draw, card.title, title, room)
    _seal(draw, card.seal, title)
    draw.line((MARGIN, y, WIDTH - MARGIN, y), fill=INK, width=3)
    y += 30
    if card.figures:
        _figures(draw, card.figures, text, y)
        y += 140
    for line in card.lines:
        font = text(_size(draw, line, text, WIDTH - 2 * MARGIN, (36, 32, 28, 24)))
        draw.text((MARGIN, y), _cut(line, font, WIDTH - 2 * MARGIN), font=font, fill=INK)
        y += 56
    draw.line((MARGIN, HEIGHT - 84, WIDTH - MARGIN, HEIGHT - 84), fill=RULE, width=2)
    draw.text((MARGIN, HEIGHT - 66), card.foot, font=text(30), fill=SOFT)
    out = io.BytesIO()
    picture.quantize(COLOURS).save(out, "PNG", optimize=True)
    return out.getvalue()


def can_paint(fonts: Path) -> bool:
    """Say whether a Chinese font lies in a folder or below it."""
    return bool(_found(fonts))


class _Face:
    """One font file's face in any size."""

    def __init__(self, path: Path, index: int) -> None:
        self.path, self.index = path, index
        self._sizes: dict[int, ImageFont.FreeTypeFont] = {}

    def __call__(self, size: int) -> ImageFont.FreeTypeFont:
        if size not in self._sizes:
            self._sizes[size] = ImageFont.truetype(str(self.path), size, index=self.index)
        return self._sizes[size]


def _title(draw: ImageDraw.ImageDraw, title: str, face: _Face, room: int) -> int:
    """Write a title on one line or on two, and return where it ends."""
    size = 72 if draw.textlength(title, font=face(72)) <= room else 58
    lines = _broken(title, face(size), room)
    y = 126
    for line in lines:
        draw.text((MARGIN, y), line, font=face(size), fill=INK)
        y += round(size * 1.3)
    return max(y + 18, 66 + SEAL_SIZE + 26)


def _seal(draw: ImageDraw.ImageDraw, signs: str, face: _Face) -> None:
    left = WIDTH - MARGIN - SEAL_SIZE
    draw.rounded_rectangle((left, 66, left + SEAL_SIZE, 66 + SEAL_SIZE), 18, fill=SEAL)
    middle = (left + SEAL_SIZE / 2, 66 + SEAL_SIZE / 2)
    draw.text(middle, signs, font=face(58), fill=PAPER, anchor="mm")


def _figures(
    draw: ImageDraw.ImageDraw, figures: Sequence[tuple[str, str]], face: _Face, y: int
) -> None:
    wide = (WIDTH - 2 * MARGIN) // max(1, len(figures))
    for n, (label, amount) in enumerate(figures):
        x = MARGIN + n * wide
        draw.text((x, y), _cut(label, face(32), wide - 24), font=face(32), fill=SOFT)
        size = _size(draw, amount, face, wide - 24, (52, 44, 36, 28))
        draw.text((x, y + 48), amount, font=face(size), fill=INK)


def _size(
    draw: ImageDraw.ImageDraw, text: str, face: _Face, room: int, sizes: Sequence[int]
) -> int:
    """Return the first size in which a text has room, or the last."""
    return next((s for s in sizes if draw.textlength(text, font=face(s)) <= room), sizes[-1])


def _broken(text: str, font: ImageFont.FreeTypeFont, room: int) -> list[str]:
    """Return a text on at most two lines; a break stands where the words allow one, or else between any two signs."""
    if font.getlength(text) <= room:
        return [text]
    end = next(n for n in range(len(text), 0, -1) if font.getlength(text[:n]) <= room)
    space = text.rfind(" ", 0, end)
    end = space if space > 0 else end
    return [text[:end].rstrip(), _cut(text[end:].lstrip(), font, room)]


def _cut(text: str, font: ImageFont.FreeTypeFont, room: int) -> str:
    if font.getlength(text) <= room:
        return text
    end = next((n for n in range(len(text), 0, -1) if font.getlength(f"{text[:n]}…") <= room), 0)
    return f"{text[:end].rstrip()}…"


def _faces(folder: Path) -> tuple[_Face, _Face]:
    found = _found(folder)
    text = next((found[name] for name in TEXT_FONTS if name in found), None)
    if text is None:
        raise NoChineseFont(str(folder))
    return text, next((found[name] for name in TITLE_FONTS if name in found), text)


@cache
def _found(folder: Path) -> dict[str, _Face]:
    """Return the faces of the families that are asked for: the boldest of each."""
    faces: dict[str, tuple[int, _Face]] = {}
    for path in _files(folder):
        for index, (family, style) in enumerate(_names(path)):
            weight = _WEIGHTS.get(style, 4)
            if family in (*TEXT_FONTS, *TITLE_FONTS) and weight < faces.get(family, (9,))[0]:
                faces[family] = (weight, _Face(path, index))
    text = any(name in faces for name in TEXT_FONTS)
    return {family: face for family, (_, face) in faces.items()} if text else {}


def _files(folder: Path) -> Iterator[Path]:
    for ending in ("ttc", "otf", "ttf"):
        yield from sorted(folder.rglob(f"*.{ending}")) if folder.is_dir() else ()


def _names(path: Path) -> Iterator[tuple[str, str]]:
    """Yield family and style of each face in a font file; nothing of a file that is no font."""
    for index in range(64):
        try:
            family, style = ImageFont.truetype(str(path), 16, index=index).getname()
        except OSError:
            return
        yield family or "", style or ""
