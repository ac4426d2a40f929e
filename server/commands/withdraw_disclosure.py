"""Withdraw a disclosure: its content leaves every public surface, its address and the reason stay.

A withdrawal never changes the verdict of the first publication; ending the display early is a finding of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from server import problems
from server.rules import gate
from server.rules.canonical import content_hash
from server.rules.disclosures import Disclosure, Edition
from server.rules.permissions import Actor, refusal
from server.rules.rulebook import Rulebook, withdrawing_act
from server.storage import disclosures, editions, events, versions
from server.storage.database import Tx


class Withdrawn(Struct, frozen=True):
    """The disclosure and the edition that was taken down."""

    disclosure: Disclosure
    edition: Edition


async def withdraw_disclosure(
    tx: Tx,
    *,
    book: Rulebook,
    actor: Actor,
    now: datetime,
    address: str,
    disclosure_id: str,
    reason: str,
    request_id: str,
) -> Withdrawn:
    """Take down every edition on show and publish the reason; withdrawing twice answers the first withdrawal.

    The same request again, however late, takes nothing down that was published after it. An edition that had not
    opened yet leaves alone, and gives its place back to the one before it.
    Raises: not_found, not_allowed, reason_needed, content_has_errors (a personal number in the reason),
    same_id_other_content, nothing_to_withdraw.
    """
    disclosure = await disclosures.get(tx, disclosure_id)
    if disclosure is None:
        raise problems.not_found()
    category = book.categories[disclosure.category]
    if why := refusal(actor, withdrawing_act(category), disclosure.division):
        raise problems.not_allowed(why)
    if not reason.strip():
        raise problems.reason_needed()
    if found := gate.beside({"reason": reason}, category):
        raise problems.content_has_errors(found)
    of_disclosure = await editions.for_disclosure(tx, disclosure_id)
    if done := await _done_before(tx, of_disclosure, request_id, reason.strip()):
        return Withdrawn(disclosure, done)
    standing = max(
        (e for e in of_disclosure if e.state == "approved"),
        key=lambda e: e.number or 0,
        default=None,
    )
    if standing is None:
        taken_down = [e for e in of_disclosure if e.state == "withdrawn"]
        if taken_down:
            return Withdrawn(disclosure, max(taken_down, key=lambda e: e.number or 0))
        raise problems.nothing_to_withdraw()

    opened = standing.opens_at is not None and standing.opens_at <= now
    leaving = [e for e in of_disclosure if e.state == "approved"] if opened else [standing]
    for edition in leaving:
        gone = replace(
            edition, state="withdrawn", withdrawn_at=now, withdrawn_reason=reason.strip()
        )
        if not await editions.update(tx, gone, expect_revision=edition.revision):
            raise problems.edited_meanwhile(expected=edition.revision, actual=edition.revision + 1)
    if not opened:
        for earlier in of_disclosure:
            if earlier.state == "approved" and earlier.superseded_at == standing.opens_at:
                await editions.set_superseded(tx, earlier.id, None)
    await versions.bump(tx, disclosure.division)
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="disclosure.withdrawn",
        subject=standing.id,
        division=disclosure.division,
        address=address,
        details={"disclosure": disclosure.id, "reason": reason.strip(), "request": request_id},
    )
    taken = await editions.get(tx, standing.id)
    assert taken is not None
    return Withdrawn(disclosure, taken)


async def _done_before(
    tx: Tx, of_disclosure: Sequence[Edition], request_id: str, reason: str
) -> Edition | None:
    """Return the edition that this very request took down, if it had arrived before."""
    for edition in of_disclosure:
        if edition.state != "withdrawn":
            continue
        for event in await events.for_subject(tx, edition.id):
            if event.details.get("request") != request_id:
                continue
            if event.details["reason"] != reason:
                raise problems.same_id_other_content(
                    request_id,
                    stored=content_hash({"reason": event.details["reason"]}),
                    received=content_hash({"reason": reason}),
                )
            return edition
    return None
