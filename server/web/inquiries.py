"""What villagers ask, over HTTP: asking and signing without an account, following, reading, and the desk."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from typing import Annotated, Literal

import msgspec

from server.commands.answer_inquiry import answer_inquiry
from server.commands.ask_inquiry import Asked, ask_inquiry
from server.commands.moderate_inquiry import Look, moderate_inquiry
from server.commands.review_answer import AnswerVerdict, review_answer
from server.commands.sign_inquiry import Signed, sign_inquiry
from server.queries.follow_inquiry import FollowedInquiry, follow_inquiry
from server.queries.inquiry_desk import DeskList, inquiry_at_desk, inquiry_desk
from server.queries.public_inquiries import (
    InquiryPage,
    PublicInquiries,
    public_inquiries,
    public_inquiry,
)
from server.rules import proofs
from server.rules.inquiries import MOST_ANSWER, MOST_CONTACT, MOST_TEXT, Kind, State
from server.rules.inquiry_photos import MOST_PHOTOS
from server.rules.inquiry_views import due_of
from server.rules.proofs import Proof
from server.web.asking import Answer, Ask
from server.web.etag import revision_tag
from server.web.listing import ListQuery
from server.web.submissions import Pointer
from server.web.wire import UUID7, DivisionCode, Id, In, LongText, Out, Sha256

# Among the open ones by the day they are owed, among the ended ones by when they ended.
DeskPosition = Annotated[
    str,
    msgspec.Meta(
        pattern=rf"^(open\.[01]\.([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|[0-9]{{12,14}})|ended)\.[0-9]{{1,15}}\.{UUID7[1:-1]}"
        r"(\.[0-9]{12,14})?$",
        max_length=90,
        description="`next` of the page before",
    ),
]
Follow = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[A-Za-z0-9_-]{22,64}$",
        max_length=64,
        description="Secret of the private link: at least 16 random bytes in base64url, made by the client",
    ),
]
Device = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[A-Za-z0-9_-]{16,64}$",
        max_length=64,
        description="A random name that this device gave itself; only marks of it are kept",
    ),
]
# More photos than there may be are refused by the rules, with both numbers.
MOST_NAMED = 20
Asking = Annotated[str, msgspec.Meta(min_length=1, max_length=4 * MOST_TEXT)]
Contact = Annotated[str, msgspec.Meta(max_length=MOST_CONTACT)]


class ProofIn(In):
    """The work done for a challenge: SHA-256 of '<challenge>:<id>:<number>' begins with its zero bits."""

    challenge: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    number: Annotated[int, msgspec.Meta(ge=0, le=proofs.MOST_NUMBER)]

    def proof(self) -> Proof:
        """Return it as the rules know it."""
        return Proof(self.challenge, self.number)


class InquiryBody(In):
    """Something a villager asks. `disclosure_id` and `pointer`: the notice, and the line of it, that it is about.

    Without a proof it is accepted too, and somebody looks at it first. `contact` is for people at work alone.
    `photos`: the hashes of up to three that were sent ahead (PUT …/photos/{sha256}); people at work see them.
    """

    division: DivisionCode
    kind: Kind
    text: Asking
    follow: Follow
    disclosure_id: Id | None = None
    pointer: Pointer | None = None
    contact: Contact | None = None
    device: Device | None = None
    proof: ProofIn | None = None
    photos: Annotated[list[Sha256], msgspec.Meta(max_length=MOST_NAMED)] = msgspec.field(
        default_factory=list
    )


class InquiryReceipt(Out):
    """It arrived: its number, by when it is answered, and the private link under which to look."""

    id: str
    number: str
    state: State
    asked_at: datetime
    due_on: date
    provisional: bool
    follow_url: str
    replayed: bool


class ChallengeView(Out):
    """What to compute: try numbers until the hash begins with `bits` zero bits. Good once, until `until`."""

    challenge: str
    bits: int
    until: datetime


class SignatureBody(In):
    """One signature under a topic: a client-made id, the device, and the work done for it."""

    id: Id
    device: Device
    proof: ProofIn


class DeskQuery(ListQuery):
    """Likewise, in pages."""

    cursor: DeskPosition | None = None


class InquiriesQuery(In):
    """Which page."""

    cursor: Id | None = None


class LookBody(In):
    """Let it through, or refuse it with a reason that whoever asked can read."""

    decision: Literal["let_through", "refuse"]
    reason: LongText | None = None


class AnswerBody(In):
    """An answer; `takes_up` says of a topic whether it will be made public, and is left out for all else."""

    id: Id
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=MOST_ANSWER)]
    takes_up: bool | None = None


class AnswerReviewBody(In):
    """Approve an answer or return it with a reason; `shown_text`: the question as the public reads it.

    `shown_photos`: the numbers of the photos that the public may see with it; left out, none.
    """

    decision: Literal["approve", "return"]
    reason: LongText | None = None
    shown_text: Annotated[str, msgspec.Meta(max_length=MOST_TEXT)] | None = None
    shown_photos: Annotated[list[int], msgspec.Meta(max_length=MOST_PHOTOS)] = msgspec.field(
        default_factory=list
    )


async def get_challenge(ask: Ask) -> ChallengeView:
    """Answer a challenge that only this site could have made; nothing of it is kept until it is used."""
    return ChallengeView(
        challenge=fresh_challenge(ask), bits=proofs.BITS, until=ask.now + proofs.LIFE
    )


def fresh_challenge(ask: Ask) -> str:
    """Return a challenge that nobody had before."""
    return proofs.new_challenge(secrets.token_urlsafe(18), ask.now, ask.house.signer.mark)


async def put_inquiry(ask: Ask) -> Answer:
    """Ask; the same id with the same content answers the same receipt."""
    body: InquiryBody = ask.body
    receipt = await receive(
        ask,
        Asked(
            id=ask.path["id"],
            division=body.division,
            kind=body.kind,
            text=body.text,
            follow=body.follow,
            disclosure_id=body.disclosure_id,
            pointer=body.pointer,
            contact=body.contact,
            device=body.device,
            proof=body.proof.proof() if body.proof else None,
            photos=tuple(body.photos),
        ),
    )
    return Answer(receipt, status=200 if receipt.replayed else 201)


async def receive(ask: Ask, asked: Asked) -> InquiryReceipt:
    """Keep an inquiry and return its receipt: for the API and for the page's form."""
    kept = await ask_inquiry(
        ask.tx,
        book=ask.house.book,
        mark=ask.house.signer.mark,
        now=ask.now,
        address=ask.address,
        asked=asked,
    )
    due = due_of(kept.inquiry, ask.house.book, ask.now)
    return InquiryReceipt(
        id=kept.inquiry.id,
        number=kept.inquiry.label,
        state=kept.inquiry.state,
        asked_at=kept.inquiry.asked_at,
        due_on=due.on,
        provisional=due.provisional,
        follow_url=f"{ask.origin}/f/{asked.follow}",
        replayed=kept.replayed,
    )


async def sign_topic(ask: Ask) -> Signed:
    """Sign a topic together with others; a device is counted once."""
    body: SignatureBody = ask.body
    return await sign_inquiry(
        ask.tx,
        book=ask.house.book,
        mark=ask.house.signer.mark,
        now=ask.now,
        address=ask.address,
        inquiry_id=ask.path["id"],
        signature_id=body.id,
        device=body.device,
        proof=body.proof.proof(),
    )


async def follow(ask: Ask) -> Answer:
    """What became of an inquiry, behind its private link."""
    return Answer(await followed(ask), cache="no-store")


async def followed(ask: Ask) -> FollowedInquiry:
    """Return the inquiry of the private link in the path: for the API and for the page."""
    return await follow_inquiry(
        ask.db, book=ask.house.book, secret=ask.path["follow"], now=ask.now, lang=ask.lang
    )


async def list_inquiries(ask: Ask) -> PublicInquiries:
    """What was asked in a village and answered, and its topics."""
    asked: InquiriesQuery = ask.query
    return await public_inquiries(
        ask.db,
        book=ask.house.book,
        code=ask.path["code"],
        cursor=asked.cursor,
        now=ask.now,
        lang=ask.lang,
    )


async def get_inquiry(ask: Ask) -> InquiryPage:
    """One inquiry that the public may read."""
    return await public_inquiry(
        ask.db, book=ask.house.book, inquiry_id=ask.path["id"], now=ask.now, lang=ask.lang
    )


async def get_desk(ask: Ask) -> DeskList:
    """What was asked in my area, and what of it waits for me."""
    asked: DeskQuery = ask.query
    return await inquiry_desk(
        ask.db,
        book=ask.house.book,
        actor=ask.me,
        wanted=asked.wanted(),
        cursor=asked.cursor,
        now=ask.now,
    )


async def get_at_desk(ask: Ask) -> Answer:
    """One inquiry with its answers and how it is handled; its ETag is what a decision must name."""
    return await at_desk(ask)


async def moderate(ask: Ask) -> Answer:
    """Let through what was held, or refuse it."""
    body: LookBody = ask.body
    await moderate_inquiry(
        ask.tx,
        actor=ask.me,
        now=ask.now,
        address=ask.address,
        inquiry_id=ask.path["id"],
        look=Look(body.decision, body.reason),
        revision=ask.expected_revision(),
    )
    return await at_desk(ask)


async def answer(ask: Ask) -> Answer:
    """Answer what was asked; it is read by nobody before its review."""
    body: AnswerBody = ask.body
    await answer_inquiry(
        ask.tx,
        actor=ask.me,
        now=ask.now,
        address=ask.address,
        inquiry_id=ask.path["id"],
        answer_id=body.id,
        text=body.text,
        takes_up=body.takes_up,
        revision=ask.expected_revision(),
    )
    return await at_desk(ask)


async def review_of_answer(ask: Ask) -> Answer:
    """Approve an answer, which publishes it with its question, or return it."""
    body: AnswerReviewBody = ask.body
    await review_answer(
        ask.tx,
        actor=ask.me,
        now=ask.now,
        address=ask.address,
        inquiry_id=ask.path["id"],
        verdict=AnswerVerdict(
            body.decision, body.reason, body.shown_text, tuple(body.shown_photos)
        ),
        revision=ask.expected_revision(),
    )
    return await at_desk(ask)


async def at_desk(ask: Ask) -> Answer:
    """Return the inquiry of the path as whoever is signed in reads it, with its revision as ETag."""
    page = await inquiry_at_desk(
        ask.db,
        book=ask.house.book,
        actor=ask.me,
        inquiry_id=ask.path["id"],
        now=ask.now,
        lang=ask.lang,
    )
    return Answer(page, headers={"ETag": revision_tag(page.revision)}, cache="private, no-cache")
