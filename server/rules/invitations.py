"""Invitation codes: what is printed on paper, read out over the telephone and typed on a phone."""

from __future__ import annotations

from datetime import timedelta

# Crockford's alphabet: no I, L, O, U.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOK_ALIKE = str.maketrans("OIL", "011")
BYTES = 8
VALID_FOR = timedelta(days=14)


def code_from(random_bytes: bytes) -> str:
    """Return the code of 60 random bits, like 'K7QM-3XPD-R2WF'. Needs eight bytes of the caller's randomness."""
    if len(random_bytes) != BYTES:
        raise ValueError(f"code_from needs {BYTES} random bytes, got {len(random_bytes)}")
    number = int.from_bytes(random_bytes, "big") >> 4
    letters = "".join(_LETTERS[number >> (5 * place) & 31] for place in reversed(range(12)))
    return "-".join((letters[:4], letters[4:8], letters[8:]))


def plain_code(typed: str) -> str:
    """Return a code as it is hashed: people type spaces and small letters, and O for 0, I and L for 1."""
    kept = "".join(letter for letter in typed.upper() if letter.isascii() and letter.isalnum())
    return kept.translate(_LOOK_ALIKE)
