"""What three made-up households received: in one village to look it up, in two others after a notice, some of it late.

No identity number is in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from msgspec import Struct

from server.cli.demonstration.catalogue_story import SUBSIDIES, SUBSIDY
from server.commands.explain_delay import explain_delay
from server.commands.load_payments import Loaded, Loading, load_payments
from server.rules.disclosures import first_publication
from server.rules.payments import SheetRow
from server.rules.periods import local_date
from server.rules.permissions import Actor
from server.rules.processing_times import BANDS
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
# After so many days beyond the end of its notice a list was paid; what took longest has its cause.
DAYS_TO_PAY = (2, 6, 1, 14)
# A notice stands for seven days after the first; on the next it may be paid.
STOOD = 8
WAITED = "县里分两批拨付，第二批到账后才发（演示）"


class _List(Struct, frozen=True):
    category: str
    period: str | None
    purpose: str
    paid_on: date
    rows: tuple[tuple[str, str, int], ...]
    late: bool = False


async def load_lists(
    tx: Tx, house: House, *, actor: Actor, village: str, now: datetime, address: str
) -> None:
    """Load a list of a farming subsidy, one beside each public roster of the village, and the lists that were noticed."""
    found = [(village, each) for each in await _lists(tx, village, now)]
    days = iter(DAYS_TO_PAY)
    for code in dict.fromkeys(code for code, _ in SUBSIDIES):
        found += [(code, each) for each in await _noticed(tx, code, now, days)]
    # One a second, in the order in which they were paid: so the township reads them, the newest first.
    found.sort(key=lambda one: one[1].paid_on)
    for later, (code, each) in zip(reversed(range(len(found))), found, strict=True):
        at = now - timedelta(seconds=later)
        loaded = await _load(tx, house, code, each, actor=actor, now=at, address=address)
        if each.late:
            await explain_delay(
                tx,
                actor=actor,
                list_id=loaded.id,
                cause="by_progress",
                words=WAITED,
                revision=loaded.revision,
                now=at,
                address=address,
            )


async def _load(
    tx: Tx, house: House, village: str, each: _List, *, actor: Actor, now: datetime, address: str
) -> Loaded:
    rows = [
        SheetRow(number, name, tail, amount, each.purpose, each.paid_on)
        for number, (name, tail, amount) in enumerate(each.rows, 2)
    ]
    return await load_payments(
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


async def _noticed(tx: Tx, village: str, now: datetime, days: Iterator[int]) -> list[_List]:
    """Return the lists of a village that were noticed first, each paid some days after its notice had stood for seven."""
    found = []
    notices = await disclosures.list_for_division(tx, village, SUBSIDY)
    heads = await editions.heads_for_disclosures(tx, [each.id for each in notices])
    for notice in sorted(notices, key=lambda each: each.period_end):
        first = first_publication(heads.get(notice.id, []), now)
        if first is None or first.opens_at is None:
            continue
        waited = next(days)
        paid_on = local_date(first.opens_at) + timedelta(days=STOOD + waited)
        if paid_on <= local_date(now):
            purpose = (
                f"{notice.period_end.year}年{notice.period_end.month}月耕地地力保护补贴（演示）"
            )
            late = waited > BANDS[-1][0]
            found.append(_List(SUBSIDY, notice.period_key, purpose, paid_on, HOUSEHOLDS, late))
    return found


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
