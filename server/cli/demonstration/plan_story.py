"""The villages' plans of the year: last year's sums in round thousands, passed by the representatives in February."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from random import Random
from typing import Any

from msgspec import Struct

from server.cli.demonstration.acts import Act, Posting, Verdict
from server.cli.demonstration.fates import ACCOUNT, PLAN
from server.cli.demonstration.ledger import GROUPS, Ledger, Line, Village
from server.cli.demonstration.moments import Moments, office_hours
from server.cli.demonstration.notices import steps_of
from server.rules.periods import parse_period
from server.rules.values import uuid7_at

THOUSAND_YUAN = 100_000
REPRESENTATIVES = 35
# As what a project's money comes, and goes.
PROJECTS = {"other_receipts": "special_fund", "other_payments": "construction"}


class PlanStory(Struct, frozen=True):
    """A plan for the year of the newest settled quarter, in every village."""

    when: Moments
    ledger: Ledger
    villages: Sequence[Village]

    def acts(self) -> Iterator[Act]:
        """Return what happened to the plans: each is posted and approved."""
        year = self.when.quarters()[self.when.settled(ACCOUNT)].start.year
        for village in self.villages:
            random = Random(f"{village.code}/{year}/plan")
            passed_on = date(year, 2, random.randrange(20, 27))
            at, name = office_hours(passed_on, random), f"{village.code}/{year}/plan"
            yield Posting(
                at,
                (village.code, "accountant"),
                name,
                uuid7_at(at, random.randbytes(10)),
                village.code,
                PLAN,
                self.plan(village, year, passed_on, random),
                event_on=passed_on,
            )
            supervised = office_hours(passed_on.replace(day=passed_on.day + 1), random)
            yield Verdict(supervised, (village.code, "supervisor"), name)

    def plan(self, village: Village, year: int, passed_on: date, random: Random) -> dict[str, Any]:
        """Return the content of a village's plan for a year."""
        lines = {group: self._lines(village, year - 1, group) for group in GROUPS}
        came = random.randrange(28, REPRESENTATIVES + 1)
        return {
            "organisation": f"{village.name}股份经济合作社（演示数据）",
            "book": "collective",
            "year": year,
            "passed_on": passed_on.isoformat(),
            "passed_by": f"村民代表会议，应到 {REPRESENTATIVES} 人，实到 {came} 人，同意 {came - 1} 人",
            **lines,
            "subtotals": {g: sum(line["amount"] for line in lines[g]) for g in GROUPS},
            "prepared_by": village.accountant,
            "process": steps_of(passed_on, drafted=-14, checked=-10, answered=-7, passed=0),
        }

    def _lines(self, village: Village, year: int, group: str) -> list[Line]:
        sums: dict[str, int] = {}
        for quarter in range(1, 5):
            for line in self.ledger.moved(village, parse_period(f"{year}Q{quarter}"))[group]:
                if line["item"] not in PROJECTS.values():  # each of them is done once
                    sums[line["item"]] = sums.get(line["item"], 0) + line["amount"]
        rounded = {
            item: -(-amount // THOUSAND_YUAN) * THOUSAND_YUAN for item, amount in sums.items()
        }
        for key, (_, amount) in village.projects.items():
            if key.startswith(str(year + 1)) and group in PROJECTS:
                rounded[PROJECTS[group]] = rounded.get(PROJECTS[group], 0) + amount
        return [{"item": item, "amount": amount} for item, amount in rounded.items() if amount > 0]
