"""Say by which telephone an office answers villagers."""

from __future__ import annotations

from datetime import datetime

from server import problems
from server.rules import office_phones as rules
from server.rules.permissions import Actor, refusal
from server.storage import divisions, events, office_phones, versions
from server.storage.database import Tx


async def set_office_phone(
    tx: Tx, *, actor: Actor, now: datetime, address: str, division: str, phone: str
) -> str:
    """Set the telephone of a division's office and return it as it is shown; '' takes it away, the same again changes nothing.

    Raises not_allowed, unknown_division, wrong_type (no telephone of an office: a mobile number is a person's).
    """
    if why := refusal(actor, "write_site_notice", division):
        raise problems.not_allowed(why)
    if await divisions.get(tx, division) is None:
        raise problems.unknown_division(division)
    number = rules.written(phone)
    if number is None:
        raise problems.wrong_type("/phone", rules.NOT_A_NUMBER)
    before = (await office_phones.of(tx, [division])).get(division, "")
    if number == before:
        return number
    await office_phones.write(tx, division, number, now)
    await versions.bump(tx, division)
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="office_phone.changed",
        subject=division,
        division=division,
        address=address,
        details={"before": before, "after": number},
    )
    return number
