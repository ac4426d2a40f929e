"""The form below an answer, behind the private link: satisfied or not. It needs no script."""

from __future__ import annotations

from typing import Annotated

import msgspec

from server.commands.rate_answer import Received
from server.problems import Problem
from server.rules.inquiry_handling import MOST_WORDS, Rating
from server.web import pages
from server.web.answers import screen_of
from server.web.asking import Answer, Ask
from server.web.inquiries import followed
from server.web.inquiry_handling import receive
from server.web.inquiry_pages import PRIVATE, said
from server.web.reading import HTML
from server.web.wire import In


class SatisfactionForm(In):
    """The form as a browser sends it."""

    rating: Rating
    words: Annotated[str, msgspec.Meta(max_length=4 * MOST_WORDS)] = ""


async def send_satisfaction(ask: Ask) -> Answer:
    """Keep the rating and lead back to the private page; a refusal shows the form again with what was typed."""
    body: SatisfactionForm = ask.body
    try:
        await receive(ask, Received(body.rating, body.words))
    except Problem as refused:
        if refused.slug == "not-found" or refused.status >= 500:
            raise
        html = pages.render_followed(
            await followed(ask),
            screen_of(ask.request, ask.now),
            key=ask.house.sender.public_key,
            typed={"rating": body.rating, "words": body.words, "refused": said(ask, refused)},
        )
        return Answer(
            html, status=refused.status, media_type=HTML, cache="no-store", headers=PRIVATE
        )
    location = f"/f/{ask.path['follow']}"
    return Answer(status=303, headers={"Location": location, **PRIVATE}, cache="no-store")
