"""Commitments: a posting that was registered before its content arrived, and what becomes of it as time passes.

A phone with a weak signal first sends a few hundred bytes: which posting, and the hashes of its content and
photos. If they follow before `lapses_at`, the moment of registration decides on time or late. If they do not,
it lapses. No job makes it lapse: what a commitment is follows from its row and a moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Literal

from msgspec import Struct

from server.rules.periods import Period
from server.rules.values import Text

State = Literal["pending", "completed", "lapsed", "replaced"]

MOST_UNFINISHED = 60
"""How many commitments of one day a person may leave without content.

A township's editor may post a batch of relief for thirty villages after a day without a signal; nobody writes
sixty postings in a day, but a program may register thousands.
"""
A_DAY = timedelta(days=1)


class Commitment(Struct, frozen=True, kw_only=True):
    """A registered posting; its id is the submission's.

    `received_at` is ours and judges, if content came before `lapses_at` (exclusive), which is what its
    receipt promised and no later policy changes. `digest`: the hash of everything that was registered;
    `content_hash`: of the submission to come. `plan_at`: when the village wishes it shown.
    """

    id: str
    division: str
    category: str
    period_key: str
    period_end: date
    event_on: date | None
    schema_version: int
    content_hash: str
    digest: str
    photos: tuple[str, ...]
    composed_at: datetime
    received_at: datetime
    lapses_at: datetime
    committed_by: str
    plan_at: datetime | None = None
    replaces: str | None = None
    completed_at: datetime | None = None
    replaced_at: datetime | None = None

    @property
    def hours(self) -> int:
        """How many hours the content was given to follow."""
        return round((self.lapses_at - self.received_at).total_seconds() / 3600)


def state_at(commitment: Commitment, now: datetime) -> State | None:
    """Return what a commitment is at a moment; None while it had not arrived.

    What happened first, for good: completed or replaced before it lapsed; content that came after is
    accepted and changes nothing here.
    """
    if now < commitment.received_at:
        return None
    ends: list[tuple[datetime, State]] = [(commitment.lapses_at, "lapsed")]
    if commitment.completed_at is not None and commitment.completed_at < commitment.lapses_at:
        ends.append((commitment.completed_at, "completed"))
    if commitment.replaced_at is not None and commitment.replaced_at < commitment.lapses_at:
        ends.append((commitment.replaced_at, "replaced"))
    happened = [end for end in ends if end[0] <= now]
    return min(happened, key=lambda end: end[0])[1] if happened else "pending"


def counted_from(
    commitment: Commitment | None, period: Period, digest: str, now: datetime
) -> datetime | None:
    """Return since when a submission with this hash counts as registered; None: its own arrival counts.

    A commitment holds for the period it named: registered for one and sent for another, it lapses.
    """
    if commitment is None or state_at(commitment, now) != "pending":
        return None
    same = (commitment.period_key, commitment.content_hash) == (period.key, digest)
    return commitment.received_at if same else None


def may_replace(earlier: Commitment, category: str, division: str, period: Period) -> bool:
    """Say whether a new commitment takes an earlier one's place: they are about the same matter.

    An event without a recorded occurrence has a period of its own each time, so its cadence is enough.
    Otherwise a registration that is never completed could be hidden behind one for something else.
    """
    if (earlier.division, earlier.category) != (division, category):
        return False
    return earlier.period_key == period.key or (
        period.cadence == "event" and earlier.event_on is not None
    )


def wait_for_more(unfinished: Sequence[datetime], now: datetime) -> timedelta | None:
    """Return how long a person waits before the next commitment; None: there is room.

    `unfinished`: when their commitments of the last day that have no content were received.
    """
    recent = sorted(at for at in unfinished if now - at < A_DAY)
    if len(recent) < MOST_UNFINISHED:
        return None
    return recent[len(recent) - MOST_UNFINISHED] + A_DAY - now


def pending(commitments: Iterable[Commitment], now: datetime) -> list[Commitment]:
    """Return those that wait for their content, oldest first."""
    return _in_state(commitments, "pending", now)


def lapsed(commitments: Iterable[Commitment], now: datetime) -> list[Commitment]:
    """Return those whose content did not follow in time, oldest first."""
    return _in_state(commitments, "lapsed", now)


def _in_state(commitments: Iterable[Commitment], state: State, now: datetime) -> list[Commitment]:
    found = [c for c in commitments if state_at(c, now) == state]
    return sorted(found, key=lambda c: (c.received_at, c.id))


def next_lapse(commitments: Iterable[Commitment], now: datetime) -> datetime | None:
    """Return when the next of those that wait will lapse; None when none waits."""
    return min((c.lapses_at for c in pending(commitments, now)), default=None)


def not_yours(commitment_id: str) -> Text:
    """Return why nobody completes, or repeats, what somebody else registered."""
    return Text(
        f"编号 {commitment_id} 是别人登记的，只能由登记人自己报送。请用新的编号报送",
        f"{commitment_id} was registered by somebody else, who alone may send it. Use a new id",
    )
