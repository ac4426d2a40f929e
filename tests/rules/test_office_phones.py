"""Which numbers an office may publish, and how they are written."""

from __future__ import annotations

import pytest

from server.rules.office_phones import MOST, written


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("0954-7012345", "0954-7012345"),
        (" 0954 701 2345 ", "0954-7012345"),
        ("（0954）7012345", "0954-7012345"),
        ("010-12345678 转 801", "010-12345678-801"),
        ("02112345678", "021-12345678"),
        ("4001234567", "400-123-4567"),
        ("12345", "12345"),
        ("110", "110"),
        ("", ""),
    ],
)
def test_an_offices_number_is_written_one_way(typed: str, shown: str) -> None:
    assert written(typed) == shown
    assert written(shown) == shown
    assert len(shown) <= MOST


@pytest.mark.parametrize(
    "typed",
    ["13800138000", "138-0013-8000", "+86 13800138000", "7012345", "打村部电话", "0954", "1380013"],
)
def test_a_persons_number_and_what_is_none_are_refused(typed: str) -> None:
    assert written(typed) is None
