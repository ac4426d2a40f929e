"""The story of the relief notices, urgent ones among them, of house repairs, and of the duties that were lifted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from msgspec import Struct

from server.cli.demonstration import notices
from server.cli.demonstration.acts import (
    Act,
    Happening,
    Lifting,
    Posting,
    Snapshot,
    Verdict,
    Who,
)
from server.cli.demonstration.fates import ACCOUNT, FATES, HOUSES, OPINION, ROSTER, URGENT
from server.cli.demonstration.ledger import Village
from server.cli.demonstration.moments import Moments, office_hours
from server.cli.demonstration.people import COUNTY, OWN_VILLAGE, TOWNSHIP
from server.rules.periods import local_date
from server.rules.values import uuid7_at

ROSTER_QUARTERS = 4


class ReliefStory(Struct, frozen=True):
    """What the township publishes in its villages, and what the villages do with its batches."""

    when: Moments
    villages: Sequence[Village]
    other_townships: Sequence[str]
    # Board photos that the villages have sent: (village, quarter) → the posting it came with.
    boards: Mapping[tuple[str, str], Posting]

    def acts(self) -> Iterator[Act]:
        """Yield the acts, in no order."""
        yield from self._liftings()
        yield from self._notices()
        yield from self._urgent()
        for village in self.villages:
            yield from self._rosters(village)

    def _rosters(self, village: Village) -> Iterator[Act]:
        quarters = self.when.quarters()
        for place, period in enumerate(quarters[-ROSTER_QUARTERS:]):
            random = Random(f"{village.code}/{period.key}/roster")
            late = village.code == "640425103203" and place == 1
            day = self.when.due(ROSTER, period) + timedelta(
                days=5 if late else -random.randrange(1, 5)
            )
            at = office_hours(day, random)
            forgotten = village.code == "640425103209" and place == ROSTER_QUARTERS - 1
            if forgotten or at > self.when.now - timedelta(days=2):
                continue
            name = f"{village.code}/{period.key}/roster"
            yield self._from_township(
                at,
                name,
                village.code,
                ROSTER,
                notices.roster(village.code, period),
                period=period.key,
                board=self._same_wall(village.code, period.key, at),
            )
            review = office_hours(local_date(at) + timedelta(days=1), random)
            yield Verdict(review, (TOWNSHIP, "auditor"), name)

    def _same_wall(self, code: str, quarter: str, at: datetime) -> Snapshot | None:
        """Return the photo that came with the village's account, when it was there already."""
        account = self.boards.get((code, quarter))
        return account.board if account and account.at < at else None

    def _from_township(
        self,
        at: datetime,
        name: str,
        code: str,
        category: str,
        content: Mapping[str, Any],
        *,
        board: Snapshot | None = None,
        **more: Any,
    ) -> Posting:
        return Posting(
            at,
            (TOWNSHIP, "editor"),
            name,
            uuid7_at(at, Random(name).randbytes(10)),
            code,
            category,
            content,
            board=board or Snapshot("board-far", at - timedelta(minutes=52)),
            **more,
        )

    def _notices(self) -> Iterator[Act]:
        """Preliminary opinions and house repairs: open ones, ended ones, and one that is overdue."""
        today = self.when.today
        for code, days_ago, households in (
            (OWN_VILLAGE, 3, 2),
            ("640425103205", 5, 1),
            ("640425103201", 46, 2),
            ("640425103207", 128, 3),
            ("640425103200", 301, 1),
        ):
            day = today - timedelta(days=days_ago)
            at = office_hours(day, Random(f"{code}/{day}"))
            name = f"{code}/opinion/{days_ago}"
            content = notices.preliminary(code, day, households)
            yield self._from_township(at, name, code, OPINION, content, event_on=day)
            yield Verdict(at + timedelta(hours=2), (TOWNSHIP, "auditor"), name)
        # One waits for the visitor who signs in as supervisor.
        yesterday = today - timedelta(days=1)
        at, name = (
            office_hours(yesterday, Random(f"waiting/{today}")),
            f"{OWN_VILLAGE}/opinion/waiting",
        )
        content = notices.preliminary(OWN_VILLAGE, yesterday, 1)
        yield self._from_township(at, name, OWN_VILLAGE, OPINION, content, event_on=yesterday)
        yield self._happening("640425103204", OPINION, "两户低保申请的初审意见（演示）", 20)
        for code, ago, shown in (
            (OWN_VILLAGE, 6, None),
            ("640425103207", 16, 4),
            ("640425103200", 95, 84),
            ("640425103211", 240, 226),
        ):
            yield from self._repairs(code, ago, shown)

    def _urgent(self) -> Iterator[Act]:
        """Relief that was published before its review: one still waits for it, one had it two days later."""
        for code, days_ago, reviewed_after in (
            ("640425103205", 1, None),
            ("640425103201", 4, 2),
        ):
            day = self.when.today - timedelta(days=days_ago)
            random = Random(f"{code}/{day}/urgent")
            at, name = office_hours(day, random), f"{code}/urgent/{days_ago}"
            yield self._from_township(
                at,
                name,
                code,
                URGENT,
                notices.temporary(code, day),
                event_on=day,
                urgent_reason="房屋失火，当晚没有住处（演示）",
            )
            if reviewed_after is not None:
                review = office_hours(day + timedelta(days=reviewed_after), random)
                yield Verdict(review, (TOWNSHIP, "auditor"), name)

    def _repairs(self, code: str, ago: int, shown: int | None) -> Iterator[Act]:
        happened = self._happening(code, HOUSES, "危房改造补助分配结果（演示）", ago)
        yield happened
        if shown is None:
            return
        day = self.when.today - timedelta(days=shown)
        random = Random(f"{code}/{day}/repairs")
        at, name = office_hours(day, random), f"{code}/repairs"
        batch = f"{happened.on.year}年第{(happened.on.month + 5) // 6}批（演示）"
        yield Posting(
            at,
            (code, "accountant"),
            name,
            uuid7_at(at, random.randbytes(10)),
            code,
            HOUSES,
            notices.repairs(code, batch, happened.on, day),
            event_on=happened.on,
            occurrence=happened.id,
            board=Snapshot("board-dusk", at - timedelta(minutes=21)),
        )
        yield Verdict(at + timedelta(hours=4), (code, "supervisor"), name)

    def _happening(self, code: str, category: str, title: str, days_ago: int) -> Happening:
        on = self.when.today - timedelta(days=days_ago)
        at = office_hours(on, Random(f"{code}/{title}"))
        made = uuid7_at(at, Random(f"{code}/{title}/id").randbytes(10))
        return Happening(at, (TOWNSHIP, "editor"), made, code, category, title, on)

    def _liftings(self) -> Iterator[Act]:
        """Duties that nobody has here: other townships are not on the system yet, nor were the first rosters."""
        quarters = self.when.quarters()
        at = office_hours(quarters[0].start, Random("liftings"))
        county: tuple[Who, Who] = ((COUNTY, "editor"), (COUNTY, "auditor"))
        own: tuple[Who, Who] = ((TOWNSHIP, "editor"), (TOWNSHIP, "auditor"))
        for township in self.other_townships:
            for category in (ACCOUNT, ROSTER, OPINION, HOUSES):
                yield self._lifting(
                    at,
                    county,
                    township,
                    category,
                    "本乡镇尚未接入系统，暂不要求在网上公开（演示）",
                )
        before = quarters[-ROSTER_QUARTERS - 1]
        yield self._lifting(
            at,
            own,
            TOWNSHIP,
            ROSTER,
            "低保名单自下一季度起在本系统公布（演示）",
            valid_to=before.end,
        )
        place = self.when.settled(ACCOUNT)
        for (code, back), fate in FATES.items():
            if fate == "exempt":
                period = quarters[place - back]
                day = period.end + timedelta(days=4)
                yield self._lifting(
                    office_hours(day, Random("exempt")),
                    own,
                    code,
                    ACCOUNT,
                    "村账移交镇会计服务中心清理，经批准本季度不单独公开（演示）",
                    period=period.key,
                )
            elif fate == "missing":
                # Decided when it was overdue already: it stays missing, and nobody waits for it any more.
                period = quarters[place - back]
                day = self.when.due(ACCOUNT, period) + timedelta(days=6)
                yield self._lifting(
                    office_hours(day, Random("lifted")),
                    own,
                    code,
                    ACCOUNT,
                    "村部漏雨，账簿凭证浸湿，正在整理，这一季度不再补公开（演示）",
                    period=period.key,
                )
        lately = office_hours(self.when.today - timedelta(days=2), Random("asked"))
        yield self._lifting(
            lately,
            ((TOWNSHIP, "editor"), None),
            OWN_VILLAGE,
            ACCOUNT,
            "报账员住院，请求宽限十天（演示）",
            period=quarters[-1].key,
            due_on=self.when.today + timedelta(days=10),
        )
        yield self._lifting(
            lately,
            own,
            "640425103205",
            ROSTER,
            "村里要求以后半年公开一次（演示）",
            period=quarters[-1].key,
            refused="低保名单按季公布，村里不能自己改（演示）",
        )

    def _lifting(
        self,
        at: datetime,
        who: tuple[Who, Who | None],
        division: str,
        category: str,
        reason: str,
        **more: Any,
    ) -> Lifting:
        made = uuid7_at(at, Random(f"{division}/{category}/{reason}").randbytes(10))
        return Lifting(at, *who, made, division, category, reason, **more)
