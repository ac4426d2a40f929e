"""Passwords and tokens: the only home of Argon2.

19 MiB, two passes, one lane (OWASP's minimum for Argon2id). One hash takes tens of milliseconds and its memory, so
only a few run at once, off the event loop.
"""

from __future__ import annotations

import hashlib
import secrets
from functools import cache

import anyio
import anyio.to_thread
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_limit: anyio.CapacityLimiter | None = None


@cache
def _nobody() -> str:
    """Return a hash of nothing anybody knows: checking it takes as long as checking a real one."""
    return _hasher.hash(secrets.token_urlsafe(32))


def _limiter() -> anyio.CapacityLimiter:
    global _limit
    if _limit is None:
        _limit = anyio.CapacityLimiter(2)
    return _limit


async def hash_password(password: str) -> str:
    """Return the encoded Argon2id hash of a password."""
    return await anyio.to_thread.run_sync(_hasher.hash, password, limiter=_limiter())


async def verify(hashed: str | None, password: str) -> bool:
    """Return whether a password is the one; no hash (no such account) takes as long and is False."""

    def check() -> bool:
        # Made at the first sign-in, whoever it is: who takes longer says nothing about who is known.
        nobody = _nobody()
        try:
            _hasher.verify(hashed or nobody, password)
        except (VerificationError, InvalidHashError):
            return False
        return hashed is not None

    return await anyio.to_thread.run_sync(check, limiter=_limiter())


def random_token() -> str:
    """Return 32 random bytes as text, for a session."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """Return the SHA-256 of a token, hex: what is stored, since the token itself is random enough."""
    return hashlib.sha256(token.encode()).hexdigest()
