"""The questions of the demonstration, through the commands that villagers and the desk use."""

from __future__ import annotations

import base64
import secrets
from collections.abc import AsyncIterator, Iterable
from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from server.cli.demonstration.acts import (
    Act,
    Handled,
    Look,
    PutOff,
    Question,
    Rated,
    Reply,
)
from server.cli.demonstration.pictures import Picture, picture
from server.commands.accept_inquiry import accept_inquiry
from server.commands.answer_inquiry import answer_inquiry
from server.commands.ask_inquiry import Asked, ask_inquiry
from server.commands.end_referral import Ended, end_referral
from server.commands.extend_inquiry import extend_inquiry
from server.commands.moderate_inquiry import Look as Looked
from server.commands.moderate_inquiry import moderate_inquiry
from server.commands.rate_answer import rate_answer
from server.commands.refer_inquiry import Handed, refer_inquiry
from server.commands.refuse_inquiry import NotTakenUp, refuse_inquiry
from server.commands.review_answer import AnswerVerdict, review_answer
from server.commands.send_inquiry_photo import SentPhoto, send_inquiry_photo
from server.external.images import Limits
from server.problem import Problem
from server.rules import proofs
from server.rules.inquiries import Inquiry
from server.rules.inquiry_handling import Classified
from server.rules.inquiry_photos import proof_subject
from server.rules.permissions import Actor
from server.rules.proofs import Proof
from server.rules.values import uuid7_at
from server.storage import inquiries
from server.storage.database import Tx
from server.web.house import House


async def ask(
    tx: Tx, house: House, act: Question, *, disclosure_id: str | None, address: str
) -> None:
    """Ask; its private link is one that nobody was told."""
    await ask_inquiry(
        tx,
        book=house.book,
        mark=house.signer.mark,
        now=act.at,
        address=address,
        asked=Asked(
            id=act.id,
            division=act.division,
            kind=act.kind,
            text=act.text,
            follow=_secret(act.of),
            disclosure_id=disclosure_id,
            pointer=act.pointer,
            photos=() if act.photo is None else (_photo(house, act.photo, act.at).sha256,),
            contact=act.contact,
        ),
    )


async def keep_photos(house: House, acts: Iterable[Act], *, now: datetime, address: str) -> None:
    """Send the photos of questions ahead, as a phone does: with work done for each.

    Now, not when they are asked: what waited for its question since then would be cleared before it is there.
    """
    for act in acts:
        if isinstance(act, Question) and act.photo is not None:
            try:
                await _send(house, act, _photo(house, act.photo, act.at), now, address)
            except Problem as refused:
                # Of two first starts at once the other one has asked it already.
                if refused.slug != "inquiry-is-sent":
                    raise


async def _send(house: House, act: Question, one: Picture, now: datetime, address: str) -> None:
    await send_inquiry_photo(
        house.store,
        house.blobs,
        mark=house.signer.mark,
        now=now,
        address=address,
        sent=SentPhoto(
            id=Random(f"{act.of}/photo").randbytes(16).hex(),
            inquiry_id=act.id,
            sha256=one.sha256,
            proof=_worked(house, proof_subject(act.id, one.sha256), now),
            device=None,
            announced=len(one.data),
            chunks=_chunks(one.data),
        ),
        limits=Limits(house.settings.max_photo_bytes, house.settings.max_photo_pixels),
    )


def _photo(house: House, name: str, at: datetime) -> Picture:
    return picture(house.settings.seeds / "demo" / "photos", name, at - timedelta(minutes=12))


def _worked(house: House, subject: str, now: datetime) -> Proof:
    """Do what a phone does for a second or two."""
    challenge = proofs.new_challenge(secrets.token_hex(12), now, house.signer.mark)
    numbers = (n for n in count() if proofs.zero_bits(f"{challenge}:{subject}:{n}") >= proofs.BITS)
    return Proof(challenge, next(numbers))


async def _chunks(data: bytes) -> AsyncIterator[bytes]:
    yield data


async def at_desk(
    tx: Tx,
    house: House,
    act: Look | Reply | Handled,
    inquiry_id: str,
    *,
    actor: Actor,
    address: str,
) -> None:
    """Do what somebody at work does with a question."""
    if isinstance(act, Look):
        await _look(tx, act, inquiry_id=inquiry_id, actor=actor, address=address)
    elif isinstance(act, Reply):
        await _reply(tx, act, inquiry_id=inquiry_id, actor=actor, address=address)
    else:
        await _handle(tx, house, act, inquiry_id=inquiry_id, actor=actor, address=address)


async def _look(tx: Tx, act: Look, *, inquiry_id: str, actor: Actor, address: str) -> None:
    """Let a question through."""
    await moderate_inquiry(
        tx,
        actor=actor,
        now=act.at,
        address=address,
        inquiry_id=inquiry_id,
        look=Looked("let_through", None),
        revision=(await _standing(tx, inquiry_id)).revision,
    )


async def _reply(tx: Tx, act: Reply, *, inquiry_id: str, actor: Actor, address: str) -> None:
    """Answer a question, or approve its answer."""
    revision = (await _standing(tx, inquiry_id)).revision
    if act.text is None:
        await review_answer(
            tx,
            actor=actor,
            now=act.at,
            address=address,
            inquiry_id=inquiry_id,
            verdict=AnswerVerdict("approve", shown_photos=act.photos),
            revision=revision,
        )
        return
    await answer_inquiry(
        tx,
        actor=actor,
        now=act.at,
        address=address,
        inquiry_id=inquiry_id,
        answer_id=_id(act.at, act.of),
        text=act.text,
        takes_up=None,
        revision=revision,
    )


async def _handle(
    tx: Tx, house: House, act: Handled, *, inquiry_id: str, actor: Actor, address: str
) -> None:
    """Do at the desk what the act says."""
    standing = await _standing(tx, inquiry_id)
    known: dict[str, Any] = {
        "actor": actor,
        "now": act.at,
        "address": address,
        "inquiry_id": inquiry_id,
        "revision": standing.revision,
    }
    match act.step:
        case Classified():
            await accept_inquiry(tx, chosen=act.step, **known)
        case NotTakenUp():
            await refuse_inquiry(tx, book=house.book, why=act.step, **known)
        case Handed():
            await refer_inquiry(tx, book=house.book, handed=act.step, **known)
        case Ended():
            await end_referral(tx, ended=act.step, **known)
        case PutOff(days, reason):
            await extend_inquiry(tx, book=house.book, days=days, reason=reason, **known)


async def rate(tx: Tx, act: Rated) -> None:
    """Say behind the private link how the answer was received."""
    await rate_answer(tx, now=act.at, secret=_secret(act.of), received=act.received)


def _secret(of: str) -> str:
    return base64.urlsafe_b64encode(Random(f"{of}/follow").randbytes(24)).decode()


def _id(at: datetime, of: str) -> str:
    return uuid7_at(at, Random(f"{of}/answer").randbytes(10))


async def _standing(tx: Tx, inquiry_id: str) -> Inquiry:
    found = await inquiries.get(tx, inquiry_id)
    assert found is not None, inquiry_id
    return found
