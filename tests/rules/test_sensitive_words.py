"""Words about illness and disability are found, their institutions and allowances are not; nothing is repeated."""

from __future__ import annotations

from typing import Any

import pytest

from server.rules.findings import CheckContext
from server.rules.sensitive_words import HARMLESS, WORDS, sensitive_words, told, without_clauses
from tests.rules.categories_on_disk import SCHEMAS, Example, example, examples, read

VECTORS = read(SCHEMAS / "vectors" / "personal_numbers.json")
WORD_VECTORS = VECTORS["words"]


@pytest.mark.parametrize("one", WORD_VECTORS, ids=[v["name"] for v in WORD_VECTORS])
def test_the_vectors_that_the_phone_walks_too(one: dict[str, Any]) -> None:
    places = told(one["text"], **one.get("params", {}))
    assert bool(places) is one["told"]
    if places:
        offer = without_clauses(one["text"], places)
        assert offer == one["offer"]
        assert told(offer) == [], "what is offered passes itself"


def test_the_phone_s_vocabulary_is_this_one() -> None:
    assert VECTORS["vocabulary"] == {"words": list(WORDS), "harmless": list(HARMLESS)}


@pytest.mark.parametrize("word", WORDS)
def test_every_word_is_found_by_itself_and_no_harmless_phrase_is(word: str) -> None:
    assert told(f"张三{word}，住房漏雨") if not word.isascii() else told(word)


@pytest.mark.parametrize("phrase", HARMLESS)
def test_harmless_phrases_pass(phrase: str) -> None:
    assert told(f"付{phrase}") == []


def test_a_finding_says_where_and_repeats_nothing() -> None:
    content = example("dibao_preliminary", "bad-illness").content
    context = CheckContext(params={"paths": ["/households/*/remark"]})
    [found] = sensitive_words(content, context)
    assert found.pointer == "/households/1/remark"
    assert found.kind == "words"
    assert "癌" not in found.message.zh
    assert list(sensitive_words({"households": [{"remark": "住房漏雨"}]}, context)) == []


def test_without_paths_every_text_is_read_but_those_a_category_spares() -> None:
    content = {"a": [{"b": "肝癌"}], "note": "尿毒症", "c": "住房漏雨"}
    everywhere = sensitive_words(content, CheckContext())
    assert [f.pointer for f in everywhere] == ["/a/0/b", "/note"]
    spared = sensitive_words(content, CheckContext(params={"except": ["/note"]}))
    assert [f.pointer for f in spared] == ["/a/0/b"]


@pytest.mark.parametrize("one", examples("good"), ids=str)
def test_no_good_example_is_suspected(one: Example) -> None:
    assert list(sensitive_words(one.content, CheckContext())) == []
