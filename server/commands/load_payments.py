"""Load a township's list of payments: new, again, or corrected. The same list again changes nothing.

Names and identity numbers go into marks here and nowhere else. A corrected list takes the place of the one before: a
payment that it has again keeps its id and what its household said; one that it no longer has is found by nobody.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from server import problems
from server.external.household_keys import HouseholdKey, Keyring
from server.rules import payments as rules
from server.rules.payments import Change, Line, Payment, PaymentList, SheetRow
from server.rules.periods import local_date
from server.rules.permissions import Actor, refusal
from server.rules.rulebook import Rulebook
from server.rules.values import Fen, Text, uuid7_at
from server.storage import disclosures, divisions, events, payments
from server.storage.database import Reader, Tx

Outcome = Literal["new", "replaced", "unchanged", "marked_anew"]
"""What a list does: it is the first one, takes another's place, changes nothing, or has the same rows under a newer key."""


class Loading(Struct, frozen=True, kw_only=True):
    """A list as it was read. `period`: the one of its notice; None where there is no notice yet."""

    division: str
    category: str
    period: str | None
    purpose: str
    paid_on: date
    rows: Sequence[SheetRow]

    @property
    def period_key(self) -> str:
        """The period it is kept under."""
        return self.period or rules.own_period(self.paid_on)


class Loaded(Struct, frozen=True):
    """What became of a list, in numbers: payments in it, those that nobody may ask for, what changed, fen before and now."""

    id: str
    outcome: Outcome
    rows: int
    unasked: int
    total: Fen
    added: int
    removed: int
    kept: int
    total_before: Fen | None
    revision: int


class Plan(Struct, frozen=True):
    """What loading would do: the list as it will stand, and how its payments follow those that stand."""

    outcome: Outcome
    list: PaymentList
    change: Change
    before: PaymentList | None

    @property
    def loaded(self) -> Loaded:
        """The numbers of it."""
        total_before = self.before.total if self.before else None
        return Loaded(
            self.list.id,
            self.outcome,
            self.list.rows,
            self.list.unasked,
            self.list.total,
            len(self.change.added),
            len(self.change.gone),
            len(self.change.kept),
            total_before,
            self.list.revision,
        )


async def load_payments(
    tx: Tx,
    *,
    book: Rulebook,
    keys: Keyring,
    actor: Actor,
    now: datetime,
    address: str,
    loading: Loading,
    keep: bool = True,
) -> Loaded:
    """Keep a list and return what became of it; without `keep`, what would become of it, and write nothing.

    Raises: not_allowed, unknown_category, unknown_division, parameter_not_valid (no such notice, a day that is not yet).
    """
    await tx.alone(payments.place_of(loading.division, loading.category, loading.period_key))
    await _refuse(tx, book, actor, now, loading)
    plan = await _plan(tx, keys, actor, now, loading)
    if not keep or plan.outcome == "unchanged":
        return plan.loaded
    await payments.keep_list(tx, plan.list)
    await payments.remove(tx, [gone.id for gone in plan.change.gone], now)
    await payments.move(tx, [(kept.id, line) for kept, line in plan.change.kept])
    await payments.insert_many(tx, [_payment(plan.list, line, now) for line in plan.change.added])
    loaded = plan.loaded
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action=f"payments.{plan.outcome}",
        subject=plan.list.id,
        division=plan.list.division,
        address=address,
        details={
            "category": plan.list.category,
            "period": plan.list.period_key,
            "rows": loaded.rows,
            "total": loaded.total,
            "total_before": loaded.total_before,
            "added": loaded.added,
            "removed": loaded.removed,
            "kept": loaded.kept,
            "key": plan.list.key,
        },
    )
    return loaded


async def _plan(db: Reader, keys: Keyring, actor: Actor, now: datetime, loading: Loading) -> Plan:
    before = await payments.find_list(db, loading.division, loading.category, loading.period_key)
    list_id = before.id if before else uuid7_at(now, secrets.token_bytes(10))
    newest = keys.newest
    lines = rules.lines_of(loading.rows, loading.division, list_id, newest.mark)
    standing = before if before and before.removed_at is None else None
    same_day = standing is not None and standing.paid_on == loading.paid_on
    kept = PaymentList(
        id=list_id,
        division=loading.division,
        category=loading.category,
        period_key=loading.period_key,
        purpose=loading.purpose,
        paid_on=loading.paid_on,
        rows=len(lines),
        unasked=sum(line.mark is None for line in lines),
        total=sum(line.amount for line in lines),
        key=newest.id,
        fingerprint=rules.fingerprint(lines, newest.mark),
        loaded_by=actor.account_id,
        loaded_by_name=actor.name,
        loaded_at=now,
        revision=before.revision + 1 if before else 1,
        # What was said of the delay holds for the day of payment that it was said of.
        delay_cause=standing.delay_cause if same_day and standing else None,
        delay_words=standing.delay_words if same_day and standing else None,
    )
    if standing is None:
        return Plan("new", kept, Change((), tuple(lines), ()), None)
    old = keys.get(standing.key)
    before_lines = _marked_with(old, loading, list_id) or lines
    change = rules.change(await payments.of_list(db, list_id), before_lines, lines)
    same = (
        old is not None
        and rules.fingerprint(before_lines, old.mark) == standing.fingerprint
        and (standing.purpose, standing.paid_on) == (loading.purpose, loading.paid_on)
    )
    if not same:
        return Plan("replaced", kept, change, standing)
    if standing.key == newest.id:
        return Plan("unchanged", standing, change, standing)
    return Plan("marked_anew", kept, change, standing)


def _marked_with(old: HouseholdKey | None, loading: Loading, list_id: str) -> list[Line] | None:
    """Return the rows as they would have been marked with an older version of the key."""
    if old is None:
        return None
    return rules.lines_of(loading.rows, loading.division, list_id, old.mark)


async def _refuse(
    db: Reader, book: Rulebook, actor: Actor, now: datetime, loading: Loading
) -> None:
    if why := refusal(actor, "load_payments", loading.division):
        raise problems.not_allowed(why)
    category = book.categories.get(loading.category)
    if category is None or category.payments is None:
        known = sorted(key for key, each in book.categories.items() if each.payments)
        raise problems.unknown_category(loading.category, known)
    village = await divisions.get(db, loading.division)
    if village is None or village.level != "village":
        raise problems.unknown_division(loading.division)
    if loading.period is not None and not await disclosures.find(
        db, loading.division, loading.category, loading.period
    ):
        raise problems.parameter_not_valid(
            "period", Text("这个村没有这一期的公示", "the village has no notice for it")
        )
    today = local_date(now)
    if loading.paid_on > today:
        raise problems.parameter_not_valid(
            "paid_on",
            Text(
                f"发放日期 {loading.paid_on} 还没到，今天是 {today}。发放以后再录入",
                f"{loading.paid_on} is not yet; today is {today}. Load the list once it was paid",
            ),
        )
    if early := next((row for row in loading.rows if row.paid_on > today), None):
        raise problems.parameter_not_valid(
            "paid_on",
            Text(
                f"第 {early.row} 行的发放日期 {early.paid_on} 还没到，今天是 {today}。请核对，或等发放以后再录入",
                f"row {early.row}: {early.paid_on} is not yet; today is {today}. Correct it, or load the list once it was paid",
            ),
        )


def _payment(kept: PaymentList, line: Line, now: datetime) -> Payment:
    return Payment(uuid7_at(now, secrets.token_bytes(10)), kept.division, kept.id, line)
