"""What the demonstration shows of the rest of the catalogue, in two villages: a road from decision to payment, and more.

The county puts to use what is owed by events or stands for long; one village also publishes its decisions and its assets,
from periods on for which it has done so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from msgspec import Struct

from server.cli.demonstration import catalogue_notices as notices
from server.cli.demonstration.acts import Act, Posting, Snapshot, Verdict
from server.cli.demonstration.fates import ASSETS, CONTRACT, DECISIONS, PAY, STANDING, TOPIC
from server.cli.demonstration.ledger import Village
from server.cli.demonstration.moments import Moments, office_hours
from server.cli.demonstration.people import COUNTY
from server.rules.periods import local_date, parse_period
from server.rules.values import uuid7_at

ROAD_VILLAGE = "640425103211"
LEASE_VILLAGE = "640425103206"
SUBSIDY = "subsidy_list"
# Lists of subsidies that were noticed and then paid: village and days ago. How fast each was paid says receiving.py.
SUBSIDIES = ((ROAD_VILLAGE, 110), (ROAD_VILLAGE, 60), (LEASE_VILLAGE, 84), (LEASE_VILLAGE, 52))
# Of the road village's three groups these published what they decided in the newest settled quarter; the third did not.
GROUPS = (f"{ROAD_VILLAGE}01", f"{ROAD_VILLAGE}02")
# How many settled quarters of decisions there are.
QUARTERS = 2


def policies(when: Moments) -> list[dict[str, Any]]:
    """Return what is put to use: by the county since it began, by one village since it publishes it."""
    first = when.quarters()[when.settled(DECISIONS) - QUARTERS + 1]
    return [
        county_policy(
            "demonstration-county",
            COUNTY[:6],
            date(2020, 1, 1),
            {"cadence:event": {"in_use": True}},
        ),
        county_policy(
            "demonstration-decisions", ROAD_VILLAGE, first.start, {DECISIONS: {"in_use": True}}
        ),
        county_policy(
            "demonstration-groups",
            ROAD_VILLAGE,
            when.quarters()[when.settled(DECISIONS)].start,
            {DECISIONS: {"owed_by": ["village", "group"]}},
        ),
        county_policy(
            "demonstration-pay",
            LEASE_VILLAGE,
            when.quarters()[when.settled(PAY)].start,
            {PAY: {"in_use": True}},
        ),
        county_policy(
            "demonstration-assets",
            ROAD_VILLAGE,
            date(_year_of_assets(when), 1, 1),
            {ASSETS: {"in_use": True}},
        ),
    ]


def county_policy(
    name: str, prefix: str, since: date, overrides: Mapping[str, Any]
) -> dict[str, Any]:
    """Return a policy of the demonstration, in force from a day on."""
    return {
        "id": name,
        "division_prefix": prefix,
        "valid_from": since.isoformat(),
        "valid_to": None,
        "title": {"zh": "演示：启用的公开事项", "en": "Demonstration: categories in use"},
        "legal_basis": [],
        "overrides": dict(overrides),
    }


def _year_of_assets(when: Moments) -> int:
    """Return the newest year whose ledger has been due for a while."""
    year = when.today.year - 1
    due = when.due(ASSETS, parse_period(str(year)))
    return year if due < when.today - timedelta(days=12) else year - 1


class CatalogueStory(Struct, frozen=True):
    """The notices of the two villages."""

    when: Moments
    villages: Mapping[str, Village]

    def acts(self) -> Iterator[Act]:
        """Yield the acts, in no order."""
        road, lease = self.villages.get(ROAD_VILLAGE), self.villages.get(LEASE_VILLAGE)
        if road is not None:
            yield from self._road(road)
            yield from self._decisions(road)
            yield from self._of_groups(road)
            yield from self._assets(road)
        if lease is not None:
            today = self.when.today
            yield from self._on(lease, CONTRACT, today - timedelta(days=24), notices.lease)
            yield from self._on(lease, TOPIC, today - timedelta(days=40), notices.topic)
            yield from self._standing(lease)

        for code, days_ago in SUBSIDIES:
            if (paid := self.villages.get(code)) is not None:
                day = self.when.today - timedelta(days=days_ago)
                yield from self._on(paid, SUBSIDY, day, notices.subsidy)

    def _road(self, village: Village) -> Iterator[Act]:
        """Yield the stages of one road: decided, signed, paid for; and the village's rules."""
        today = self.when.today
        for days_ago, stage in ((130, "decided"), (96, "contract"), (9, "progress")):
            day = today - timedelta(days=days_ago)
            yield from self._on(
                village, CONTRACT, day, lambda v, on, s=stage: notices.road(v, on, today, s)
            )
        yield from self._standing(village)

    def _standing(self, village: Village) -> Iterator[Act]:
        day = self.when.today - timedelta(days=200)
        yield from self._on(village, STANDING, day, notices.standing)

    def _decisions(self, village: Village) -> Iterator[Act]:
        settled = self.when.settled(DECISIONS)
        for place, period in enumerate(self.when.quarters()[settled - QUARTERS + 1 :]):
            day = self.when.due(DECISIONS, period) - timedelta(days=5)
            content = notices.decisions(period, place)
            yield from self._posted(village, DECISIONS, day, content, period=period.key)

    def _of_groups(self, village: Village) -> Iterator[Act]:
        period = self.when.quarters()[self.when.settled(DECISIONS)]
        day = self.when.due(DECISIONS, period) - timedelta(days=4)
        for place, group in enumerate(GROUPS):
            content = notices.group_decisions(period, place)
            yield from self._posted(
                village, DECISIONS, day, content, division=group, period=period.key
            )

    def _assets(self, village: Village) -> Iterator[Act]:
        period = parse_period(str(_year_of_assets(self.when)))
        day = self.when.due(ASSETS, period) - timedelta(days=6)
        content = notices.assets(village, period.end)
        yield from self._posted(village, ASSETS, day, content, period=period.key)

    def _on(self, village: Village, category: str, day: date, content: Any) -> Iterator[Act]:
        """Yield a notice of an event: posted two days after it, approved on the next."""
        posted = min(day + timedelta(days=2), self.when.today - timedelta(days=2))
        made = content(village, day)
        yield from self._posted(village, category, posted, made, event_on=day)

    def _posted(
        self,
        village: Village,
        category: str,
        day: date,
        content: dict[str, Any],
        division: str = "",
        **more: Any,
    ) -> Iterator[Act]:
        """Yield a posting and its review by the village's people; `division`: which of its groups it is for."""
        name = f"{division or village.code}/{category}/{day}"
        at = office_hours(day, Random(name))
        if at > self.when.now - timedelta(days=1, hours=12):
            return
        yield Posting(
            at,
            (village.code, "accountant"),
            name,
            uuid7_at(at, Random(name).randbytes(10)),
            division or village.code,
            category,
            content,
            board=Snapshot("board-dusk", at - timedelta(minutes=18)),
            **more,
        )
        yield Verdict(self._next_day(at, name), (village.code, "supervisor"), name)

    def _next_day(self, at: datetime, name: str) -> datetime:
        found = office_hours(local_date(at) + timedelta(days=1), Random(f"{name}/verdict"))
        return min(found, self.when.now)
