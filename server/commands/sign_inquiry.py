"""Sign a topic together with others: one signature a device, each with work done for it, or else few an address.

The signature that makes enough of them makes the topic compulsory; if it had been declined before, it waits for an
answer again, and the clock begins anew.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from server import problems
from server.rules import inquiries, proofs, throttling
from server.rules.inquiries import Inquiry, is_on_view, is_open_to_signing
from server.rules.periods import local_date
from server.rules.proofs import Mark, Proof
from server.rules.rulebook import Rulebook
from server.rules.values import Text
from server.storage import (
    events,
    inquiry_answers,
    inquiry_signatures,
    spent_proofs,
    throttles,
    versions,
)
from server.storage import inquiries as kept
from server.storage.database import Tx

NOT_OPEN = Text(
    "已经答复按要求公开，不用再联名", "it will be made public as asked; no more is needed"
)


class Signed(Struct, frozen=True):
    """How many signed, how many make it compulsory, and whether they do."""

    signatures: int
    needed: int
    joined: bool


async def sign_inquiry(
    tx: Tx,
    *,
    book: Rulebook,
    mark: Mark,
    now: datetime,
    address: str,
    inquiry_id: str,
    signature_id: str,
    device: str,
    proof: Proof | None,
) -> Signed:
    """Sign a topic and return how it stands; a device that signed before is answered the same and counted once.

    Without a proof, as from a browser without scripts, an address has a few signatures a day.
    Raises: not_found (no topic on view), topic_not_open, proof_not_valid, proof_used, too_many_attempts.
    """
    await tx.alone(f"inquiry {inquiry_id}")
    topic = await kept.get(tx, inquiry_id)
    if topic is None or topic.kind != "topic" or not is_on_view(topic):
        raise problems.not_found(problems.Say("这个点题", "such topic"))
    own = inquiries.device_mark(topic.id, device)
    needed = book.topic_signatures(topic.division, local_date(topic.asked_at))
    if await inquiry_signatures.signed_by(tx, topic.id, own):
        return Signed(await _count(tx, topic), needed, topic.joined_at is not None)
    if not is_open_to_signing(topic, await inquiry_answers.for_inquiry(tx, topic.id)):
        raise problems.topic_not_open(NOT_OPEN)
    challenge = proofs.checked(proof, signature_id, now, mark) if proof is not None else None
    if isinstance(challenge, str):
        raise problems.proof_not_valid(proofs.FAILURES[challenge])
    here = mark(f"signing from {address}")
    buckets = {f"sign@{here}": throttling.SIGNING_ADDRESS}
    if challenge is None:
        buckets[f"sign-unproved@{here}"] = throttling.SIGNING_UNPROVED
    if (wait := await throttles.take_each(tx, buckets, now)) is not None:
        raise problems.too_many_attempts(retry_after=wait)
    if challenge is not None and not await spent_proofs.spend(tx, challenge, now):
        raise problems.proof_used()
    if not await inquiry_signatures.insert(
        tx, signature_id, topic.id, own, now, county=topic.division[:6]
    ):
        raise problems.same_id_other_content(signature_id, stored="-", received="-")
    signatures = await _count(tx, topic)
    joined = topic.joined_at is None and signatures >= needed
    if joined:
        await _make_compulsory(tx, topic, now)
    await versions.bump(tx, topic.division)
    await events.record(
        tx,
        at=now,
        actor=None,
        action="inquiry.joined" if joined else "inquiry.signed",
        subject=topic.id,
        division=topic.division,
        address="",
        details={"number": topic.label, "signatures": signatures, "needed": needed},
    )
    return Signed(signatures, needed, joined or topic.joined_at is not None)


async def _make_compulsory(tx: Tx, topic: Inquiry, now: datetime) -> None:
    compulsory = replace(topic, joined_at=now)
    if topic.state == "published":  # it was declined
        compulsory = replace(compulsory, state="waiting", clock_from=now, published_at=None)
    if not await kept.update(tx, compulsory, expect_revision=topic.revision):
        raise problems.temporary_failure()


async def _count(tx: Tx, topic: Inquiry) -> int:
    return (await inquiry_signatures.counts(tx, [topic.id])).get(topic.id, 0)
