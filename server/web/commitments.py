"""Commitments over HTTP: register a posting before its content, and ask what became of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

import msgspec

from server.commands.commit_posting import Registration, commit_posting
from server.queries.my_commitment import my_commitment
from server.rules import receipts
from server.rules.commitments import Commitment, State
from server.rules.periods import local_date
from server.web.asking import Answer, Ask
from server.web.wire import CategoryKey, Id, In, Number, Out, PlaceCode, Sha256

Aware = Annotated[datetime, msgspec.Meta(tz=True)]
ContentHash = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^sha256:[0-9a-f]{64}$",
        max_length=71,
        description="Of the submission's canonical bytes (RFC 8785); schemas/vectors/content_hash.json",
    ),
]


class CommitmentBody(In):
    """What is registered; `replaces` is an earlier one of mine, for the same matter, that will not be completed."""

    division: PlaceCode
    category: CategoryKey
    schema_version: Number
    content_hash: ContentHash
    composed_at: Aware
    photos: Annotated[list[Sha256], msgspec.Meta(max_length=60)] = msgspec.field(
        default_factory=list
    )
    period: Annotated[str, msgspec.Meta(max_length=40)] | None = None
    event_on: date | None = None
    occurrence_id: Id | None = None
    publish_at: Aware | None = None
    replaces: Id | None = None


class CommitmentReceipt(Out):
    """The server's promise: this counts from `received_at` if content and photos arrive before `lapses_at`.

    `provisional`: the due day rests on a working-day calendar not yet announced. `signed`: the same as a
    signed note (c2sp.org/signed-note) for the key of /receipt-key.
    """

    id: str
    kind: Literal["commitment"]
    received_at: datetime
    due_on: date
    on_time: bool
    days_late: int
    provisional: bool
    lapses_at: datetime
    content_hash: str
    photos_missing: list[str]
    signed: str


class CommitmentStanding(CommitmentReceipt):
    """The same promise, and what became of it by now."""

    state: State


async def put_commitment(ask: Ask) -> Answer:
    """Register a posting: hashes now, content and photos when the network allows; the same bytes answer the same."""
    body: CommitmentBody = ask.body
    done = await commit_posting(
        ask.tx,
        book=ask.house.book,
        versions=ask.house.validators,
        actor=ask.me,
        now=ask.now,
        address=ask.address,
        registration=Registration(
            id=ask.path["id"],
            division=body.division,
            category=body.category,
            schema_version=body.schema_version,
            content_hash=body.content_hash,
            photos=tuple(body.photos),
            composed_at=body.composed_at,
            period=body.period,
            event_on=body.event_on,
            occurrence_id=body.occurrence_id,
            publish_at=body.publish_at,
            replaces=body.replaces,
        ),
    )
    promise = CommitmentReceipt(**_promise(ask, done.commitment, done.missing))
    return Answer(promise, status=200 if done.replayed else 201)


async def get_commitment(ask: Ask) -> CommitmentStanding:
    """What became of what I registered: waiting, completed, lapsed or replaced."""
    kept = await my_commitment(ask.db, actor=ask.me, commitment_id=ask.path["id"], now=ask.now)
    return CommitmentStanding(**_promise(ask, kept.commitment, kept.missing), state=kept.state)


def _promise(ask: Ask, commitment: Commitment, missing: tuple[str, ...]) -> dict[str, Any]:
    due = ask.house.book.due_of(commitment)
    receipt = receipts.Receipt(
        kind="commitment",
        id=commitment.id,
        division=commitment.division,
        category=commitment.category,
        period=commitment.period_key,
        content_hash=commitment.content_hash,
        photos=commitment.photos,
        received_at=commitment.received_at,
        lapses_at=commitment.lapses_at,
        planned_at=commitment.plan_at,
        due_on=due.due_on,
    )
    late = max(0, (local_date(receipt.judged_at) - due.due_on).days)
    return {
        "id": commitment.id,
        "kind": "commitment",
        "received_at": commitment.received_at,
        "due_on": due.due_on,
        "on_time": late == 0,
        "days_late": late,
        "provisional": due.provisional,
        "lapses_at": commitment.lapses_at,
        "content_hash": commitment.content_hash,
        "photos_missing": list(missing),
        "signed": ask.house.signer.sign(receipts.text_of(receipt)),
    }


class ReceiptKey(Out):
    """The key that receipts are checked with: its name, its spelling, and the format of what it signs."""

    name: str
    key: str
    algorithm: Literal["Ed25519"] = "Ed25519"
    format: Literal["c2sp.org/signed-note"] = "c2sp.org/signed-note"


async def receipt_key(ask: Ask) -> ReceiptKey:
    """The public key of this site's receipts; keep it beside them, and they can be checked without us."""
    verifier = ask.house.signer.verifier
    return ReceiptKey(name=verifier.name, key=str(verifier))
