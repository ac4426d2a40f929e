"""Reading workbooks: values of formulas, merged and hidden parts, cells without a value, and what is no workbook."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import pytest

from server.external.spreadsheet_files import Limits
from server.external.spreadsheet_files import read as read_limited
from server.problems import Problem
from server.rules.workbooks import Broken
from tests.workbooks import AGENCY, LIMITS, book, changed, part, read, with_part


def slug_of(data: bytes, limits: Limits = LIMITS) -> str:
    with pytest.raises(Problem) as refused:
        read_limited(data, limits)
    for lang in ("zh", "en"):
        assert refused.value.document(lang)["detail"]  # type: ignore[arg-type]
    return refused.value.slug


def test_a_workbook_that_libreoffice_saved() -> None:
    income, hidden, roster = read(AGENCY.read_bytes())
    assert income.name == "收入"
    assert income.rows[3] == (date(2026, 7, 5), "租赁收入", "门面房租金", 1.62)
    assert income.at(4, 3) == 0.03  # =0.01+0.02
    assert income.at(6, 3) == Broken("error", "#DIV/0!")
    assert income.hidden_rows == {5}
    assert hidden.hidden
    assert roster.hidden_columns == {1}
    assert roster.rows[2:] == (("一组", "王五", 1.0, 7500.0), ("一组", "赵六", 2.0, 15000.0))
    assert (3, 0) in roster.covered
    assert roster.rows[0][2:] == ("C级", "C级")


def test_a_formula_that_no_program_worked_out_is_no_empty_cell() -> None:
    (page,) = read(book(表=[["甲", "乙"], [1, "=A2*2"], [2, '=""']]))
    assert page.at(1, 1) == Broken("uncalculated", "=")
    assert page.at(2, 1) == Broken("uncalculated", "=")
    assert page.at(1, 0) == 1


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_is_told_however_it_was_done(state: str) -> None:
    def hide(made: Any) -> None:
        made["乙"].sheet_state = state
        made["甲"].row_dimensions[2].hidden = True
        made["甲"].column_dimensions["B"].hidden = True

    first, second = read(changed(book(甲=[[1, 2, 3], [4, 5, 6]], 乙=[[1]]), hide))
    assert second.hidden
    assert (first.hidden_rows, first.hidden_columns) == ({1}, {1})
    assert first.without_hidden().rows == ((1.0, None, 3.0), ())
    assert second.without_hidden().rows == ()


def archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, data in parts.items():
            made.writestr(name.replace("__", "/"), data)
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
NOT_OURS = [
    ("nothing", b"", "spreadsheet-not-xlsx"),
    ("a PDF", b"%PDF-1.7 ...", "spreadsheet-not-xlsx"),
    ("a JPEG", b"\xff\xd8\xff\xe0" + bytes(20), "spreadsheet-not-xlsx"),
    ("CSV", "项目,金额\n租赁收入,100".encode(), "spreadsheet-not-xlsx"),
    ("a table as HTML, called .xls by some programs", b"<html><table>", "spreadsheet-not-xlsx"),
    ("an old .xls", OLE + "Workbook".encode("utf-16-le"), "spreadsheet-not-xlsx"),
    ("with a password", OLE + "EncryptedPackage".encode("utf-16-le"), "spreadsheet-encrypted"),
    ("a Word document", archive(word__document=b"x"), "spreadsheet-not-xlsx"),
    ("a zip of anything", archive(readme=b"x"), "spreadsheet-not-xlsx"),
    ("ODS", archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "spreadsheet-not-xlsx"),
    ("half a file", AGENCY.read_bytes()[:4000], "spreadsheet-damaged"),
    ("a package without its sheets", with_part(book(a=[[1]]), "xl/_rels/workbook.xml.rels", b"<x/"), "spreadsheet-damaged"),
    ("a sheet that is no XML", with_part(book(a=[[1]]), "xl/worksheets/sheet1.xml", b"hello"), "spreadsheet-damaged"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "data", "slug"), NOT_OURS, ids=[n[0] for n in NOT_OURS])
def test_what_is_no_workbook_of_ours_is_named(what: str, data: bytes, slug: str) -> None:
    assert slug_of(data) == slug, what


def test_what_a_file_is_is_said_in_words() -> None:
    with pytest.raises(Problem) as refused:
        read(b"%PDF-1.7")
    assert "收到的内容是PDF" in refused.value.detail.zh
    assert "另存为 .xlsx" in refused.value.detail.zh


TOO_MUCH = [
    ("bytes", Limits(max_bytes=100), book(a=[[1]])),
    ("sheets", Limits(max_bytes=10**7, max_sheets=1), book(a=[[1]], b=[[1]])),
    ("rows", Limits(max_bytes=10**7, max_rows=9), book(a=[[1]] * 10)),
    ("columns", Limits(max_bytes=10**7, max_columns=9), book(a=[[1] * 10])),
    ("cells", Limits(max_bytes=10**7, max_cells=9), book(a=[[1] * 5] * 2)),
    ("parts", Limits(max_bytes=10**7, max_entries=3), book(a=[[1]])),
    ("bytes, unpacked", Limits(max_bytes=10**7, max_expanded=5000), book(a=[[1]])),
]


@pytest.mark.parametrize(("what", "limits", "data"), TOO_MUCH, ids=[t[0] for t in TOO_MUCH])
def test_too_much_is_refused_with_both_numbers(what: str, limits: Limits, data: bytes) -> None:
    with pytest.raises(Problem) as refused:
        read_limited(data, limits)
    assert refused.value.slug == "spreadsheet-too-large"
    limit, size = refused.value.members["limit"], refused.value.members["size"]
    assert isinstance(limit, int)
    assert isinstance(size, int)
    assert limit < size
    assert f"{limit} {what}" in refused.value.detail.en


def test_cells_without_names_are_counted_on() -> None:
    plain = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row><c><v>1</v></c><c t="e"><v>#REF!</v></c></row></sheetData></worksheet>'
    (page,) = read(with_part(book(a=[[1]]), "xl/worksheets/sheet1.xml", plain))
    assert page.at(0, 1) == Broken("error", "#REF!")
    assert b"<row" in part(book(a=[[1]]), "xl/worksheets/sheet1.xml")
