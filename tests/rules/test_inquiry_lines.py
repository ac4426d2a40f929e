"""The lines of a notice that can be asked about: every good example has some, each with a name and a place."""

from __future__ import annotations

import pytest

from server.rules.inquiry_lines import MOST_LABEL, lines_of
from server.rules.pointers import get
from server.rules.privacy import public_content
from server.rules.sheets import sheet_for
from tests.rules.categories_on_disk import Example, category, document, example, examples


def lines(one: Example, lang: str = "zh") -> dict[str, str]:
    shown = public_content(category(one.key), one.content)
    return lines_of(sheet_for(category(one.key), document(one.key, "view"), shown, lang))  # type: ignore[arg-type]


@pytest.mark.parametrize("one", examples("good"), ids=str)
def test_every_line_has_a_name_and_a_place_in_the_content(one: Example) -> None:
    found = lines(one)
    assert found.keys() == lines(one, "en").keys()
    for pointer, label in found.items():
        assert get(one.content, pointer) is not None, pointer
        assert 0 < len(label) <= MOST_LABEL


def test_an_account_is_asked_about_by_its_lines_and_a_roster_by_its_households() -> None:
    accounts = lines(example("finance_quarterly", "good-2026-q3"))
    assert any(p.startswith("/expense/") for p in accounts)
    assert "/expense" not in accounts
    roster = lines(example("dibao_preliminary", "good-three-households"))
    assert len([p for p in roster if p.count("/") == 2]) == 3
