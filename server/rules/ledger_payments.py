"""The rows of a ledger of payments, village by village. Numbers and names leave these values only as marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct

from server.rules.ledger_files import MOST_LEDGER_ROWS, VILLAGE
from server.rules.ledger_findings import LedgerFinding, at_cell, same_person
from server.rules.ledger_villages import VillageNames, VillagePart
from server.rules.matching import Match
from server.rules.payment_columns import PARTS, Part
from server.rules.payment_sheets import read_matched
from server.rules.payments import MOST_ROWS, SheetRow
from server.rules.values import Text
from server.rules.workbooks import ReadSheet, letters, place
from server.rules.wrong_rows import SheetNotRead


class PaymentRows(Struct, frozen=True):
    """What each village was paid, and what is wrong with rows."""

    parts: tuple[VillagePart, ...]
    payments: Mapping[str, Sequence[SheetRow]]
    findings: tuple[LedgerFinding, ...]
    left_out: tuple[int, ...]


def read(
    sheet: ReadSheet,
    match: Match,
    names: VillageNames,
    *,
    whole: str | None,
    purpose: str,
    paid_on: date,
) -> PaymentRows:
    """Return the payments of a matched sheet by village; what cannot be read is a finding."""
    columns = columns_of(match)
    lacks = [p for p in ("name", "amount") if p not in columns]
    if not columns.keys() & {"identity", "tail"}:
        lacks.append("identity")
    if lacks:
        parts = [PARTS[p] for p in lacks]  # type: ignore[index]
        text = Text(
            f"还没有选这些列：{'、'.join(t.zh for t in parts)}",
            f"these columns are still to be chosen: {', '.join(t.en for t in parts)}",
        )
        return PaymentRows((), {}, (LedgerFinding("cell", True, None, sheet.name, text),), ())
    try:
        listed = read_matched(
            sheet, match.header, columns, purpose=purpose, paid_on=paid_on, most=MOST_LEDGER_ROWS
        )
    except SheetNotRead as error:
        return PaymentRows((), {}, (LedgerFinding("cell", True, None, sheet.name, error.text),), ())
    findings = [
        at_cell("cell", f"{sheet.name}!{wrong.column}{wrong.row}", wrong.text, blocking=True)
        for wrong in listed.wrong
    ]
    made: dict[str, list[SheetRow]] = {}
    where: list[tuple[int, str, str | None, str]] = []
    at = match.columns.get(VILLAGE)
    for row in listed.rows:
        said = str(sheet.at(row.row - 1, at) or "") if at is not None else ""
        village = whole or names.find(said)
        if village is None:
            cell = place(sheet.name, row.row - 1, at or 0)
            # What stands there may be a name that got out of place: it is not repeated.
            text = Text(
                f"看不出是{names.township}的哪个村", f"this is no village of {names.township}"
            )
            if at is not None:
                findings.append(at_cell("village", cell, text, blocking=True))
            continue
        made.setdefault(village, []).append(row)
        where.append((row.row, village, row.person, row.purpose))
    for village, rows in made.items():
        if len(rows) > MOST_ROWS:
            text = Text(
                f"{names.names[village]}有 {len(rows)} 行，一份清册最多 {MOST_ROWS} 行，请按项目或批次分开",
                f"{names.names[village]} has {len(rows)} rows; a list has at most {MOST_ROWS}. Divide it",
            )
            findings.append(LedgerFinding("cell", True, None, sheet.name, text))
    column = letters(columns.get("identity", columns["name"]))
    findings += same_person(where, {r: f"{sheet.name}!{column}{r}" for r, *_ in where})
    read_rows = {row.row - 1 for row in listed.rows} | {wrong.row - 1 for wrong in listed.wrong}
    return PaymentRows(
        tuple(
            VillagePart(v, names.names[v], len(rows), sum(r.amount for r in rows))
            for v, rows in made.items()
        ),
        made,
        tuple(findings),
        tuple(
            r
            for r in range(match.header + 1, len(sheet.rows))
            if r not in read_rows and any(c not in (None, "") for c in sheet.rows[r])
        ),
    )


def columns_of(match: Match) -> dict[Part, int]:
    """Return where each part of a list of payments stands."""
    found: dict[Part, int] = {p: match.columns[f"/{p}"] for p in PARTS if f"/{p}" in match.columns}
    if "tail" in found and found.get("identity") == found["tail"]:
        del found["identity"]
    return found
