"""What a rule says, in words: due days, displays, reviews, and everything that one policy sets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from msgspec import Struct

from server.rules.documents import Fields
from server.rules.owners import owner_words, parse_owners
from server.rules.periods import Cadence
from server.rules.reviewing import WORDS, ReviewRule, parse_review
from server.rules.schedules import (
    DayOfMonth,
    DaysAfter,
    Display,
    DueRule,
    FixedDate,
    Policy,
    Retention,
    Schedule,
    parse_due,
    parse_retention,
)
from server.rules.values import Text, yuan
from server.rules.workdays import DayUnit

CADENCE_WORDS: Mapping[str, Text] = {
    "monthly": Text("按月公开的", "what is monthly"),
    "quarterly": Text("按季度公开的", "what is quarterly"),
    "half_yearly": Text("按半年公开的", "what is half-yearly"),
    "yearly": Text("按年公开的", "what is yearly"),
    "event": Text("有事就公开的", "what is owed by events"),
    "long_term": Text("长期公开的", "what stands for long"),
}
OFTEN_WORDS: Mapping[str, Text] = {
    "monthly": Text("每月", "monthly"),
    "quarterly": Text("每季度", "quarterly"),
    "half_yearly": Text("每半年", "half-yearly"),
    "yearly": Text("每年", "yearly"),
    "event": Text("有事就公开", "by events"),
    "long_term": Text("长期", "standing"),
}
EVERYTHING = Text("所有事项", "everything")
_EVENTS: tuple[Cadence, ...] = ("event", "long_term")


class Named(Protocol):
    """The part of a category that is said: how it is called."""

    @property
    def name(self) -> Text: ...


class Saying(Struct, frozen=True):
    """One thing that a policy sets: for what, what it is, and its value; `field` is where it stands in the document."""

    field: str
    about: Text
    name: Text
    value: Text


def due_words(rule: DueRule, cadence: str) -> Text:
    """Return by when something is owed, as one says it."""
    match rule:
        case DaysAfter():
            return _after(rule, cadence)
        case DayOfMonth():
            months = (
                "当月",
                "下一个月",
                *(f"之后第 {n} 个月" for n in range(2, rule.month_offset + 1)),
            )
            of = (
                "of the month in which",
                "of the month after",
                f"of the {rule.month_offset}th month after",
            )
            base = (
                Text("事情发生", "it happened")
                if cadence in _EVENTS
                else Text("期末", "the period ended")
            )
            return Text(
                f"{base.zh}{months[rule.month_offset]} {rule.day} 日前",
                f"by day {rule.day} {of[min(rule.month_offset, 2)]} {base.en}",
            )
        case FixedDate():
            year = (
                ("当年", "下一年")[rule.year_offset]
                if rule.year_offset < 2
                else f"之后第 {rule.year_offset} 年"
            )
            later = (
                ("the same year", "the next year")[rule.year_offset]
                if rule.year_offset < 2
                else f"{rule.year_offset} years later"
            )
            return Text(
                f"{year} {rule.month} 月 {rule.day} 日前",
                f"by {rule.month:02d}-{rule.day:02d} of {later}",
            )


def _after(rule: DaysAfter, cadence: str) -> Text:
    days = days_words(rule.days, rule.unit)
    if cadence in _EVENTS:
        return Text(f"事情发生后 {days.zh}内", f"within {days.en} of what happened")
    return Text(f"期满后 {days.zh}内", f"within {days.en} of the period's end")


def days_words(days: int, unit: DayUnit) -> Text:
    """Return some calendar or working days, as one says them."""
    s = "" if days == 1 else "s"
    if unit == "working":
        return Text(f"{days} 个工作日", f"{days} working day{s}")
    return Text(f"{days} 天", f"{days} day{s}")


def display_words(display: Display) -> Text:
    """Return how long something stays up at least, and for how long it can be read then, as one says it."""
    said = Text("没有最少天数", "no minimum")
    if display.min_days is not None:
        days = days_words(display.min_days, display.unit)
        said = Text(f"至少 {days.zh}", f"{days.en} at least")
    if display.retention is None or display.after == "hidden":
        return said
    term = retention_words(display.retention)
    return Text(f"{said.zh}，结束后可查 {term.zh}", f"{said.en}, readable for {term.en} afterwards")


def retention_words(term: Retention) -> Text:
    """Return for how long something can be read after its display, as one says it."""
    if term.unit == "days":
        return days_words(term.count, "calendar")
    s = "" if term.count == 1 else "s"
    return Text(f"{term.count} 个月", f"{term.count} month{s}")


def review_words(rule: ReviewRule, required: bool) -> Text:
    """Return whose review comes before publication, as one says it."""
    if not required:
        return Text("不用审议", "no review")
    steps = []
    for step in rule.steps:
        who = WORDS[step.by]
        zh, en = who.zh, who.en
        if step.signatures > 1:
            zh, en = f"{zh}，{step.signatures} 人签字", f"{en}, {step.signatures} signatures"
        if step.above is not None:
            zh, en = (
                f"{zh}（超过 {yuan(step.above)} 元时）",
                f"{en} (above {yuan(step.above)} yuan)",
            )
        steps.append(Text(zh, en))
    return Text("，再".join(s.zh for s in steps), ", then ".join(s.en for s in steps))


def schedule_words(schedule: Schedule) -> tuple[Text, Text, Text]:
    """Return due rule, minimum display and review of a schedule, in words."""
    return (
        due_words(schedule.due, schedule.cadence),
        display_words(schedule.display),
        review_words(schedule.review, schedule.review_required),
    )


def about_words(selector: str, categories: Mapping[str, Named]) -> Text:
    """Return what a selector of a policy chooses, as one says it."""
    if selector == "*":
        return EVERYTHING
    if selector.startswith("cadence:"):
        return CADENCE_WORDS[selector.removeprefix("cadence:")]
    found = categories.get(selector)
    return found.name if found else Text(selector, selector)


def policy_words(policy: Policy, categories: Mapping[str, Any]) -> list[Saying]:
    """Return everything that a policy sets, in the order in which its selectors win and then the rest."""
    order = sorted(policy.overrides, key=lambda s: (s != "*", not s.startswith("cadence:"), s))
    return [
        *(each for selector in order for each in _overrides(policy, selector, categories)),
        *_rest(policy),
    ]


def _overrides(policy: Policy, selector: str, categories: Mapping[str, Any]) -> Iterator[Saying]:
    part, about = policy.overrides[selector], about_words(selector, categories)
    cadence = part.get("cadence") or _cadence_of(selector, categories)
    at = f"overrides/{selector}"
    flags = {
        "in_use": Text("是否启用", "in use"),
        "review_required": Text("要不要审议", "review needed"),
        "board_photo_required": Text("要不要公开栏照片", "photo of the board needed"),
    }
    for name in sorted(part):
        value = part[name]
        if name == "due":
            due = parse_due(Fields(value, at))
            yield Saying(f"{at}/due", about, Text("公开期限", "due"), due_words(due, cadence))
        elif name == "display":
            yield from _display(f"{at}/display", about, value)
        elif name == "review":
            rule = parse_review(Fields(value, at))
            yield Saying(
                f"{at}/review", about, Text("谁审议", "review"), review_words(rule, required=True)
            )
        elif name == "owed_by":
            said = owner_words(parse_owners(Fields(part, at)))
            yield Saying(f"{at}/owed_by", about, Text("由谁公开", "owed by"), said)
        elif name in flags:
            said = Text("是", "yes") if value else Text("否", "no")
            if name == "in_use":
                said = Text("启用", "put to use") if value else Text("停用", "not in use")
            yield Saying(f"{at}/{name}", about, flags[name], said)
        elif name in ("grace_hours", "commitment_hours"):
            title = (
                Text("审议宽限", "grace for the review")
                if name == "grace_hours"
                else Text("先登记后传的期限", "content follows its registration within")
            )
            yield Saying(f"{at}/{name}", about, title, Text(f"{value} 小时", f"{value} hours"))
        elif name == "cadence":
            yield Saying(
                f"{at}/cadence", about, Text("多久公开一次", "how often"), OFTEN_WORDS[value]
            )
        elif name == "urgent":
            days = days_words(value["review_within_workdays"], "working")
            yield Saying(
                f"{at}/urgent",
                about,
                Text("急事先公开，补审议", "urgent: reviewed afterwards"),
                Text(f"{days.zh}内", f"within {days.en}"),
            )


def _cadence_of(selector: str, categories: Mapping[str, Any]) -> str:
    if selector.startswith("cadence:"):
        return selector.removeprefix("cadence:")
    found = categories.get(selector)
    return str(found.schedule_doc.get("cadence")) if found else "quarterly"


def _display(at: str, about: Text, value: Mapping[str, Any]) -> Iterator[Saying]:
    name = Text("最少展示", "minimum display")
    if "min_days" in value:
        days = value["min_days"]
        unit: DayUnit = "working" if value.get("unit") == "working" else "calendar"
        said = days_words(days, unit) if days is not None else Text("没有最少天数", "no minimum")
        yield Saying(at, about, name, said)
    if "counts_first_day" in value:
        counts = value["counts_first_day"]
        said = Text("算第一天", "counted") if counts else Text("不算", "not counted")
        yield Saying(f"{at}/counts_first_day", about, Text("公开当天", "the day of posting"), said)
    if "after" in value:
        kept = value["after"] == "archived"
        said = Text("留着可以看", "kept readable") if kept else Text("不再显示", "hidden")
        yield Saying(f"{at}/after", about, Text("到期以后", "after its days"), said)
    if "retention" in value:
        term = value["retention"]
        said = Text("一直可以查", "for ever")
        if term is not None:
            said = retention_words(parse_retention(Fields(term, f"{at}/retention")))
        name = Text("公开结束后可以查多久", "readable after its display")
        yield Saying(f"{at}/retention", about, name, said)


def _rest(policy: Policy) -> Iterator[Saying]:
    here = Text("全辖区", "the whole area")
    if (reply := policy.reply) is not None:
        days = days_words(reply.days, reply.unit)
        yield Saying(
            "reply",
            here,
            Text("答复村民", "answers to villagers"),
            Text(f"{days.zh}内", f"within {days.en}"),
        )
    if (grades := policy.grades) is not None:
        yield Saying(
            "grades",
            here,
            Text("季度等次（按时率）", "quarterly grades (share on time)"),
            Text(
                f"优秀 {grades.excellent}%、良好 {grades.good}%、合格 {grades.passing}% 起",
                f"excellent from {grades.excellent} %, good from {grades.good} %, passing from {grades.passing} %",
            ),
        )
    if policy.common_day is not None:
        yield Saying(
            "common_day",
            here,
            Text("集中公开日", "common disclosure day"),
            Text(f"每月 {policy.common_day} 日", f"day {policy.common_day} of the month"),
        )
    if policy.topic_signatures is not None:
        n = policy.topic_signatures
        yield Saying(
            "topic_signatures",
            here,
            Text("联名要求公开", "signatures for a topic"),
            Text(f"{n} 人", str(n)),
        )
    if (said := policy.inspections) is not None:
        if said.term_days is not None:
            days = days_words(said.term_days, "working")
            yield Saying(
                "inspections/term_days", here, Text("整改期限一般", "usual term to put right"), days
            )
        if said.most_days is not None:
            days = days_words(said.most_days, "working")
            yield Saying(
                "inspections/most_days",
                here,
                Text("整改期限最多", "longest term to put right"),
                days,
            )
        if said.measures is not None:
            zh, en = (
                "、".join(m.name.zh for m in said.measures),
                ", ".join(m.name.en for m in said.measures),
            )
            yield Saying("inspections/measures", here, Text("处理方式", "measures"), Text(zh, en))
    if (desk := policy.inquiries) is not None:
        if desk.accept is not None:
            days = days_words(desk.accept.days, desk.accept.unit)
            yield Saying(
                "inquiries/accept",
                here,
                Text("答复是否受理", "taken up or not"),
                Text(f"{days.zh}内", f"within {days.en}"),
            )
        if desk.most_extension is not None:
            put_off = days_words(desk.most_extension, "calendar")
            yield Saying(
                "inquiries/most_extension",
                here,
                Text("答复最多延长", "an answer may be put off by"),
                put_off,
            )
        if desk.grounds is not None:
            zh, en = (
                "；".join(g.name.zh for g in desk.grounds),
                "; ".join(g.name.en for g in desk.grounds),
            )
            yield Saying(
                "inquiries/grounds",
                here,
                Text("不受理的理由", "grounds for refusing"),
                Text(zh, en),
            )
    if policy.reminders is not None:
        yield Saying(
            "reminders", here, Text("提醒时间", "reminders"), Text("另行规定", "set by this policy")
        )
