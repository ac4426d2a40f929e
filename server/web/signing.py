"""Signing a topic by a form that any browser can send: with work done by the page's script, or else few an address.

Without a script a cookie stands for the device; it is sent to the form of this one topic and to nothing else.
"""

from __future__ import annotations

import re
import secrets
from typing import Annotated, Literal

import msgspec

from server import problems
from server.commands.sign_inquiry import sign_inquiry
from server.problems import Problem
from server.rules import proofs
from server.rules.proofs import Proof
from server.rules.values import uuid7_at
from server.web import pages
from server.web.answers import screen_of
from server.web.asking import Answer, Ask
from server.web.cookies import signer_cookie, signer_of
from server.web.inquiries import Device, fresh_challenge, get_inquiry
from server.web.inquiry_pages import said
from server.web.reading import HTML, PageQuery
from server.web.wire import Id, In

_DEVICE = re.compile(r"[A-Za-z0-9_-]{16,64}", re.ASCII)


class SignPage(PageQuery):
    """Whether a signature was just kept."""

    kept: Literal["yes"] | None = None


class SignForm(In):
    """The form as a browser sends it; `challenge` and `number` are filled in by the page's script."""

    id: Id
    device: Device
    challenge: Annotated[str, msgspec.Meta(max_length=200)] | None = None
    number: Annotated[int, msgspec.Meta(ge=0, le=proofs.MOST_NUMBER)] | None = None

    def proof(self) -> Proof | None:
        """Return the work that was done for it."""
        if self.challenge is None or self.number is None:
            return None
        return Proof(self.challenge, self.number)


async def sign_page(ask: Ask) -> Answer:
    """/q/{id}/sign: the topic and a button; raises not_found for what nobody may read, or is no topic."""
    asked: SignPage = ask.query
    return await _form(ask, kept=asked.kept is not None)


async def send_signature(ask: Ask) -> Answer:
    """Keep a signature and show how the topic stands; a refusal says why, and nothing was written but the attempt.

    The device has one name from the form on, so that a second tap before the cookie arrived is the same signature.
    """
    body: SignForm = ask.body
    device = _known(ask) or body.device
    try:
        await sign_inquiry(
            ask.tx,
            book=ask.house.book,
            mark=ask.house.signer.mark,
            now=ask.now,
            address=ask.address,
            inquiry_id=ask.path["id"],
            signature_id=body.id,
            device=device,
            proof=body.proof(),
        )
    except Problem as refused:
        if refused.slug == "not-found" or refused.status >= 500:
            raise
        return await _form(ask, refused=refused)
    here = f"/q/{ask.path['id']}/sign"
    cookie = signer_cookie(here, device, ask.house.settings)
    headers = {"Location": f"{here}?kept=yes", "Set-Cookie": cookie}
    return Answer(status=303, headers=headers, cache="no-store")


def _known(ask: Ask) -> str | None:
    """Return the name that the form's cookie gives this device."""
    name = signer_of(ask.request)
    return name if name and _DEVICE.fullmatch(name) else None


async def _form(ask: Ask, *, kept: bool = False, refused: Problem | None = None) -> Answer:
    found = await get_inquiry(ask)
    if found.inquiry.signing is None:
        raise problems.not_found()
    page = {
        "division": found.division,
        "inquiry": found.inquiry,
        "kept": kept,
        "refused": said(ask, refused) if refused else None,
        "form": {
            "id": uuid7_at(ask.now, secrets.token_bytes(10)),
            "device": _known(ask) or secrets.token_urlsafe(18),
            "challenge": fresh_challenge(ask),
            "bits": proofs.BITS,
        },
    }
    html = pages.render_sign(page, screen_of(ask.request, ask.now))
    return Answer(
        html, status=refused.status if refused else None, media_type=HTML, cache="no-store"
    )
