"""Outreach: what was done so that people hear of what is public, whom it reached, and days on which somebody explains it.

A record is written once. What was wrong or has come true since is a later record that takes its place: both stay, each with
its day and its writer. How many were reached is somebody's word, and says whose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Final, Literal

from msgspec import Struct

from server.rules.canonical import content_hash
from server.rules.values import Text

Kind = Literal["letter", "message", "broadcast", "visit_day", "chat", "other"]
Stage = Literal["planned", "done", "void"]

KINDS: Final[dict[Kind, Text]] = {
    "letter": Text("信（明白纸）", "Letter"),
    "message": Text("短信", "Text message"),
    "broadcast": Text("广播", "Broadcast"),
    "visit_day": Text("上门讲解日", "Visiting day"),
    "chat": Text("微信群", "Chat group"),
    "other": Text("其他", "Other"),
}
STAGES: Final[dict[Stage, Text]] = {
    "planned": Text("已预告", "Announced"),
    "done": Text("做了", "Done"),
    "void": Text("作废", "Void"),
}
MOST_VILLAGES: Final = 400
MOST_GROUPS: Final = 60
MOST_GROUP_NAME: Final = 20
MOST_NOTICES: Final = 20
MOST_COUNT: Final = 1_000_000
MOST_NOTE: Final = 500
MOST_WORDS: Final = 60
MOST_PHOTOS: Final = 9
MOST_DAYS: Final = 92
AHEAD: Final = timedelta(days=366)


class Reach(Struct, frozen=True):
    """A village that was reached: all of it, or the groups named; `groups_total`: how many it has, if somebody said."""

    division: str
    groups: tuple[str, ...] = ()
    groups_total: int | None = None


class Outreach(Struct, frozen=True, kw_only=True):
    """One record. `division`: whose it is, the village's or the township's; `replaces`: the record whose place it takes.

    `households`, `people`: how many were reached, by the word of `counted_by`. Times are 'HH:MM' in Asia/Shanghai. `photos`: what
    shows it, the sheet that was handed out or the visit, by hash; for people at work.
    """

    id: str
    division: str
    kind: Kind
    stage: Stage
    first: date
    last: date
    from_time: str | None
    until_time: str | None
    place: str
    households: int | None
    people: int | None
    counted_by: str
    note: str
    reaches: tuple[Reach, ...]
    notices: tuple[str, ...]
    recorded_by: str
    recorded_by_name: str
    recorded_at: datetime
    replaces: str | None = None
    photos: tuple[str, ...] = ()

    def said(self) -> str:
        """Return the hash of what was said: the same id with other words is refused."""
        return content_hash(
            {
                "kind": self.kind,
                "stage": self.stage,
                "days": [self.first.isoformat(), self.last.isoformat()],
                "hours": [self.from_time, self.until_time],
                "place": self.place,
                "counts": [self.households, self.people],
                "counted_by": self.counted_by,
                "note": self.note,
                "reaches": [[r.division, list(r.groups), r.groups_total] for r in self.reaches],
                "notices": list(self.notices),
                "replaces": self.replaces,
                "photos": list(self.photos),
            }
        )

    def free_texts(self) -> dict[str, str]:
        """Return everything that somebody wrote in words of their own, by its place."""
        return {
            "place": self.place,
            "counted_by": self.counted_by,
            "note": self.note,
            **{
                f"villages/{n}/groups/{m}": group
                for n, reach in enumerate(self.reaches)
                for m, group in enumerate(reach.groups)
            },
        }


_CLOCK: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
Why = tuple[str, Text]


def fault(record: Outreach, today: date) -> Why | None:
    """Return what of a record cannot be, by the pointer of its field; None when all of it can."""
    return (
        _fault_of_days(record, today)
        or _fault_of_stage(record)
        or _fault_of_hours(record)
        or _fault_of_counts(record)
        or _fault_of_reach(record.reaches)
    )


def _fault_of_days(record: Outreach, today: date) -> Why | None:
    first, last = record.first, record.last
    if last < first:
        return "/last", Text(
            f"到 {last} 为止，比开始的 {first} 还早",
            f"it ends on {last}, before it begins on {first}",
        )
    if (last - first).days >= MOST_DAYS:
        days = (last - first).days + 1
        return "/last", Text(
            f"一条最多记 {MOST_DAYS} 天，现在是 {days} 天，请分开记",
            f"one record covers {MOST_DAYS} days at most, this one {days}: write several",
        )
    if record.stage == "done" and last > today:
        return "/last", Text(
            f"{last} 还没到（今天 {today}）：做完了再记，讲解日可以先预告",
            f"{last} has not come (today is {today}): record it when it is done; a visiting day can be announced",
        )
    if record.stage == "planned" and last < today:
        return "/last", Text(
            f"{last} 已经过了（今天 {today}），不能再预告，请记成做了",
            f"{last} has passed (today is {today}): it cannot be announced any more, record it as done",
        )
    if first > today + AHEAD:
        return "/first", Text(f"{first} 太远了，最多提前一年", f"{first} is more than a year ahead")
    return None


def _fault_of_stage(record: Outreach) -> Why | None:
    if record.stage == "planned" and record.kind != "visit_day":
        return "/stage", Text("只有讲解日可以预告", "only a visiting day can be announced")
    if record.stage == "planned" and not (record.place and record.from_time and record.until_time):
        at = "/place" if not record.place else "/from_time"
        return at, Text("预告要写明地点和几点到几点", "say where, and from when until when")
    if record.stage == "void" and record.replaces is None:
        return "/stage", Text("没有写是哪一条作废", "say which record is void")
    if record.stage == "void" and not record.note:
        return "/note", Text("作废要写明为什么", "say why it is void")
    return None


def _fault_of_hours(record: Outreach) -> Why | None:
    for pointer, typed in (("/from_time", record.from_time), ("/until_time", record.until_time)):
        if typed is not None and not _CLOCK.fullmatch(typed):
            return pointer, Text(
                f"“{typed}”不是时间，写成 09:00", f"“{typed}” is no time, write 09:00"
            )
    begun, ended = record.from_time, record.until_time
    if begun is not None and ended is not None and ended <= begun:
        return "/until_time", Text(
            f"结束的 {ended} 不比开始的 {begun} 晚", f"it ends at {ended}, not after {begun}"
        )
    return None


def _fault_of_counts(record: Outreach) -> Why | None:
    if (record.households is not None or record.people is not None) and not record.counted_by:
        return "/counted_by", Text(
            "写了户数或人数，请写明是谁统计的", "a number is written: say who counted"
        )
    return None


def _fault_of_reach(reaches: Sequence[Reach]) -> Why | None:
    if not reaches:
        return "/villages", Text("没有选村，至少选一个", "no village is chosen, one is needed")
    seen: set[str] = set()
    for n, reach in enumerate(reaches):
        if reach.division in seen:
            return f"/villages/{n}/division", Text("这个村选了两次", "this village is there twice")
        seen.add(reach.division)
        total = reach.groups_total
        if total is not None and len(reach.groups) > total:
            return f"/villages/{n}/groups_total", Text(
                f"写了 {len(reach.groups)} 个组，全村却只有 {total} 个",
                f"{len(reach.groups)} groups are named and the village has {total}",
            )
    return None


_BETWEEN: Final = re.compile(r"[\s,，、;；]+")


def groups_in(typed: Iterable[str]) -> tuple[str, ...]:
    """Return the names of groups, each once and in their order, out of what was typed: '1组、3组' are two."""
    parts = (part for each in typed for part in _BETWEEN.split(each) if part)
    return tuple(dict.fromkeys(parts))


def is_shown(record: Outreach, today: date) -> bool:
    """Say whether villagers are told of a record that stands: an announced day, until it has passed."""
    return record.kind == "visit_day" and record.stage == "planned" and record.last >= today
