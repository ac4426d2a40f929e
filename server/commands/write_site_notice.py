"""Write a site notice, or change one that has not begun."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from server import problems
from server.rules import gate
from server.rules.inquiries import written
from server.rules.permissions import Actor, covers, refusal
from server.rules.site_notices import Audience, SiteNotice, Weight, failure, fault, refused
from server.storage import divisions, events, site_notices, versions
from server.storage.database import Tx


class Written(Struct, frozen=True, kw_only=True):
    """What somebody wrote. `from_at` None: it begins at once."""

    division: str
    title: str
    text: str
    audience: Audience
    weight: Weight
    from_at: datetime | None
    until_at: datetime


async def write_site_notice(
    tx: Tx, *, actor: Actor, now: datetime, address: str, notice_id: str, words: Written
) -> SiteNotice:
    """Keep a notice and return it; the same id with the same words answers what stands.

    Raises: not_allowed, unknown_division, wrong_type (nothing written, too long, a moment that cannot be),
    content_has_errors (a personal number), same_id_other_content.
    """
    standing = await site_notices.get(tx, notice_id)
    began = standing.from_at if standing else _second(now)
    notice = SiteNotice(
        id=notice_id,
        office=actor.division,
        written_by=actor.account_id,
        written_by_name=actor.name,
        written_at=now,
        **_fields(words, began),
    )
    if standing is not None:
        if standing.said() != notice.said() or standing.written_by != actor.account_id:
            raise problems.same_id_other_content(
                notice_id, stored=standing.said(), received=notice.said()
            )
        return standing
    await _may_stand(tx, actor, notice, now)
    if not await site_notices.insert(tx, notice):
        raise problems.same_id_other_content(notice_id, stored="-", received=notice.said())
    await _told(tx, actor, now, address, "site_notice.written", notice, notice.division)
    return notice


async def change_site_notice(
    tx: Tx,
    *,
    actor: Actor,
    now: datetime,
    address: str,
    notice_id: str,
    words: Written,
    revision: int,
) -> SiteNotice:
    """Change a notice that has not begun and return it; the same words again change nothing.

    Raises: not_found, not_allowed, site_notice_not_possible (it has begun, or is over), edited_meanwhile, and what
    `write_site_notice` raises of the words.
    """
    standing = await visible(tx, actor, notice_id)
    if why := refused(actor, standing):
        raise problems.not_allowed(why)
    if why := failure(standing, "change", now):
        raise problems.site_notice_not_possible(why)
    if standing.revision != revision:
        raise problems.edited_meanwhile(expected=revision, actual=standing.revision)
    changed = replace(standing, **_fields(words, _second(now)), changed_at=now)
    if changed.said() == standing.said():
        return standing
    await _may_stand(tx, actor, changed, now)
    if not await site_notices.update(tx, changed, expect_revision=revision):
        raise problems.edited_meanwhile(expected=revision, actual=revision + 1)
    await _told(
        tx, actor, now, address, "site_notice.changed", changed, changed.division, standing.division
    )
    return replace(changed, revision=revision + 1)


async def end_site_notice(
    tx: Tx, *, actor: Actor, now: datetime, address: str, notice_id: str, revision: int
) -> SiteNotice:
    """End a notice now and return it; before it began, it is never shown. Ending it again changes nothing.

    Raises: not_found, not_allowed, site_notice_not_possible (it is over), edited_meanwhile.
    """
    standing = await visible(tx, actor, notice_id)
    if why := refused(actor, standing):
        raise problems.not_allowed(why)
    if standing.ended_at is not None:
        return standing
    if why := failure(standing, "end", now):
        raise problems.site_notice_not_possible(why)
    if standing.revision != revision:
        raise problems.edited_meanwhile(expected=revision, actual=standing.revision)
    ended = replace(standing, ended_at=now, ended_by_name=actor.name)
    if not await site_notices.update(tx, ended, expect_revision=revision):
        raise problems.edited_meanwhile(expected=revision, actual=revision + 1)
    await _told(tx, actor, now, address, "site_notice.ended", ended, ended.division)
    return replace(ended, revision=revision + 1)


async def visible(tx: Tx, actor: Actor, notice_id: str) -> SiteNotice:
    """Return a notice for the actor's area, a part of it or what it lies in. Raises not_found."""
    standing = await site_notices.get(tx, notice_id)
    if standing is not None and (
        covers(actor.division, standing.division) or covers(standing.division, actor.division)
    ):
        return standing
    raise problems.not_found()


def _second(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(microsecond=0)


def _fields(words: Written, at_once: datetime) -> dict[str, Any]:
    return {
        "division": words.division,
        "title": " ".join(words.title.split()),
        "text": written(words.text),
        "audience": words.audience,
        "weight": words.weight,
        "from_at": at_once if words.from_at is None else _second(words.from_at),
        "until_at": _second(words.until_at),
    }


async def _may_stand(tx: Tx, actor: Actor, notice: SiteNotice, now: datetime) -> None:
    if why := refusal(actor, "write_site_notice", notice.division):
        raise problems.not_allowed(why)
    if await divisions.get(tx, notice.division) is None:
        raise problems.unknown_division(notice.division)
    if why_not := fault(notice, now):
        raise problems.wrong_type(*why_not)
    if found := gate.beside({"title": notice.title, "text": notice.text}):
        raise problems.content_has_errors(found)


async def _told(
    tx: Tx,
    actor: Actor,
    now: datetime,
    address: str,
    action: str,
    notice: SiteNotice,
    *places: str,
) -> None:
    # Every page of a village below is made anew; what is to come begins by the clock.
    await versions.bump_all(tx, places)
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action=action,
        subject=notice.id,
        division=notice.division,
        address=address,
        details={
            "title": notice.title,
            "text": notice.text,
            "audience": notice.audience,
            "weight": notice.weight,
            "from": notice.from_at.isoformat(),
            "until": notice.until_at.isoformat(),
        },
    )
