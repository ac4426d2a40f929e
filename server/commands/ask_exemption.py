"""Ask that a duty be lifted, or its day moved: one obligation of one village, a category for a span, or everything there."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from server import problems
from server.rules import gate
from server.rules.exemptions import Exemption
from server.rules.inquiries import written
from server.rules.periods import local_date
from server.rules.permissions import Actor, refusal
from server.rules.places import spoken_name
from server.rules.rulebook import Rulebook
from server.storage import divisions, events, exemptions
from server.storage.database import Tx
from server.storage.divisions import Division


class Asked(Struct, frozen=True, kw_only=True):
    """What is asked for. `category` None: every one; `period` None: all that end in the span; `due_on`: the other day."""

    id: str
    division: str
    category: str | None
    reason: str
    period: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    due_on: date | None = None


async def ask_exemption(
    tx: Tx, *, book: Rulebook, actor: Actor, now: datetime, address: str, asked: Asked
) -> Exemption:
    """Record what is asked for and return it; the same id again answers what stands. It counts once a second person says so.

    Raises: not_allowed, unknown_category, unknown_division, reason_needed, content_has_errors (a personal number in
    the reason), wrong_type (a span that ends before it begins, a day that has passed, a period of no category, another day for a village that was closed),
    same_id_other_content.
    """
    exemption = Exemption(
        id=asked.id,
        division=asked.division,
        category=asked.category,
        period_key=asked.period,
        valid_from=asked.valid_from,
        valid_to=asked.valid_to,
        due_on=asked.due_on,
        reason=written(asked.reason),
        asked_by=actor.account_id,
        asked_by_name=actor.name,
        asked_at=now,
    )
    if why := refusal(actor, "ask_exemption", exemption.division):
        raise problems.not_allowed(why)
    standing = await exemptions.get(tx, exemption.id)
    if standing is not None:
        return _the_same(standing, exemption)
    if exemption.category is not None and exemption.category not in book.categories:
        raise problems.unknown_category(exemption.category, sorted(book.categories))
    # Also a village that was closed: what it still owes can be posted by nobody.
    known = await divisions.line_that_stood(tx, exemption.division)
    if not known:
        raise problems.unknown_division(exemption.division)
    if not exemption.reason:
        raise problems.reason_needed()
    if found := gate.beside({"reason": exemption.reason}):
        raise problems.content_has_errors(found)
    _in_order(exemption, local_date(now), known[-1])
    if not await exemptions.insert(tx, exemption, county=exemption.division[:6]):
        raise problems.same_id_other_content(exemption.id, stored="-", received=exemption.said())
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="exemption.asked",
        subject=exemption.id,
        division=exemption.division,
        address=address,
        details={
            "kind": exemption.kind,
            "category": exemption.category,
            "period": exemption.period_key,
            "due_on": exemption.due_on.isoformat() if exemption.due_on else None,
            "reason": exemption.reason,
        },
    )
    return exemption


def _in_order(exemption: Exemption, today: date, place: Division) -> None:
    first, last = exemption.valid_from, exemption.valid_to
    if first and last and last < first:
        backwards = problems.Say("结束日期早于开始日期", "it ends before it begins")
        raise problems.wrong_type("/valid_to", backwards)
    if exemption.period_key is not None and exemption.category is None:
        whose = problems.Say("写了哪一期，也要写哪一项", "a period needs its category")
        raise problems.wrong_type("/category", whose)
    if exemption.due_on is not None and exemption.due_on < today:
        over = problems.Say(
            f"新期限 {exemption.due_on} 已经过了，今天是 {today}",
            f"the new deadline {exemption.due_on} has passed, today is {today}",
        )
        raise problems.wrong_type("/due_on", over)
    if exemption.due_on is not None and place.valid_to is not None and place.valid_to < today:
        name = spoken_name(place.name)
        nobody = problems.Say(
            f"{name}在 {place.valid_to} 以后已经撤销，延期了也没有人能公开，请办免公开",
            f"{name} was closed after {place.valid_to}: nobody could post by a later day. Ask for an exemption instead",
        )
        raise problems.wrong_type("/due_on", nobody)


def _the_same(standing: Exemption, asked: Exemption) -> Exemption:
    if standing.said() != asked.said() or standing.asked_by != asked.asked_by:
        raise problems.same_id_other_content(
            asked.id, stored=standing.said(), received=asked.said()
        )
    return standing
