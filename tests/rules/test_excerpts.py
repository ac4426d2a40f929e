"""Excerpts: every hit is marked where it stands, with the signs that were passed over, and nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.rules import searching
from server.rules.excerpts import Piece, excerpt, marked


def _hits(text: str, q: str) -> list[str]:
    return [p.text for p in marked(text, [(t,) for t in searching.terms(q)]) if p.hit]


@pytest.mark.parametrize(
    ("text", "q", "hits"),
    [
        ("彭政发〔2026〕3号文件", "彭政发20263号", ["彭政发〔2026〕3号"]),
        ("付 12,300.50 元", "12300.50", ["12,300.50"]),
        ("修水渠，水渠二段", "水渠", ["水渠", "水渠"]),
        ("修水渠二段", "水渠 渠二", ["水渠二"]),  # they meet: one mark
        ("Repair of the Road", "road repair", ["Repair", "Road"]),
        ("İstanbul 水渠", "水渠", ["水渠"]),  # small letters of two signs move nothing
        ("水利", "道路", []),
    ],
)
def test_what_was_looked_for_is_marked_as_it_stands(text: str, q: str, hits: list[str]) -> None:
    assert _hits(text, q) == hits
    assert "".join(p.text for p in marked(text, [(t,) for t in searching.terms(q)])) == text


def test_an_excerpt_is_cut_around_its_first_hit() -> None:
    text = "一" * 40 + "修水渠款，水渠二段\n记-0701" + "二" * 80
    pieces = excerpt(text, [("水渠",)])
    assert pieces[0] == Piece("…", hit=False)
    assert [p.text for p in pieces if p.hit] == ["水渠", "水渠"]
    assert pieces[-1] == Piece("…", hit=False)
    assert "二段 记-0701" in "".join(p.text for p in pieces)


@given(st.text(), st.text(min_size=1))
def test_nothing_is_lost_and_only_what_was_asked_is_marked(text: str, term: str) -> None:
    filed, wanted = searching.tidy(text), [(t,) for t in searching.terms(term)]
    pieces = marked(filed, wanted)
    assert "".join(p.text for p in pieces) == filed
    assert all(p.text for p in pieces)
    for piece in pieces:
        if piece.hit:
            compared = searching.folded(searching.small(piece.text))
            assert any(way in compared for ways in wanted for way in ways)
