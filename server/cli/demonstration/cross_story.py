"""What two lists of the demonstration say of one name: a household on two that exclude each other, a leader with relief.

A third finding is in what was paid: one list of subsidies came later than its notice had said (receiving.py). All of it is
made up, as the notices themselves are; nobody has judged it yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from random import Random
from typing import Any

from msgspec import Struct

from server.cli.demonstration.acts import Act, Posting, Snapshot, Verdict
from server.cli.demonstration.catalogue_story import LEASE_VILLAGE
from server.cli.demonstration.fates import PAY, SUPPORT
from server.cli.demonstration.ledger import Village
from server.cli.demonstration.moments import Moments, office_hours
from server.cli.demonstration.notices import PHONE, steady_household, steps_of
from server.cli.demonstration.people import TOWNSHIP
from server.rules.periods import Period, local_date
from server.rules.values import uuid7_at

# In neither of them is there other relief that would say the same of the same names.
PAY_VILLAGE, SUPPORT_VILLAGE = LEASE_VILLAGE, "640425103202"
SUPPORTED_DAYS_AGO = 5


class CrossStory(Struct, frozen=True):
    """Two notices, each of which names somebody of its village's roster of allowances."""

    when: Moments
    villages: Mapping[str, Village]

    def acts(self) -> Iterator[Act]:
        """Yield their postings and their approvals."""
        if (village := self.villages.get(PAY_VILLAGE)) is not None:
            yield from self._pay(village)
        if SUPPORT_VILLAGE in self.villages:
            yield from self._support()

    def _pay(self, village: Village) -> Iterator[Act]:
        leader = steady_household(village.code)
        if leader is None:
            return
        period = self.when.quarters()[self.when.settled(PAY)]
        random, name = Random(f"{village.code}/{PAY}"), f"{village.code}/{PAY}"
        at = office_hours(self.when.due(PAY, period) - timedelta(days=3), random)
        yield Posting(
            at,
            (village.code, "accountant"),
            name,
            uuid7_at(at, random.randbytes(10)),
            village.code,
            PAY,
            _pay(village, leader, period),
            period=period.key,
            board=Snapshot("board-dusk", at - timedelta(minutes=14)),
        )
        review = office_hours(local_date(at) + timedelta(days=1), random)
        yield Verdict(review, (village.code, "supervisor"), name)

    def _support(self) -> Iterator[Act]:
        household = steady_household(SUPPORT_VILLAGE)
        if household is None:
            return
        day = self.when.today - timedelta(days=SUPPORTED_DAYS_AGO)
        random, name = Random(f"{SUPPORT_VILLAGE}/{SUPPORT}"), f"{SUPPORT_VILLAGE}/{SUPPORT}"
        at, (group, holder) = office_hours(day, random), household
        content = {
            "opinion_on": day.isoformat(),
            "notice_from": day.isoformat(),
            "notice_to": (day + timedelta(days=7)).isoformat(),
            "objection_phone": PHONE,
            "households": [
                {
                    "group": group,
                    "holder_name": holder,
                    "support_mode": "scattered",
                    "care_level": "half",
                    "monthly": 95_000,
                    "care": 38_000,
                    "change": "new",
                    "total": 133_000,
                }
            ],
            "total": {"persons": 1, "monthly": 133_000},
            "process": steps_of(day, applied=-24, visited=-11, opinion=0),
        }
        yield Posting(
            at,
            (TOWNSHIP, "editor"),
            name,
            uuid7_at(at, random.randbytes(10)),
            SUPPORT_VILLAGE,
            SUPPORT,
            content,
            event_on=day,
            board=Snapshot("board-far", at - timedelta(minutes=33)),
        )
        yield Verdict(at + timedelta(hours=2), (TOWNSHIP, "auditor"), name)


def _pay(village: Village, leader: tuple[str, str], period: Period) -> dict[str, Any]:
    """Return what the leader of a group was paid in a quarter; the rest of the village is paid by the township."""
    group, name = leader
    monthly = 30_000
    amount = 3 * monthly
    return {
        "standard_by": f"{period.start.year - 1}年12月20日村民代表会议（演示）",
        "people": [
            {
                "post": f"{group}组长",
                "name": name,
                "monthly": monthly,
                "months": 3,
                "pay": amount,
                "amount": amount,
            }
        ],
        "total": {"pay": amount, "lost": 0, "amount": amount},
        "note": "村干部的报酬由镇里统发，另行公开。演示数据：人名、职务、金额均为虚构。",
        "prepared_by": village.accountant,
        "process": steps_of(period.end, computed=3, checked=6, answered=8, agreed=9, paid=10),
    }
