"""A notice as a poster: laid out once, and described for each of its two painters, the page and the PDF."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from typing import Any, Final

from msgspec import Struct, to_builtins
from msgspec.structs import replace

from server.external.qr_codes import qr_svg
from server.rules.categories import Category, office_phones
from server.rules.disclosure_pages import DisclosurePage
from server.rules.poster_blocks import SheetOfPaper
from server.rules.poster_blocks import Words as Said
from server.rules.poster_formats import (
    LARGE,
    LAST_SIZE,
    LAST_WHITE,
    PADDING,
    SMALL,
    STYLES,
    Format,
    step,
)
from server.rules.posters import laid_out
from server.rules.short_links import grouped
from server.rules.type_widths import width_of, wrapped
from server.web.page_words import Words
from server.web.poster_content import Foot, blocks, foot, masthead

MOST_LINES_OF_NAMES: Final = 2


class Poster(Struct, frozen=True):
    """A notice laid out on paper. `code`: the QR code as SVG, without white around it; `address`: what it holds.

    `preview`: it was not published yet, and its code names no edition.
    """

    title: str
    publisher: str
    made_at: datetime
    format: Format
    sheets: tuple[SheetOfPaper, ...]
    foot: Foot
    code: str
    address: str
    preview: bool
    entries: bool


def poster_of(
    page: DisclosurePage,
    category: Category,
    sheet: Format,
    words: Words,
    *,
    origin: str,
    short: str | None,
    entries: bool = False,
    office: str = "",
) -> Poster:
    """Return a page's poster; its code leads to the notice, in capitals so that it has few modules.

    `short`: the signs of its sheets, None in a preview. `origin`: the site's address without a slash at its end.
    `entries`: every single entry of an account stands below its line. `office`: whom to call, where the notice names nobody.
    """
    address = f"{origin}/S/{short}" if short else f"{origin}/C/{page.card.short}"
    phones = office_phones(category)
    head = masthead(page, category.title, words, preview=short is None)
    said = Said(
        sheet=words.say("poster.sheet"),
        carried_over=words.say("poster.carried"),
        brought_forward=words.say("poster.brought"),
        continued=words.say("poster.continued"),
        cut=words.say("poster.cut"),
    )
    below = foot(page, words, phones, office)
    wide = (sheet.width - 2 * sheet.margin) / (LAST_SIZE * sheet.unit)
    last = wrapped(below.last[0], wide)[:MOST_LINES_OF_NAMES]
    typed = f"{origin.partition('//')[2]}/s/"
    last.append(
        words.say("poster.number", address=typed, signs=grouped(short))
        if short
        else words.say("poster.preview")
    )
    sheet = replace(sheet, last=len(last))
    return Poster(
        title=head.title,
        publisher=page.division.name,
        made_at=page.clocks.published_at,
        format=sheet,
        sheets=laid_out(head, blocks(page, words, phones, entries=entries), said, sheet),
        foot=replace(below, last=tuple(last), scale=_scale(below, sheet)),
        code=qr_svg(address.upper(), border=0),
        address=address,
        preview=short is None,
        entries=entries,
    )


def _scale(below: Foot, sheet: Format) -> float:
    """Return how much smaller dates and telephone are set in the room that the code leaves them."""
    room = sheet.side or sheet.width - 2 * sheet.margin - sheet.code - sheet.gap
    large = max(width_of(below.dates), width_of(below.phone)) * LARGE
    small = max(width_of(below.dates_label), width_of(below.phone_label)) * SMALL
    return step(room / sheet.unit / max(large, small))


def document_of(poster: Poster, words: Words) -> dict[str, Any]:
    """Return a poster as the data that external/poster_pdf.py paints."""
    sheet, below = poster.format, poster.foot
    return {
        "title": poster.title,
        "publisher": poster.publisher,
        "timestamp": int(poster.made_at.timestamp()),
        "lang": words.lang,
        "region": "cn" if words.lang == "zh" else "gb",
        "format": {
            **to_builtins(sheet),
            "side": sheet.side,
            "gap": sheet.gap,
            "measure": sheet.measure,
            "block": sheet.block,
            "foot": sheet.foot,
        },
        "styles": {name: to_builtins(style) for name, style in STYLES.items()},
        "padding": PADDING,
        "large": LARGE,
        "small": SMALL,
        "last": {"white": LAST_WHITE, "size": LAST_SIZE},
        "sheets": [to_builtins(each) for each in poster.sheets],
        "foot": {
            **to_builtins(below),
            "names": max(width_of(name) for name in below.signers),
        },
        "code": poster.code,
    }


def groups(sheet: SheetOfPaper) -> list[dict[str, Any]]:
    """Return the lines of a sheet as a page has them: running lines, and tables with their heads."""
    made: list[dict[str, Any]] = []
    for table, found in groupby(sheet.lines, key=lambda line: line.table):
        lines = list(found)
        if table:
            heads = [line for line in lines if line.style == "head"]
            rows = [line for line in lines if line.style != "head"]
            made.append({"heads": heads, "rows": rows})
        else:
            made += [{"line": line} for line in lines]
    return made
