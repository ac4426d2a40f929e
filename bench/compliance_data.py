"""A county that posted for eight quarters: what bench/compliance.py adds up, and the plain way of judging one cell of it."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from server.rules import compliance
from server.rules.disclosures import Disclosure, Edition
from server.rules.gists import FILLED
from server.rules.obligations import Obligation
from server.rules.periods import parse_period
from server.rules.rulebook import Rulebook
from server.rules.values import uuid7_at
from server.rules.windows import due_for
from server.storage import disclosures, editions, models
from server.storage.columns import moment
from server.storage.database import Store, Tx

COUNTY, TOWNSHIP = "640425000000", "640425100000"
A_TOWNSHIP = 20
CATEGORIES = tuple(f"category_{n:02}" for n in range(15))
QUARTERS = ("2024Q4", "2025Q1", "2025Q2", "2025Q3", "2025Q4", "2026Q1", "2026Q2", "2026Q3")
_ABOVE = (
    ("640000000000", None, "province"),
    ("640400000000", "640000000000", "city"),
    (COUNTY, "640400000000", "county"),
)


def village_code(n: int, county: str = "640425") -> str:
    """Return the code of the county's n-th village: twenty to a township."""
    return f"{county}{100 + n // A_TOWNSHIP}{200 + n % A_TOWNSHIP}"


async def make_county(store: Store, villages: int) -> None:
    """Put a county on record whose villages posted nine of ten in time, and some not at all."""
    async with store.transaction() as tx:
        for code, parent, level in _ABOVE:
            await division(tx, code, parent, level)
        await below(tx, "640425", villages)
    dice = random.Random(5)
    for n in range(villages):
        async with store.transaction() as tx:
            for quarter in QUARTERS:
                for category in CATEGORIES:
                    await _post(tx, dice, village_code(n), category, quarter)


async def below(tx: Tx, county: str, villages: int) -> None:
    """Put a county's townships and villages on record."""
    for n in range(0, villages, A_TOWNSHIP):
        township = f"{village_code(n, county)[:9]}000"
        await division(tx, township, f"{county}000000", "township")
        for each in range(n, min(n + A_TOWNSHIP, villages)):
            await division(tx, village_code(each, county), township, "village")


async def division(tx: Tx, code: str, parent: str | None, level: str) -> None:
    """Put one division on record."""
    await tx.insert(
        models.Division, id=int(code), county=code[:6], code=code, name=f"{code}村", parent=parent,
        level=level, valid_from="", valid_to=None, initials="",
    )  # fmt: skip


async def _post(tx: Tx, dice: random.Random, village: str, category: str, quarter: str) -> None:
    throw = dice.random()
    if throw < 0.03:
        return
    period = parse_period(quarter)
    late = 25 if throw > 0.93 else 0
    opens = datetime(period.end.year, period.end.month, period.end.day, 3, tzinfo=UTC) + timedelta(
        days=5 + late + dice.randrange(8)
    )
    key = uuid7_at(opens, dice.randbytes(10))
    await disclosures.insert(
        tx,
        Disclosure(
            id=key, county=village[:6], division=village, category=category, period_key=quarter,
            period_start=period.start, period_end=period.end, event_on=None, title="", created_at=opens,
        ),
    )  # fmt: skip
    await editions.insert(
        tx,
        Edition(
            id=key, disclosure_id=key, number=1, state="approved", schema_version=1, content={},
            content_hash="", reason=None, findings=[], composed_at=opens, captured_at=None,
            received_at=opens, submitted_by="", plan_at=None, plan_until=None, decided_at=opens,
            decided_by="01990000-0000-7000-8000-000000000002", opens_at=opens, comes_down_at=None,
            superseded_at=None, withdrawn_at=None, withdrawn_reason=None, revision=1,
            gist={FILLED: 0 if dice.random() < 0.01 else 20},
        ),
    )  # fmt: skip


async def copy_to_province(store: Store, counties: int) -> None:
    """Make a province of a county: its divisions and its lines again and again, under other codes."""
    async with store.transaction() as tx:
        rows = await tx.rows("SELECT code, parent, level FROM division WHERE county = '640425'")
        lines = await tx.rows("SELECT * FROM tally")
        names = list(lines[0])
        marks = ", ".join("?" * len(names))
        for n in range(1, counties):
            county = f"64{1 + n // 25:02}{50 + n % 25:02}"
            for row in rows:
                parent = (row["parent"] or "").replace("640425", county, 1)
                code = row["code"].replace("640425", county, 1)
                if row["level"] == "county":
                    parent = f"{county[:4]}00000000"
                await division(tx, code, parent, row["level"])
            moved = [
                {
                    **line,
                    "id": line["id"].replace("640425", county, 1),
                    "county": county,
                    "division": line["division"].replace("640425", county, 1),
                }
                for line in lines
            ]
            await tx.execute_many(
                f"INSERT INTO tally ({', '.join(names)}) VALUES ({marks})",
                [[line[name] for name in names] for line in moved],
            )
        cities = {f"64{1 + n // 25:02}00000000" for n in range(1, counties)} - {"640400000000"}
        for city in sorted(cities):
            await division(tx, city, "640000000000", "city")


async def orm_cell(
    store: Store, book: Rulebook, village: str, category: str, quarter: str, now: datetime
) -> compliance.Cell:
    """Return the verdict on one cell as a plain program finds it: a query for its notice, its editions and their photos."""
    period = parse_period(quarter)
    schedule = book.schedule(category, village, period.end)
    owed = Obligation(
        village, category, period, schedule, due_for(schedule, period, book.calendar), None, None
    )
    posted = await store.reader.of(models.Disclosure).get_or_none(
        division=village, category=category, period_key=quarter
    )
    if posted is None:
        return compliance.judge(owed, [], [], now, book.calendar)
    found = (
        await store.reader.of(models.Edition)
        .filter(disclosure_id=posted.id)
        .order_by("received_at")
    )
    uses = (
        await store.reader.of(models.EditionPhoto)
        .filter(edition_id__in=[e.id for e in found], role="board")
        .prefetch_related("photo")
    )
    rows = [{name: getattr(e, name) for name in e._meta.db_fields} for e in found]
    heads = [editions.edition_of(row) for row in rows]
    boards = [moment(use.photo.received_at) for use in uses]
    return compliance.judge(owed, heads, boards, now, book.calendar)
