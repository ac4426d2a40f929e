"""What a household is answered: which lists may be asked now, and its payments in the order they are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from msgspec import Struct

from server.rules.cards import public_edition
from server.rules.disclosures import Disclosure, EditionHead, first_publication
from server.rules.payments import Payment, PaymentList
from server.rules.rulebook import Rulebook
from server.rules.values import Fen


class OpenList(Struct, frozen=True):
    """A list that may be asked now, the id of its notice where villagers can read that, and whether it ever had one."""

    list: PaymentList
    notice: str | None
    noticed: bool


class Received(Struct, frozen=True):
    """One payment as its household reads it. `said`: what it said of its coming, None: nothing yet."""

    id: str
    amount: Fen
    purpose: str
    paid_on: date
    category: str
    notice: str | None
    noticed: bool
    said: bool | None


def open_lists(
    lists: Iterable[PaymentList],
    notices: Mapping[tuple[str, str], Disclosure],
    heads: Mapping[str, Sequence[EditionHead]],
    book: Rulebook,
    now: datetime,
) -> list[OpenList]:
    """Return the lists that may be asked; `notices` by category and period, `heads` of their editions by notice.

    A list whose notice is on its way is not open before the notice was: nothing leaks early. One without a notice is.
    """
    found: list[OpenList] = []
    for each in lists:
        notice = notices.get((each.category, each.period_key))
        if notice is None:
            found.append(OpenList(each, None, noticed=False))
            continue
        editions = heads.get(notice.id, ())
        if first_publication(editions, now) is None:
            continue
        shown_now = public_edition(editions, book, notice, now)
        readable = shown_now is not None and shown_now.state == "approved"
        found.append(OpenList(each, notice.id if readable else None, noticed=True))
    return found


def answered(found: Iterable[Payment], lists: Iterable[OpenList]) -> tuple[Received, ...]:
    """Return payments as their household reads them, newest first; those of lists that are not open are left out."""
    by_id = {each.list.id: each for each in lists}
    made = [
        Received(
            id=payment.id,
            amount=payment.line.amount,
            purpose=payment.line.purpose,
            paid_on=payment.line.paid_on,
            category=where.list.category,
            notice=where.notice,
            noticed=where.noticed,
            said=payment.said,
        )
        for payment in found
        if (where := by_id.get(payment.list_id)) is not None
    ]
    return tuple(sorted(made, key=lambda r: (r.paid_on, r.id), reverse=True))
