"""Asking on paper's own terms: a form that any browser can send, and the pages where its answer is read.

Without a script the form has no proof of work; it is accepted all the same and looked at first. A refusal shows the
form again with everything that was typed.
"""

from __future__ import annotations

import secrets
from typing import Annotated, Any

import msgspec

from server import problems
from server.commands.ask_inquiry import Asked
from server.problems import Problem
from server.queries.division_tree import division_page
from server.rules import proofs
from server.rules.divisions import village_of
from server.rules.inquiries import KINDS, LEAST_TEXT, MOST_TEXT, Kind
from server.rules.inquiry_lines import lines_of
from server.rules.inquiry_photos import MOST_PHOTOS
from server.rules.inquiry_views import due_when_asked
from server.rules.proofs import Proof
from server.rules.values import uuid7_at
from server.web import pages
from server.web.answers import screen_of
from server.web.asking import Answer, Ask
from server.web.counting import seen
from server.web.disclosures import page_of
from server.web.inquiries import (
    MOST_NAMED,
    Contact,
    Device,
    Follow,
    followed,
    fresh_challenge,
    get_inquiry,
    list_inquiries,
    receive,
)
from server.web.reading import HTML, PageQuery
from server.web.submissions import Pointer
from server.web.wire import Id, In

# A private page is kept nowhere and says its address to no other site. To our own it must: of a form on a page without
# any referrer a browser says that it came from nowhere, and we would refuse it.
PRIVATE = {"Referrer-Policy": "same-origin", "X-Robots-Tag": "noindex, nofollow"}


Photos = Annotated[
    str,
    msgspec.Meta(
        pattern=rf"^[0-9a-f]{{64}}(,[0-9a-f]{{64}}){{0,{MOST_NAMED - 1}}}$",
        max_length=65 * MOST_NAMED,
    ),
]


class AskPage(PageQuery):
    """What is asked about: a notice, one line of it, or nothing in particular."""

    about: Id | None = None
    line: Pointer | None = None
    kind: Kind = "question"


class AnswersPage(PageQuery):
    """Which page of the list."""

    cursor: Id | None = None


class AskForm(In):
    """The form as a browser sends it; `challenge`, `number`, `device` and `photos` are filled in by the page's script.

    What is too long for its field is said by the rules, with both numbers, and not here.
    """

    id: Id
    follow: Follow
    kind: Kind
    text: Annotated[str, msgspec.Meta(max_length=20 * MOST_TEXT)] = ""
    about: Id | None = None
    line: Pointer | None = None
    contact: Contact | None = None
    challenge: Annotated[str, msgspec.Meta(max_length=200)] | None = None
    number: Annotated[int, msgspec.Meta(ge=0, le=proofs.MOST_NUMBER)] | None = None
    device: Device | None = None
    photos: Photos | None = None

    def asked(self, division: str) -> Asked:
        """Return it as the command knows it."""
        proof = None
        if self.challenge is not None and self.number is not None:
            proof = Proof(self.challenge, self.number)
        return Asked(
            id=self.id,
            division=division,
            kind=self.kind,
            text=self.text,
            follow=self.follow,
            disclosure_id=self.about,
            pointer=self.line,
            contact=self.contact,
            device=self.device,
            proof=proof,
            photos=tuple(self.photos.split(",")) if self.photos else (),
        )


async def ask_page(ask: Ask) -> Answer:
    """/v/{code}/ask: the form, with an id, a private link and a challenge that are new each time."""
    asked: AskPage = ask.query
    return await _form(ask, about=asked.about, typed={"kind": asked.kind, "line": asked.line})


async def send_form(ask: Ask) -> Answer:
    """Keep what the form says and lead to the private page; a refusal shows the form again.

    Nothing was written before a refusal, except that the attempt was counted.
    """
    body: AskForm = ask.body
    try:
        await receive(ask, body.asked(ask.path["code"]))
    except Problem as refused:
        if refused.slug == "not-found" or refused.status >= 500:
            raise
        typed = {
            "kind": body.kind,
            "text": body.text,
            "line": body.line,
            "contact": body.contact,
        }
        return await _form(ask, about=body.about, typed=typed, refused=refused)
    return Answer(
        status=303, headers={"Location": f"/f/{body.follow}", **PRIVATE}, cache="no-store"
    )


async def _form(
    ask: Ask, *, about: str | None, typed: dict[str, Any], refused: Problem | None = None
) -> Answer:
    here = (await division_page(ask.db, code=ask.path["code"])).division
    if here.level != "village":
        raise problems.not_found()
    page = {
        "division": here,
        "about": await _about(ask, about) if about else None,
        "kinds": list(KINDS.items()),
        "least": LEAST_TEXT,
        "most": MOST_TEXT,
        "most_photos": MOST_PHOTOS,
        "due": due_when_asked(here.code, ask.house.book, ask.now),
        "refused": said(ask, refused) if refused else None,
        "form": {
            "id": uuid7_at(ask.now, secrets.token_bytes(10)),
            "follow": secrets.token_urlsafe(18),
            "challenge": fresh_challenge(ask),
            "bits": proofs.BITS,
            "kind": typed.get("kind") or "question",
            "line": typed.get("line") or "",
            "text": typed.get("text") or "",
            "contact": typed.get("contact") or "",
        },
    }
    html = pages.render_ask(page, screen_of(ask.request, ask.now))
    return Answer(
        html, status=refused.status if refused else None, media_type=HTML, cache="no-store"
    )


async def _about(ask: Ask, disclosure_id: str) -> dict[str, Any]:
    """Return the notice that is asked about and its lines; raises not_found for what nobody may read."""
    found = await page_of(ask, disclosure_id, None)
    if found.sheet is None or village_of(found.division.code) != ask.path["code"]:
        raise problems.not_found()
    return {
        "id": disclosure_id,
        "title": found.card.title,
        "lines": list(lines_of(found.sheet).items()),
    }


def said(ask: Ask, refused: Problem) -> dict[str, Any]:
    """Return what a form says of a refusal: its title, and each place, or else the whole; `field`: where to mend it, if it is one;
    `later`: the same is taken after a while."""
    document = refused.document(ask.lang)
    detail = str(document["detail"])
    places = [_words(each.get("detail"), ask.lang) for each in refused.errors]
    fields = {str(each.get("pointer")).rpartition("/")[2] for each in refused.errors}
    beyond = [place for place in places if place and place not in detail]
    # Where each place says what is wrong with it, their sum says nothing to a person.
    return {
        "title": document["title"],
        "detail": "" if beyond else detail,
        "places": beyond,
        "later": refused.status == 429,
        "field": fields.pop() if len(fields) == 1 else "",
    }


def _words(said: object, lang: str) -> str:
    return str(getattr(said, lang, ""))


async def follow_page(ask: Ask) -> Answer:
    """/f/{follow}: what became of mine."""
    html = pages.render_followed(
        await followed(ask), screen_of(ask.request, ask.now), key=ask.house.sender.public_key
    )
    return Answer(html, media_type=HTML, cache="no-store", headers=PRIVATE)


async def answers_page(ask: Ask) -> Answer:
    """/v/{code}/answers: what was asked in a village, and the answers."""
    found = await list_inquiries(ask)
    seen(ask, found.division.code, "more")
    return Answer(
        pages.render_inquiries(found, screen_of(ask.request, ask.now)),
        media_type=HTML,
        cache="no-cache",
    )


async def inquiry_page(ask: Ask) -> Answer:
    """/q/{id}: one inquiry; a topic can be signed here."""
    found = await get_inquiry(ask)
    seen(ask, found.division.code, "more")
    return Answer(
        pages.render_inquiry(found, screen_of(ask.request, ask.now)),
        media_type=HTML,
        cache="no-cache",
    )
