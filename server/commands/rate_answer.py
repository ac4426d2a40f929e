"""Hear from whoever asked how they received the answer, behind their private link.

Who was not satisfied the first time is answered once more: it waits again, with a clock of its own, and somebody has to
answer. The first answer stays public meanwhile.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from server import problems
from server.problems import Say
from server.rules import gate, inquiries
from server.rules.inquiries import Inquiry, follow_hash
from server.rules.inquiry_handling import (
    MOST_WORDS,
    Rating,
    Satisfaction,
    opens_another_round,
    refused_rating,
)
from server.storage import events, inquiry_satisfaction, versions
from server.storage import inquiries as kept
from server.storage.database import Tx

NO_LINK = Say("这个链接对应的提问", "inquiry behind this link")


class Received(Struct, frozen=True):
    """How somebody received an answer, and what they say to it."""

    rating: Rating
    words: str = ""


async def rate_answer(tx: Tx, *, now: datetime, secret: str, received: Received) -> Inquiry:
    """Keep the rating and return the inquiry as it now stands; the same one again changes nothing.

    Raises: not_found (a link of nobody's), rating_not_possible (no answer, or rated before), content_has_errors,
    words_too_long.
    """
    found = await kept.by_follow_hash(tx, follow_hash(secret))
    if found is None:
        raise problems.not_found(NO_LINK)
    await tx.alone(f"inquiry {found.id}")
    inquiry = await kept.get(tx, found.id)
    assert inquiry is not None
    rated = await inquiry_satisfaction.for_inquiry(tx, inquiry.id)
    words = inquiries.written(received.words)
    same = rated and (rated[-1].rating, rated[-1].words or "") == (received.rating, words)
    if same and (rated[-1].round == inquiry.round or inquiry.state != "published"):
        return inquiry
    if why := refused_rating(inquiry, len(rated)):
        raise problems.rating_not_possible(why)
    if len(words) > MOST_WORDS:
        raise problems.words_too_long("/words", MOST_WORDS, len(words))
    if seen := gate.beside({"words": words}):
        raise problems.content_has_errors(seen)
    said = Satisfaction(inquiry.id, inquiry.round, received.rating, words or None, now)
    if not await inquiry_satisfaction.insert(tx, said, county=inquiry.division[:6]):
        raise problems.temporary_failure()
    again = opens_another_round(inquiry, received.rating)
    after = replace(inquiry, state="waiting", reopened_at=now) if again else inquiry
    if not await kept.update(tx, after, expect_revision=inquiry.revision):
        raise problems.temporary_failure()
    if again:
        await versions.bump(tx, inquiry.division)
    await events.record(
        tx,
        at=now,
        actor=None,
        action="inquiry.reopened" if again else "inquiry.rated",
        subject=inquiry.id,
        division=inquiry.division,
        address="",
        details={"number": inquiry.label, "round": inquiry.round, "rating": received.rating},
    )
    return replace(after, revision=inquiry.revision + 1)
