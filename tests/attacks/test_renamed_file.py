"""What a file says of itself, its name or its media type, is not believed: only what is in it."""

from __future__ import annotations

import pytest

from tests.cast import ZHANG_SAN, Hall, problem_of
from tests.workbooks import XLSX, book

pytestmark = pytest.mark.one_engine

QUERY = {"category": "finance_quarterly", "division": ZHANG_SAN.division}
RENAMED = [
    ("a PDF", b"%PDF-1.4\n" + bytes(2000), "PDF"),
    ("a page", b"<!doctype html><script>alert(1)</script>", "网页或 XML"),
    ("an .xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), "旧版 Excel"),
    ("a photo", b"\xff\xd8\xff\xe0" + bytes(2000), "照片"),
    ("a program", b"MZ" + bytes(2000), "别的内容"),
]


@pytest.mark.parametrize(("what", "data", "word"), RENAMED, ids=[r[0] for r in RENAMED])
async def test_renamed_to_xlsx(hall: Hall, what: str, data: bytes, word: str) -> None:
    zhang = await hall.client_as(ZHANG_SAN)
    answer = await zhang.post(
        "/api/v1/spreadsheets", params=QUERY, content=data, headers={"Content-Type": XLSX}
    )
    assert problem_of(answer) == "spreadsheet-not-xlsx", what
    assert word in answer.json()["detail"]


async def test_a_workbook_is_one_whatever_it_is_called(hall: Hall) -> None:
    zhang = await hall.client_as(ZHANG_SAN)
    answer = await zhang.post(
        "/api/v1/spreadsheets",
        params=QUERY,
        content=book(收入=[["项目", "金额"], ["租赁收入", 1]]),
        headers={"Content-Type": "image/jpeg"},
    )
    assert answer.status_code == 200
    assert answer.json()["matches"][0]["table"] == "/income"


async def test_it_has_a_limit_of_its_own(hall: Hall) -> None:
    zhang = await hall.client_as(ZHANG_SAN)
    limit = hall.house.settings.max_spreadsheet_bytes
    answer = await zhang.post("/api/v1/spreadsheets", params=QUERY, content=bytes(limit + 1))
    assert problem_of(answer) == "spreadsheet-too-large"
    assert answer.json()["limit"] == limit
