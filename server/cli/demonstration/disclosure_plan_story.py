"""The township's plan of disclosure for the year: lines that villages answered in time, late, not yet and not at all.

It stands in the village that a visitor is of, and is the measure of the whole township.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from msgspec import Struct

from server.cli.demonstration.acts import Act, Posting, Verdict
from server.cli.demonstration.catalogue_story import LEASE_VILLAGE, ROAD_VILLAGE, SUBSIDY
from server.cli.demonstration.fates import ACCOUNT, CONTRACT, PLAN
from server.cli.demonstration.ledger import Village
from server.cli.demonstration.moments import Moments, office_hours
from server.cli.demonstration.notices import steps_of
from server.cli.demonstration.people import OWN_VILLAGE, TOWNSHIP
from server.rules.periods import label
from server.rules.values import uuid7_at

KEY = "disclosure_plan"
REVIEW = "democratic_review"
EVERYWHERE = "全镇各村"


class DisclosurePlanStory(Struct, frozen=True):
    """One plan, for the year in which the newest settled quarter was due."""

    when: Moments
    villages: Mapping[str, Village]

    def acts(self) -> Iterator[Act]:
        """Yield its posting and its approval."""
        if OWN_VILLAGE not in self.villages:
            return
        quarter = self.when.quarters()[self.when.settled(ACCOUNT)]
        due = self.when.due(ACCOUNT, quarter)
        random, name = Random(f"{TOWNSHIP}/{due.year}/disclosures"), f"{OWN_VILLAGE}/{KEY}"
        at = office_hours(date(due.year, 1, 12), random)
        yield Posting(
            at,
            (TOWNSHIP, "editor"),
            name,
            uuid7_at(at, random.randbytes(10)),
            OWN_VILLAGE,
            KEY,
            {
                "unit_name": "红河镇人民政府（演示）",
                "year": due.year,
                "lines": list(self._lines(label(quarter).zh, due)),
                "note": "演示数据：事项、单位、金额均为虚构。有变动的，重新公布。",
                "process": steps_of(date(due.year, 1, 5), proposed=0, gathered=3, agreed=7),
            },
            event_on=date(due.year, 1, 1),
        )
        yield Verdict(office_hours(date(due.year, 1, 13), random), (TOWNSHIP, "auditor"), name)

    def _lines(self, quarter: str, due: date) -> Iterator[dict[str, Any]]:
        year, today = due.year, self.when.today

        def line(
            matter: str, category: str, where: str, office: str, by: date, **more: Any
        ) -> dict[str, Any]:
            inside = min(max(by, date(year, 1, 31)), date(year, 12, 31))
            told = {"matter": matter, "category": category, "where": where, "office": office}
            return {**told, "by": inside.isoformat(), **more}

        yield line(f"{quarter}财务收支", ACCOUNT, EVERYWHERE, "镇农经站", due)
        yield line(
            "年度财务计划", PLAN, EVERYWHERE, "镇农经站", date(year, 3, 31), basis="演示文件第1号"
        )
        road, lease = (self.villages.get(code) for code in (ROAD_VILLAGE, LEASE_VILLAGE))
        if road is not None:
            by = today - timedelta(days=100)
            yield line("二组机耕路维修", CONTRACT, road.name, "镇农业农村办", by, amount=12_000_000)
        if lease is not None:
            by = today - timedelta(days=30)
            yield line("三组鱼塘发包", CONTRACT, lease.name, "镇农业农村办", by)
        if road is not None and lease is not None:
            by, both = today - timedelta(days=95), f"{road.name}、{lease.name}"
            yield line(
                "耕地地力保护补贴",
                SUBSIDY,
                both,
                "镇财政所",
                by,
                amount=400_000,
                basis="演示文件第2号",
            )
        yield line("村干部年度民主评议", REVIEW, EVERYWHERE, "镇党建办", date(year, 12, 31))
