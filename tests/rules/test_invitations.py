"""Codes survive being read out, written down and typed with thumbs."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.rules.invitations import code_from, plain_code


@given(st.binary(min_size=8, max_size=8))
def test_shape_and_typing(random_bytes: bytes) -> None:
    code = code_from(random_bytes)
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}", code)
    careless = " " + code.lower().replace("-", "  ").replace("0", "o").replace("1", "i") + "\n"
    assert plain_code(careless) == plain_code(code) == code.replace("-", "")


def test_sixty_bits_are_used() -> None:
    assert code_from(b"\xff" * 7 + b"\xf0") == "ZZZZ-ZZZZ-ZZZZ"
    assert code_from(bytes(7) + b"\x1f") == "0000-0000-0001"


def test_other_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="8 random bytes"):
        code_from(b"short")
