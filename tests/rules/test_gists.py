"""Gists: the few amounts of lists and charts, added up once."""

from __future__ import annotations

from server.rules.gists import figures, gist_of, trend_point, wants
from server.rules.values import yuan
from tests.rules.categories_on_disk import document, example

ONE = example("finance_quarterly", "good-2026-q3")


def test_figures_and_trend() -> None:
    view = document("finance_quarterly", "view")
    gist = gist_of(view, ONE.content)
    named = [(t.zh, yuan(n)) for t, n in figures(view, gist)]
    assert named == [("收入", "47,912.41"), ("支出", "36,432.50"), ("期末余额", "111,712.09")]
    assert trend_point(view, gist) == (4_791_241, 3_643_250, 11_171_209)


def test_a_view_without_a_trend_has_no_point() -> None:
    assert trend_point(document("housing_relief", "view"), {}) is None


def test_an_amount_that_was_not_added_up_is_left_out_and_not_guessed() -> None:
    view = document("finance_quarterly", "view")
    gist = gist_of(view, ONE.content)
    del gist["/closing/total"]
    assert [t.zh for t, _ in figures(view, gist)] == ["收入", "支出"]
    assert trend_point(view, gist) is None


def test_a_gist_has_what_its_view_wants() -> None:
    view = document("finance_quarterly", "view")
    assert set(gist_of(view, {})) == set(wants(view))


def test_an_amount_that_nobody_stated_is_not_shown_as_nought() -> None:
    view = document("contracts_projects", "view")
    decided = example("contracts_projects", "good-decided").content
    assert [t.zh for t, _ in figures(view, gist_of(view, decided))] == ["已付"], "no contract yet"
    signed = {**decided, "contract_price": 0}
    assert [t.zh for t, _ in figures(view, gist_of(view, signed))] == ["合同价", "已付"]
