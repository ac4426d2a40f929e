"""Bring the divisions on record in line with a list: staged, checked, then applied, all in one transaction.

The list lies in a temporary table of the transaction, so that memory stays small whatever its length and
nothing of a bad list is ever seen. Rows of `division` are never deleted by a list: a name or a parent that
changes ends one row the day before and begins another. A single act goes the same way (commands/change_division.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct, field

from server.rules.divisions import BadDivision, DivisionRow, is_group, level_of, village_of
from server.rules.values import Text
from server.storage import versions
from server.storage.columns import code_range, codes_above, day_text
from server.storage.database import Row, Tx

BATCH = 5_000
# How many changes of a kind are named in the report.
NAMED = 20
# What stands under another name, or another parent, than the list says.
_OTHERWISE = (
    "incoming i JOIN division d ON d.code = i.code AND d.valid_to IS NULL WHERE i.valid_to IS NULL"
    " AND (i.name <> d.name OR COALESCE(i.parent, '') <> COALESCE(d.parent, ''))"
)


class Move(Struct, frozen=True):
    """A division that stands under another parent now, or under another code. None: as before."""

    name: str
    code: str
    to_code: str | None = None
    parent: str | None = None
    to_parent: str | None = None


class Changes(Struct):
    """What an import changed. The lists name the first changes of their kind; all are counted.

    Who moved to another code was closed under the old one and added under the new one, and counts there too.
    """

    listed: int = 0
    unchanged: int = 0
    added: int = 0
    renamed: int = 0
    moved: int = 0
    closed: int = 0
    renamings: list[tuple[str, str, str]] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    additions: list[tuple[str, str]] = field(default_factory=list)
    closings: list[tuple[str, str]] = field(default_factory=list)


async def begin(tx: Tx) -> None:
    """Make the place where the list is laid out."""
    await tx.execute("DROP TABLE IF EXISTS incoming")
    await tx.execute(
        "CREATE TEMPORARY TABLE incoming (line BIGINT, county TEXT, code TEXT, name TEXT, parent TEXT,"
        " level TEXT, valid_from TEXT, valid_to TEXT, initials TEXT)"
    )


async def stage(tx: Tx, rows: Sequence[tuple[DivisionRow, str]]) -> None:
    """Lay out a batch of rows, each with the text of its initials."""
    await tx.execute_many(
        "INSERT INTO incoming (line, county, code, name, parent, level, valid_from, valid_to, initials)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                row.line,
                row.code[:6],
                row.code,
                row.name,
                row.parent,
                row.level,
                day_text(row.valid_from),
                day_text(row.valid_to),
                initials,
            )
            for row, initials in rows
        ],
    )


async def apply(tx: Tx, *, on: date, scope: str | None) -> Changes:
    """Check the whole list and apply it as of a day. Raises BadDivision, and then nothing has changed: also where the day
    is before the last change of a division that the list would change or close.

    Closed: what the list leaves out of the counties whose townships or villages it names; with `scope`,
    whatever it leaves out below that division.
    """
    await tx.execute("CREATE INDEX incoming_by_code ON incoming (code, line)")
    if tx.postgres:
        # What was imported a moment ago has no statistics yet: it would be compared row by row.
        await tx.execute("ANALYZE incoming")
        await tx.execute("ANALYZE division")
    changes = Changes()
    row = await tx.row("SELECT COUNT(*) AS n FROM incoming WHERE valid_to IS NULL")
    changes.listed = int(row["n"]) if row else 0
    if not changes.listed:
        # With a scope it would close everything in it.
        raise BadDivision(
            1,
            Text(
                "列名之后没有任何现行的区划", "after the names of the columns no division follows"
            ),
        )
    await _refuse_duplicates(tx)
    if scope is not None:
        await _refuse_outside(tx, scope)
    await _refuse_earlier(tx, on, scope)
    touched = await _change(tx, on, changes)
    changes.unchanged = changes.listed - len(touched)
    await _note_moves(tx, scope, changes)
    touched |= await _close(tx, on, scope, changes)
    await _keep_history(tx)
    touched |= await _villages_with_new_groups(tx)
    changes.additions = await _additions(tx)
    changes.added = await _add(tx, on)
    changes.unchanged -= changes.added
    await _refuse_orphans(tx)
    await _bump(tx, touched)
    await tx.execute("DROP TABLE incoming")
    return changes


async def _refuse_duplicates(tx: Tx) -> None:
    row = await tx.row(
        "SELECT code, MIN(line) AS first, MAX(line) AS line FROM incoming"
        " GROUP BY code, COALESCE(valid_to, '') HAVING COUNT(*) > 1 ORDER BY 3 LIMIT 1"
    )
    if row:
        raise BadDivision(
            row["line"],
            Text(
                f"代码 {row['code']} 在第 {row['first']} 行已经出现过",
                f"code {row['code']} stands on line {row['first']} already",
            ),
        )


async def _refuse_outside(tx: Tx, scope: str) -> None:
    low, high = code_range(scope)
    above = codes_above(scope)
    marks = ", ".join("?" * len(above))
    row = await tx.row(
        "SELECT line, code FROM incoming WHERE NOT (code >= ? AND code < ?)"
        f" AND code NOT IN ({marks}) ORDER BY line LIMIT 1",
        low,
        high,
        *above,
    )
    if row:
        raise BadDivision(
            row["line"],
            Text(f"{row['code']} 不在 {scope} 之内", f"{row['code']} does not lie in {scope}"),
        )


async def _refuse_earlier(tx: Tx, on: date, scope: str | None) -> None:
    """Refuse what would reach back behind a division's last change: the name that it has borne since would be lost."""
    row = await tx.row(
        f"SELECT i.line, d.code, d.name, d.valid_from FROM {_OTHERWISE}"
        " AND d.valid_from > ? AND COALESCE(i.valid_from, '') <= d.valid_from ORDER BY i.line LIMIT 1",
        on.isoformat(),
    )
    if row is None:
        condition, args = _absent(scope)
        row = await tx.row(
            f"SELECT 1 AS line, d.code, d.name, d.valid_from FROM division d WHERE {condition}"
            " AND d.valid_from > ? ORDER BY d.code LIMIT 1",
            *args,
            on.isoformat(),
        )
    if row:
        raise BadDivision(
            row["line"],
            Text(
                f"{row['code']}（{row['name']}）从 {row['valid_from']} 起变动过，名单是 {on} 的，比那天还早。"
                f"请把名单的日期定在 {row['valid_from']} 或以后",
                f"{row['code']} ({row['name']}) changed on {row['valid_from']}, and the list is as of {on}, before that; "
                f"take {row['valid_from']} or a later day for the list",
            ),
        )


async def _refuse_orphans(tx: Tx) -> None:
    row = await tx.row(
        "SELECT i.line, i.code, i.parent FROM incoming i WHERE i.valid_to IS NULL"
        " AND i.parent IS NOT NULL AND NOT EXISTS (SELECT 1 FROM division d"
        " WHERE d.code = i.parent AND d.valid_to IS NULL) ORDER BY i.line LIMIT 1"
    )
    if row:
        raise BadDivision(
            row["line"],
            Text(
                f"{row['code']} 的上级 {row['parent']} 不在文件中，也不在册",
                f"the parent of {row['code']}, {row['parent']}, is neither in the file nor on record",
            ),
        )


async def _change(tx: Tx, on: date, changes: Changes) -> set[str]:
    """End and begin the rows whose name or parent is another now; return their codes."""
    touched: set[str] = set()
    while True:
        rows = await tx.rows(
            "SELECT d.id, d.county, d.code, d.level, d.name AS old_name, d.parent AS old_parent,"
            " d.valid_from AS old_from, i.name, i.parent, i.initials, i.valid_from"
            f" FROM {_OTHERWISE}"
            f" ORDER BY i.code LIMIT {BATCH}"
        )
        if not rows:
            return touched
        for row in rows:
            await _replace(tx, row, on)
            touched.add(row["code"])
            if row["name"] != row["old_name"]:
                changes.renamed += 1
                if len(changes.renamings) < NAMED:
                    changes.renamings.append((row["code"], row["old_name"], row["name"]))
            else:
                changes.moved += 1
                if len(changes.moves) < NAMED:
                    changes.moves.append(
                        Move(
                            name=row["name"],
                            code=row["code"],
                            parent=row["old_parent"],
                            to_parent=row["parent"],
                        )
                    )


async def _replace(tx: Tx, row: Row, on: date) -> None:
    said = row["valid_from"]
    begins = said if said and said > row["old_from"] else on.isoformat()
    if begins <= row["old_from"]:
        # The old row began on the very day: what it said is put right and not ended.
        await tx.execute(
            "UPDATE division SET name = ?, parent = ?, initials = ? WHERE id = ?",
            row["name"],
            row["parent"],
            row["initials"],
            row["id"],
        )
        return
    await tx.execute("UPDATE division SET valid_to = ? WHERE id = ?", _before(begins), row["id"])
    await tx.execute(
        "INSERT INTO division (county, code, name, parent, level, valid_from, valid_to, initials)"
        " VALUES (?, ?, ?, ?, ?, ?, NULL, ?)",
        row["county"],
        row["code"],
        row["name"],
        row["parent"],
        row["level"],
        begins,
        row["initials"],
    )


# A group that the list leaves out is closed only where it names another of its village, or leaves out the village too.
_GROUP_IS_COVERED = (
    "(d.level <> 'group' OR EXISTS (SELECT 1 FROM incoming g WHERE g.code > d.parent || '00'"
    " AND g.code <= d.parent || '99') OR NOT EXISTS"
    " (SELECT 1 FROM incoming v WHERE v.code = d.parent AND v.valid_to IS NULL))"
)


def _absent(scope: str | None) -> tuple[str, list[str]]:
    """Return the condition, with its arguments, on a row `d` that the list should have named and did not."""
    unlisted = (
        "d.valid_to IS NULL AND NOT EXISTS"
        " (SELECT 1 FROM incoming i WHERE i.code = d.code AND i.valid_to IS NULL)"
    )
    if scope is not None:
        low, high = code_range(scope)
        # A village's own list names its groups; a wider one may be the official one, which names none.
        groups = "" if level_of(scope) in ("village", "group") else f" AND {_GROUP_IS_COVERED}"
        mine = "d.code >= ? AND d.code < ? AND d.code <> ?"
        return f"{unlisted} AND {mine}{groups}", [low, high, scope]
    covered = (
        f"d.level IN ('township', 'village', 'group') AND {_GROUP_IS_COVERED} AND d.county IN"
        " (SELECT DISTINCT county FROM incoming WHERE level IN ('township', 'village'))"
    )
    return f"{unlisted} AND {covered}", []


async def _note_moves(tx: Tx, scope: str | None, changes: Changes) -> None:
    """Report as moved what left one code and came under another of its county with the same name."""
    condition, args = _absent(scope)
    rows = await tx.rows(
        "SELECT MIN(d.code) AS old, MIN(n.code) AS new, d.name FROM division d JOIN incoming n"
        " ON n.county = d.county AND n.level = d.level AND n.name = d.name AND n.valid_to IS NULL"
        f" WHERE {condition} AND d.level <> 'group' AND NOT EXISTS"
        " (SELECT 1 FROM division k WHERE k.code = n.code AND k.valid_to IS NULL)"
        " GROUP BY d.county, d.level, d.name HAVING COUNT(*) = 1 ORDER BY 1",
        *args,
    )
    changes.moved += len(rows)
    moves = [Move(name=row["name"], code=row["old"], to_code=row["new"]) for row in rows[:NAMED]]
    changes.moves += moves[: NAMED - len(changes.moves)]


async def _close(tx: Tx, on: date, scope: str | None, changes: Changes) -> set[str]:
    """End what the list left out; return the codes."""
    condition, args = _absent(scope)
    rows = await tx.rows(
        f"SELECT d.code, d.name FROM division d WHERE {condition} ORDER BY d.code", *args
    )
    if rows:
        await tx.execute(
            "UPDATE division SET valid_to = ? WHERE id IN"
            f" (SELECT d.id FROM division d WHERE {condition})",
            _before(on.isoformat()),
            *args,
        )
    changes.closed = len(rows)
    changes.closings = [(row["code"], row["name"]) for row in rows[:NAMED]]
    return {row["code"] for row in rows}


async def _keep_history(tx: Tx) -> None:
    """Keep the rows of the list that had ended already; what stands is never ended by them."""
    await tx.execute(
        "INSERT INTO division (county, code, name, parent, level, valid_from, valid_to, initials)"
        " SELECT county, code, name, parent, level, COALESCE(valid_from, ''), valid_to, initials"
        " FROM incoming WHERE valid_to IS NOT NULL ON CONFLICT (code, valid_from) DO NOTHING"
    )


async def _additions(tx: Tx) -> list[tuple[str, str]]:
    """Name the first of what is new in a county that was known; of a county that is new, nobody asks."""
    rows = await tx.rows(
        "SELECT i.code, i.name FROM incoming i WHERE i.valid_to IS NULL AND NOT EXISTS"
        " (SELECT 1 FROM division d WHERE d.code = i.code AND d.valid_to IS NULL)"
        " AND EXISTS (SELECT 1 FROM division k WHERE k.county = i.county)"
        f" ORDER BY i.code LIMIT {NAMED}"
    )
    return [(row["code"], row["name"]) for row in rows]


async def _add(tx: Tx, on: date) -> int:
    """Begin what the list names and nobody knew; in a county that is new itself, as long as is known."""
    return await tx.execute(
        "INSERT INTO division (county, code, name, parent, level, valid_from, valid_to, initials)"
        " SELECT i.county, i.code, i.name, i.parent, i.level, COALESCE(i.valid_from,"
        " CASE WHEN EXISTS (SELECT 1 FROM division k WHERE k.county = i.county) THEN ? ELSE '' END),"
        " NULL, i.initials FROM incoming i WHERE i.valid_to IS NULL AND NOT EXISTS"
        " (SELECT 1 FROM division d WHERE d.code = i.code AND d.valid_to IS NULL)"
        " ON CONFLICT (code, valid_from) DO UPDATE SET valid_to = NULL, successor = NULL, name = excluded.name,"
        " parent = excluded.parent, initials = excluded.initials",
        on.isoformat(),
    )


async def _villages_with_new_groups(tx: Tx) -> set[str]:
    rows = await tx.rows(
        "SELECT DISTINCT i.parent FROM incoming i WHERE i.level = 'group' AND i.valid_to IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM division d WHERE d.code = i.code AND d.valid_to IS NULL)"
    )
    return {row["parent"] for row in rows}


async def _bump(tx: Tx, touched: set[str]) -> None:
    """Raise the versions of every village whose pages name what was touched."""
    villages = {village_of(code) for code in touched if is_group(code)}
    for code in touched:
        low, high = code_range(code)
        rows = await tx.rows(
            "SELECT DISTINCT code FROM division WHERE level = 'village' AND code >= ? AND code < ?",
            low,
            high,
        )
        villages |= {row["code"] for row in rows}
    if villages:
        await versions.bump_all(tx, sorted(villages))


def _before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()
