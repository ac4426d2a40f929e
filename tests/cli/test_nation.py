"""A country is imported: thousands of rows in every level, once, again with nothing to do, and with what changed since."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from server.cli import main
from server.storage import divisions
from server.storage.database import Store

# A made-up country of 12,675 rows: every level has more than one, and more villages than a statement takes values.
SHAPE = {"province": 3, "city": 4, "county": 5, "township": 10, "village": 20}
ROWS = {"province": 3, "city": 12, "county": 60, "township": 600, "village": 12_000}
RENAMED = "110101100100"


@pytest.fixture(autouse=True)
def _here(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGSHILAN_DATABASE_URL", database_url)


def country() -> Iterator[tuple[str, str]]:
    """Yield the codes and names, every division before those below it."""
    for province in range(11, 11 + SHAPE["province"]):
        yield f"{province}".ljust(12, "0"), f"第{province}省"
        for city in range(1, SHAPE["city"] + 1):
            second = f"{province}{city:02}"
            yield second.ljust(12, "0"), f"第{city}市"
            for county in range(1, SHAPE["county"] + 1):
                third = f"{second}{county:02}"
                yield third.ljust(12, "0"), f"第{county}县"
                for township in range(100, 100 + SHAPE["township"]):
                    fourth = f"{third}{township}"
                    yield fourth.ljust(12, "0"), f"长{township}镇"
                    for village in range(100, 100 + SHAPE["village"]):
                        yield f"{fourth}{village}", f"河湾{village}村"


def write(path: Path, rows: dict[str, str]) -> Path:
    """Write a list as the national one comes: compressed."""
    with gzip.open(path, "wt", encoding="utf-8") as out:
        out.write("code,name\n")
        out.writelines(f"{code},{name}\n" for code, name in rows.items())
    return path


def imported(path: Path, *options: str) -> str:
    result = CliRunner().invoke(main, ["divisions", "import", str(path), *options])
    assert result.exit_code == 0, result.output
    return result.output


async def _asked(url: str) -> dict[str, Any]:
    store = await Store.open(url)
    try:
        return {
            "counts": await divisions.counts(store.reader),
            "line": [d.name for d in await divisions.ancestors(store.reader, RENAMED)],
            "found": len(await divisions.search(store.reader, "hw", 50, within="110101100000")),
            "villages": len(await divisions.villages_under(store.reader, "110000000000")),
        }
    finally:
        await store.close()


@pytest.mark.slow
def test_a_country_once_and_again(database_url: str, tmp_path: Path) -> None:
    rows = dict(country())
    total = sum(ROWS.values())
    path = write(tmp_path / "country.csv.gz", rows)
    assert f"{total} added" in imported(path)
    assert asyncio.run(_asked(database_url)) == {
        "counts": ROWS,
        "line": ["第11省", "第1市", "第1县", "长100镇", "河湾100村"],
        "found": SHAPE["village"],
        "villages": 4_000,
    }
    assert f"{total} unchanged" in imported(path)

    renamed = write(tmp_path / "later.csv.gz", rows | {RENAMED: "新河湾村"})
    said = imported(renamed)
    assert f"{total - 1} unchanged" in said
    assert asyncio.run(_asked(database_url))["line"][-1] == "新河湾村"
    assert asyncio.run(_asked(database_url))["counts"] == ROWS
