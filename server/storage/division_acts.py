"""Single acts on divisions: what is on record about one, and putting back what an act changed.

Doing an act is a list's work (division_import.py). Taking one back is the only thing that removes a row of `division`: of a
name or a division under which nothing happened. What was done, and that it was taken back, stays in the events.
"""

from __future__ import annotations

from datetime import date

from server.rules.division_acts import Done, Leading, Scene, Since, Wanted, last_act
from server.rules.divisions import DivisionRow, parent_of, village_of
from server.storage import divisions, events, query_points, versions
from server.storage.columns import code_range
from server.storage.database import Reader, Tx
from server.storage.divisions import Division


async def scene(db: Reader, wanted: Wanted, today: date) -> Scene:
    """Return what is on record about what somebody wants to do.

    In a transaction on PostgreSQL the rows it is about are held first, the one above among them: of two who change divisions
    of one township at once, the second sees what the first did.
    """
    code = wanted.code
    above = parent_of(code)
    about = [each for each in (above, code, wanted.successor) if each]
    if isinstance(db, Tx):
        await divisions.rows_of(db, sorted(about))
    rows: dict[str, list[Division]] = {}
    for row in await divisions.rows_of(db, sorted(about)):
        rows.setdefault(row.code, []).append(row)
    mine = rows.get(code, [])
    if mine and mine[-1].parent and mine[-1].parent not in rows:
        # A list may have put it under another parent than its code says.
        above = mine[-1].parent
        rows[above] = await divisions.rows_of(db, [above])
    done = last_act(await events.for_subject(db, code))
    notices, people = await divisions.resting_on(db, [code])
    return Scene(
        today=today,
        rows=mine,
        parent=_standing(rows.get(above or "", [])),
        successor=_standing(rows.get(wanted.successor, [])),
        below=len(await divisions.children(db, code)) if mine else 0,
        leaning=await divisions.merged_into(db, code),
        done=done,
        since=await since(db, code, done) if done and wanted.kind == "take_back" else Since(),
        resting=notices + people + len(await query_points.standing(db, code)),
    )


def _standing(rows: list[Division]) -> tuple[Division, date | None] | None:
    """Return the row that stands, with the first day on which the code stood without a gap; None when none stands."""
    if not rows or rows[-1].valid_to is not None:
        return None
    first = rows[-1].valid_from
    for before in reversed(rows[:-1]):
        if first is None or before.valid_to is None or (first - before.valid_to).days != 1:
            break
        first = before.valid_from
    return rows[-1], first


async def since(db: Reader, code: str, done: Done) -> Since:
    """Return what happened in a division and below it since an act on it; acts on divisions do not count."""
    low, high = code_range(code)
    rows = await db.rows(
        "SELECT action, COUNT(*) AS n FROM event WHERE division >= ? AND division < ? AND id > ?"
        " GROUP BY action",
        low,
        high,
        done.event,
    )
    found = {"published": 0, "signed_in": 0, "other": 0}
    for row in rows:
        noun = row["action"].partition(".")[0]
        if noun in ("edition", "posting", "disclosure"):
            found["published"] += int(row["n"])
        elif row["action"] in ("session.opened", "session.switched"):
            found["signed_in"] += int(row["n"])
        elif noun not in ("division", "divisions"):
            found["other"] += int(row["n"])
    return Since(**found)


async def list_of(db: Reader, scope: str) -> list[DivisionRow]:
    """Return what stands at and below a division as the rows of a list."""
    rows = [row for row, _ in await divisions.rows_below(db, scope) if row.valid_to is None]
    return [as_listed(row, row.name) for row in rows]


def as_listed(row: Leading, name: str) -> DivisionRow:
    """Return a division as a row of a list, under a name."""
    return DivisionRow(0, row.code, name, row.parent, row.level, None, None)  # type: ignore[arg-type]


async def lead_to(tx: Tx, code: str, successor: str) -> None:
    """Write into which division a closed one was merged."""
    await tx.execute(
        "UPDATE division SET successor = ? WHERE code = ? AND valid_from ="
        " (SELECT MAX(d.valid_from) FROM division d WHERE d.code = ?)",
        successor,
        code,
        code,
    )


async def put_back(tx: Tx, code: str, done: Done) -> None:
    """Put a division back as it stood before an act; raise the versions of the villages at and below it."""
    if done.kind in ("close", "merge"):
        for each in (code, *done.details.get("groups", ())):
            await tx.execute(
                "UPDATE division SET valid_to = NULL, successor = NULL WHERE code = ? AND valid_from ="
                " (SELECT MAX(d.valid_from) FROM division d WHERE d.code = ?)",
                each,
                each,
            )
    else:
        await tx.execute(
            "DELETE FROM division WHERE code = ? AND valid_from = ?", code, done.on.isoformat()
        )
    if done.kind == "rename":
        await tx.execute(
            "UPDATE division SET valid_to = NULL WHERE code = ? AND valid_from ="
            " (SELECT MAX(d.valid_from) FROM division d WHERE d.code = ?)",
            code,
            code,
        )
    villages = [village.code for village in await divisions.villages_under(tx, code)]
    await versions.bump_all(tx, villages or [code, village_of(code)])
