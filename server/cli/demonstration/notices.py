"""The relief notices of the demonstration: rosters that follow each other, opinions, and house repairs.

People are the six everybody knows to be nobody; two of them in two groups are two households.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from msgspec import Struct

from server.rules.periods import Period, parse_period

NAMES = ("张三", "李四", "王五", "赵六", "孙七", "周八")
GROUPS = ("一组", "二组", "三组", "四组")
PHONE = "0954-0000000"
STANDARD = 46_000
HOUSES = {"C": 750_000, "D": 2_100_000}
# Household types of housing_relief that a demonstration draws from.
TYPES = ("dibao", "tekun", "dibao_edge", "relapse_risk")


class _Family(Struct, frozen=True):
    group: str
    name: str
    persons: int
    level: str
    first: str | None
    last: str | None
    adjusted: str | None


def roster(code: str, period: Period) -> dict[str, Any]:
    """Return a village's roster for a quarter: the last one, plus who came, minus who left."""
    rows = [row for family in _families(code) if (row := _row(family, period))]
    staying = [row for row in rows if row["change"] != "left"]
    counts = {kind: sum(row["change"] == kind for row in rows) for kind in ("new", "left")}
    return {
        "as_of": period.end.isoformat(),
        "standard_monthly": STANDARD,
        "report_phone": PHONE,
        "households": rows,
        "total": {
            "households": len(staying),
            "persons": sum(row["covered_persons"] for row in staying),
            **{
                key: sum(row[key] for row in staying)
                for key in ("household_monthly", "class_supplement", "total")
            },
        },
        "changes": {"previous": len(rows) - counts["new"], **counts},
        "process": steps_of(period.end, confirmed=2, listed=8),
    }


def steady_household(code: str) -> tuple[str, str] | None:
    """Return the group and the name of a household that is on a village's roster in every quarter; None: there is none."""
    for family in _families(code):
        if family.first is None and family.last is None:
            return family.group, family.name
    return None


def preliminary(code: str, opinion_on: date, households: int) -> dict[str, Any]:
    """Return the notice of a preliminary opinion, from its day for seven days."""
    random = Random(f"{code}/{opinion_on}")
    rows: list[dict[str, Any]] = []
    for group, name in _people(random, households):
        size = random.randrange(1, 5)
        persons = random.randrange(1, size + 1)
        rows.append(
            {
                "group": group,
                "holder_name": name,
                "household_size": size,
                "covered_persons": persons,
                "class": random.choice("ABC"),
                "monthly_amount": persons * random.randrange(26_000, STANDARD, 500),
            }
        )
    return {
        "opinion_on": opinion_on.isoformat(),
        "notice_from": opinion_on.isoformat(),
        "notice_to": (opinion_on + timedelta(days=7)).isoformat(),
        "objection_phone": PHONE,
        "standard_monthly": STANDARD,
        "households": rows,
        "total": {
            "households": len(rows),
            "persons": sum(row["covered_persons"] for row in rows),
            "monthly_amount": sum(row["monthly_amount"] for row in rows),
        },
        "process": steps_of(opinion_on, applied=-18, visited=-10, opinion=0, noticed=0),
    }


def repairs(code: str, batch: str, allocated_on: date, shown_on: date) -> dict[str, Any]:
    """Return the households of one batch of house repairs."""
    random = Random(f"{code}/{batch}")
    rows: list[dict[str, Any]] = []
    for group, name in _people(random, random.randrange(2, 5)):
        grade = random.choice("CCD")
        rows.append(
            {
                "group": group,
                "holder_name": name,
                "household_type": random.choice(TYPES),
                "grade": grade,
                "method": "repair" if grade == "C" else "rebuild",
                "standard": HOUSES[grade],
                "amount": HOUSES[grade],
                "acceptance": "pending",
            }
        )
    return {
        "batch": batch,
        "allocated_on": allocated_on.isoformat(),
        "notice_from": shown_on.isoformat(),
        "notice_to": (shown_on + timedelta(days=7)).isoformat(),
        "objection_phone": PHONE,
        "standards": [{"grade": grade, "amount": amount} for grade, amount in HOUSES.items()],
        "households": rows,
        "total": {"households": len(rows), "amount": sum(row["amount"] for row in rows)},
        "process": [
            *steps_of(allocated_on, applied=-104, discussed=-83, reviewed=-51, approved=0),
            *steps_of(shown_on, noticed=0),
        ],
    }


def temporary(code: str, decided_on: date) -> dict[str, Any]:
    """Return one household's relief that could not wait."""
    random = Random(f"{code}/{decided_on}/temporary")
    ((group, name),) = _people(random, 1)
    amount = random.randrange(150_000, 400_000, 10_000)
    return {
        "decided_on": decided_on.isoformat(),
        "objection_phone": PHONE,
        "households": [
            {
                "group": group,
                "holder_name": name,
                "relief_type": "emergency",
                "procedure": "urgent",
                "amount": amount,
            }
        ],
        "total": {"households": 1, "amount": amount},
        "process": steps_of(decided_on, applied=-1, visited=0, decided=0),
    }


def steps_of(day: date, **after: int) -> list[dict[str, str]]:
    """Return the steps that were done so many days after (or before) a day."""
    return [
        {"step": step, "on": (day + timedelta(days=days)).isoformat()}
        for step, days in after.items()
    ]


def _people(random: Random, count: int) -> Sequence[tuple[str, str]]:
    everybody = [(group, name) for group in GROUPS for name in NAMES]
    return sorted(random.sample(everybody, count), key=lambda who: GROUPS.index(who[0]))


def _families(code: str) -> list[_Family]:
    random = Random(f"{code}/roster")
    people = _people(random, random.randrange(5, 9))
    some_quarter = [f"{year}Q{quarter}" for year in range(2024, 2034) for quarter in range(1, 5)]
    families: list[_Family] = []
    for group, name in people:
        first, last = sorted(random.sample(some_quarter, 2))
        fate = random.random()
        families.append(
            _Family(
                group,
                name,
                random.randrange(1, 5),
                random.choice("AABC"),
                first if fate < 0.25 else None,
                last if 0.15 < fate < 0.45 else None,
                random.choice(some_quarter) if fate > 0.4 else None,
            )
        )
    return families


def _row(family: _Family, period: Period) -> dict[str, Any] | None:
    """Return a family's line on a quarter's list; None when it is not on it."""
    if family.first is not None and period.key < family.first:
        return None
    if family.last is not None and period.key > family.last:
        return None
    change = "kept"
    if period.key == family.adjusted:
        change = "adjusted"
    if period.key == family.first:
        change = "new"
    if period.key == family.last:
        change = "left"
    share = {"A": 100, "B": 78, "C": 61}[family.level]
    if family.adjusted is not None and period.key >= family.adjusted:
        share -= 6
    monthly = STANDARD * family.persons * share // 100 // 100 * 100
    supplement = 9_200 if family.level == "A" else 0
    first = parse_period(family.first).start if family.first else date(2023, 1, 1)
    return {
        "group": family.group,
        "holder_name": family.name,
        "covered_persons": family.persons,
        "class": family.level,
        "household_monthly": monthly,
        "class_supplement": supplement,
        "total": monthly + supplement,
        "start_month": f"{first:%Y-%m}",
        "change": change,
    }
