"""Site notices: what an office has to say to its villagers, to its staff or to both, from a moment until a moment.

Whether one is shown is judged by the clock and by nothing else, like the windows of disclosures (docs/decisions/0004 and
0049). It is changed until it begins, ended early at any time, and never deleted.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final, Literal

from msgspec import Struct

from server.rules.canonical import content_hash
from server.rules.permissions import Actor, covers, refusal
from server.rules.values import Text

Audience = Literal["villagers", "staff", "both"]
Weight = Literal["plain", "important"]
State = Literal["coming", "shown", "over"]
Way = Literal["change", "end"]

AUDIENCES: Final[dict[Audience, Text]] = {
    "villagers": Text("村民", "villagers"),
    "staff": Text("工作人员", "staff"),
    "both": Text("村民和工作人员", "villagers and staff"),
}
WEIGHTS: Final[dict[Weight, Text]] = {
    "plain": Text("一般", "plain"),
    "important": Text("重要", "important"),
}
STATES: Final[dict[State, Text]] = {
    "coming": Text("还没开始", "not begun"),
    "shown": Text("正在显示", "being shown"),
    "over": Text("已经结束", "over"),
}
FOR_VILLAGERS: Final[tuple[Audience, ...]] = ("villagers", "both")
FOR_STAFF: Final[tuple[Audience, ...]] = ("staff", "both")
MOST_TITLE: Final = 60
MOST_TEXT: Final = 600
LONGEST: Final = timedelta(days=366)
Why = tuple[str, Text]


class SiteNotice(Struct, frozen=True, kw_only=True):
    """One of them, for a division and everything below it. `office`: the division of whoever wrote it.

    `from_at` and `until_at` are whole seconds. `ended_at`: when somebody ended it early.
    """

    id: str
    division: str
    office: str
    title: str
    text: str
    audience: Audience
    weight: Weight
    from_at: datetime
    until_at: datetime
    written_by: str
    written_by_name: str
    written_at: datetime
    changed_at: datetime | None = None
    ended_at: datetime | None = None
    ended_by_name: str = ""
    revision: int = 1

    @property
    def down_at(self) -> datetime:
        """From when on it is shown no more: by plan, or when it was ended."""
        return self.until_at if self.ended_at is None else min(self.until_at, self.ended_at)

    def state(self, now: datetime) -> State:
        """Return how it stands at a moment: shown while `from_at <= now < down_at`."""
        if now >= self.down_at:
            return "over"
        return "shown" if now >= self.from_at else "coming"

    def said(self) -> str:
        """Return the hash of what was written: the same id with other words is refused."""
        return content_hash(
            {
                "division": self.division,
                "title": self.title,
                "text": self.text,
                "audience": self.audience,
                "weight": self.weight,
                "from": self.from_at.isoformat(),
                "until": self.until_at.isoformat(),
            }
        )


def shown(notices: Iterable[SiteNotice], now: datetime) -> list[SiteNotice]:
    """Return those that are shown at a moment: the important ones first, then the newest."""
    found = [each for each in notices if each.state(now) == "shown"]
    found.sort(key=lambda each: (each.from_at, each.id), reverse=True)
    return sorted(found, key=lambda each: each.weight != "important")


def next_change(notices: Iterable[SiteNotice], now: datetime) -> datetime | None:
    """Return the next moment at which what is shown changes; None when it never will."""
    turns = (
        moment
        for each in notices
        if each.from_at < each.down_at
        for moment in (each.from_at, each.down_at)
        if moment > now
    )
    return min(turns, default=None)


def fault(notice: SiteNotice, now: datetime) -> Why | None:
    """Return what of a notice cannot be, by the pointer of its field; None when all of it can."""
    for pointer, words, most in (
        ("/title", notice.title, MOST_TITLE),
        ("/text", notice.text, MOST_TEXT),
    ):
        if not words:
            return pointer, Text("还没有写", "nothing is written")
        if len(words) > most:
            return pointer, Text(
                f"最多 {most} 个字，现在是 {len(words)} 个",
                f"{most} characters at most, there are {len(words)}",
            )
    if notice.from_at < now.replace(microsecond=0):
        return "/from_at", Text(
            "开始的时间已经过了，请选以后的时间，或者选马上开始",
            "it would begin in the past: choose a later moment, or let it begin at once",
        )
    if notice.from_at - now > LONGEST:
        return "/from_at", Text("最多提前一年", "at most a year ahead")
    if notice.until_at <= notice.from_at:
        return "/until_at", Text("结束的时间要晚于开始的时间", "it has to end after it begins")
    if notice.until_at - notice.from_at > LONGEST:
        days = (notice.until_at - notice.from_at).days
        return "/until_at", Text(
            f"最多显示一年，现在是 {days} 天", f"a year at most, these are {days} days"
        )
    return None


def failure(notice: SiteNotice, way: Way, now: datetime) -> Text | None:
    """Return why a notice is not in a state for something; None when it is."""
    state = notice.state(now)
    if state == "over":
        return Text(
            "这条通知已经结束，要再说请另写一条",
            "This notice is over; to say it again, write another",
        )
    if way == "change" and state == "shown":
        return Text(
            "这条通知已经开始显示，不能再改。可以提前结束，另写一条",
            "This notice is being shown and stays as it is; end it and write another",
        )
    return None


def refused(actor: Actor, notice: SiteNotice) -> Text | None:
    """Return why somebody may not change or end a notice; None for its own office and those above it."""
    if why := refusal(actor, "write_site_notice", notice.division):
        return why
    if covers(actor.division, notice.office):
        return None
    return Text(
        "这是上级的通知，由写的单位改",
        "This notice is of an office above yours, which may change it",
    )


def ways(actor: Actor, notice: SiteNotice, now: datetime) -> tuple[Way, ...]:
    """Return what somebody may do with a notice as it now stands."""
    every: tuple[Way, ...] = ("change", "end")
    return tuple(w for w in every if not failure(notice, w, now) and not refused(actor, notice))
