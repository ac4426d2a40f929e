"""Search: texts are cut into words one way, whatever the engine, and compared without the signs between them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.rules import searching


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("低保金", ("低保", "保金")),
        ("记-0701", ("记", "0701")),
        ("付８，０００．００元", ("付", "8000", "00", "元", "8", "000")),
        ("Repair of 水渠", ("repair", "of", "水渠")),
        ('a"b*c:d', ("abc", "d", "a", "b", "c")),
        ("政发〔2026〕3号", ("政发", "20263", "号", "2026", "3")),
        ("𠮷野", ("𠮷野",)),
        ("", ()),
    ],
)
def test_a_text_is_cut_as_it_stands_and_as_it_is_compared(text: str, cut: tuple[str, ...]) -> None:
    assert searching.words(searching.tidy(text)) == cut


def test_what_is_typed_becomes_terms_without_signs() -> None:
    assert searching.terms("  低保\x00金  8,000.00 低保 ") == ("低保", "金", "8000.00")
    assert searching.terms("水渠、道路（维修） 3,4") == ("水渠", "道路维修", "3", "4")
    assert searching.terms("?！*。—") == ()


NUMBER = "彭政发〔2026〕3号"
AMOUNT = "付水渠材料费 12,300.50 元"


@pytest.mark.parametrize(
    ("text", "q", "found"),
    [
        *((NUMBER, q, True) for q in (NUMBER, "彭政发[2026]3号", "彭政发（２０２６）３号")),
        *(
            (NUMBER, q, True)
            for q in ("彭政发20263号", "彭政发 2026 3号", "政发(2026", "2026〕3号")
        ),
        *((NUMBER, q, False) for q in ("彭政发〔2025〕3号", "彭政发〔2026〕33号")),
        *(
            (AMOUNT, q, True)
            for q in ("12,300.50", "12300.50", "１２，３００．５０", "12300.5", "¥12,300")
        ),
        *((AMOUNT, q, False) for q in ("1230050", "2300.50元水", "费12300.51")),
        ("记-0701", "记0701", True),
        ("记-0701", "记—０７０１", True),
        ("记-0701\n8,000.00", "07018000", False),  # fields of a line stay apart
        ("记-0701 8,000.00", "07018000", False),  # and so do numbers
        ("2026年第三季度 财务收支", "第三季度财务", True),
        ("Repair of roads", "repair ROADS", True),
        ("Repair of roads", "repairof", False),
    ],
)
def test_texts_are_compared_without_signs(text: str, q: str, found: bool) -> None:
    filed = "\n".join(searching.tidy(field) for field in text.split("\n"))
    assert searching.holds(filed, [(term,) for term in searching.terms(q)]) is found


@given(st.text(alphabet="水渠维修款二段12345,.-〔〕 ab\n、", max_size=40), st.data())
def test_what_stands_in_a_text_is_found_by_its_words(text: str, data: st.DataObject) -> None:
    """The index never narrows away what holds a term: of whole words and pairs, every word is filed."""
    filed = "\n".join(searching.tidy(field) for field in text.split("\n"))
    whole = [w for w in searching.words(filed) if not w.isascii()] or [filed[:0]]
    q = data.draw(st.sampled_from(whole))
    for term in searching.terms(q):
        assert searching.holds(filed, [(term,)])
        assert set(searching.asked(term)) <= set(searching.words(filed))


@pytest.mark.parametrize("q", [NUMBER, "彭政发20263号", "彭政发[2026]", "2026〕3号"])
def test_a_number_of_a_document_is_looked_up_by_words_that_are_filed(q: str) -> None:
    filed = searching.words(searching.tidy(NUMBER))
    for term in searching.terms(q):
        assert set(searching.asked(term)) <= set(filed)


@pytest.mark.parametrize(
    ("q", "in_doubt"),
    [
        ("水渠", False),
        ("8000", False),
        ("road", False),
        ("水利维修", True),
        ("8000.5", True),
        ("记0701", True),
    ],
)
def test_only_what_is_one_word_needs_no_second_look(q: str, in_doubt: bool) -> None:
    assert bool(searching.in_doubt([(q,)])) is in_doubt
    assert searching.in_doubt([(q, "水利维修")]) == [(q, "水利维修")]


@given(st.text(alphabet="水渠维修12,.-〔〕 ab\n、", max_size=30))
def test_a_word_that_is_filed_stands_in_the_text(text: str) -> None:
    """What the index finds without a second look is what a second look would find."""
    filed = "\n".join(searching.tidy(field) for field in text.split("\n"))
    for word in searching.words(filed):
        if not searching.in_doubt([(word,)]):
            assert searching.holds(filed, [(word,)]), word


def test_of_an_amount_the_yuan_are_looked_up() -> None:
    assert searching.asked("12300.5") == ("12300",)
    assert "12300" in searching.words(AMOUNT)


@pytest.mark.parametrize("text", ["0.50", "12.00", "999.99", "1,000.05", "12,345,678.90"])
def test_an_amount_is_filed_as_any_text_would_be(text: str) -> None:
    assert set(searching.amount_words(text)) == set(searching.words(text))


def test_a_lone_character_looks_nothing_up() -> None:
    assert searching.asked("渠") == ()
    assert searching.asked("修渠") == ("修渠",)


def test_a_place_is_filed_under_all_above_it() -> None:
    assert searching.scope_words("640425100201") == (
        *("in64", "in6404", "in640425", "in640425100", "in640425100201"),
    )
    assert searching.scope_word("640425100000") == "in640425100"
    assert searching.scope_word("000000000000") is None


@given(st.text())
def test_words_hold_no_sign_of_any_query_language(text: str) -> None:
    for word in searching.words(text):
        assert word.isalnum() or not word.isascii()
        assert not set(word) & set("\"'*:()-^+{} \x00")


@given(st.text())
def test_every_sign_that_is_compared_is_known_by_its_place(text: str) -> None:
    low = searching.small(searching.tidy(text))
    compared, place = searching.folded(low), searching.kept(low)
    assert len(compared) == len(place)
    assert all(a in (low[at], searching.FIELD) for a, at in zip(compared, place, strict=True))
