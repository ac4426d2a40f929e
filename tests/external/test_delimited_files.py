"""Lists saved as CSV: codings and separators that Excel and WPS choose; everything else as a workbook."""

from __future__ import annotations

import pytest

from server.external import delimited_files
from server.external.spreadsheet_files import Limits
from server.problems import Problem
from tests.workbooks import book

LIMITS = Limits(1_000_000)
TEXT = '姓名,金额\r\n张三,"1,200"\r\n,\r\n李四,3\r\n'
ROWS = (("姓名", "金额"), ("张三", "1,200"), (None, None), ("李四", "3"))


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_any_coding_and_any_separator(coding: str, between: str) -> None:
    data = TEXT.replace('"1,200"', "@").replace(",", between).replace("@", '"1,200"')
    [sheet] = delimited_files.read(data.encode(coding), LIMITS)
    assert sheet.rows == ROWS


def test_a_workbook_is_read_as_one() -> None:
    [sheet] = delimited_files.read(book(清册=[["姓名"], ["张三"]]), LIMITS)
    assert (sheet.name, sheet.rows) == ("清册", (("姓名",), ("张三",)))


@pytest.mark.parametrize(
    ("data", "slug"),
    [
        (b"", "spreadsheet-not-xlsx"),
        (b"<html>", "spreadsheet-not-xlsx"),
        (b"\x89PNG\r\n", "spreadsheet-not-xlsx"),
        (b"a,b\0c", "spreadsheet-not-xlsx"),
        (b"\xff\xfe\x00", "spreadsheet-not-xlsx"),
        (b"x\n" * 20_001, "spreadsheet-too-large"),
        (b",".join([b"x"] * 201), "spreadsheet-too-large"),
        (b'"' + b"x" * 200_000, "spreadsheet-damaged"),
        (b"x" * 1_000_001, "spreadsheet-too-large"),
    ],
)
def test_what_is_refused(data: bytes, slug: str) -> None:
    with pytest.raises(Problem) as refused:
        delimited_files.read(data, LIMITS)
    assert refused.value.slug == slug
