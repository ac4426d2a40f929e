"""Passwords: slow to try, never readable, and nobody learns from the time an answer takes who exists."""

from __future__ import annotations

import asyncio
import time

from server.external import passwords, pinyin


async def test_a_password_is_known_again_by_its_hash_only() -> None:
    hashed = await passwords.hash_password("河边有两棵老柳树")
    assert hashed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert "柳" not in hashed
    assert await passwords.verify(hashed, "河边有两棵老柳树")
    assert not await passwords.verify(hashed, "河边有两棵老柳樹")
    assert hashed != await passwords.hash_password("河边有两棵老柳树")


async def test_an_unknown_account_takes_as_long_and_is_refused() -> None:
    hashed = await passwords.hash_password("x")

    async def took(stored: str | None) -> float:
        begun = time.perf_counter()
        assert not await passwords.verify(stored, "wrong")
        return time.perf_counter() - begun

    known = min([await took(hashed) for _ in range(3)])
    unknown = min([await took(None) for _ in range(3)])
    assert unknown > known / 3


async def test_a_damaged_hash_lets_nobody_in() -> None:
    for stored in ("", "plain", "$argon2id$v=19$m=19456,t=2,p=1$broken"):
        assert not await passwords.verify(stored, "")
        assert not await passwords.verify(stored, stored)


async def test_many_at_once_leave_the_loop_free() -> None:
    hashing = asyncio.gather(*(passwords.hash_password(str(n)) for n in range(6)))
    ticks = 0
    while not hashing.done():
        await asyncio.sleep(0.005)
        ticks += 1
    assert ticks > 3
    assert len(set(await hashing)) == 6


def test_tokens_are_long_random_and_stored_as_a_hash() -> None:
    tokens = {passwords.random_token() for _ in range(100)}
    assert len(tokens) == 100
    assert min(map(len, tokens)) >= 43
    assert passwords.token_hash("abc") == (
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )


def test_initials_hold_every_reading_the_usual_first() -> None:
    assert pinyin.initials("长岭镇") == ["clz", "zlz"]
    assert "slz" in pinyin.initials("单楼庄")
    assert pinyin.initials("白阳镇")[0] == "byz"
    assert pinyin.initials("红河村 2组")[0] == "hhc2z"
    assert pinyin.initials("·—") == []
    assert max(len(r) for r in pinyin.initials("中" * 60)) == 12
    assert len(pinyin.initials("长重曾单乐行朝厦")) == pinyin.MOST_READINGS
