"""Short links: what is printed under a code on paper, and what a scan of that paper says about it today.

Seven signs name a notice for good. A sheet of paper adds two for its edition and three for a hash of its content,
twelve in all, so that the paper itself can be compared with the record. The signs are upper-case letters and digits of
which no two look alike in print or handwriting; a QR code holds them with few modules.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Final, Literal

from msgspec import Struct

from server.rules.disclosure_pages import EditionLine

# Without 0 O Q (D), 1 I L, B (8), G (6), S (5), U (V), Z (2).
SIGNS: Final = "23456789ACDEFHJKMNPRTVWXY"
OF_NOTICE, OF_EDITION, OF_CONTENT = 7, 2, 3
OF_SHEET: Final = OF_NOTICE + OF_EDITION + OF_CONTENT
# The last edition that two signs can name.
LAST_EDITION: Final = len(SIGNS) ** OF_EDITION - 1


class Paper(Struct, frozen=True):
    """Which edition a sheet of paper says it is, and the three signs of its content."""

    edition: int
    check: str

    def __str__(self) -> str:
        """Return it as it stands in an address: '2-K4P'."""
        return f"{self.edition}-{self.check}"


class ShortLink(Struct, frozen=True):
    """What the signs of an address say: which notice, and of which sheet; `paper` None: of the notice alone."""

    notice: str
    paper: Paper | None


class PaperMark(Struct, frozen=True):
    """What is said above a notice to whoever scanned a sheet of it.

    'same': the sheet is the edition that stands; 'superseded': it was, until edition `newest` took its place at
    `replaced_at` for `reason`; 'withdrawn': it was taken down for `reason`, and nothing newer stands; 'different': no
    edition with that number and that content was ever on show. `comparable`: both editions may be read side by side.
    """

    kind: Literal["same", "superseded", "withdrawn", "different"]
    edition: int
    newest: int
    replaced_at: datetime | None = None
    reason: str | None = None
    comparable: bool = False


def notice_signs(disclosure_id: str, attempt: int = 0) -> str:
    """Return seven signs for a notice; where another has them already, those of the next attempt."""
    return _signs(_number(f"notice/{disclosure_id}/{attempt}"), OF_NOTICE)


def content_signs(content_hash: str) -> str:
    """Return the three signs that paper carries of a content's hash."""
    return _signs(_number(f"content/{content_hash}"), OF_CONTENT)


def sheet_signs(notice: str, edition: int, content_hash: str) -> str:
    """Return the twelve signs of a sheet; of an edition beyond the last that has signs, only its notice's seven."""
    if not 1 <= edition <= LAST_EDITION:
        return notice
    return notice + _signs(edition, OF_EDITION) + content_signs(content_hash)


def grouped(signs: str) -> str:
    """Return signs as people read them out: '7K2M9PX 2A K4P'."""
    parts = signs[:OF_NOTICE], signs[OF_NOTICE:-OF_CONTENT], signs[-OF_CONTENT:]
    return " ".join(parts) if len(signs) == OF_SHEET else signs


def read(typed: str) -> ShortLink | None:
    """Return what the signs of an address say, small letters taken for large; None where they are no short link."""
    signs = typed.upper()
    if len(signs) not in (OF_NOTICE, OF_SHEET) or any(sign not in SIGNS for sign in signs):
        return None
    if len(signs) == OF_NOTICE:
        return ShortLink(signs, None)
    edition = 0
    for sign in signs[OF_NOTICE:-OF_CONTENT]:
        edition = edition * len(SIGNS) + SIGNS.index(sign)
    return ShortLink(signs[:OF_NOTICE], Paper(edition, signs[-OF_CONTENT:]))


def read_paper(text: str | None) -> Paper | None:
    """Return the paper an address names ('2-K4P'); None where it names none."""
    number, dash, check = (text or "").partition("-")
    known = number.isascii() and number.isdigit() and len(number) <= 3
    if not (dash and known and len(check) == OF_CONTENT and all(sign in SIGNS for sign in check)):
        return None
    return Paper(int(number), check)


def paper_mark(paper: Paper, editions: Sequence[EditionLine], standing: int) -> PaperMark:
    """Return what to say about a sheet of paper, given the editions that were ever on show.

    An edition that waits for its moment is not among them: its sheet is like one that never was.
    """
    lines = sorted(editions, key=lambda line: line.number)
    own = next((line for line in lines if line.number == paper.edition), None)
    if own is None or content_signs(own.content_hash) != paper.check:
        return PaperMark("different", paper.edition, standing)
    later = [line for line in lines if own.number < line.number <= standing]
    if not later and own.state == "withdrawn":
        return PaperMark("withdrawn", paper.edition, standing, reason=own.reason)
    if not later:
        return PaperMark("same", paper.edition, standing)
    return PaperMark(
        "superseded",
        paper.edition,
        standing,
        replaced_at=later[0].opened_at,
        reason=later[-1].reason,
        comparable=own.state == later[-1].state == "approved",
    )


def _number(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:16], "big")


def _signs(number: int, count: int) -> str:
    made = ""
    for _ in range(count):
        number, rest = divmod(number, len(SIGNS))
        made = SIGNS[rest] + made
    return made
