"""The desk over HTTP: take up or not, classify, refer, put off, look at a contact; and how an answer was received."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import msgspec

from server.commands.accept_inquiry import accept_inquiry
from server.commands.classify_inquiry import classify_inquiry
from server.commands.end_referral import Ended, end_referral
from server.commands.extend_inquiry import extend_inquiry
from server.commands.look_at_contact import look_at_contact
from server.commands.rate_answer import Received, rate_answer
from server.commands.refer_inquiry import Handed, refer_inquiry
from server.commands.refuse_inquiry import NotTakenUp, refuse_inquiry
from server.queries.contact_looks import ContactLooks, contact_looks
from server.queries.follow_inquiry import FollowedInquiry
from server.rules.inquiries import About, Kind, Office, Subject
from server.rules.inquiry_handling import MOST_NAME, MOST_NOTE, MOST_WORDS, Classified, Rating
from server.web.asking import Answer, Ask
from server.web.inquiries import at_desk, followed
from server.web.wire import Id, In, Out

Note = Annotated[str, msgspec.Meta(max_length=MOST_NOTE)]
Words = Annotated[str, msgspec.Meta(max_length=MOST_WORDS)]


class ClassificationBody(In):
    """What it is and what it is about; `about`: of a report, whom it is about."""

    kind: Kind
    subject: Subject
    about: About | None = None

    def chosen(self) -> Classified:
        """Return it as the rules know it."""
        return Classified(self.kind, self.subject, self.about)


class NotTakenUpBody(In):
    """Why it is not taken up, and where its sender can turn; left out, the policy's own words are said."""

    ground: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    words: Words
    turn_to: Words = ""


class ReferralBody(In):
    """To which office, until when, and what it is asked to do; departments are named."""

    id: Id
    office: Office
    due_on: date
    note: Note
    name: Annotated[str, msgspec.Meta(max_length=MOST_NAME)] = ""


class ReferralEndBody(In):
    """What the office found, or why it is taken back."""

    outcome: Literal["reported", "taken_back"]
    words: Words


class ExtensionBody(In):
    """By how many of the term's own days the answer is put off; whoever asked reads the reason."""

    days: Annotated[int, msgspec.Meta(ge=1, le=366)]
    reason: Note


class SatisfactionBody(In):
    """How the answer was received, and what there is to say to it."""

    rating: Rating
    words: Annotated[str, msgspec.Meta(max_length=4 * MOST_WORDS)] = ""


class Contact(Out):
    """How whoever asked can be reached."""

    contact: str


async def accept(ask: Ask) -> Answer:
    """Take it up as what it is; whoever asked reads so."""
    body: ClassificationBody = ask.body
    await accept_inquiry(
        ask.tx,
        actor=ask.me,
        now=ask.now,
        address=ask.address,
        inquiry_id=ask.path["id"],
        chosen=body.chosen(),
        revision=ask.expected_revision(),
    )
    return await at_desk(ask)


async def classify(ask: Ask) -> Answer:
    """Say anew what it is and what it is about."""
    body: ClassificationBody = ask.body
    await classify_inquiry(
        ask.tx,
        actor=ask.me,
        now=ask.now,
        address=ask.address,
        inquiry_id=ask.path["id"],
        chosen=body.chosen(),
        revision=ask.expected_revision(),
    )
    return await at_desk(ask)


async def refuse(ask: Ask) -> Answer:
    """Do not take it up: the ground, the words and the way on are read by whoever asked."""
    body: NotTakenUpBody = ask.body
    await refuse_inquiry(
        ask.tx,
        book=ask.house.book,
        actor=ask.me,
        now=ask.now,
        address=ask.address,
        inquiry_id=ask.path["id"],
        why=NotTakenUp(body.ground, body.words, body.turn_to),
        revision=ask.expected_revision(),
    )
    return await at_desk(ask)


async def refer(ask: Ask) -> Answer:
    """Hand it to an office until a day."""
    body: ReferralBody = ask.body
    await refer_inquiry(
        ask.tx,
        book=ask.house.book,
        actor=ask.me,
        now=ask.now,
        address=ask.address,
        inquiry_id=ask.path["id"],
        handed=Handed(body.id, body.office, body.due_on, body.note, body.name),
        revision=ask.expected_revision(),
    )
    return await at_desk(ask)


async def end(ask: Ask) -> Answer:
    """Say what the office found, or take it back; a supervisor who said it may read no further."""
    body: ReferralEndBody = ask.body
    await end_referral(
        ask.tx,
        actor=ask.me,
        now=ask.now,
        address=ask.address,
        inquiry_id=ask.path["id"],
        ended=Ended(body.outcome, body.words),
        revision=ask.expected_revision(),
    )
    return Answer(status=204)


async def extend(ask: Ask) -> Answer:
    """Put the answer off, once."""
    body: ExtensionBody = ask.body
    await extend_inquiry(
        ask.tx,
        book=ask.house.book,
        actor=ask.me,
        now=ask.now,
        address=ask.address,
        inquiry_id=ask.path["id"],
        days=body.days,
        reason=body.reason,
        revision=ask.expected_revision(),
    )
    return await at_desk(ask)


async def contact(ask: Ask) -> Answer:
    """How whoever asked can be reached; that somebody looked is written down."""
    seen = await look_at_contact(
        ask.tx, actor=ask.me, now=ask.now, address=ask.address, inquiry_id=ask.path["id"]
    )
    return Answer(Contact(contact=seen), cache="no-store")


async def looks(ask: Ask) -> ContactLooks:
    """Who looked at contacts in my area in the last year."""
    return await contact_looks(ask.db, actor=ask.me, now=ask.now)


async def put_satisfaction(ask: Ask) -> Answer:
    """Rate the answer behind the private link; who is not satisfied is answered once more."""
    body: SatisfactionBody = ask.body
    return Answer(await receive(ask, Received(body.rating, body.words)), cache="no-store")


async def receive(ask: Ask, received: Received) -> FollowedInquiry:
    """Keep a rating and return the inquiry as its sender reads it: for the API and for the page's form."""
    await rate_answer(ask.tx, now=ask.now, secret=ask.path["follow"], received=received)
    return await followed(ask)
