"""Passwords that are refused, and some that are not."""

from __future__ import annotations

import pytest

from server.rules.passphrases import is_too_weak


@pytest.mark.parametrize(
    "password",
    ["", "short", "12345678", "PASSWORD", "zhangsan1", "88888888", "abababab", "村村村村村村村村"],
)
def test_refused(password: str) -> None:
    assert is_too_weak(password, "ZhangSan1")


@pytest.mark.parametrize(
    "password", ["河边有两棵老柳树", "correct horse", "2026年的石桥", "kx7-pq2-mm"]
)
def test_taken(password: str) -> None:
    assert not is_too_weak(password, "zhangsan")
