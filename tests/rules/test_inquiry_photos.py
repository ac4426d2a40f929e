"""Photos with a question: which may come, in words that name both numbers."""

from __future__ import annotations

import pytest

from server.rules.inquiries import Kind
from server.rules.inquiry_photos import refused_photos


@pytest.mark.parametrize(
    ("kind", "hashes", "said"),
    [
        ("question", "", None),
        ("report", "a", None),
        ("complaint", "abc", None),
        ("suggestion", "abcd", "最多附 3 张照片，现在是 4 张"),
        ("question", "aba", "附了 3 张照片，其中 1 张是重复的"),
        ("topic", "", None),
        ("topic", "a", "点题不附照片，现在附了 1 张"),
    ],
)
def test_which_may_come(kind: Kind, hashes: str, said: str | None) -> None:
    why = refused_photos(kind, tuple(hashes))
    if said is None:
        assert why is None
    else:
        assert why is not None
        assert why.zh.startswith(said)
        assert why.en.isascii()
