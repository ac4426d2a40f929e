"""What villagers asked: one row each, its contact apart, its number in the village's year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from server.rules.inquiries import Inquiry, Kind, State
from server.rules.listing import EVERYTHING, Sort, Wanted
from server.storage import models_inquiries
from server.storage.columns import (
    code_range,
    millis,
    moment,
    moment_or_none,
)
from server.storage.database import Reader, Row, Tx
from server.storage.listing import Values, cursor_after, holding, in_order

COLUMNS = (
    "id, division, year, number, kind, text, respondent, disclosure_id, pointer, line, content_hash, follow_hash, "
    "proved, state, asked_at, clock_from, shown_text, refused_reason, joined_at, published_at, subject, about, accepted_at, "
    "accepted_by_name, refused_ground, turn_to, refused_at, referred_to, extended_by, extension_reason, extended_at, "
    "reopened_at, revision"
)
ON_VIEW = "(state = 'published' OR (state IN ('waiting', 'answered') AND (kind = 'topic' OR reopened_at IS NOT NULL)))"
_MOMENTS = ("joined_at", "published_at", "accepted_at", "refused_at", "extended_at", "reopened_at")
# What is decided about an inquiry after it was asked.
_DECIDED = (
    *("kind", "respondent", "state", "clock_from", "shown_text", "refused_reason", "joined_at", "published_at"),
    *("subject", "about", "accepted_at", "accepted_by_name", "refused_ground", "turn_to", "refused_at", "referred_to"),
    *("extended_by", "extension_reason", "extended_at", "reopened_at"),
)  # fmt: skip
_ENDED_AT = "COALESCE(published_at, asked_at)"
# Asked for by when it was asked, what ended goes by that too.
_BY_END: tuple[Sort, ...] = ("usual", "place")


_NUMBER = re.compile(r"([0-9]{4})-([0-9]{1,6})")


def ended_position(inquiry: Inquiry, sort: Sort) -> str:
    """Return where an inquiry stands among those that ended: the cursor of a page that ends with it."""
    ended = inquiry.published_at or inquiry.asked_at
    return cursor_after(
        ended if sort in _BY_END else inquiry.asked_at, inquiry.id, inquiry.division
    )


def inquiry_of(row: Row) -> Inquiry:
    """Return the inquiry of a row with these columns."""
    return Inquiry(
        **{
            **row,
            "proved": bool(row["proved"]),
            "asked_at": moment(row["asked_at"]),
            "clock_from": moment(row["clock_from"]),
            **{name: moment_or_none(row[name]) for name in _MOMENTS},
        }
    )


async def next_number(tx: Tx, division: str, year: int) -> int:
    """Return the next number of a village's year; nobody else gets one before this transaction ends."""
    await tx.alone(f"inquiry number {division} {year}")
    row = await tx.row(
        "SELECT MAX(number) AS last FROM inquiry WHERE division = ? AND year = ?", division, year
    )
    return int((row or {}).get("last") or 0) + 1


async def insert(tx: Tx, inquiry: Inquiry) -> bool:
    """Insert an inquiry; False when its id, or its private link, is taken."""
    return await tx.insert(
        models_inquiries.Inquiry,
        id=inquiry.id,
        county=inquiry.division[:6],
        division=inquiry.division,
        year=inquiry.year,
        number=inquiry.number,
        kind=inquiry.kind,
        text=inquiry.text,
        respondent=inquiry.respondent,
        disclosure_id=inquiry.disclosure_id,
        pointer=inquiry.pointer,
        line=inquiry.line,
        content_hash=inquiry.content_hash,
        follow_hash=inquiry.follow_hash,
        proved=inquiry.proved,
        state=inquiry.state,
        asked_at=millis(inquiry.asked_at),
        clock_from=millis(inquiry.clock_from),
        revision=inquiry.revision,
    )


async def update(tx: Tx, inquiry: Inquiry, *, expect_revision: int) -> bool:
    """Write what was decided about an inquiry; False when somebody decided meanwhile."""
    values = [getattr(inquiry, name) for name in _DECIDED]
    marks = ", ".join(f"{name} = ?" for name in _DECIDED)
    touched = await tx.execute(
        f"UPDATE inquiry SET {marks}, revision = revision + 1 WHERE id = ? AND revision = ?",
        *(millis(value) if isinstance(value, datetime) else value for value in values),
        inquiry.id,
        expect_revision,
    )
    return touched == 1


async def keep_contact(tx: Tx, inquiry: Inquiry, contact: str) -> None:
    """Keep how whoever asked can be reached."""
    await tx.insert(
        models_inquiries.InquiryContact,
        inquiry_id=inquiry.id,
        county=inquiry.division[:6],
        contact=contact,
    )


async def contact_of(db: Reader, inquiry_id: str) -> str | None:
    """Return how whoever asked can be reached: for people at work alone. None when they did not say."""
    row = await db.row("SELECT contact FROM inquiry_contact WHERE inquiry_id = ?", inquiry_id)
    return row["contact"] if row else None


async def get(db: Reader, inquiry_id: str) -> Inquiry | None:
    """Return an inquiry, or None."""
    row = await db.row(f"SELECT {COLUMNS} FROM inquiry WHERE id = ?", inquiry_id)
    return inquiry_of(row) if row else None


async def by_follow_hash(db: Reader, follow_hash: str) -> Inquiry | None:
    """Return the inquiry of a private link, or None."""
    row = await db.row(f"SELECT {COLUMNS} FROM inquiry WHERE follow_hash = ?", follow_hash)
    return inquiry_of(row) if row else None


async def on_view(db: Reader, division: str, disclosure_id: str | None = None) -> list[Inquiry]:
    """Return what the public may read of a village, or about one of its notices, newest first."""
    about = "" if disclosure_id is None else " AND disclosure_id = ?"
    rows = await db.rows(
        f"SELECT {COLUMNS} FROM inquiry WHERE division = ? AND {ON_VIEW}{about}"
        " ORDER BY COALESCE(published_at, asked_at) DESC, id DESC",
        division,
        *([] if disclosure_id is None else [disclosure_id]),
    )
    return [inquiry_of(row) for row in rows]


async def in_scope(
    db: Reader,
    scope: str,
    states: Iterable[State],
    wanted: Wanted = EVERYTHING,
    kinds: Sequence[Kind] = (),
) -> list[Inquiry]:
    """Return the inquiries below a division in some states that hold what is sought, the longest waiting first.

    `kinds`: those whose name is what is sought.
    """
    standing: Sequence[str] = sorted(set(states))
    marks = ", ".join("?" * len(standing))
    held, sought = _holding(wanted, scope, kinds)
    rows = await db.rows(
        f"SELECT {COLUMNS} FROM inquiry WHERE division >= ? AND division < ? AND state IN ({marks}){held}"
        " ORDER BY clock_from, id",
        *code_range(scope),
        *standing,
        *sought,
    )
    return [inquiry_of(row) for row in rows]


async def asked_between(db: Reader, scope: str, first: datetime, last: datetime) -> list[Inquiry]:
    """Return what was asked below a division in [first, last), by village and number."""
    low, high = code_range(scope)
    rows = await db.rows(
        f"SELECT {COLUMNS} FROM inquiry WHERE division >= ? AND division < ? AND asked_at >= ? AND asked_at < ?"
        " ORDER BY division, year, number",
        low,
        high,
        millis(first),
        millis(last),
    )
    return [inquiry_of(row) for row in rows]


async def ended(
    db: Reader,
    scope: str,
    wanted: Wanted = EVERYTHING,
    kinds: Sequence[Kind] = (),
    *,
    after: str | None = None,
    limit: int = 50,
) -> list[Inquiry]:
    """Return what was answered or refused below a division as wanted; `after`: what comes after a position."""
    held, sought = _holding(wanted, scope, kinds)
    at = _ENDED_AT if wanted.sort in _BY_END else "asked_at"
    beyond, values, order = in_order(wanted.sort, at, after)
    rows = await db.rows(
        f"SELECT {COLUMNS} FROM inquiry WHERE division >= ? AND division < ? AND state IN ('published', 'refused')"
        f"{held}{beyond}{order} LIMIT {int(limit)}",
        *code_range(scope),
        *sought,
        *values,
    )
    return [inquiry_of(row) for row in rows]


def _holding(wanted: Wanted, scope: str, kinds: Sequence[Kind]) -> tuple[str, Values]:
    """Return the condition for what holds what is sought: its words, its line, its kind, its place, or its number."""
    numbered = _NUMBER.fullmatch(wanted.q)
    number: list[tuple[str, Values]] = []
    if numbered:
        number = [("(year = ? AND number = ?)", [int(numbered[1]), int(numbered[2])])]
    return holding(wanted, scope, ("text", "line"), named={"kind": kinds}, also=number)
