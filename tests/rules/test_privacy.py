"""Only what the whitelist names is public, and names are masked where a payment is relief."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from server.rules import pointers
from server.rules.privacy import mask_name, public_content, public_lines
from tests.rules.categories_on_disk import KEYS, Example, category, example, examples


@pytest.mark.parametrize(
    ("name", "mode", "shown"),
    [
        ("张三", "full", "张三"),
        ("张三", "surname", "张*"),
        ("赵六娃", "surname", "赵**"),
        ("欧阳娜娜", "surname", "欧阳**"),
        ("欧阳", "surname", "欧*"),
        ("张", "surname", "张*"),
        ("张三", "role", "（个人）"),
        ("", "surname", ""),
    ],
)
def test_a_name_is_masked(name: str, mode: str, shown: str) -> None:
    assert mask_name(name, mode) == shown  # type: ignore[arg-type]


def test_what_the_whitelist_does_not_name_is_not_public() -> None:
    one = example("dibao_preliminary", "good-three-households")
    content = one.content | {"address": "一组12号"}
    content["households"][0]["phone"] = "0954"
    public = public_content(category(one.key), content)
    assert "internal_note" not in public
    assert "address" not in public
    assert "phone" not in public["households"][0]
    assert public["households"][0]["holder_name"] == "张三"
    assert "internal_note" in content


def test_a_pattern_that_names_a_whole_object_reaches_nothing_of_it() -> None:
    one = example("finance_quarterly", "good-2026-q3")
    whole = replace(category(one.key).privacy, public=("/income", "/opening", "/prepared_by"))
    lines = public_lines(replace(category(one.key), privacy=whole), whole.public, one.content)
    assert [pattern for line in lines for pattern, _ in line.fields] == ["/prepared_by"]


def test_relief_to_a_person_shows_the_surname_only() -> None:
    one = example("finance_quarterly", "good-2026-q3")
    public = public_content(category(one.key), one.content)
    at = "/expense/6/entries/0"
    assert pointers.get(one.content, f"{at}/party") == "王五"
    assert pointers.get(public, f"{at}/party") == "王*"
    assert pointers.get(public, "/income/0/entries/0/party") == "赵六"
    assert public["claims"][0]["party"] == "王*"


@pytest.mark.parametrize("one", examples("good"), ids=str)
def test_lists_keep_their_places(one: Example) -> None:
    public = public_content(category(one.key), one.content)
    for pattern in category(one.key).privacy.public:
        shown = [at for at, _ in pointers.find(public, pattern)]
        assert shown == [at for at, _ in pointers.find(one.content, pattern)]


@pytest.mark.parametrize("one", examples("good"), ids=str)
def test_many_are_looked_at_without_a_copy_and_the_same_is_shown(one: Example) -> None:
    public = public_content(category(one.key), one.content)
    patterns = (*category(one.key).privacy.public, "/internal_note", "/households/*/phone")
    reached = [
        (pattern, at.rpartition("/")[0], value)
        for pattern in patterns[:-2]
        for at, value in pointers.find(public, pattern)
    ]
    lines = public_lines(category(one.key), patterns, one.content)
    found = [(pattern, line.pointer, value) for line in lines for pattern, value in line.fields]
    assert sorted(found, key=str) == sorted(reached, key=str)


@pytest.mark.parametrize("key", KEYS)
def test_internal_notes_are_never_on_a_whitelist(key: str) -> None:
    assert not [p for p in category(key).privacy.public if "internal" in p]
