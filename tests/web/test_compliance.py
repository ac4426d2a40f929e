"""The matrix over HTTP: what it refuses, and a CSV that no spreadsheet runs."""

from __future__ import annotations

import csv
import io

import pytest

from tests.cast import (
    COUNTY,
    FAR_VILLAGE,
    LI_SI,
    SITE,
    TOWNSHIP,
    WANG_WU,
    ZHANG_SAN,
    ZHOU_BA,
    Hall,
    problem_of,
)

SPAN = {"division": TOWNSHIP, "first": "2026-07-01", "last": "2026-09-30"}

WRONG = [
    ("a foreign village", {"division": FAR_VILLAGE}, "not-allowed", 403),
    ("the county above", {"division": COUNTY}, "not-allowed", 403),
    ("no such division", {"division": "640425103999"}, "not-found", 404),
    ("eleven digits", {"division": "64042510300"}, "parameter-not-valid", 400),
    ("more than three years", {"first": "2022-01-01", "last": "2026-01-01"}, "parameter-not-valid", 400),
    ("it ends before it begins", {"first": "2026-09-30", "last": "2026-07-01"}, "parameter-not-valid", 400),
    ("a day that is none", {"first": "2026-02-30"}, "parameter-not-valid", 400),
    ("a day no calendar counts from", {"last": "9999-12-31"}, "parameter-not-valid", 400),
    ("the year 1", {"first": "0001-01-01", "last": "0001-02-01"}, "parameter-not-valid", 400),
    ("a moment without a zone", {"as_of": "2026-10-01T00:00:00"}, "parameter-not-valid", 400),
    ("an unknown parameter", {"colour": "red"}, "parameter-not-valid", 400),
]  # fmt: skip


@pytest.mark.one_engine
@pytest.mark.parametrize(("what", "change", "slug", "status"), WRONG)
async def test_refused(
    hall: Hall, what: str, change: dict[str, str], slug: str, status: int
) -> None:
    auditor = await hall.client_as(WANG_WU)
    for path in ("/api/v1/compliance", "/api/v1/compliance.csv"):
        for lang in ("zh-CN", "en"):
            answer = await auditor.get(
                path, params=SPAN | change, headers={"Accept-Language": lang}
            )
            assert (problem_of(answer), answer.status_code) == (slug, status), what
            assert answer.json()["detail"].isascii() == (lang == "en")


@pytest.mark.one_engine
async def test_who_does_not_see_it(hall: Hall) -> None:
    for person in (ZHANG_SAN, LI_SI):
        client = await hall.client_as(person)
        answer = await client.get("/api/v1/compliance", params=SPAN | {"division": person.division})
        assert problem_of(answer) == "not-allowed"
    visitor = hall.visitor(Origin=SITE)
    for path in ("compliance", "compliance.csv", "compliance/evidence"):
        assert problem_of(await visitor.get(f"/api/v1/{path}", params=SPAN)) == "not-signed-in"


@pytest.mark.one_engine
async def test_evidence_of_nothing(hall: Hall) -> None:
    auditor = await hall.client_as(WANG_WU)
    cell = {"division": "640425103200", "category": "finance_quarterly", "period": "2026Q3"}
    assert (await auditor.get("/api/v1/compliance/evidence", params=cell)).status_code == 200
    for change, slug in (
        ({"category": "horoscopes"}, "not-found"),
        ({"period": "2026Q5"}, "not-found"),
        ({"period": "2026-09"}, "not-found"),
        ({"division": TOWNSHIP}, "not-found"),
        ({"division": FAR_VILLAGE}, "not-allowed"),
        ({"period": "x" * 41}, "parameter-not-valid"),
        ({"period": "\0"}, "parameter-not-valid"),
    ):
        answer = await auditor.get("/api/v1/compliance/evidence", params=cell | change)
        assert problem_of(answer) == slug, change


async def test_a_village_is_found_by_its_initials_and_has_its_township_beside_it(
    hall: Hall,
) -> None:
    async with hall.store.transaction() as tx:
        await tx.execute("UPDATE division SET initials = ' hhc ghc' WHERE name = '红河村'")
    auditor, administrator = await hall.client_as(WANG_WU), await hall.client_as(ZHOU_BA)
    own = (await auditor.get("/api/v1/compliance", params=SPAN)).json()["rows"]
    assert {row["township"] for row in own} == {None}
    red_river = next(row for row in own if row["name"] == "红河村")
    assert red_river["initials"] == "hhc ghc"
    county = (
        await administrator.get("/api/v1/compliance", params=SPAN | {"division": COUNTY})
    ).json()
    beside = {row["division"]: row["township"] for row in county["rows"]}
    assert beside[red_river["division"]] == "红河镇"
    assert None not in beside.values()


FORMULAS = ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1"]


@pytest.mark.parametrize("name", FORMULAS)
async def test_a_village_whose_name_is_a_formula_is_text_in_the_csv(hall: Hall, name: str) -> None:
    async with hall.store.transaction() as tx:
        await tx.execute("UPDATE division SET name = ? WHERE code = '640425103201'", name)
    administrator = await hall.client_as(ZHOU_BA)
    for lang in ("zh", "en"):
        answer = await administrator.get("/api/v1/compliance.csv", params=SPAN | {"lang": lang})
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        assert answer.headers["content-disposition"].startswith("attachment; ")
        rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"), newline="")))
        row = next(r for r in rows if r[0] == "640425103201")
        assert row[1] == "'" + name
        for cell in (c for r in rows for c in r):
            assert cell[:1] not in tuple("=+-@\t\r＝＋－＠"), cell
