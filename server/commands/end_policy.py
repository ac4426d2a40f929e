"""Let a policy end on a day without one that follows, and let it go on after all while that day has not passed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from msgspec.structs import replace

from server import problems
from server.rules import gate, policy_endings, policy_faults
from server.rules.periods import local_date
from server.rules.permissions import Actor, refusal_to_rule
from server.rules.rulebook import Rulebook
from server.rules.schedules import Policy
from server.rules.values import Text
from server.storage import policies, versions
from server.storage.database import Reader, Tx


async def ending_weighed(
    db: Reader, *, book: Rulebook, actor: Actor, now: datetime, name: str, last: date
) -> Policy:
    """Return the policy that would end; raise whatever stands against it: not_found, not_allowed, policy_end_not_possible."""
    found = await policies.recordings(db)
    others = policies.beside(book.policies, found)
    policy = next((p for p in others if p.id == name), None)
    if policy is None:
        raise problems.not_found()
    if why := refusal_to_rule(actor, policy.division_prefix.ljust(12, "0")):
        raise problems.not_allowed(why)
    shipped = name not in policies.newest(found)
    if why := policy_endings.refused(policy, last, local_date(now), shipped=shipped):
        raise problems.policy_end_not_possible(name, why)
    for other, fault in policy_endings.left_behind(
        others, policy, last, book.categories, book.calendar
    ):
        raise problems.policy_end_not_possible(
            name,
            Text(
                f"少了它，“{other.id}”就用不了：{fault.text.zh}",
                f"without it, {other.id} cannot be used: {fault.text.en}",
            ),
        )
    return policy


async def end_policy(
    tx: Tx,
    *,
    book: Rulebook,
    actor: Actor,
    now: datetime,
    address: str,
    name: str,
    last: date,
    reason: str,
) -> None:
    """Record the last day of a policy; the same day again changes nothing.

    Raises: not_found, not_allowed, policy_end_not_possible, reason_needed, content_has_errors.
    """
    # Held until the transaction ends: two who change the rules of a place come one by one.
    await versions.bump(tx, await _division(tx, name))
    steps = await policies.of_policy(tx, name)
    if steps and policies.before_ending(steps) and steps[-1].policy.valid_to == last:
        return
    await ending_weighed(tx, book=book, actor=actor, now=now, name=name, last=last)
    _said(reason)
    told = {"valid_to": last.isoformat(), "reason": reason.strip()}
    doc = {**steps[-1].doc, "valid_to": last.isoformat()}
    step = _step(steps[-1], doc, actor, now, reason)
    await policies.record(tx, step, action="policy.end_set", address=address, details=told)


async def let_policy_go_on(
    tx: Tx, *, book: Rulebook, actor: Actor, now: datetime, address: str, name: str, reason: str
) -> None:
    """Record that a policy does not end after all; where nobody let it end, nothing changes.

    Raises: not_found, not_allowed, policy_end_not_possible (it is over, or another one says otherwise for the days to
    come), reason_needed, content_has_errors.
    """
    await versions.bump(tx, await _division(tx, name))
    found = await policies.recordings(tx)
    steps = [each for each in found if each.name == name]
    if not steps:
        raise problems.not_found()
    policy = steps[-1].policy
    if why := refusal_to_rule(actor, policy.division_prefix.ljust(12, "0")):
        raise problems.not_allowed(why)
    earlier = policies.before_ending(steps)
    if earlier is None:
        return
    last = policy.valid_to
    if last is not None and last < local_date(now):
        raise problems.policy_end_not_possible(
            name, Text(f"它到 {last} 已经结束", f"it ended on {last}")
        )
    again = earlier.policy
    others = policies.beside(book.policies, found)
    for fault in policy_faults.faults(again, others, book.categories, book.calendar):
        raise problems.policy_end_not_possible(name, fault.text)
    _said(reason)
    step, told = _step(earlier, earlier.doc, actor, now, reason), {"reason": reason.strip()}
    await policies.record(tx, step, action="policy.goes_on", address=address, details=told)


async def _division(tx: Tx, name: str) -> str:
    steps = await policies.of_policy(tx, name)
    return steps[-1].policy.division_prefix.ljust(12, "0") if steps else "0" * 12


def _said(reason: str) -> None:
    if not reason.strip():
        raise problems.reason_needed()
    if seen := gate.beside({"reason": reason}):
        raise problems.content_has_errors(seen)


def _step(
    standing: policies.Recording, doc: dict[str, Any], actor: Actor, now: datetime, reason: str
) -> policies.Recording:
    return replace(
        standing,
        doc=doc,
        recorded_at=now,
        recorded_by=actor.account_id,
        reason=reason.strip(),
        # What ended because of another policy goes back to that end, and goes on when that one is taken back.
        because=standing.because if doc is standing.doc else None,
    )
