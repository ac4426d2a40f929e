"""Terms of office: from which moment an account may act, until when, and how long it may look on after that.

Nothing runs at midnight. Whether somebody is in office follows from two moments on the account and a third: now.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from msgspec import Struct

from server.rules.periods import local_date
from server.rules.permissions import Role
from server.rules.values import Text

LOOKS_ON = timedelta(days=30)
"""How long an account whose post went to a successor may still sign in and look.

What was registered before may be finished, and what was typed can be copied; after that nobody needs it.
"""
FARTHEST = timedelta(days=366)
"""A handover is arranged for a day within a year; an outside auditor is let in for a year at most."""
FOR_A_WHILE: frozenset[Role] = frozenset({"examiner"})
"""Roles that are given until a day, and closed on it: nobody succeeds them, and there is nothing to finish."""


class Term(Struct, frozen=True):
    """In office from `starts_at` until before `ends_at`; None: since ever, for good. Then looking on for `looks_on`."""

    starts_at: datetime | None = None
    ends_at: datetime | None = None
    looks_on: timedelta = LOOKS_ON

    def begun(self, now: datetime) -> bool:
        """Say whether the first day has come."""
        return self.starts_at is None or self.starts_at <= now

    def over(self, now: datetime) -> bool:
        """Say whether the last day has passed."""
        return self.ends_at is not None and self.ends_at <= now

    def closed(self, now: datetime) -> bool:
        """Say whether the account may not even look any more."""
        return self.ends_at is not None and self.ends_at + self.looks_on <= now


def term_of(role: Role, starts_at: datetime | None, ends_at: datetime | None) -> Term:
    """Return the term of an account of a role."""
    return Term(starts_at, ends_at, timedelta(0) if role in FOR_A_WHILE else LOOKS_ON)


def wrong_last_day(role: Role, last: date | None, now: datetime) -> Text | None:
    """Return why an account of this role may not be given until (and on) this day; None when it may."""
    if role not in FOR_A_WHILE:
        return (
            None
            if last is None
            else Text("这个身份不设查看期限", "An account of this role has no last day")
        )
    earliest = local_date(now)
    latest = earliest + FARTHEST
    if last is None or not earliest <= last <= latest:
        zh, en = (f"{last}", f"{last}") if last else ("没有填", "nothing")
        return Text(
            f"外部审计要有最后一天，从今天 {earliest} 到 {latest} 之间；现在{zh}",
            f"An outside auditor needs a last day, between today, {earliest}, and {latest}; this is {en}",
        )
    return None


def first_and_last_day(now: datetime) -> tuple[date, date]:
    """Return the days between which, both included, a handover may be arranged: tomorrow until in a year."""
    today = local_date(now)
    return today + timedelta(days=1), today + FARTHEST


def _day(moment: datetime) -> tuple[str, str]:
    day = local_date(moment)
    return f"{day.year}年{day.month}月{day.day}日", day.isoformat()


def not_yet(term: Term) -> Text:
    """Return why somebody whose first day is to come may not act."""
    assert term.starts_at is not None
    zh, en = _day(term.starts_at)
    return Text(
        f"您从{zh}起接任，在那之前可以看，不能办理。写好的先留在手机里，到那天再报送",
        f"You take over on {en}; before that day you can look, but not act. What you wrote stays in the phone until then",
    )


def no_longer(term: Term, role: Text, successor: str | None) -> Text:
    """Return why somebody whose last day has passed may not act. `role`: the post that went to the successor."""
    assert term.ends_at is not None
    zh, en = _day(term.ends_at)
    by_zh, by_en = (successor, successor) if successor else ("接任的人", "the successor")
    return Text(
        f"{role.zh}的岗位从{zh}起由{by_zh}接任，还没报送的请交给{by_zh}。您写的内容还在手机里，没有丢",
        f"Since {en} the post of {role.en} is held by {by_en}: what is not sent yet is theirs to send. What you wrote is still in your phone",
    )
