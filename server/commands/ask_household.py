"""Ask what one household received: by a name and the last four characters of an identity number, neither of which is kept.

Known or not, the same work is done: one mark for each list of the village that may be asked, one look-up with all of
them, the notices of all those lists, three buckets read and written, one attempt recorded. What differs is how many
rows come back. `Asked.work` counts it, and the tests compare that, not the clock.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from server import problems
from server.external.household_keys import Keyring
from server.rules import households, throttling
from server.rules.household_answers import Received, answered, open_lists
from server.rules.households import Left, Mark, Outcome
from server.rules.periods import local_date
from server.rules.rulebook import Rulebook
from server.rules.throttling import Limit
from server.storage import divisions, household_attempts, payment_notices, payments, throttles
from server.storage.database import Tx


class Work(Struct, frozen=True):
    """How much was done for one answer: marks computed, lists and editions looked at, buckets written."""

    marks: int
    lists: int
    editions: int
    buckets: int


class Asked(Struct, frozen=True):
    """What somebody is answered, newest first; nothing found is answered the same way, with no payment in it."""

    outcome: Outcome
    payments: tuple[Received, ...]
    work: Work


async def ask_household(
    tx: Tx,
    *,
    book: Rulebook,
    keys: Keyring,
    mark: Mark,
    now: datetime,
    address: str,
    division: str,
    name: str,
    tail: str,
) -> Asked:
    """Return the payments of whoever has this name and ending; record that somebody asked, not who or for whom.

    `tail`: as `households.plain_tail` returns it. Raises: not_found (no such village), household_limited, which is
    recorded too.
    """
    village = await divisions.get(tx, division)
    if village is None or village.level != "village":
        raise problems.not_found()
    buckets = _buckets(mark, division, address, name)
    # A name that nobody got wrong yet has no row that could be waited for: of ten tries at once each would see six left.
    # The name's mark, and not the name: a database may write what it is given into its log.
    await tx.alone(next(iter(buckets)))
    left = [await throttles.left(tx, key, limit, now) for key, limit in buckets.items()]
    if wait := households.wait_for(Left(*left)):
        await household_attempts.record(tx, division, "limited", now)
        raise problems.household_limited(retry_after=wait)

    since = households.asked_since(local_date(now))
    listed = await payment_notices.listed(tx, division, since)
    lists = open_lists(listed.lists, listed.notices, listed.heads, book, now)
    marks = [
        key.mark(households.payee(division, each.list.id, name, tail))
        for each in lists
        if (key := keys.get(each.list.key)) is not None
    ]
    found = await payments.with_marks(tx, marks)
    outcome: Outcome = "known" if found else "unknown"
    for tokens, bucket in zip(left, buckets, strict=True):
        # A right answer costs nothing; it is written all the same.
        await throttles.put(tx, bucket, tokens if found else max(0.0, tokens - 1), now)
    await throttles.clear_full(tx, now)
    await household_attempts.record(tx, division, outcome, now)
    looked_at = sum(map(len, listed.heads.values()))
    work = Work(len(marks), len(lists), looked_at, len(buckets))
    return Asked(outcome, answered(found, lists), work)


def _buckets(mark: Mark, division: str, address: str, name: str) -> dict[str, Limit]:
    """Return what a try is counted in, by names that nobody can turn back."""
    plain = households.plain_name(name)
    return {
        f"hh-name:{mark(f'household {division} {plain}')}": throttling.HOUSEHOLD_NAME,
        f"hh@{mark(f'household {division} from {address}')}": throttling.HOUSEHOLD_ADDRESS,
        f"hh-village:{division}": throttling.HOUSEHOLD_VILLAGE,
    }
