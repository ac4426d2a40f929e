"""Pairing codes: eight digits for half an hour, of which only a mark is kept that nobody can make without the site's key.

A plain hash of eight digits would be turned back in a second by whoever has a copy of the database.
"""

from __future__ import annotations

import secrets
from datetime import datetime

from msgspec import Struct

from server.rules.proofs import Mark
from server.rules.query_points import CODE_DIGITS, CODE_VALID, QueryPoint, code_from, plain_code
from server.storage import query_points
from server.storage.database import Tx


class Issued(Struct, frozen=True):
    """A point and its code, which is said once."""

    point: QueryPoint
    code: str
    expires_at: datetime


def marked(digits: str, mark: Mark) -> str:
    """Return the mark by which a code's digits are known."""
    return mark(f"pairing code {digits}")


async def issue(tx: Tx, point: QueryPoint, mark: Mark, now: datetime) -> Issued:
    """Give a point a code that no other point has; its earlier one ends."""
    while True:
        code = code_from(secrets.randbelow(10**CODE_DIGITS))
        if await query_points.set_code(
            tx, point.id, marked(plain_code(code) or "", mark), now + CODE_VALID
        ):
            return Issued(point, code, now + CODE_VALID)
