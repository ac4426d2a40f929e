"""What became of a posting I registered: the sender's own question, and nobody else's."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from server import problems
from server.rules.commitments import Commitment, State, state_at
from server.rules.permissions import Actor
from server.storage import commitments, photos
from server.storage.database import Reader


class Kept(Struct, frozen=True):
    """A commitment, the photos that have not arrived, and what it is by now."""

    commitment: Commitment
    missing: tuple[str, ...]
    state: State


async def my_commitment(db: Reader, *, actor: Actor, commitment_id: str, now: datetime) -> Kept:
    """Return the actor's own commitment. Raises not_found, also for somebody else's."""
    commitment = await commitments.get(db, commitment_id)
    if commitment is None or commitment.committed_by != actor.account_id:
        raise problems.not_found()
    state = state_at(commitment, now)
    if state is None:
        raise problems.not_found()
    missing = await photos.missing(
        db, commitment.photos, village=commitment.division, account=actor.account_id
    )
    return Kept(commitment, missing, state)
