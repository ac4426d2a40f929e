"""Proof of work: only for a challenge of this site, in time, for this very thing."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest

from server.rules.proofs import LIFE, Challenge, Proof, checked, new_challenge, zero_bits
from tests.rules.builders import at

NOW = at("2026-10-08 09:00:00")
NONCE = "abcdefghijklmnopqrstuvwx"
ID = "01a11906-3680-7000-8000-000000000001"


def mark(text: str) -> str:
    return hashlib.sha256(b"a key" + text.encode()).hexdigest()[:32]


def solved(challenge: str, subject: str = ID, bits: int = 6) -> Proof:
    number = next(n for n in range(10_000) if zero_bits(f"{challenge}:{subject}:{n}") >= bits)
    return Proof(challenge, number)


def test_zero_bits_are_counted_from_the_front() -> None:
    found = [zero_bits(str(n)) for n in range(200)]
    for n, bits in enumerate(found):
        digits = f"{int(hashlib.sha256(str(n).encode()).hexdigest(), 16):0256b}"
        assert len(digits) - len(digits.lstrip("0")) == bits
    assert max(found) >= 5


def test_a_solved_challenge_is_good_until_its_last_second() -> None:
    challenge = new_challenge(NONCE, NOW, mark, bits=6)
    proof = solved(challenge)
    assert checked(proof, ID, NOW, mark) == Challenge(NONCE, 6, NOW + LIFE)
    assert isinstance(checked(proof, ID, NOW + LIFE - timedelta(seconds=1), mark), Challenge)
    assert checked(proof, ID, NOW + LIFE, mark) == "expired"


@pytest.mark.parametrize(
    "changed",
    [
        lambda c: c.replace(".6.", ".1."),  # less work
        lambda c: c[:-1] + ("0" if c[-1] != "0" else "1"),
        lambda c: c.replace(NONCE, NONCE[::-1]),
        lambda c: "2" + c[1:],
        lambda c: c + "\n",
        lambda c: "",
        lambda c: c.replace(NONCE, "短" * 24),
    ],
)
def test_a_challenge_of_ones_own_is_none(changed: object) -> None:
    challenge = new_challenge(NONCE, NOW, mark, bits=6)
    forged = changed(challenge)  # type: ignore[operator]
    for number in range(80):
        assert checked(Proof(forged, number), ID, NOW, mark) == "not_ours"


def test_another_sites_key_makes_other_challenges() -> None:
    challenge = new_challenge(NONCE, NOW, lambda text: mark(f"x{text}"), bits=6)
    assert checked(solved(challenge), ID, NOW, mark) == "not_ours"


def test_work_for_one_thing_is_no_work_for_another() -> None:
    challenge = new_challenge(NONCE, NOW, mark, bits=12)
    proof = solved(challenge, bits=12)
    assert isinstance(checked(proof, ID, NOW, mark), Challenge)
    assert checked(proof, ID[:-1] + "2", NOW, mark) == "no_work"
