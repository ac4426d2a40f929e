"""What villagers say of a notice, over HTTP: from a program, and by a form that any browser can send.

Without a script a cookie stands for the device; it is sent to the form of this one notice and to nothing else.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from typing import Annotated, Literal

import msgspec

from server.commands.rate_disclosure import Rated, rate_disclosure
from server.problems import Problem
from server.queries.my_rating import my_rating
from server.rules import proofs
from server.rules.proofs import Proof
from server.rules.ratings import ASKED, POINTS, SAID, Point, Ratings, Said
from server.rules.values import uuid7_at
from server.web import pages
from server.web.answers import screen_of
from server.web.asking import Answer, Ask
from server.web.cookies import rater_cookie, rater_of
from server.web.disclosures import page_of
from server.web.inquiries import Device, ProofIn, fresh_challenge
from server.web.inquiry_pages import said
from server.web.reading import HTML, PageQuery
from server.web.wire import Id, In

_DEVICE = re.compile(r"[A-Za-z0-9_-]{16,64}", re.ASCII)


class PointsIn(In):
    """The five points; what is not said counts as not known."""

    true: Said = "unsure"
    complete: Said = "unsure"
    clear: Said = "unsure"
    in_time: Said = "unsure"
    as_published: Said = "unsure"

    def points(self) -> Mapping[Point, Said]:
        """Return them as the rules know them."""
        return {point: getattr(self, point) for point in POINTS}


class RatingBody(In):
    """A rating of a notice. `id` is this sending's; the same device again changes its rating."""

    id: Id
    device: Device
    points: PointsIn
    proof: ProofIn | None = None


class RatePage(PageQuery):
    """Whether a rating was just kept."""

    kept: Literal["yes"] | None = None


class RateForm(PointsIn, kw_only=True):
    """The form as a browser sends it; `challenge`, `number` and `device` are filled in by the page's script."""

    id: Id
    challenge: Annotated[str, msgspec.Meta(max_length=200)] | None = None
    number: Annotated[int, msgspec.Meta(ge=0, le=proofs.MOST_NUMBER)] | None = None
    device: Device | None = None

    def proof(self) -> Proof | None:
        """Return the work that was done for it."""
        if self.challenge is None or self.number is None:
            return None
        return Proof(self.challenge, self.number)


async def put_rating(ask: Ask) -> Ratings:
    """Rate a notice, or change what this device said of it."""
    body: RatingBody = ask.body
    proof = body.proof.proof() if body.proof else None
    return await _rate(ask, body.id, body.device, body.points.points(), proof)


async def rate_page(ask: Ask) -> Answer:
    """/d/{id}/rate: the five questions, with what this device said before."""
    asked: RatePage = ask.query
    device = _known(ask)
    mine = await my_rating(ask.db, ask.path["id"], device) if device else {}
    return await _form(ask, mine, kept=asked.kept is not None)


async def send_rating(ask: Ask) -> Answer:
    """Keep what the form says and show it again; a refusal shows what was chosen, and nothing was written."""
    body: RateForm = ask.body
    device = _known(ask) or body.device or secrets.token_urlsafe(18)
    try:
        await _rate(ask, body.id, device, body.points(), body.proof())
    except Problem as refused:
        if refused.slug == "not-found" or refused.status >= 500:
            raise
        return await _form(ask, body.points(), refused=refused)
    here = f"/d/{ask.path['id']}/rate"
    cookie = rater_cookie(here, device, ask.house.settings)
    headers = {"Location": f"{here}?kept=yes", "Set-Cookie": cookie}
    return Answer(status=303, headers=headers, cache="no-store")


async def _rate(
    ask: Ask, sent_id: str, device: str, points: Mapping[Point, Said], proof: Proof | None
) -> Ratings:
    return await rate_disclosure(
        ask.tx,
        book=ask.house.book,
        mark=ask.house.signer.mark,
        now=ask.now,
        address=ask.address,
        rated=Rated(
            id=sent_id,
            disclosure_id=ask.path["id"],
            device=device,
            points=points,
            proof=proof,
        ),
    )


def _known(ask: Ask) -> str | None:
    """Return the name that the form's cookie gives this device."""
    name = rater_of(ask.request)
    return name if name and _DEVICE.fullmatch(name) else None


async def _form(
    ask: Ask,
    chosen: Mapping[Point, Said],
    *,
    kept: bool = False,
    refused: Problem | None = None,
) -> Answer:
    found = await page_of(ask, ask.path["id"], None)
    page = {
        "card": found.card,
        "division": found.division,
        "ratings": found.ratings,
        "takes_ratings": found.takes_ratings,
        "questions": [(point, POINTS[point], ASKED[point]) for point in POINTS],
        "answers": SAID,
        "chosen": dict(chosen),
        "kept": kept,
        "refused": said(ask, refused) if refused else None,
        "form": {
            "id": uuid7_at(ask.now, secrets.token_bytes(10)),
            "challenge": fresh_challenge(ask),
            "bits": proofs.BITS,
        },
    }
    html = pages.render_rate(page, screen_of(ask.request, ask.now))
    return Answer(
        html, status=refused.status if refused else None, media_type=HTML, cache="no-store"
    )
