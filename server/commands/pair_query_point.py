"""Pair a device with a query point: whoever types the code that the township was shown gives the point its key.

Eight digits can be guessed where guesses are free. They are not: an address has ten, all addresses together two hundred
and twenty more a minute, and a code is open for half an hour.
"""

from __future__ import annotations

import secrets
from datetime import datetime

from msgspec.structs import replace

from server import problems
from server.external import device_keys
from server.problems import Problem
from server.rules.proofs import Mark
from server.rules.query_points import CODE_VALID, QueryPoint, code_stands, plain_code
from server.rules.throttling import PAIRING_ADDRESS, PAIRING_EVERYWHERE
from server.rules.values import Text, uuid7_at
from server.storage import events, pairing_codes, query_points, throttles
from server.storage.database import Tx

NO_KEY = Text("收到的不是 P-256 公钥", "what came is no P-256 public key")
KNOWN_KEY = Text("这把密钥以前配对过", "this key was paired before")


async def pair_query_point(
    tx: Tx, *, code: str, public_key: str, mark: Mark, now: datetime, address: str
) -> QueryPoint:
    """Use the code up, keep the device's key in the place of the last, and return the point.

    Two devices with one code: one of them is paired. The same device with the same code again is answered the same:
    its first answer may have been lost. Raises pairing_key_not_valid (no key, or one that was ever paired),
    pairing_code_not_valid (wrong, used, expired or retired), too_many_attempts.
    """
    if not device_keys.readable(public_key):
        raise problems.pairing_key_not_valid(NO_KEY)
    buckets = {f"pairing@{address}": PAIRING_ADDRESS, "pairing": PAIRING_EVERYWHERE}
    for key, limit in buckets.items():
        if (wait := await throttles.take(tx, key, limit, now)) is not None:
            raise problems.too_many_attempts(retry_after=wait)
    digits = plain_code(code)
    code_mark = pairing_codes.marked(digits, mark) if digits else ""
    point = await query_points.by_code(tx, code_mark) if digits else None
    if point is None or point.code_expires_at is None or point.code_expires_at <= now:
        raise _refused()
    if not code_stands(point, now):
        if point.public_key != public_key:
            raise _refused()
        return point
    if not await query_points.use_code(tx, point.id, code_mark, now):
        raise _refused()
    for key, limit in buckets.items():
        await throttles.give_back(tx, key, limit, now)
    if point.public_key == public_key:  # the same device once more: its numbers go on
        return point
    key_id = uuid7_at(now, secrets.token_bytes(10))
    if not await query_points.add_key(tx, point, key_id=key_id, public_key=public_key, now=now):
        raise problems.pairing_key_not_valid(KNOWN_KEY)
    await events.record(
        tx,
        at=now,
        actor=None,
        action="query_point.paired",
        subject=point.id,
        division=point.division,
        address=address,
        details={"key": key_id, "replaces": point.key_id},
    )
    return replace(point, key_id=key_id, public_key=public_key, paired_at=point.paired_at or now)


def _refused() -> Problem:
    return problems.pairing_code_not_valid(minutes=CODE_VALID.seconds // 60)
