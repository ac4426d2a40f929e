"""Posters as PDF: what rules/posters.py laid out, painted by Typst, with the fonts of this machine inside.

Typst is a library of one file: no browser, no process of its own, nothing from the network. It is loaded with the
first poster, because most processes never print one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import typst

MEDIA_TYPE: Final = "application/pdf"
TEMPLATE: Final = Path(__file__).with_suffix(".typ")
# In this order; the last two are what older machines have.
TEXT_FONTS: Final = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "WenQuanYi Micro Hei",
    "Droid Sans Fallback",
)
TITLE_FONTS: Final = ("Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC")


class NoChineseFont(Exception):
    """None of the fonts that a poster can be set in lies in the folder."""


def paint(document: Mapping[str, Any], fonts: Path) -> bytes:
    """Return a laid-out poster as a PDF; the same document makes the same bytes.

    `fonts`: the folder in which fonts are looked for, with those below it. Raises NoChineseFont.
    """
    known, families = _fonts(fonts)
    text = [name for name in TEXT_FONTS if name in families]
    if not text:
        raise NoChineseFont(str(fonts))
    title = [name for name in TITLE_FONTS if name in families] or text
    chosen = {**document, "fonts": {"text": text[0], "title": title[0]}}
    made = _press(known).compile(
        sys_inputs={"poster": json.dumps(chosen, ensure_ascii=False)},
        timestamp=document["timestamp"],
    )
    assert isinstance(made, bytes)
    return made


@cache
def _fonts(folder: Path) -> tuple[typst.Fonts, frozenset[str]]:
    import typst

    paths = [folder] if folder.is_dir() else []
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=paths)
    return found, frozenset(found.families())


def _press(fonts: typst.Fonts) -> typst.Compiler:
    """Return a compiler that sees the template and nothing else of this machine."""
    import typst

    return typst.Compiler(TEMPLATE.read_bytes(), font_paths=fonts)
