"""Proof of work: a phone computes for a second or two before something anonymous is accepted.

A challenge is a line that only this site could have written, good for a while and for one use:

    1.<nonce>.<bits>.<epoch second after which it is worth nothing>.<mark>

The proof is a whole number: the SHA-256 of '<challenge>:<id>:<number>' begins with so many zero bits. The id is that
of what is sent, so that a proof cannot be carried over to something else. No picture, no foreign service.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Literal

from msgspec import Struct

from server.rules.values import Text

BITS = 16
"""65,536 tries on average: half a second on a desk, a few seconds on a phone of 2018."""
LIFE = timedelta(hours=2)
MOST_NUMBER = 2**53 - 1
_CHALLENGE = re.compile(
    r"1\.(?P<nonce>[A-Za-z0-9_-]{16,32})\.(?P<bits>[1-9][0-9]?)\.(?P<until>[1-9][0-9]{8,11})"
    r"\.(?P<mark>[0-9a-f]{32})",
    re.ASCII,
)

Mark = Callable[[str], str]
"""Returns what nobody without the site's key can compute for a text: 32 hex digits."""
Failure = Literal["not_ours", "expired", "no_work"]
FAILURES: dict[Failure, Text] = {
    "not_ours": Text("手机算的那道题不是本站出的", "the challenge is not ours"),
    "expired": Text("这一页打开超过两小时了", "the challenge is older than two hours"),
    "no_work": Text("手机没有算对那道题", "the result is not right"),
}


class Proof(Struct, frozen=True):
    """What came with something anonymous."""

    challenge: str
    number: int


class Challenge(Struct, frozen=True):
    """A challenge of ours: its nonce, how many zero bits it asks for and until when it is good."""

    nonce: str
    bits: int
    until: datetime


def new_challenge(nonce: str, now: datetime, mark: Mark, *, bits: int = BITS) -> str:
    """Return a challenge for a nonce that nobody had before."""
    head = f"1.{nonce}.{bits}.{int((now + LIFE).timestamp())}"
    return f"{head}.{_marked(head, mark)}"


def checked(proof: Proof, subject: str, now: datetime, mark: Mark) -> Challenge | Failure:
    """Return the challenge that a proof for `subject` solves, or why it is none. Whether it was used is asked elsewhere."""
    found = _CHALLENGE.fullmatch(proof.challenge)
    if found is None:
        return "not_ours"
    head = proof.challenge.rpartition(".")[0]
    if not hmac.compare_digest(found["mark"], _marked(head, mark)):
        return "not_ours"
    until = datetime.fromtimestamp(int(found["until"]), UTC)
    if now >= until:
        return "expired"
    bits = int(found["bits"])
    if zero_bits(f"{proof.challenge}:{subject}:{proof.number}") < bits:
        return "no_work"
    return Challenge(found["nonce"], bits, until)


def zero_bits(text: str) -> int:
    """Return with how many zero bits the SHA-256 of a text begins."""
    digest = int.from_bytes(hashlib.sha256(text.encode()).digest(), "big")
    return 256 - digest.bit_length()


def _marked(head: str, mark: Mark) -> str:
    return mark(f"challenge {head}")
