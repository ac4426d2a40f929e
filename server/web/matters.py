"""Matters over HTTP: which notices tell of one thing, said by those who post them."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from server.commands.link_disclosure import Wanted, link_disclosure
from server.commands.rename_matter import rename_matter
from server.commands.unlink_disclosure import unlink_disclosure
from server.queries.matter_threads import (
    LinkChoices,
    MattersOfNotice,
    VillageMatters,
    matter_choices,
    matters_of_notice,
    matters_of_village,
)
from server.rules.matters import Phase
from server.web.asking import Answer, Ask
from server.web.etag import revision_tag
from server.web.shelf import Turn, itself, public_answer
from server.web.wire import Id, In, Out, ShortText


class ChoiceQuery(In):
    """Words of the titles that are looked for; all of the village's notices without any."""

    q: str = ""


class LinkBody(In):
    """A notice's place in a matter. `name`: what people call the matter, for one that begins with this link."""

    matter_id: Id
    disclosure_id: Id
    phase: Phase
    name: ShortText | None = None


class NameBody(In):
    """What people call the matter."""

    name: ShortText


class MatterName(Out):
    """A matter under its name of now."""

    id: str
    name: str
    revision: int


class LinkAnswer(Out):
    """A link as it stands; `removed_at` where it was removed since."""

    id: str
    matter_id: str
    disclosure_id: str
    phase: Phase
    linked_at: datetime
    removed_at: datetime | None


async def get_village_matters(ask: Ask) -> Answer:
    """What the village's notices tell of together, as villagers may know of it."""
    code = ask.path["code"]

    async def make() -> tuple[object, Turn]:
        found = await matters_of_village(
            ask.db, book=ask.house.book, code=code, now=ask.now, lang=ask.lang
        )
        return VillageMatters(found.threads), Turn(None, found.next_change, found.print)

    return await public_answer(
        ask, key=("matters", code), division=partial(itself, code), make=make
    )


async def get_matters(ask: Ask) -> MattersOfNotice:
    """Every matter that a notice stands in."""
    return await matters_of_notice(
        ask.db,
        book=ask.house.book,
        actor=ask.me,
        disclosure_id=ask.path["id"],
        now=ask.now,
        lang=ask.lang,
    )


async def get_link_choices(ask: Ask) -> LinkChoices:
    """The village's own notices that could be linked."""
    return await matter_choices(
        ask.db,
        book=ask.house.book,
        actor=ask.me,
        disclosure_id=ask.path["id"],
        q=ask.query.q[:80],
        now=ask.now,
        lang=ask.lang,
    )


async def put_link(ask: Ask) -> LinkAnswer:
    """Put a notice into a matter."""
    body: LinkBody = ask.body
    link = await link_disclosure(
        ask.tx,
        actor=ask.me,
        now=ask.now,
        address=ask.address,
        wanted=Wanted(
            id=ask.path["id"],
            matter_id=body.matter_id,
            disclosure_id=body.disclosure_id,
            phase=body.phase,
            name=body.name or "",
        ),
    )
    return LinkAnswer(
        id=link.id,
        matter_id=link.matter_id,
        disclosure_id=link.disclosure_id,
        phase=link.phase,
        linked_at=link.linked_at,
        removed_at=link.removed_at,
    )


async def put_matter(ask: Ask) -> Answer:
    """Give a matter another name."""
    matter = await rename_matter(
        ask.tx,
        actor=ask.me,
        now=ask.now,
        address=ask.address,
        matter_id=ask.path["id"],
        name=ask.body.name,
        revision=ask.expected_revision(),
    )
    named = MatterName(id=matter.id, name=matter.name, revision=matter.revision)
    return Answer(named, etag=revision_tag(matter.revision))


async def remove_link(ask: Ask) -> None:
    """Take a notice out of a matter."""
    await unlink_disclosure(
        ask.tx, actor=ask.me, now=ask.now, address=ask.address, link_id=ask.path["id"]
    )
