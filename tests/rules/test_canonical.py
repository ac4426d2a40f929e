from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.rules.canonical import NotCanonical, _written, canonical_bytes, content_hash
from tests.rules.builders import quick

# RFC 8785, section 3.2.3: names sorted by UTF-16 code units, not by code points.
SORTED_NAMES = {
    "\u20ac": "Euro Sign",
    "\r": "Carriage Return",
    "\ufb33": "Hebrew Letter Dalet With Dagesh",
    "1": "One",
    "\U0001f600": "Emoji: Grinning Face",
    "\u0080": "Control",
    "\u00f6": "Latin Small Letter O With Diaeresis",
}
IN_ORDER = [
    "Carriage Return",
    "One",
    "Control",
    "Latin Small Letter O With Diaeresis",
    "Euro Sign",
    "Emoji: Grinning Face",
    "Hebrew Letter Dalet With Dagesh",
]


def test_names_sort_as_the_rfc_s_example_does() -> None:
    assert list(json.loads(canonical_bytes(SORTED_NAMES)).values()) == IN_ORDER


def test_texts_are_spelled_as_in_the_rfc_s_example() -> None:
    text = '\u20ac$\u000f\nA\'B"\\\\"/'
    assert canonical_bytes({"string": text, "literals": [None, True, False]}).decode() == (
        '{"literals":[null,true,false],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )


@pytest.mark.parametrize(
    ("value", "spelled"),
    [
        ({}, "{}"),
        ([], "[]"),
        ((1, 2), "[1,2]"),
        ("", '""'),
        (-0, "0"),
        (True, "true"),
        (2**53 - 1, "9007199254740991"),
        (-(2**53 - 1), "-9007199254740991"),
        ("\b\t\n\f\r\u0000\u001f\u007f\u2028", '"\\b\\t\\n\\f\\r\\u0000\\u001f\x7f\u2028"'),
        ({"b": {"z": 1, "a": "张"}, "a": [{"y": 1}]}, '{"a":[{"y":1}],"b":{"a":"张","z":1}}'),
    ],
)
def test_values(value: Any, spelled: str) -> None:
    assert canonical_bytes(value) == spelled.encode()


@pytest.mark.parametrize(
    ("value", "pointer"),
    [
        (1.0, ""),
        ({"a": [1, 2.5]}, "/a/1"),
        (2**53, ""),
        ({"n": {"m": -(2**53)}}, "/n/m"),
        ({1: "a"}, ""),
        ("\ud800", ""),
        ({"\udfff": 1}, ""),
        ({"b": b"bytes"}, "/b"),
        ({"s": {1, 2}}, "/s"),
        (float("nan"), ""),
    ],
)
def test_what_has_no_spelling_is_refused_at_its_pointer(value: Any, pointer: str) -> None:
    with pytest.raises(NotCanonical) as refused:
        canonical_bytes(value)
    assert refused.value.pointer == pointer


# The last two: a letter above the surrogates and one that is written with them sort the other way round.
texts = st.text('ab"\\/\n\x00é中张\ufb33\U0001f600', max_size=6)
documents = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@quick
@given(documents)
def test_it_is_json_and_the_same_value(value: Any) -> None:
    spelled = canonical_bytes(value)
    assert json.loads(spelled) == value
    assert canonical_bytes(json.loads(spelled)) == spelled


@quick
@given(st.dictionaries(texts, documents, max_size=5))
def test_the_order_of_writing_does_not_matter(value: dict[str, Any]) -> None:
    assert content_hash(dict(reversed(value.items()))) == content_hash(value)


def test_the_hash_names_its_algorithm() -> None:
    assert content_hash({}) == (
        "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    )
    assert content_hash({"amount": 1}) != content_hash({"amount": 2})


DOCUMENTS = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@quick
@given(document=DOCUMENTS)
def test_the_quick_way_spells_as_the_careful_one(document: Any) -> None:
    assert canonical_bytes(document) == _written(document)
