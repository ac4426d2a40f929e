"""The questions of the demonstration, through the commands that villagers and the desk use."""

from __future__ import annotations

import base64
from datetime import datetime
from random import Random

from server.cli.demonstration.acts import Look, Question, Reply
from server.commands.answer_inquiry import answer_inquiry
from server.commands.ask_inquiry import Asked, ask_inquiry
from server.commands.moderate_inquiry import Look as Looked
from server.commands.moderate_inquiry import moderate_inquiry
from server.commands.review_answer import AnswerVerdict, review_answer
from server.rules.inquiries import Inquiry
from server.rules.permissions import Actor
from server.rules.values import uuid7_at
from server.storage import inquiries
from server.storage.database import Tx
from server.web.house import House


async def ask(
    tx: Tx, house: House, act: Question, *, disclosure_id: str | None, address: str
) -> None:
    """Ask; its private link is one that nobody was told."""
    secret = base64.urlsafe_b64encode(Random(f"{act.of}/follow").randbytes(24)).decode()
    await ask_inquiry(
        tx,
        book=house.book,
        mark=house.signer.mark,
        now=act.at,
        address=address,
        asked=Asked(
            id=act.id,
            division=act.division,
            kind="question",
            text=act.text,
            follow=secret,
            disclosure_id=disclosure_id,
            pointer=act.pointer,
        ),
    )


async def look(tx: Tx, act: Look, *, inquiry_id: str, actor: Actor, address: str) -> None:
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


async def reply(tx: Tx, act: Reply, *, inquiry_id: str, actor: Actor, address: str) -> None:
    """Answer a question, or approve its answer."""
    revision = (await _standing(tx, inquiry_id)).revision
    if act.text is None:
        await review_answer(
            tx,
            actor=actor,
            now=act.at,
            address=address,
            inquiry_id=inquiry_id,
            verdict=AnswerVerdict("approve"),
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


def _id(at: datetime, of: str) -> str:
    return uuid7_at(at, Random(f"{of}/answer").randbytes(10))


async def _standing(tx: Tx, inquiry_id: str) -> Inquiry:
    found = await inquiries.get(tx, inquiry_id)
    assert found is not None, inquiry_id
    return found
