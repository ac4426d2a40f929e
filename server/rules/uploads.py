"""Uploads under way: how long they are kept, how many somebody may have, and how far one counts as come."""

from __future__ import annotations

from datetime import timedelta

# A phone that was out of reach for a week begins anew; the finished ones are remembered as long, so that a
# phone which missed the last answer can still learn that nothing is left to send.
KEPT_FOR = timedelta(days=7)
# Twenty photos a submission, and the submissions of a bad week in the outbox.
MOST_UNFINISHED = 60


def counted(*, arrived: int, length: int, finished: bool) -> int:
    """Return the offset that is acknowledged when so many bytes have arrived.

    The last byte counts only when the photo was examined and is on record: a process killed between the two
    must not leave a phone believing that nothing is left to send. It sends that byte again, and all is well.
    """
    return length if finished else min(arrived, length - 1)
