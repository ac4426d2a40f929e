"""Search: texts are cut into words one way, whatever the engine."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.rules import searching
from server.rules.searching import Piece


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("低保金", ("低保", "保金")),
        ("记-0701", ("记", "0701")),
        ("付８，０００．００元", ("付", "8000", "00", "元")),
        ("Repair of 水渠", ("repair", "of", "水渠")),
        ('a"b*c:d', ("a", "b", "c", "d")),
        ("𠮷野", ("𠮷野",)),
        ("", ()),
    ],
)
def test_a_text_is_cut_into_pairs_and_words(text: str, cut: tuple[str, ...]) -> None:
    assert searching.words(text) == cut


def test_what_is_typed_becomes_terms_without_control_characters() -> None:
    assert searching.terms("  低保\x00金  8,000.00 低保 ") == ("低保", "金", "8000.00")


def test_a_lone_character_looks_nothing_up() -> None:
    assert searching.asked(searching.terms("渠")) == ()
    assert searching.asked(searching.terms("修渠 款")) == ("修渠",)


def test_a_place_is_filed_under_all_above_it() -> None:
    assert searching.scope_words("640425100201") == (
        *("in64", "in6404", "in640425", "in640425100", "in640425100201"),
    )
    assert searching.scope_word("640425100000") == "in640425100"
    assert searching.scope_word("000000000000") is None


def test_an_excerpt_marks_every_hit() -> None:
    text = "一" * 40 + "修水渠款，水渠二段" + "二" * 80
    pieces = searching.excerpt(text, ["水渠"])
    assert pieces[0] == Piece("…", hit=False)
    assert [p.text for p in pieces if p.hit] == ["水渠", "水渠"]
    assert pieces[-1].text.endswith("…")


@given(st.text(), st.text(min_size=1))
def test_an_excerpt_loses_nothing_and_marks_only_what_was_asked(text: str, term: str) -> None:
    filed, wanted = searching.tidy(text)[:80], searching.terms(term)
    pieces = searching.excerpt(filed, wanted)
    assert "".join(p.text for p in pieces if p.text != "…").rstrip("…") in (filed + "…")
    assert all(p.text for p in pieces)


@given(st.text())
def test_words_hold_no_sign_of_any_query_language(text: str) -> None:
    for word in searching.words(text):
        assert word.isalnum() or not word.isascii()
        assert not set(word) & set("\"'*:()-^+{} \x00")
