"""The desk's slips as pages to print on A4; they are kept nowhere."""

from __future__ import annotations

from typing import cast

from server.queries.inquiry_slip import inquiry_slip
from server.rules.inquiry_slips import Kind
from server.web import pages
from server.web.answers import screen_of
from server.web.asking import Answer, Ask
from server.web.inquiry_pages import PRIVATE
from server.web.reading import HTML


async def slip_page(ask: Ask) -> Answer:
    """/desk/inquiries/{id}/{slip}: one slip as it is printed."""
    made = await inquiry_slip(
        ask.db,
        book=ask.house.book,
        actor=ask.me,
        inquiry_id=ask.path["id"],
        kind=cast(Kind, ask.path["slip"]),
        now=ask.now,
    )
    html = pages.render_slip(made, ask.path["id"], screen_of(ask.request, ask.now))
    return Answer(html, media_type=HTML, cache="no-store", headers=PRIVATE)
