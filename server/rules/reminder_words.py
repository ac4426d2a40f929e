"""What a reminder says: the notice, the day, what is left, and where. Places only, never a person's name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from server.rules.periods import day_label
from server.rules.values import Lang, Text
from server.rules.windows import Due
from server.rules.workdays import WorkdayCalendar

# A group's message names this many villages, then says how many more there are.
MOST_NAMES = 20


def what_is_left(due: Due, calendar: WorkdayCalendar, today: date) -> Text:
    """Return the sentence about time: days left in both counts, the last day, or how many days late."""
    days = (due.due_on - today).days
    on = day_label(due.due_on)
    doubt = due.provisional
    if days < 0:
        late = _en_days(-days)
        return Text(
            f"{on.zh}到期，已迟 {-days} 天{_doubt_zh(doubt)}。",
            f"It was due on {on.en}, {late} ago{_doubt_en(doubt)}.",
        )
    if days == 0:
        return Text(
            f"今天是最后一天，24:00 前公开算按时{_doubt_zh(doubt)}。",
            f"Today is the last day: on time until midnight{_doubt_en(doubt)}.",
        )
    working = calendar.workdays_between(today, due.due_on)
    return Text(
        f"{on.zh}到期，还剩 {days} 天，其中工作日 {working} 天{_doubt_zh(doubt)}。",
        f"Due on {on.en}: {_en_days(days)} left, {working} of them working days{_doubt_en(doubt)}.",
    )


def review_is_due(due: Due, calendar: WorkdayCalendar, today: date) -> Text:
    """Return the sentence about a review that is to follow a publication: by when, or how many days ago."""
    days = (due.due_on - today).days
    on = day_label(due.due_on)
    zh, en = "急事先公布，审议待补。", "Published first as urgent; its review is to follow. "
    if days < 0:
        return Text(
            f"{zh}最迟{on.zh}，已过 {-days} 天{_doubt_zh(due.provisional)}。",
            f"{en}It was due by {on.en}, {_en_days(-days)} ago{_doubt_en(due.provisional)}.",
        )
    if days == 0:
        return Text(
            f"{zh}今天是最后一天{_doubt_zh(due.provisional)}。",
            f"{en}Today is the last day{_doubt_en(due.provisional)}.",
        )
    working = calendar.workdays_between(today, due.due_on)
    return Text(
        f"{zh}最迟{on.zh}，还剩 {days} 天，其中工作日 {working} 天{_doubt_zh(due.provisional)}。",
        f"{en}Due by {on.en}: {_en_days(days)} left, {working} of them working days"
        f"{_doubt_en(due.provisional)}.",
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


def to_a_group(site: str, title: str, villages: Sequence[str], left: Text, lang: Lang) -> str:
    """Return the text for a group: which villages have not published what, by when.

    It begins with the site's name, which robots that want a keyword can be told to look for.
    """
    shown, more = villages[:MOST_NAMES], len(villages) - MOST_NAMES
    if lang == "zh":
        rest = f"等 {len(villages)} 个村" if more > 0 else ""
        return f"【{site}】{title}\n{left.zh}\n还没有公开：{'、'.join(shown)}{rest}"
    rest = f" and {more} more" if more > 0 else ""
    return f"[{site}] {title}\n{left.en}\nNot published yet: {', '.join(shown)}{rest}"


def review_to_a_group(site: str, title: str, village: str, left: Text, lang: Lang) -> str:
    """Return the text for a group about one review that is to follow."""
    if lang == "zh":
        return f"【{site}】{village}：{title}\n{left.zh}"
    return f"[{site}] {village}: {title}\n{left.en}"


def to_try(site: str, place: str, lang: Lang) -> str:
    """Return the text of a test message."""
    if lang == "zh":
        return f"【{site}】这是一条测试消息。{place}的公开到期提醒会发到这个群。"
    return f"[{site}] This is a test. Reminders for {place} will come to this group."
