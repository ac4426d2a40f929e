"""What a reminder says: the notice, the day, what is left, and where. Places only, never a person's name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from server.rules.periods import day_label
from server.rules.places import name_in
from server.rules.reviewing import WORDS, By
from server.rules.values import Lang, Text
from server.rules.warnings import AGAIN_WITHIN_DAYS
from server.rules.windows import Due
from server.rules.workdays import WorkdayCalendar

# A message names this many villages, then says how many more there are.
MOST_NAMES = 20


class Late(Struct, frozen=True):
    """A village that has not published something, and how often it was late with it lately, this time included."""

    village: str
    missed: int = 1

    def said(self, lang: Lang) -> str:
        """Return its name, with how often where it is not the first time."""
        village = name_in(self.village, lang)
        if self.missed < 2:
            return village
        if lang == "zh":
            return f"{village}（{AGAIN_WITHIN_DAYS} 天内第 {self.missed} 次）"
        return f"{village} ({self.missed} times in {AGAIN_WITHIN_DAYS} days)"


class _Saying(Struct, frozen=True):
    """How time is spoken of for one kind of duty: past its day, on it, and before it."""

    past: Text
    last: Text
    left: Text


_TO_PUBLISH = _Saying(
    past=Text("{on}到期，已迟 {n} 天", "It was due on {on}, {n} ago"),
    last=Text(
        "今天是最后一天，24:00 前公开算按时", "Today is the last day: on time until midnight"
    ),
    left=Text(
        "{on}到期，还剩 {n} 天，其中工作日 {working} 天",
        "Due on {on}: {n} left, {working} of them working days",
    ),
)
_TO_REVIEW = _Saying(
    past=Text(
        "急事先公布，审议待补。最迟{on}，已过 {n} 天",
        "Published first as urgent; its review is to follow. It was due by {on}, {n} ago",
    ),
    last=Text(
        "急事先公布，审议待补。今天是最后一天",
        "Published first as urgent; its review is to follow. Today is the last day",
    ),
    left=Text(
        "急事先公布，审议待补。最迟{on}，还剩 {n} 天，其中工作日 {working} 天",
        "Published first as urgent; its review is to follow. "
        "Due by {on}: {n} left, {working} of them working days",
    ),
)


def what_is_left(due: Due, calendar: WorkdayCalendar, today: date) -> Text:
    """Return the sentence about time: days left in both counts, the last day, or how many days late."""
    return _said(_TO_PUBLISH, due, calendar, today)


def review_is_due(due: Due, calendar: WorkdayCalendar, today: date) -> Text:
    """Return the sentence about a review that is to follow a publication: by when, or how many days ago."""
    return _said(_TO_REVIEW, due, calendar, today)


def waits_for(by: By, since: date, due: Due | None, calendar: WorkdayCalendar, today: date) -> Text:
    """Return the sentence about what waits for somebody's signature: since when, and what is left of its time.

    `due`: None where there is no day any more that it could be late for.
    """
    came, words = day_label(since), WORDS[by]
    zh, en = f"{came.zh}交来，等{words.zh}。", f"It waits for {words.en} since {came.en}."
    if due is None or due.due_on < today:
        return Text(zh, en)
    left = what_is_left(due, calendar, today)
    return Text(zh + left.zh, f"{en} {left.en}")


def _said(saying: _Saying, due: Due, calendar: WorkdayCalendar, today: date) -> Text:
    days = (due.due_on - today).days
    words = saying.past if days < 0 else saying.left if days else saying.last
    on, n = day_label(due.due_on), abs(days)
    working = calendar.workdays_between(today, due.due_on) if days > 0 else 0
    return Text(
        words.zh.format(on=on.zh, n=n, working=working) + _doubt_zh(due.provisional) + "。",
        words.en.format(on=on.en, n=_en_days(n), working=working)
        + _doubt_en(due.provisional)
        + ".",
    )


def _doubt_zh(provisional: bool) -> str:
    return "（日期暂定，放假通知还没出）" if provisional else ""


def _doubt_en(provisional: bool) -> str:
    return " (provisional until the holidays are announced)" if provisional else ""


def _en_days(n: int) -> str:
    return "1 day" if n == 1 else f"{n} days"


def to_one(title: str, village: str, left: Text, lang: Lang) -> tuple[str, str]:
    """Return heading and text for the person who owes it."""
    return (f"{village}：{title}" if lang == "zh" else f"{village}: {title}"), left.pick(lang)


def overdue_to_one(title: str, villages: Sequence[Late], left: Text, lang: Lang) -> tuple[str, str]:
    """Return heading and text for somebody of the township: which villages are late with what."""
    return title, f"{left.pick(lang)}{'' if lang == 'zh' else ' '}{_not_published(villages, lang)}"


def red_warning(heading: str, lang: Lang) -> str:
    """Return the heading of what is long overdue."""
    return f"红色预警：{heading}" if lang == "zh" else f"Red warning: {heading}"


def to_a_group(site: str, title: str, villages: Sequence[Late], left: Text, lang: Lang) -> str:
    """Return the text for a group: which villages have not published what, by when."""
    return f"{_headed(site, title, left, lang)}\n{_not_published(villages, lang)}"


def review_to_a_group(site: str, title: str, village: str, left: Text, lang: Lang) -> str:
    """Return the text for a group about one review that is to follow."""
    return _headed(site, to_one(title, village, left, lang)[0], left, lang)


def _headed(site: str, title: str, left: Text, lang: Lang) -> str:
    """Begin with the site's name, which robots that want a keyword can be told to look for."""
    return f"【{site}】{title}\n{left.zh}" if lang == "zh" else f"[{site}] {title}\n{left.en}"


def _not_published(villages: Sequence[Late], lang: Lang) -> str:
    # Whoever is late again stands first: of a long list that is what must be read.
    in_order = sorted(villages, key=lambda each: each.missed == 1)
    shown = [each.said(lang) for each in in_order[:MOST_NAMES]]
    more = len(villages) - MOST_NAMES
    if lang == "zh":
        rest = f"等 {len(villages)} 个村" if more > 0 else ""
        return f"还没有公开：{'、'.join(shown)}{rest}"
    rest = f" and {more} more" if more > 0 else ""
    return f"Not published yet: {', '.join(shown)}{rest}"


def to_try(site: str, place: str, lang: Lang) -> str:
    """Return the text of a test message."""
    if lang == "zh":
        return f"【{site}】这是一条测试消息。{place}的公开到期提醒会发到这个群。"
    return f"[{site}] This is a test. Reminders for {place} will come to this group."
