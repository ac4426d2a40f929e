"""Put a county's policy in force from a day to come: with a reason; what it replaces ends on the day before."""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from server import problems
from server.problems import Say
from server.rules import gate, policy_faults
from server.rules.documents import BadDocument
from server.rules.periods import local_date
from server.rules.permissions import Actor, refusal_to_rule
from server.rules.rulebook import Rulebook
from server.rules.schedules import Policy, parse_policy
from server.rules.values import Text
from server.storage import divisions, policies, versions
from server.storage.database import Reader, Tx
from server.storage.policies import Recording

_DAY = timedelta(days=1)
MOST_REASON = 400


async def put_policy_in_force(
    tx: Tx,
    *,
    book: Rulebook,
    actor: Actor,
    now: datetime,
    address: str,
    doc: Any,
    file: str,
    reason: str,
    ends: Sequence[str] = (),
) -> Policy:
    """Record a policy and return it; the very same document again answers what is on record.

    Raises: not_allowed, unknown_division, reason_needed, content_has_errors (a personal number in what is written),
    policy_not_valid, policy_begins_too_early, policy_there_already, policy_not_to_end.
    """
    # The counter of the division is held until the transaction ends: two who put something in force come one by one.
    await versions.bump(tx, _read(doc, file).division_prefix.ljust(12, "0"))
    policy, ended = await weighed(
        tx, book=book, actor=actor, now=now, doc=doc, file=file, ends=ends
    )
    if not reason.strip():
        raise problems.reason_needed()
    if found := gate.beside({"reason": reason}):
        raise problems.content_has_errors(found)
    before = policies.newest(await policies.of_policy(tx, policy.id)).get(policy.id)
    if before is not None and not before.taken_back:
        return policy
    await policies.record(
        tx,
        Recording(policy.id, doc, now, recorded_by=actor.account_id, reason=reason.strip()),
        action="policy.put_in_force",
        address=address,
        details={"valid_from": policy.valid_from.isoformat(), "reason": reason.strip()},
    )
    for old in ended:
        last = policy.valid_from - _DAY
        standing = policies.newest(await policies.of_policy(tx, old.id))[old.id]
        await policies.record(
            tx,
            replace(
                standing,
                doc={**standing.doc, "valid_to": last.isoformat()},
                recorded_at=now,
                recorded_by=actor.account_id,
                reason=reason.strip(),
                because=policy.id,
            ),
            action="policy.ended",
            address=address,
            details={"valid_to": last.isoformat(), "because": policy.id},
        )
    return policy


async def weighed(
    db: Reader,
    *,
    book: Rulebook,
    actor: Actor,
    now: datetime,
    doc: Any,
    file: str,
    ends: Sequence[str],
) -> tuple[Policy, list[Policy]]:
    """Return the policy of a document and those that it would end; raise whatever stands against it."""
    policy = _read(doc, file)
    division = policy.division_prefix.ljust(12, "0")
    if why := refusal_to_rule(actor, division):
        raise problems.not_allowed(why)
    if await divisions.get(db, division) is None:
        raise problems.unknown_division(division)
    if seen := gate.beside({"title": policy.title.as_dict()}):
        raise problems.content_has_errors(seen)
    found = await policies.recordings(db)
    others = policies.beside(book.policies, found)
    recorded = policies.newest(found)
    known = next((p for p in others if p.id == policy.id), None)
    if known is not None and known != policy:
        raise problems.policy_there_already(policy.id, known.valid_from)
    earliest = local_date(now) + _DAY
    if policy.valid_from < earliest:
        raise problems.policy_begins_too_early(policy.valid_from, earliest)
    ended = [_to_end(name, policy, others, recorded) for name in dict.fromkeys(ends)]
    gone = {p.id for p in ended}
    last = policy.valid_from - _DAY
    beside = [replace(p, valid_to=last) if p.id in gone else p for p in others]
    if wrong := policy_faults.faults(policy, beside, book.categories, book.calendar):
        raise problems.policy_not_valid(file, [(each.pointer, each.text) for each in wrong])
    return policy, ended


def _read(doc: Any, file: str) -> Policy:
    try:
        return parse_policy(doc)
    except BadDocument as error:
        raise problems.policy_not_valid(file, [(error.pointer, error.text)]) from None


def _to_end(
    name: str, policy: Policy, others: Sequence[Policy], recorded: Container[str]
) -> Policy:
    old = next((p for p in others if p.id == name), None)
    last = policy.valid_from - _DAY
    if old is None:
        raise problems.policy_not_to_end(name, last, Say("没有这份规定", "there is no such policy"))
    why = _why_not(old, policy, last)
    if name not in recorded:
        why = Text(
            "它是随程序带的，不在这里改", "it comes with the program and is not changed here"
        )
    if why is not None:
        raise problems.policy_not_to_end(name, last, why)
    return old


def _why_not(old: Policy, policy: Policy, last: date) -> Text | None:
    if old.division_prefix != policy.division_prefix:
        return Text(
            f"它管的是 {old.division_prefix or '全国'}，新的管的是 {policy.division_prefix}",
            f"it is of {old.division_prefix or 'the whole country'}, the new one of {policy.division_prefix}",
        )
    if old.valid_from > last:
        return Text(
            f"它从 {old.valid_from} 才开始，请先撤回它",
            f"it begins on {old.valid_from} only; take it back first",
        )
    if old.valid_to is not None and old.valid_to <= last:
        return Text(f"它在 {old.valid_to} 已经结束", f"it ends on {old.valid_to} as it is")
    return None
