"""What three made-up households of one village received, so that one can try to look it up. No identity number is in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from server.commands.load_payments import Loading, load_payments
from server.rules.disclosures import first_publication
from server.rules.payments import SheetRow
from server.rules.periods import local_date
from server.rules.permissions import Actor
from server.storage import disclosures, editions
from server.storage.database import Tx
from server.web.house import House

# The households of the demonstration: a name, four characters that end no real number, and what the land brought (fen).
HOUSEHOLDS = (
    ("演示张三", "0001", 107_500),
    ("演示李四", "0002", 71_638),
    ("演示王五", "000X", 6_450),
)
MONTHLY = 46_000


@dataclass(frozen=True, slots=True)
class _List:
    category: str
    period: str | None
    purpose: str
    paid_on: date
    rows: tuple[tuple[str, str, int], ...]


async def load_lists(
    tx: Tx, house: House, *, actor: Actor, village: str, now: datetime, address: str
) -> None:
    """Load a list of a farming subsidy, and one beside each public roster of the village."""
    for each in await _lists(tx, village, now):
        rows = [
            SheetRow(number, name, tail, amount, each.purpose, each.paid_on)
            for number, (name, tail, amount) in enumerate(each.rows, 2)
        ]
        await load_payments(
            tx,
            book=house.book,
            keys=house.household_keys,
            actor=actor,
            now=now,
            address=address,
            loading=Loading(
                division=village,
                category=each.category,
                period=each.period,
                purpose=each.purpose,
                paid_on=each.paid_on,
                rows=rows,
            ),
        )


async def _lists(tx: Tx, village: str, now: datetime) -> list[_List]:
    lately = local_date(now) - timedelta(days=20)
    land = f"{lately.year}年耕地地力保护补贴（演示）"
    found = [_List("subsidy_list", None, land, lately, HOUSEHOLDS)]
    rosters = await disclosures.list_for_division(tx, village, "dibao_roster")
    heads = await editions.heads_for_disclosures(tx, [each.id for each in rosters])
    for roster in rosters:
        if first_publication(heads.get(roster.id, []), now) is None:
            continue
        name, tail, _ = HOUSEHOLDS[0]
        paid_on = roster.period_end - timedelta(days=9)
        rows = ((name, tail, 3 * MONTHLY),)
        found.append(
            _List("dibao_roster", roster.period_key, "低保金，三个月（演示）", paid_on, rows)
        )
    return found
