"""The story of the villages' accounts: eight quarters of twelve villages, all of it before `now`.

The newest quarter is missing in one village, for the visitor to post. In the others every state occurs:
on time, late, missing, displayed too short, corrected, withdrawn, returned, exempt, in review, scheduled,
registered and lapsed.
Pure: the same moment gives the same story. Acts happen through the real commands (performing.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from msgspec import Struct

from server.cli.demonstration.acts import (
    Act,
    Posting,
    Registration,
    Snapshot,
    Verdict,
    Who,
    Withdrawal,
)
from server.cli.demonstration.catalogue_story import CatalogueStory
from server.cli.demonstration.cross_story import CrossStory
from server.cli.demonstration.disclosure_plan_story import DisclosurePlanStory
from server.cli.demonstration.examples_story import VILLAGE, ExamplesStory
from server.cli.demonstration.fates import ACCOUNT, FATES, UNDER_WAY
from server.cli.demonstration.ledger import Ledger, Village, mistyped
from server.cli.demonstration.moments import (
    Moments,
    before,
    earlier_of_year,
    office_hours,
    tomorrow_morning,
)
from server.cli.demonstration.notices import steps_of
from server.cli.demonstration.plan_story import PlanStory
from server.cli.demonstration.questions import questions
from server.cli.demonstration.relief_story import ReliefStory
from server.rules.periods import Period, local_date
from server.rules.values import uuid7_at, yuan


class Story(Struct, frozen=True):
    """Everything the acts are made from."""

    when: Moments
    ledger: Ledger
    villages: Sequence[Village]
    other_townships: Sequence[str] = ()
    schemas: Path | None = None

    def acts(self) -> list[Act]:
        """Return all acts in the order in which they happened; none is later than now."""
        found: list[Act] = []
        for village in self.villages:
            found += self._accounts(village)
        boards = {
            (a.division, a.period or ""): a for a in reversed(found) if isinstance(a, Posting)
        }
        found += ReliefStory(self.when, self.villages, self.other_townships, boards).acts()
        found += list(questions(self.when, found))
        found += PlanStory(self.when, self.ledger, self.villages).acts()
        places = {v.code: v for v in self.villages}
        found += CatalogueStory(self.when, places).acts()
        if self.schemas is not None and (shows_all := places.get(VILLAGE)) is not None:
            found += ExamplesStory(
                self.when, shows_all, self.schemas, self._walls(found, VILLAGE)
            ).acts()
        found += DisclosurePlanStory(self.when, places).acts()
        found += CrossStory(self.when, places).acts()
        late = [act for act in found if act.at > self.when.now]
        if late:
            raise ValueError(f"the demonstration acts in the future: {late[0]}")
        return sorted(found, key=lambda act: act.at)

    def _walls(self, found: Sequence[Act], village: str) -> list[Posting]:
        """Return what a village posted with a photo of its wall, oldest first."""
        posted = [a for a in found if isinstance(a, Posting) and a.division == village and a.board]
        return sorted(posted, key=lambda act: act.at)

    def _accounts(self, village: Village) -> Iterator[Act]:
        settled, quarters = self.when.settled(ACCOUNT), self.when.quarters()
        published: set[str] = set()
        for place, period in enumerate(quarters):
            newest = place == len(quarters) - 1
            fate = FATES.get((village.code, settled - place), "on time")
            if newest and village.code in UNDER_WAY:
                fate = UNDER_WAY[village.code]
            elif place > settled and self._soon(village, period) is None:
                continue
            if fate in ("missing", "exempt"):
                continue
            yield from self._account(village, period, fate, published, first=place == 0)
            if fate not in ("displayed too short", "in review", "registered", "lapsed"):
                published.add(period.key)

    def _soon(self, village: Village, period: Period) -> datetime | None:
        """Return when a village posts a quarter that is not settled yet; None: it has not done so."""
        at = self._usual(village, period)
        return at if at < self.when.now - timedelta(days=2) else None

    def _usual(self, village: Village, period: Period) -> datetime:
        random = Random(f"{village.code}/{period.key}/day")
        early = random.randrange(1, 9)
        return office_hours(self.when.due(ACCOUNT, period) - timedelta(days=early), random)

    def _account(
        self, village: Village, period: Period, fate: str, published: set[str], *, first: bool
    ) -> Iterator[Act]:
        random = Random(f"{village.code}/{period.key}/{fate}")
        earlier = earlier_of_year(period)
        content = self.ledger.account(
            village,
            period,
            year_so_far=all(key in published for key in earlier),
            follows=first or before(period).key in published,
        )
        # What went its usual way tells its steps; nobody posts before the sixth day, eight days before the term.
        if fate == "on time":
            content["process"] = steps_of(period.end, closed=2, checked=4, answered=5, agreed=6)
        due, at = self.when.due(ACCOUNT, period), self._usual(village, period)
        accountant: Who = (village.code, "accountant")
        supervisor: Who = (village.code, "supervisor")
        name = f"{village.code}/{period.key}"

        def posting(at: datetime, of: str = "", **more: Any) -> Posting:
            values: dict[str, Any] = {
                "content": content,
                "board": Snapshot(self._picture(village, period), at - timedelta(minutes=37)),
                **more,
            }
            return Posting(
                at,
                accountant,
                name + of,
                uuid7_at(at, Random(name + of).randbytes(10)),
                village.code,
                ACCOUNT,
                period=period.key,
                **values,
            )

        def approval(after: datetime, of: str = "", days: int = 1) -> Verdict:
            at = office_hours(local_date(after) + timedelta(days=days), random)
            return Verdict(min(at, self.when.now), supervisor, name + of)

        match fate:
            case "in review":
                yield posting(self.when.now - timedelta(hours=5))
            case "registered" | "lapsed":
                # What was registered in the last days may still follow; what was registered on the last day did not.
                yield Registration(
                    self.when.now - timedelta(hours=20)
                    if fate == "registered"
                    else office_hours(due, random),
                    accountant,
                    uuid7_at(at, Random(name).randbytes(10)),
                    village.code,
                    ACCOUNT,
                    content,
                    period.key,
                )
            case "scheduled":
                yield posting(
                    self.when.now - timedelta(hours=26), publish_at=tomorrow_morning(self.when.now)
                )
                yield Verdict(self.when.now - timedelta(hours=3), supervisor, name)
            case "late" | "very late":
                at = office_hours(due + timedelta(days=3 if fate == "late" else 12), random)
                yield posting(at)
                yield approval(at)
            case "no photo":
                yield posting(at, board=None)
                yield approval(at)
            case "displayed too short":
                yield posting(at)
                yield approval(at)
                yield Withdrawal(
                    at + timedelta(days=4),
                    accountant,
                    name,
                    "公开栏改造，提前撤下，未按规定期限张贴（演示）",
                )
            case "taken down and posted again":
                at = office_hours(due - timedelta(days=6), random)
                yield posting(at)
                yield approval(at)
                yield Withdrawal(
                    at + timedelta(days=5), accountant, name, "漏列一笔凭证，核对后重新公开（演示）"
                )
                again = at + timedelta(days=7)
                yield posting(again, "/again", reason="补齐凭证后重新公开，金额没有变化（演示）")
                yield approval(again, "/again")
            case "returned":
                at = office_hours(due - timedelta(days=1), random)
                yield posting(at)
                yield Verdict(
                    at + timedelta(hours=5),
                    supervisor,
                    name,
                    "return",
                    "办公费缺少经手人签字，补齐后重新报送（演示）",
                )
                again = office_hours(due + timedelta(days=1), random)
                yield posting(again, "/again")
                yield approval(again, "/again")
            case "corrected":
                at = office_hours(due - timedelta(days=3), random)
                wrong, said = _slip(content)
                yield posting(at, content=wrong)
                yield approval(at)
                again = office_hours(due + timedelta(days=3), random)
                yield posting(again, "/second", reason=said)
                yield approval(again, "/second")
            case _:
                yield posting(at)
                yield approval(at, days=random.randrange(1, 3))

    def _picture(self, village: Village, period: Period) -> str:
        return f"board-{village.code}-{period.key}"


def _slip(content: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """Return the account with two digits of its last office line swapped, and the sentence that corrects it."""
    lines = [i for i, line in enumerate(content["expense"]) if line["item"] == "management_office"]
    line = content["expense"][lines[-1]]
    right = int(line["amount"])
    # 1,148.50 typed as 1,184.50: ten yuan and yuan change places.
    tens, ones = right // 1000 % 10, right // 100 % 10
    wrong = right + (ones - tens) * 900 if ones != tens else right + 900
    label = line.get("label") or "办公、水电费"
    said = f"更正{label}一行：原写 {yuan(wrong)}，应为 {yuan(right)}"
    return mistyped(dict(content), "expense", lines[-1], wrong), said
