"""A small file that unpacks to a large one is refused while it is unpacked, and one far cell allocates nothing."""

from __future__ import annotations

import io
import zipfile

import pytest

from server.external.spreadsheet_files import Limits
from server.external.spreadsheet_files import read as read_limited
from server.problems import Problem
from tests.cast import ZHANG_SAN, Hall, problem_of
from tests.workbooks import book, read, with_part

pytestmark = pytest.mark.one_engine

QUERY = {"category": "finance_quarterly", "division": ZHANG_SAN.division}
SHEET = "xl/worksheets/sheet1.xml"
HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
END = b"</sheetData></worksheet>"


async def test_a_part_of_spaces_a_thousand_times_its_size(hall: Hall) -> None:
    bomb = with_part(book(a=[[1]]), SHEET, HEAD + b" " * 40_000_000 + END)
    assert len(bomb) < 100_000
    zhang = await hall.client_as(ZHANG_SAN)
    answer = await zhang.post("/api/v1/spreadsheets", params=QUERY, content=bomb)
    assert problem_of(answer) == "spreadsheet-unsafe"
    assert "150" in answer.json()["detail"]


def test_many_parts_of_which_none_is_large() -> None:
    out = io.BytesIO(book(a=[[1]]))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
        for number in range(60):
            package.writestr(f"xl/media/{number}.bin", bytes(900_000))
    with pytest.raises(Problem) as refused:
        read_limited(out.getvalue(), Limits(max_bytes=10**7, max_expanded=20_000_000))
    assert refused.value.slug == "spreadsheet-too-large"


def test_a_size_that_lies_in_the_directory() -> None:
    """The announced size says 10 bytes; what comes out is counted."""
    bomb = bytearray(with_part(book(a=[[1]]), SHEET, HEAD + b" " * 30_000_000 + END))
    directory = bomb.rfind(b"PK\x01\x02")
    assert SHEET.encode() in bytes(bomb[directory : directory + 100])
    bomb[directory + 24 : directory + 28] = (10).to_bytes(4, "little")
    with pytest.raises(Problem) as refused:
        read(bytes(bomb))
    assert refused.value.slug in ("spreadsheet-unsafe", "spreadsheet-damaged")


@pytest.mark.parametrize("cell", ["XFD1048576", "A1048576", "XFD1", "ZZZ9999999"])
def test_one_cell_in_the_last_corner(cell: str) -> None:
    far = HEAD + f'<row r="1"><c r="{cell}"><v>1</v></c></row>'.encode() + END
    with pytest.raises(Problem) as refused:
        read(with_part(book(a=[[1]]), SHEET, far))
    assert refused.value.slug == "spreadsheet-too-large"


def test_an_area_merged_over_the_whole_sheet() -> None:
    merged = (
        HEAD
        + b'<row r="1"><c r="A1"><v>1</v></c><c r="C3"><v>2</v></c></row></sheetData>'
        + b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
    )
    (page,) = read(with_part(book(a=[[1]]), SHEET, merged))
    assert len(page.covered) <= 8


async def test_a_hundred_thousand_rows_are_refused_with_both_numbers(hall: Hall) -> None:
    zhang = await hall.client_as(ZHANG_SAN)
    rows = b"".join(
        b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, 100_001)
    )
    answer = await zhang.post(
        "/api/v1/spreadsheets",
        params=QUERY,
        content=with_part(book(a=[[1]]), SHEET, HEAD + rows + END),
    )
    assert problem_of(answer) == "spreadsheet-too-large"
    assert (answer.json()["limit"], answer.json()["size"]) == (20_000, 20_001)
