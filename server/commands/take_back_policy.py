"""Take a policy back before its first day; what it would have ended goes on as before."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from server import problems
from server.rules import gate
from server.rules.periods import local_date
from server.rules.permissions import Actor, refusal_to_rule
from server.storage import policies, versions
from server.storage.database import Tx


async def take_back_policy(
    tx: Tx, *, actor: Actor, now: datetime, address: str, name: str, reason: str
) -> None:
    """Record that there is no such policy; taking it back again changes nothing.

    Raises: not_found (nothing of the name was recorded here), not_allowed, reason_needed, content_has_errors,
    policy_runs_already.
    """
    found = await policies.recordings(tx)
    last = policies.newest(found)
    standing = last.get(name)
    if standing is None:
        raise problems.not_found()
    policy = standing.policy
    division = policy.division_prefix.ljust(12, "0")
    if why := refusal_to_rule(actor, division):
        raise problems.not_allowed(why)
    if standing.taken_back:
        return
    if policy.valid_from <= local_date(now):
        raise problems.policy_runs_already(name, policy.valid_from)
    if not reason.strip():
        raise problems.reason_needed()
    if seen := gate.beside({"reason": reason}):
        raise problems.content_has_errors(seen)
    await versions.bump(tx, division)
    mark = replace(
        standing,
        recorded_at=now,
        recorded_by=actor.account_id,
        reason=reason.strip(),
        because=None,
        taken_back=True,
    )
    told = {"valid_from": policy.valid_from.isoformat(), "reason": reason.strip()}
    await policies.record(tx, mark, action="policy.taken_back", address=address, details=told)
    for each in [e for e in last.values() if e.because == name]:
        earlier = [e for e in found if e.name == each.name and e is not each][-1]
        again = replace(mark, name=each.name, doc=earlier.doc, taken_back=False)
        await policies.insert(tx, replace(again, because=earlier.because), county=division[:6])
