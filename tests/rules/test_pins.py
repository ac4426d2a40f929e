"""PINs: the shape, the too simple ones, and how many wrong ones are forgiven."""

from __future__ import annotations

import pytest

from server.rules.pins import misses_left, too_simple


@pytest.mark.parametrize(
    "pin",
    ["", "123", "1234567", "12a4", "１２３４", "0000", "999999", "2345", "6543", "012345", "2580"],
)
def test_refused(pin: str) -> None:
    why = too_simple(pin)
    assert why is not None
    assert why.zh
    assert why.en


@pytest.mark.parametrize("pin", ["2046", "90317", "118811", "1235", "7650"])
def test_allowed(pin: str) -> None:
    assert too_simple(pin) is None


def test_five_are_forgiven_and_no_sixth() -> None:
    assert [misses_left(n) for n in range(8)] == [5, 4, 3, 2, 1, 0, 0, 0]
