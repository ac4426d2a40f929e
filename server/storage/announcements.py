"""Announcements: what became public and is being told, each subject once, and how far it has been told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct

from server.rules.disclosures import EditionHead
from server.rules.inquiries import Inquiry
from server.rules.news import Kind, News
from server.rules.values import Lang
from server.storage import models_subscribers
from server.storage.columns import code_range, document, millis, moment, parsed
from server.storage.database import Reader, Row, Tx
from server.storage.editions import HEAD, head_of
from server.storage.inquiries import COLUMNS as INQUIRY
from server.storage.inquiries import inquiry_of

COLUMNS = (
    "id, division, subject, kind, category, about, words, facts, at, expires_at, told_to, told"
)


class Announcement(Struct, frozen=True):
    """News on its way. `told_to`: the last subscriber for whom a message is on record; `told`: how many are."""

    id: str
    division: str
    subject: str
    kind: Kind
    category: str
    about: str
    words: Mapping[Lang, Mapping[str, str]]
    facts: Mapping[str, Any]
    at: datetime
    expires_at: datetime
    told_to: str
    told: int


def _of_row(row: Row) -> Announcement:
    return Announcement(
        **{
            **row,
            "words": parsed(row["words"]),
            "facts": parsed(row["facts"]),
            "at": moment(row["at"]),
            "expires_at": moment(row["expires_at"]),
        }
    )


async def insert(tx: Tx, announcement_id: str, news: News, *, expires_at: datetime) -> bool:
    """Put news on record; False when it is there, by whomever."""
    return await tx.insert(
        models_subscribers.Announcement,
        id=announcement_id,
        county=news.division[:6],
        division=news.division,
        subject=news.subject,
        kind=news.kind,
        category=news.category,
        about=news.about,
        words=document(news.words),
        facts=document({**news.facts, "path": news.path}),
        at=millis(news.at),
        expires_at=millis(expires_at),
        told_to="",
        told=0,
        done_at=None,
    )


async def known(db: Reader, subjects: Iterable[str]) -> set[str]:
    """Return which subjects are on record."""
    rows = await db.rows_in("SELECT subject FROM announcement WHERE subject IN (*)", subjects)
    return {row["subject"] for row in rows}


async def any_open(db: Reader) -> bool:
    """Say whether anything is not told to everybody yet."""
    return (
        await db.row("SELECT 1 AS yes FROM announcement WHERE done_at IS NULL LIMIT 1") is not None
    )


async def next_open(tx: Tx) -> Announcement | None:
    """Return the oldest that is not told to everybody; on PostgreSQL no other transaction has it meanwhile."""
    lock = " FOR UPDATE SKIP LOCKED" if tx.postgres else ""
    row = await tx.row(
        f"SELECT {COLUMNS} FROM announcement WHERE done_at IS NULL ORDER BY at, id LIMIT 1{lock}"
    )
    return _of_row(row) if row else None


async def told(
    tx: Tx, announcement: Announcement, *, to: str, more: int, done_at: datetime | None
) -> None:
    """Write down how far an announcement was told: up to a subscriber, to so many more; `done_at`: to everybody."""
    await tx.execute(
        "UPDATE announcement SET told_to = ?, told = told + ?, done_at = ? WHERE id = ?",
        to,
        more,
        millis(done_at),
        announcement.id,
    )


def _or_below(somebody: str, column: str, scopes: Iterable[str]) -> tuple[str, list[str]]:
    """Return the condition that somebody listens, or a site that is told of a place above; and its arguments."""
    ranges = [code_range(scope) for scope in scopes]
    ways = [somebody, *(f"({column} >= ? AND {column} < ?)" for _ in ranges)]
    return f"({' OR '.join(ways)})", [code for each in ranges for code in each]


async def untold_editions(
    db: Reader, *, since: datetime, now: datetime, scopes: Iterable[str], limit: int
) -> list[EditionHead]:
    """Return the editions that opened lately, of places that somebody listens to, and of which nothing is on record.

    `scopes`: divisions that sites are told of, with all below them.
    """
    # Who follows a village hears of its groups: their codes begin with the village's.
    somebody = "EXISTS (SELECT 1 FROM subscriber s WHERE s.division = SUBSTR(e.division, 1, 12) AND s.about = '')"
    wanted, codes = _or_below(somebody, "e.division", scopes)
    rows = await db.rows(
        f"SELECT {HEAD} FROM edition e WHERE e.opens_at > ? AND e.opens_at <= ? AND e.state = 'approved'"
        f" AND {wanted} AND NOT EXISTS (SELECT 1 FROM announcement a WHERE a.subject = e.id)"
        f" ORDER BY e.opens_at, e.id LIMIT {int(limit)}",
        millis(since),
        millis(now),
        *codes,
    )
    return [head_of(row) for row in rows]


# Under which subject the answer to inquiry `i` is told, as `rules/news.of_answer` says it: a second one is told again.
OF_ANSWER = "i.id || CASE WHEN i.reopened_at IS NULL THEN '|answer' ELSE '|answer2' END"


async def untold_answers(
    db: Reader, *, since: datetime, now: datetime, scopes: Iterable[str], limit: int
) -> list[Inquiry]:
    """Return the inquiries that were answered in public lately, for which somebody waits, and that are not on record."""
    somebody = "i.id IN (SELECT about FROM subscriber WHERE about <> '')"
    wanted, codes = _or_below(somebody, "i.division", scopes)
    rows = await db.rows(
        f"SELECT {INQUIRY} FROM inquiry i WHERE {wanted} AND i.state = 'published'"
        " AND i.published_at > ? AND i.published_at <= ?"
        f" AND NOT EXISTS (SELECT 1 FROM announcement a WHERE a.subject = {OF_ANSWER})"
        f" ORDER BY i.published_at, i.id LIMIT {int(limit)}",
        *codes,
        millis(since),
        millis(now),
    )
    return [inquiry_of(row) for row in rows]


async def forget_messages(tx: Tx, before: datetime) -> int:
    """Delete the messages to subscribers that were settled before a moment: that they were sent is told by the event."""
    return await tx.execute(
        "DELETE FROM delivery WHERE channel = 'subscriber' AND state IN ('sent', 'failed') AND next_at < ?",
        millis(before),
    )
