"""Link a disclosure: say that it tells of a matter together with others, and where in it it stands.

A link is beside the content: no edition changes by it, nothing is signed again, and it may be made long after
publication. What the public learns of it is asked of the notices themselves, each time a page is made.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from server import problems
from server.rules import gate
from server.rules.canonical import content_hash
from server.rules.disclosures import Disclosure
from server.rules.matters import (
    LONGEST_NAME,
    MOST_MATTERS,
    MOST_NOTICES,
    Link,
    Matter,
    Phase,
    plain_name,
    ready,
)
from server.rules.permissions import Actor, refusal
from server.storage import disclosures, editions, events, matters, versions
from server.storage.database import Tx


class Wanted(Struct, frozen=True, kw_only=True):
    """A link as it was sent; `name` is needed for a matter that begins with it, and passed over for one that is there."""

    id: str
    matter_id: str
    disclosure_id: str
    phase: Phase
    name: str = ""

    def hash(self) -> str:
        """Return the hash of what the id stands for."""
        return content_hash([self.matter_id, self.disclosure_id, self.phase])


async def link_disclosure(
    tx: Tx, *, actor: Actor, now: datetime, address: str, wanted: Wanted
) -> Link:
    """Return the link, made once; the matter is begun with its first one.

    The same id again answers the link as it stands, removed or not. Raises not_found (no such notice or matter among those the
    actor answers for), not_allowed, same_id_other_content, matter_name_not_right, content_has_errors (a personal
    number in the name), matter_of_other_village, notice_not_let_through, already_in_matter, matter_full,
    notice_in_too_many_matters.
    """
    notice = await _notice(tx, actor, wanted.disclosure_id)
    # Two links of one village at once: the second counts what the first left.
    await tx.alone(f"matters of {notice.division}")
    if made := await matters.link(tx, wanted.id):
        return _same(made, wanted)
    matter = await matters.get(tx, wanted.matter_id)
    links = await matters.links(tx, matter.id) if matter else []
    if matter is not None:
        _refuse_other_village(matter, notice, actor)
        if any(link.disclosure_id == notice.id for link in links):
            raise problems.already_in_matter(matter.name)
        if len(links) >= MOST_NOTICES:
            raise problems.matter_full(matter.name, count=len(links), most=MOST_NOTICES)
    if not ready(await editions.for_disclosure(tx, notice.id)):
        raise problems.notice_not_let_through()
    stands_in = len(await matters.for_disclosure(tx, notice.id))
    if stands_in >= MOST_MATTERS:
        raise problems.notice_in_too_many_matters(count=stands_in, most=MOST_MATTERS)
    if matter is None:
        matter = await _begun(tx, wanted, notice, actor, now, address)
    link = Link(wanted.id, matter.id, notice.id, wanted.phase, now, actor.account_id)
    await matters.add(tx, link, county=notice.county)
    await versions.bump(tx, notice.division)
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="matter.linked",
        subject=notice.id,
        division=notice.division,
        address=address,
        details={"matter": matter.id, "link": link.id, "phase": link.phase},
    )
    return link


async def _notice(tx: Tx, actor: Actor, disclosure_id: str) -> Disclosure:
    """Return the notice; whether there is one where the actor may not link is not said."""
    notice = await disclosures.get(tx, disclosure_id)
    if why := refusal(actor, "link_disclosures", actor.division):
        raise problems.not_allowed(why)
    if notice is None or refusal(actor, "link_disclosures", notice.division):
        raise problems.not_found(problems.Say("这项公示", "such notice"))
    return notice


def _same(made: Link, wanted: Wanted) -> Link:
    stored = Wanted(
        id=made.id, matter_id=made.matter_id, disclosure_id=made.disclosure_id, phase=made.phase
    )
    if stored.hash() != wanted.hash():
        raise problems.same_id_other_content(
            wanted.id, stored=stored.hash(), received=wanted.hash()
        )
    return made


def _refuse_other_village(matter: Matter, notice: Disclosure, actor: Actor) -> None:
    if matter.division == notice.division:
        return
    if refusal(actor, "link_disclosures", matter.division):
        raise problems.not_found(problems.Say("这件事", "such matter"))
    raise problems.matter_of_other_village(matter=matter.division, notice=notice.division)


async def _begun(
    tx: Tx, wanted: Wanted, notice: Disclosure, actor: Actor, now: datetime, address: str
) -> Matter:
    name = plain_name(wanted.name)
    if not 1 <= len(name) <= LONGEST_NAME:
        raise problems.matter_name_not_right(count=len(name), most=LONGEST_NAME)
    if found := gate.beside({"name": name}):
        raise problems.content_has_errors(found)
    matter = Matter(wanted.matter_id, notice.division, name, now, actor.account_id)
    await matters.insert(tx, matter)
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="matter.begun",
        subject=matter.id,
        division=matter.division,
        address=address,
        details={"name": name},
    )
    return matter
