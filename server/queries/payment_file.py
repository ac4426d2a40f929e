"""What a township's file of payments says. Nothing of it is stored here, and nobody's number leaves this function's values.

A personal number outside the column of identity numbers refuses the whole file, hidden cells included.
"""

from __future__ import annotations

from datetime import date
from functools import partial

import anyio
import anyio.to_thread

from server import problems
from server.external import delimited_files
from server.external.spreadsheet_files import Limits
from server.rules.payment_columns import personal_columns
from server.rules.payment_sheets import ListRead, read_list
from server.rules.wrong_rows import SheetNotRead

AT_ONCE = 2

_limit: anyio.CapacityLimiter | None = None


async def payment_file(data: bytes, limits: Limits, *, purpose: str, paid_on: date) -> ListRead:
    """Return the rows of a list (.xlsx or CSV) and what is wrong with others; `purpose`, `paid_on` where a row says none.

    Raises: the spreadsheet problems, spreadsheet_has_personal_numbers, payment_list_not_read.
    """
    global _limit
    _limit = _limit or anyio.CapacityLimiter(AT_ONCE)
    work = partial(_read, data, limits, purpose=purpose, paid_on=paid_on)
    return await anyio.to_thread.run_sync(work, limiter=_limit)


def _read(data: bytes, limits: Limits, *, purpose: str, paid_on: date) -> ListRead:
    sheets = delimited_files.read(data, limits)
    if personal := personal_columns(sheets):
        raise problems.spreadsheet_has_personal_numbers(len(personal), personal)
    try:
        return read_list(sheets, purpose=purpose, paid_on=paid_on)
    except SheetNotRead as error:
        raise problems.payment_list_not_read(error.text) from None
