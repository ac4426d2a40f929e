"""XML in a workbook declares no entities: nothing is fetched, nothing expands, wherever it is hidden."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.problems import Problem
from tests.cast import ZHANG_SAN, Hall, problem_of
from tests.workbooks import AGENCY, part, read, with_part

pytestmark = pytest.mark.one_engine

LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)
PARTS = (
    "xl/worksheets/sheet1.xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
    "[Content_Types].xml",
    "xl/sharedStrings.xml",
    "docProps/core.xml",
)


def declaring(data: bytes, name: str, doctype: str, encoding: str = "utf-8") -> bytes:
    """Return a package in which one part begins with a document type."""
    old = part(data, name).decode()
    body = old[old.index("?>") + 2 :] if old.startswith("<?xml") else old
    head = f'<?xml version="1.0" encoding="{encoding.upper()}"?>'
    return with_part(data, name, (head + doctype + body).encode(encoding))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("name", PARTS)
def test_no_part_may_declare_anything(name: str, encoding: str) -> None:
    data = AGENCY.read_bytes()
    for doctype in (LAUGHS, '<!DOCTYPE x SYSTEM "http://192.0.2.1/x.dtd">', "<!DOCTYPE x>"):
        with pytest.raises(Problem) as refused:
            read(declaring(data, name, doctype, encoding))
        assert refused.value.slug == "spreadsheet-unsafe"


async def test_a_file_of_the_server_is_not_read_into_a_cell(hall: Hall, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("红河水库闸门密码")
    doctype = f'<!DOCTYPE x [<!ENTITY s SYSTEM "{secret.as_uri()}">]>'
    data = declaring(AGENCY.read_bytes(), "xl/sharedStrings.xml", doctype)
    strings = part(data, "xl/sharedStrings.xml").replace("租赁收入".encode(), b"&s;")
    zhang = await hall.client_as(ZHANG_SAN)
    answer = await zhang.post(
        "/api/v1/spreadsheets",
        params={"category": "finance_quarterly", "division": ZHANG_SAN.division},
        content=with_part(data, "xl/sharedStrings.xml", strings),
    )
    assert problem_of(answer) == "spreadsheet-unsafe"
    assert "闸门" not in answer.text
