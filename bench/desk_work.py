"""What a measurement of the township's desk does in a process of its own: `python -m bench.desk_work WORK FOLDER`.

Prints one line of JSON: seconds of the processor (other work on the machine does not count), and how far the process's memory rose above what it had before.
"""

from __future__ import annotations

import asyncio
import json
import random
import resource
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl

from bench.compliance_data import A_TOWNSHIP, COUNTY, TOWNSHIP, below, division, village_code
from server.commands.import_ledger import LedgerToKeep, import_ledger
from server.external.signing import new_signer
from server.queries.circular import circular_of
from server.queries.evidence_pack import evidence_pack, span_scope
from server.queries.ledger_file import LedgerAsked, ledger_file
from server.rules.canonical import content_hash
from server.rules.disclosures import Disclosure, Edition
from server.rules.ledger_files import KnownMatching
from server.rules.periods import parse_period
from server.rules.permissions import Actor
from server.rules.rulebook import Rulebook
from server.rules.values import uuid7_at
from server.rules.workdays import WorkdayCalendar
from server.storage import disclosures, editions
from server.storage.blobs import FolderBlobs
from server.storage.database import Store
from server.storage.migrate import migrate
from server.web.catalogue import read_categories
from server.web.evidence_files import pack_file

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
ROWS, VILLAGES = 20_000, 300
QUARTERS = ("2025Q4", "2026Q1", "2026Q2", "2026Q3")
FIRST, LAST = date(2025, 10, 1), date(2026, 9, 30)
HEADS = ("序号", "行政村", "组别", "户主姓名", "面积（亩）", "补贴标准（元/亩）", "补贴金额（元）")
# An accountant's real quarter, as the category's own example has it.
EXAMPLE = Path("schemas/categories/finance_quarterly/examples/v1/good-2026-q3.json")
SOMEBODY = "01990000-0000-7000-8000-000000000002"


def write_roster(path: Path) -> None:
    """Write a roster of twenty villages: every amount is right, every name is one person's."""
    made = openpyxl.Workbook(write_only=True)
    sheet = made.create_sheet("花名册")
    sheet.append(["2026年耕地地力保护补贴花名册"])
    sheet.append(HEADS)
    each = ROWS // A_TOWNSHIP
    for n in range(ROWS):
        quantity, name = 100 + n % 900, chr(0x4E00 + n // 200) + chr(0x4E00 + n % 200 * 3)
        sheet.append(
            [n + 1, f"{village_code(n // each)}村", f"{n % 8 + 1}组", f"王{name}", quantity / 100, 86, quantity * 86 / 100]
        )  # fmt: skip
    made.save(path)


async def make_county(url: str, content: dict[str, Any]) -> None:
    """Put a county on record whose villages posted these accounts for four quarters."""
    await migrate(url)
    store = await Store.open(url)
    dice = random.Random(7)
    try:
        async with store.transaction() as tx:
            for code, parent, level in (("640000000000", None, "province"), ("640400000000", "640000000000", "city"), (COUNTY, "640400000000", "county")):  # fmt: skip
                await division(tx, code, parent, level)
            await below(tx, "640425", VILLAGES)
        for n in range(VILLAGES):
            async with store.transaction() as tx:
                for quarter in QUARTERS:
                    period = parse_period(quarter)
                    opens = datetime.combine(period.end, datetime.min.time(), UTC) + timedelta(days=3 + dice.randrange(20))  # fmt: skip
                    key, village = uuid7_at(opens, dice.randbytes(10)), village_code(n)
                    await disclosures.insert(
                        tx,
                        Disclosure(
                            id=key, county="640425", division=village, category="finance_quarterly",
                            period_key=quarter, period_start=period.start, period_end=period.end,
                            event_on=None, title="村级财务收支公开", created_at=opens,
                        ),
                    )  # fmt: skip
                    await editions.insert(
                        tx,
                        Edition(
                            id=key, disclosure_id=key, number=1, state="approved", schema_version=1,
                            content=content, content_hash=content_hash(content), reason=None, findings=[],
                            composed_at=opens, captured_at=None, received_at=opens, submitted_by=SOMEBODY,
                            plan_at=None, plan_until=None, decided_at=opens, decided_by=SOMEBODY, opens_at=opens,
                            comes_down_at=None, superseded_at=None, withdrawn_at=None, withdrawn_reason=None,
                            revision=1, gist={},
                        ),
                    )  # fmt: skip
    finally:
        await store.close()


def read_by_openpyxl(folder: Path) -> dict[str, Any]:
    """Read every cell of the roster as openpyxl does by default."""
    book = openpyxl.load_workbook(folder / "roster.xlsx", data_only=True)
    cells = sum(1 for row in book.worksheets[0].iter_rows(values_only=True) for _ in row)
    return {"cells": cells}


async def import_roster(store: Store, book: Rulebook, folder: Path) -> dict[str, Any]:
    """Read the roster, look at every row, and put what each village gets on record, in one transaction."""
    catalogue = read_categories(Path("schemas"))
    actor = Actor(SOMEBODY, "赵六", "editor", TOWNSHIP, "")
    read = await ledger_file(
        store.reader, book=book, validators=catalogue.validators, actor=actor,
        asked=LedgerAsked(category="subsidy_list", payments=False),
        data=(folder / "roster.xlsx").read_bytes(), max_bytes=8 * 1024 * 1024, now=NOW,
    )  # fmt: skip
    assert read.match is not None
    assert not read.blocking, read.findings[:3]
    async with store.transaction() as tx:
        made = await import_ledger(
            tx, actor=actor, now=NOW, address="",
            ledger=LedgerToKeep(
                category="subsidy_list", version=1, payments=False, kind="subsidy_list", name="roster.xlsx",
                digest=read.file_print, file_mark=read.file_print, parts=read.parts, warnings=len(read.findings),
                matching=KnownMatching(read.heads, read.match.table, read.match.columns, read.match.unit), lists={},
            ),
        )  # fmt: skip
    assert (made.rows, made.villages) == (ROWS, A_TOWNSHIP)
    return {"rows": made.rows}


async def bulletin(store: Store, book: Rulebook, _folder: Path) -> dict[str, Any]:
    """Work out the county's bulletin of a month."""
    found = await circular_of(
        store.reader, book=book, kind="bulletin", division=COUNTY, period="2026-10", as_of=NOW
    )
    return {"tables": len(found.tables)}


def pack_of(place: str) -> Callable[[Store, Rulebook, Path], Awaitable[dict[str, Any]]]:
    """Return what makes the evidence pack of a place for a year, its checking page included."""

    async def pack(store: Store, book: Rulebook, folder: Path) -> dict[str, Any]:
        signer = new_signer("bench")
        documents = evidence_pack(
            store.reader, book=book, blobs=FolderBlobs(folder / "photos"), signer=signer,
            scope=await span_scope(store.reader, division=place, first=FIRST, last=LAST),
            now=NOW, origin="https://gongshi.example", whole=False,
        )  # fmt: skip
        made = await pack_file(documents, signer=signer, now=NOW, dist=Path("pwa/dist"))
        return {"bytes": made.size}

    return pack


WORKS: dict[str, Callable[[Store, Rulebook, Path], Awaitable[dict[str, Any]]]] = {
    "import": import_roster,
    "bulletin": bulletin,
    "pack-village": pack_of(village_code(0)),
    "pack-township": pack_of(TOWNSHIP),
}


async def _on_record(work: str, folder: Path) -> dict[str, Any]:
    catalogue = read_categories(Path("schemas"))
    book = Rulebook(catalogue.categories, catalogue.papers, [], WorkdayCalendar({}))
    store = await Store.open(f"sqlite://{folder / 'desk.db'}")
    try:
        before, started = _peak(), time.process_time()
        said = await WORKS[work](store, book, folder)
        return said | {"seconds": time.process_time() - started, "rose": _peak() - before}
    finally:
        await store.close()


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Do one work and print what it took."""
    work, folder = sys.argv[1], Path(sys.argv[2])
    if work == "openpyxl":
        before, started = _peak(), time.process_time()
        said = read_by_openpyxl(folder)
        said |= {"seconds": time.process_time() - started, "rose": _peak() - before}
    else:
        said = asyncio.run(_on_record(work, folder))
    print(json.dumps(said))


if __name__ == "__main__":
    main()
