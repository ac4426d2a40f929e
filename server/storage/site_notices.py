"""Site notices on record. Nothing is deleted; what was changed or ended says when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from server.rules.listing import Wanted
from server.rules.site_notices import Audience, SiteNotice, State
from server.storage import models_site_notices
from server.storage.columns import (
    code_range,
    codes_above,
    millis,
    moment,
    moment_or_none,
)
from server.storage.database import Reader, Row, Tx
from server.storage.listing import holding, in_order

_PLAIN = (
    *("id", "division", "office", "title", "text", "audience", "weight"),
    *("written_by", "written_by_name", "revision"),
)
_COLUMNS = ", ".join(
    (*_PLAIN, "from_at", "until_at", "written_at", "changed_at", "ended_at", "ended_by_name")
)
# As `SiteNotice.state` says it; each takes the moment as often as it has marks.
_DOWN = "CASE WHEN ended_at IS NOT NULL AND ended_at < until_at THEN ended_at ELSE until_at END"
_STATES: dict[State, str] = {
    "coming": f"(from_at > ? AND {_DOWN} > ?)",
    "shown": f"(from_at <= ? AND {_DOWN} > ?)",
    "over": f"{_DOWN} <= ?",
}


def _of_row(row: Row) -> SiteNotice:
    return SiteNotice(
        **{name: row[name] for name in _PLAIN},
        from_at=moment(row["from_at"]),
        until_at=moment(row["until_at"]),
        written_at=moment(row["written_at"]),
        changed_at=moment_or_none(row["changed_at"]),
        ended_at=moment_or_none(row["ended_at"]),
        ended_by_name=row["ended_by_name"] or "",
    )


async def insert(tx: Tx, notice: SiteNotice) -> bool:
    """Insert a notice; False when its id is taken."""
    return await tx.insert(
        models_site_notices.SiteNotice,
        **{name: getattr(notice, name) for name in _PLAIN},
        county=notice.division[:6],
        from_at=millis(notice.from_at),
        until_at=millis(notice.until_at),
        written_at=millis(notice.written_at),
    )


async def update(tx: Tx, notice: SiteNotice, *, expect_revision: int) -> bool:
    """Write how a notice stands now; False when somebody changed or ended it meanwhile."""
    touched = await tx.execute(
        "UPDATE site_notice SET division = ?, county = ?, title = ?, text = ?, audience = ?, weight = ?, from_at = ?,"
        " until_at = ?, changed_at = ?, ended_at = ?, ended_by_name = ?, revision = revision + 1"
        " WHERE id = ? AND revision = ?",
        notice.division,
        notice.division[:6],
        notice.title,
        notice.text,
        notice.audience,
        notice.weight,
        millis(notice.from_at),
        millis(notice.until_at),
        millis(notice.changed_at),
        millis(notice.ended_at),
        notice.ended_by_name or None,
        notice.id,
        expect_revision,
    )
    return touched == 1


async def get(db: Reader, notice_id: str) -> SiteNotice | None:
    """Return a notice, or None."""
    row = await db.row(f"SELECT {_COLUMNS} FROM site_notice WHERE id = ?", notice_id)
    return _of_row(row) if row else None


async def not_over(
    db: Reader, division: str, audiences: Iterable[Audience], now: datetime
) -> list[SiteNotice]:
    """Return what is written for a division, its own and that of those above it, and is not over: shown or to come."""
    line, whom = codes_above(division), list(audiences)
    marks, kinds = ", ".join("?" * len(line)), ", ".join("?" * len(whom))
    rows = await db.rows(
        f"SELECT {_COLUMNS} FROM site_notice WHERE division IN ({marks}) AND until_at > ? AND audience IN ({kinds})"
        " AND (ended_at IS NULL OR ended_at > ?)",
        *line,
        millis(now),
        *whom,
        millis(now),
    )
    return [_of_row(row) for row in rows]


async def page(
    db: Reader,
    scope: str,
    *,
    wanted: Wanted,
    state: State | None,
    now: datetime,
    after: str | None,
    limit: int,
) -> list[SiteNotice]:
    """Return what is written for a scope, below it and above it, as wanted, in a state."""
    touching, args = _touching(scope)
    held, sought = holding(wanted, scope, ("title", "text", "written_by_name"))
    beyond, position, order = in_order(wanted.sort, "written_at", after)
    stands, moments = _in_state(state, now)
    rows = await db.rows(
        f"SELECT {_COLUMNS} FROM site_notice WHERE {touching} AND {stands}{held}{beyond}{order} LIMIT {limit:d}",
        *args,
        *moments,
        *sought,
        *position,
    )
    return [_of_row(row) for row in rows]


async def counts(db: Reader, scope: str, now: datetime) -> dict[State, int]:
    """Return how many of what is written for a scope, below it and above it, stand how."""
    touching, args = _touching(scope)
    found: dict[State, int] = {}
    for state in _STATES:
        stands, moments = _in_state(state, now)
        row = await db.row(
            f"SELECT COUNT(*) AS n FROM site_notice WHERE {touching} AND {stands}", *args, *moments
        )
        found[state] = int(row["n"]) if row else 0
    return found


def _touching(scope: str) -> tuple[str, list[str]]:
    line = codes_above(scope)
    marks = ", ".join("?" * len(line))
    return f"((division >= ? AND division < ?) OR division IN ({marks}))", [
        *code_range(scope),
        *line,
    ]


def _in_state(state: State | None, now: datetime) -> tuple[str, list[int]]:
    if state is None:
        return "1 = 1", []
    sql = _STATES[state]
    return sql, [millis(now)] * sql.count("?")
