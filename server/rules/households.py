"""What a household asks for its own payments by: a name and the last four characters of an identity number.

Neither is kept. What is kept of the two is a mark: a keyed hash over the village, the very list, the name and the four
characters. Its key lies outside the database (external/household_keys.py), so that whoever takes the database alone can
try nothing; and because village and list are part of it, nobody finds out by equal marks that two rows of two lists, or
two namesakes of two villages, are one person.

What holds back guessing is counted per name: a name that was given wrongly a few times waits, whoever asks and from
wherever, and nobody else does. Attempts from one address, and all of one village, only make that number smaller: they
never refuse a name that nobody got wrong, so that nobody can shut a village out.
"""

from __future__ import annotations

import hmac
import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Literal

from msgspec import Struct

from server.rules.throttling import HOUSEHOLD_NAME
from server.rules.values import Text

Mark = Callable[[str], str]
"""A keyed hash of a text that only this site can compute (external/signing.Signer.mark)."""

Outcome = Literal["known", "unknown", "limited"]
OUTCOMES: dict[Outcome, Text] = {
    "known": Text("查到了", "Found"),
    "unknown": Text("没有查到", "Not found"),
    "limited": Text("次数太多，没有查", "Too many tries, not looked up"),
}

LONGEST_NAME = 40
TAIL = 4
# A household reads its payments of so many years; older lists are not looked into.
YEARS_ASKED = 3
# Attempts are kept for as long as somebody may want to compare this year with the last.
ATTEMPTS_KEPT = timedelta(days=400)
# Attempts of one village and one outcome within this time are one row with their number: a flood adds no rows.
COUNTED_TOGETHER_MINUTES = 10
# From so many in a day on, more unknown than known look like guessing and not like mistyping.
MANY_UNKNOWN = 30
# How long the answer page may be used to say whether the money came.
TICKET_LIFE = timedelta(minutes=30)

_DOTS = re.compile("[·•∙・‧．.｡。]")
_TAIL = re.compile(r"[0-9]{3}[0-9X]")


def plain_name(text: str) -> str:
    """Return a name as it is compared: full width made plain, without blanks and invisible signs, one kind of dot."""
    folded = unicodedata.normalize("NFKC", text).upper()
    seen = "".join(c for c in folded if not c.isspace() and unicodedata.category(c)[0] != "C")
    return _DOTS.sub("·", seen)


def plain_tail(text: str) -> str | None:
    """Return the last four characters of an identity number as they are compared; None for what cannot be that."""
    seen = plain_name(text).replace("×", "X")
    return seen if _TAIL.fullmatch(seen) else None


def payee(division: str, list_id: str, name: str, tail: str) -> str:
    """Return the text whose keyed hash stands for a person in one list; no part of it can hold a newline."""
    return "\n".join(("payee/v1", division, list_id, plain_name(name), tail))


def asked_since(today: date) -> date:
    """Return the first day whose payments are still looked up."""
    return date(today.year - YEARS_ASKED, today.month, min(today.day, 28))


class Left(Struct, frozen=True):
    """What is left in the three buckets that a try is counted in."""

    name: float
    address: float
    village: float


def wait_for(left: Left) -> float | None:
    """Return the seconds until a name may be tried again, or None when it may be tried now.

    While the address or the village has had too many wrong tries a name is tried twice instead of six times.
    """
    calm = left.address >= 1 and left.village >= 1
    least = 1.0 if calm else HOUSEHOLD_NAME.capacity - 1.0
    if left.name >= least:
        return None
    return (least - left.name) / HOUSEHOLD_NAME.per_minute * 60


def counted_from(now: datetime) -> datetime:
    """Return since when attempts are counted together with one of now; no such stretch reaches into another day."""
    return now.replace(
        minute=now.minute - now.minute % COUNTED_TOGETHER_MINUTES, second=0, microsecond=0
    )


def looks_like_guessing(known: int, unknown: int) -> bool:
    """Say whether a village's day should be looked at by somebody: many wrong tries, and more than right ones."""
    return unknown >= MANY_UNKNOWN and unknown > known


# ---------------------------------------------------------------- after the answer


def ticket_for(division: str, payments: tuple[str, ...], now: datetime, mark: Mark) -> str:
    """Return what an answer page carries so that its reader may say of each payment whether it came: ids, no name."""
    until = int((now + TICKET_LIFE).timestamp())
    said = f"{until}.{'.'.join(payments)}"
    return f"{said}.{mark(f'household {division} {said}')}"


def payments_of(ticket: str, division: str, now: datetime, mark: Mark) -> tuple[str, ...] | None:
    """Return the payments a ticket names; None for one that is not ours, another village's, or too old."""
    said, _, proof = ticket.rpartition(".")
    until, _, payments = said.partition(".")
    if not payments or not hmac.compare_digest(proof, mark(f"household {division} {said}")):
        return None
    if int(until) <= now.timestamp():
        return None
    return tuple(payments.split("."))
