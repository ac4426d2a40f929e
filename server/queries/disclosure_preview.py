"""A posting as it would be read at the moment it opens; nothing is stored."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from server import problems
from server.rules import plans_beside
from server.rules.cards import title_of
from server.rules.disclosure_pages import DisclosurePage, PhotoView, assembled, neighbours
from server.rules.disclosures import Disclosure, Edition
from server.rules.gists import gist_of
from server.rules.periods import Period
from server.rules.permissions import Actor, refusal_by_role
from server.rules.places import place_of
from server.rules.publication import approved
from server.rules.rulebook import Rulebook, posting_act
from server.rules.values import Lang
from server.storage import divisions, editions, photos, ratings
from server.storage.database import Reader
from server.storage.photos import PhotoUse

# A photo that is still in the phone has no size here; one of ours has about this shape.
WIDTH, HEIGHT = 960, 720


class Draft(Struct, frozen=True):
    """A posting that was not sent yet: its content as it would be published, and when."""

    id: str
    category: str
    division: str
    period: Period
    schema_version: int
    content: dict[str, Any]
    composed_at: datetime
    publish_at: datetime | None
    publish_until: datetime | None
    reason: str | None
    urgent_reason: str | None
    photos: tuple[PhotoUse, ...]


async def preview_page(
    db: Reader, *, book: Rulebook, actor: Actor, draft: Draft, now: datetime, lang: Lang, demo: bool
) -> tuple[DisclosurePage, datetime]:
    """Return the page as it will be read at the moment it opens, and that moment; nothing is stored.

    It is what villagers see if the supervisor approves it now, without the review's own line. Raises
    unknown_category, not_allowed, unknown_division.
    """
    category = book.categories.get(draft.category)
    if category is None:
        raise problems.unknown_category(draft.category, sorted(book.categories))
    if why := refusal_by_role(actor, posting_act(category), draft.division):
        raise problems.not_allowed(why)
    line = await divisions.line_that_stood(db, draft.division)
    if not line:
        raise problems.unknown_division(draft.division)
    of_category = await editions.village_rows(db, draft.division, category=draft.category)
    rows = {d.id: (d, es) for d, es in of_category}
    disclosure = next(
        (d for d, _ in of_category if d.period_key == draft.period.key),
        _disclosure_of(draft, title_of(category, draft.period, lang), now),
    )
    earlier = rows.get(disclosure.id, (disclosure, []))[1]
    edition = approved(
        _edition_of(draft, disclosure, actor, book, now),
        book.schedule_of(disclosure),
        book.calendar,
        number=max((e.number or 0 for e in earlier), default=0) + 1,
        now=now,
        decided_by=None,
    )
    assert edition.opens_at is not None
    standing = [
        replace(e, superseded_at=e.superseded_at or edition.opens_at) for e in earlier if e.number
    ]
    rows[disclosure.id] = (disclosure, [*standing, edition])
    beside = neighbours(rows, book, disclosure, edition.opens_at)
    of_plans = plans_beside.category_beside(book, disclosure, edition)
    planned = await editions.village_rows(db, draft.division, category=of_plans) if of_plans else []
    plans, _ = plans_beside.public_plans(planned, book, edition.opens_at)
    year = (
        plans_beside.year_so_far(rows, book, disclosure, edition, edition.opens_at) if plans else {}
    )
    others = [each for each in (*beside, *plans) if each]
    stored = {*(e.id for _, e in others), *(e.id for e in year.values())} - {edition.id}
    found = {**await editions.get_many(db, stored), edition.id: edition}
    known = await photos.get_many(db, [p.sha256 for p in draft.photos])
    page = assembled(
        rows,
        book,
        disclosure,
        edition,
        edition.opens_at,
        lang,
        beside=beside,
        contents={key: each.content for key, each in found.items()},
        division=place_of(line),
        signed=(),
        shown=tuple(
            PhotoView(
                p.sha256,
                p.role,
                p.caption,
                p.pointer,
                known[p.sha256].width if p.sha256 in known else WIDTH,
                known[p.sha256].height if p.sha256 in known else HEIGHT,
                now,
            )
            for p in draft.photos
        ),
        author=actor.name,
        demo=demo,
        plan=plans_beside.laid(book, disclosure, edition, plans, year, found, lang),
        rated=await ratings.tallied(db, disclosure.id),
    )
    assert page is not None  # it is open at the moment it opens
    return page, edition.opens_at


def _disclosure_of(draft: Draft, title: str, now: datetime) -> Disclosure:
    period = draft.period
    return Disclosure(
        id=draft.id,
        county=draft.division[:6],
        division=draft.division,
        category=draft.category,
        period_key=period.key,
        period_start=period.start,
        period_end=period.end,
        event_on=period.end if period.cadence == "event" else None,
        title=title,
        created_at=now,
    )


def _edition_of(
    draft: Draft, disclosure: Disclosure, actor: Actor, book: Rulebook, now: datetime
) -> Edition:
    view = book.papers[draft.category, draft.schema_version].view
    return Edition(
        id=draft.id,
        disclosure_id=disclosure.id,
        number=None,
        state="in_review",
        schema_version=draft.schema_version,
        content=draft.content,
        gist=gist_of(view, draft.content),
        content_hash="",
        reason=draft.reason,
        findings=[],
        composed_at=draft.composed_at,
        captured_at=None,
        received_at=now,
        submitted_by=actor.account_id,
        plan_at=draft.publish_at,
        plan_until=draft.publish_until,
        decided_at=None,
        decided_by=None,
        opens_at=None,
        comes_down_at=None,
        superseded_at=None,
        withdrawn_at=None,
        withdrawn_reason=None,
        revision=1,
        urgent_reason=draft.urgent_reason,
    )
