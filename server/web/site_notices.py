"""Site notices over HTTP: what an office says to its villagers and its staff."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec

from server.commands.set_office_phone import set_office_phone
from server.commands.write_site_notice import (
    Written,
    change_site_notice,
    end_site_notice,
    write_site_notice,
)
from server.queries.site_notices import (
    ShownSiteNotices,
    SiteNoticeLine,
    SiteNoticeList,
    SiteNoticePlaces,
    one_site_notice,
    shown_to_staff,
    site_notice_list,
    site_notice_places,
)
from server.rules.office_phones import MOST as MOST_PHONE
from server.rules.site_notices import MOST_TEXT, MOST_TITLE, Audience, SiteNotice, State, Weight
from server.web.asking import Answer, Ask
from server.web.etag import revision_tag
from server.web.listing import ListQuery
from server.web.wire import DivisionCode, Id, In, Out, Position

Aware = Annotated[datetime, msgspec.Meta(tz=True)]


class SiteNoticeWords(In):
    """What an office has to say, to whom and how long. Without `from_at` it begins at once; a year at most."""

    division: DivisionCode
    title: Annotated[str, msgspec.Meta(max_length=MOST_TITLE)]
    text: Annotated[str, msgspec.Meta(max_length=MOST_TEXT)]
    audience: Audience
    until_at: Aware
    from_at: Aware | None = None
    weight: Weight = "plain"


class NewSiteNotice(SiteNoticeWords, kw_only=True):
    """Likewise, under an id that the client made: sending it twice writes it once."""

    id: Id


class PhoneBody(In):
    """The telephone of an office: a landline with its area code, a 400 number or a short one; '' takes it away."""

    phone: Annotated[str, msgspec.Meta(max_length=MOST_PHONE)]


class PhoneAnswer(Out):
    """The telephone as it is shown; '' for none."""

    division: str
    phone: str


class SiteNoticeQuery(ListQuery):
    """Which notices: those that hold some words, those that stand in some way."""

    state: State | None = None


class SiteNoticePageQuery(SiteNoticeQuery):
    """Likewise, in pages."""

    cursor: Position | None = None


async def list_site_notices(ask: Ask) -> SiteNoticeList:
    """What offices wrote for my area, below it and above it."""
    asked: SiteNoticePageQuery = ask.query
    return await site_notices_from(ask, asked, asked.cursor)


async def site_notices_from(ask: Ask, asked: SiteNoticeQuery, cursor: str | None) -> SiteNoticeList:
    """Return the page of them that begins at a cursor."""
    return await site_notice_list(
        ask.db,
        actor=ask.me,
        wanted=asked.wanted(),
        state=asked.state,
        cursor=cursor,
        now=ask.now,
    )


async def list_shown_site_notices(ask: Ask) -> ShownSiteNotices:
    """What is shown to those who work here now."""
    return await shown_to_staff(ask.db, actor=ask.me, now=ask.now)


async def list_site_notice_places(ask: Ask) -> SiteNoticePlaces:
    """The places that I can write for."""
    return await site_notice_places(ask.db, actor=ask.me)


async def put_office_phone(ask: Ask) -> PhoneAnswer:
    """Say by which telephone an office answers villagers."""
    code, body = ask.path["code"], ask.body
    phone = await set_office_phone(
        ask.tx,
        actor=ask.me,
        now=ask.now,
        address=ask.address,
        division=code,
        phone=body.phone,
    )
    return PhoneAnswer(division=code, phone=phone)


async def post_site_notice(ask: Ask) -> Answer:
    """Write a notice."""
    body: NewSiteNotice = ask.body
    kept = await write_site_notice(
        ask.tx,
        actor=ask.me,
        now=ask.now,
        address=ask.address,
        notice_id=body.id,
        words=_words(body),
    )
    return await _line(ask, kept)


async def put_site_notice(ask: Ask) -> Answer:
    """Change a notice that has not begun."""
    kept = await change_site_notice(
        ask.tx,
        actor=ask.me,
        now=ask.now,
        address=ask.address,
        notice_id=ask.path["id"],
        words=_words(ask.body),
        revision=ask.expected_revision(),
    )
    return await _line(ask, kept)


async def post_site_notice_ending(ask: Ask) -> Answer:
    """End a notice now."""
    kept = await end_site_notice(
        ask.tx,
        actor=ask.me,
        now=ask.now,
        address=ask.address,
        notice_id=ask.path["id"],
        revision=ask.expected_revision(),
    )
    return await _line(ask, kept)


def _words(body: SiteNoticeWords) -> Written:
    return Written(
        division=body.division,
        title=body.title,
        text=body.text,
        audience=body.audience,
        weight=body.weight,
        from_at=body.from_at,
        until_at=body.until_at,
    )


async def _line(ask: Ask, notice: SiteNotice) -> Answer:
    line: SiteNoticeLine = await one_site_notice(ask.db, notice, actor=ask.me, now=ask.now)
    return Answer(line, headers={"ETag": revision_tag(line.revision)}, cache="private, no-cache")
