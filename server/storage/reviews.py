"""Reviews: who decided what about an edition."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from msgspec import Struct

from server.rules.reviewing import BODIES, signed_for
from server.rules.signatures import NoteLine, Signature
from server.storage import models
from server.storage.columns import document, millis, moment, parsed
from server.storage.database import Reader, Tx

Decision = Literal["approve", "return"]


class Note(Struct, frozen=True):
    """What a reviewer wrote beside one line of the content."""

    pointer: str
    text: str


class Review(Struct, frozen=True):
    """One decision with its step, points and notes; the reviewer's name and post are kept as they were then."""

    id: str
    edition_id: str
    reviewer: str
    reviewer_name: str
    decision: Decision
    points: dict[str, bool]
    reason: str | None
    decided_at: datetime
    step: str | None = None
    notes: tuple[Note, ...] = ()
    post: str | None = None

    def signature(self, publisher: str) -> Signature:
        """Return it as a signature under what a village or a township publishes."""
        return Signature(
            reviewer_name=self.reviewer_name,
            body=BODIES[signed_for(self.step, publisher)],
            post=self.post,
            decision=self.decision,
            points=self.points,
            reason=self.reason,
            decided_at=self.decided_at,
            step=self.step,
            notes=tuple(NoteLine(n.pointer, n.text) for n in self.notes),
        )


async def insert(tx: Tx, review: Review, *, county: str) -> bool:
    """Insert a review once; False when its id is there already."""
    return await tx.insert(
        models.Review,
        id=review.id,
        county=county,
        edition_id=review.edition_id,
        reviewer=review.reviewer,
        reviewer_name=review.reviewer_name,
        decision=review.decision,
        points=document(review.points),
        reason=review.reason,
        decided_at=millis(review.decided_at),
        step=review.step,
        post=review.post,
        notes=document([[n.pointer, n.text] for n in review.notes]) if review.notes else None,
    )


async def for_edition(db: Reader, edition_id: str) -> list[Review]:
    """Return an edition's reviews in the order they were given."""
    return (await for_editions(db, [edition_id])).get(edition_id, [])


async def for_editions(db: Reader, ids: Iterable[str]) -> dict[str, list[Review]]:
    """Return the reviews of many editions, by edition, in the order they were given."""
    rows = await db.rows_in(
        "SELECT id, edition_id, reviewer, reviewer_name, decision, points, reason, decided_at, step, notes, post"
        " FROM review WHERE edition_id IN (*) ORDER BY decided_at, id",
        ids,
    )
    found: dict[str, list[Review]] = {}
    for row in rows:
        row |= {
            "points": parsed(row["points"]),
            "decided_at": moment(row["decided_at"]),
            "notes": tuple(Note(*each) for each in parsed(row["notes"] or "[]")),
        }
        found.setdefault(row["edition_id"], []).append(Review(**row))
    return found
