"""A posting before it is sent, as villagers and as the wall will show it: rendered, never stored."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

import msgspec

from server import problems
from server.queries.disclosure_preview import Draft, preview_page
from server.rules.periods import Period, event_period, parse_period
from server.storage.photos import PhotoUse
from server.web import pages
from server.web.answers import screen_of
from server.web.asking import Ask
from server.web.posters import poster_html
from server.web.submissions import Aware, PhotoIn, Publish
from server.web.wire import CategoryKey, Id, In, LongText, Number, Out, PlaceCode


class PreviewBody(In):
    """A submission that is still being written, and which of its two faces is wanted."""

    id: Id
    shape: Literal["page", "poster"]
    division: PlaceCode
    category: CategoryKey
    schema_version: Number
    content: dict[str, Any]
    composed_at: Aware
    period: Annotated[str, msgspec.Meta(max_length=40)] | None = None
    event_on: date | None = None
    occurrence_id: Id | None = None
    photos: Annotated[list[PhotoIn], msgspec.Meta(max_length=60)] = msgspec.field(
        default_factory=list
    )
    publish: Publish = msgspec.field(default_factory=Publish)
    reason: LongText | None = None


class Preview(Out):
    """The whole page as HTML, and the moment at which it would open."""

    html: str
    opens_at: datetime


async def post_preview(ask: Ask) -> Preview:
    """Answer the public page, or the poster, as it will be at the moment it opens."""
    body: PreviewBody = ask.body
    validate = ask.house.validators.get((body.category, body.schema_version))
    if validate is None:
        raise problems.unknown_schema_version(body.category, body.schema_version)
    if errors := validate(body.content):
        raise problems.schema_errors([("/content" + e.pointer, e.message) for e in errors])
    page, opens_at = await preview_page(
        ask.store.reader,
        book=ask.house.book,
        actor=ask.me,
        draft=Draft(
            id=body.id,
            category=body.category,
            division=body.division,
            period=_period(body),
            schema_version=body.schema_version,
            content=body.content,
            composed_at=body.composed_at,
            publish_at=body.publish.at if body.publish.when == "at" else None,
            publish_until=body.publish.until,
            reason=body.reason,
            urgent_reason=body.publish.urgent_reason(),
            photos=tuple(PhotoUse(p.sha256, p.role, p.caption, p.pointer) for p in body.photos),
        ),
        now=ask.now,
        lang=ask.lang,
        demo=ask.house.demo,
    )
    html = (
        await poster_html(ask, page, opens_at)
        if body.shape == "poster"
        else pages.render_disclosure(page, screen_of(ask.request, opens_at))
    )
    return Preview(html=html, opens_at=opens_at)


def _period(body: PreviewBody) -> Period:
    if body.event_on is not None:
        return event_period(body.event_on, body.occurrence_id or body.id)
    try:
        return parse_period(body.period or "")
    except ValueError:
        raise problems.unknown_period(body.period or "", "") from None
