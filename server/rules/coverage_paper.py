"""The coverage of outreach as a circular: the same tables on paper, in a workbook and in a CSV file."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from server.rules.circulars import IN_ORDER, Circular, Rate, Table, Value
from server.rules.outreach import KINDS
from server.rules.outreach_coverage import AROUND, ActLine, Coverage, VillageLine
from server.rules.periods import day_label
from server.rules.values import Text

_VILLAGE: Final = Text("村", "Village")
WHOLE: Final = Text("全村", "all of it")
NOTES: Final = (
    Text(
        f"前 {AROUND} 天：第一天以前的 {AROUND} 天。后 {AROUND} 天：从最后一天算起。还没过完的天不算。",
        f"Before: the {AROUND} days before the first day. After: {AROUND} days from the last day on. Days that are not over do not count.",
    ),
    Text(
        "浏览次数是网页打开的次数，不是人数；不记是谁看的。少于 5 次的写成“<5”。前后多少，不说明就是因为这次宣传。",
        "Views are pages opened, not people, and who opened them is not recorded. Fewer than 5 are written as “<5”. What came after need not have come of it.",
    ),
    Text("户数、人数是填写的人报的。", "Households and people are as whoever counted said."),
)


def paper_of(found: Coverage, as_of: datetime) -> Circular:
    """Return the coverage as a circular."""
    first, last = day_label(found.first), day_label(found.last)
    return Circular(
        title=Text("宣传到村情况", "Coverage of outreach"),
        place=found.division_name,
        span=Text(
            f"{first.zh}至 {last.zh}做过的宣传。", f"What was done from {first.en} to {last.en}."
        ),
        as_of=as_of,
        lead=_lead(found),
        tables=(villages_table(found), acts_table(found)),
        notes=(*NOTES, IN_ORDER),
    )


def _lead(found: Coverage) -> tuple[Text, ...]:
    rate = Rate(found.reached, len(found.villages))
    said = Text(
        f"{len(found.villages)} 个村，宣传到了 {found.reached} 个（{rate.words()}）。",
        f"{len(found.villages)} villages, {found.reached} of them reached ({rate.words()}).",
    )
    if not found.groups_known:
        return (said,)
    groups = Rate(found.groups_reached, found.groups_known)
    return (
        said,
        Text(
            f"登记了组或者报过组数的村共 {found.groups_known} 个组，宣传到了 {found.groups_reached} 个（{groups.words()}）。",
            f"Villages whose groups are registered, or that said how many they have: {found.groups_known} groups, {found.groups_reached} of them reached ({groups.words()}).",
        ),
    )


def groups_words(line: VillageLine) -> Text:
    """Return which groups of a village were reached, in words."""
    if not line.reached:
        return Text("没有", "none")
    if line.whole:
        return WHOLE
    named = "、".join(line.groups)
    if line.groups_total is None:
        return Text(named, named)
    if line.missed:
        left, total = "、".join(line.missed), line.groups_total
        return Text(
            f"{named}（{total - len(line.missed)}/{total} 个组，没到：{left}）",
            f"{named} ({total - len(line.missed)} of {total}; not {left})",
        )
    return Text(
        f"{named}（{len(line.groups)}/{line.groups_total} 个组）",
        f"{named} ({len(line.groups)} of {line.groups_total})",
    )


def villages_table(found: Coverage) -> Table:
    """Return the villages, those that nothing reached among them."""
    return Table(
        Text("各村", "Villages"),
        (
            _VILLAGE,
            *KINDS.values(),
            Text("宣传到哪些组", "Groups reached"),
            Text("最近一次", "Newest"),
            Text("浏览次数", "Views"),
        ),
        tuple(_village(line) for line in found.villages),
        nothing=Text("没有村。", "No villages."),
    )


def _village(line: VillageLine) -> tuple[Value, ...]:
    return (
        line.name,
        *(line.kinds[kind] for kind in KINDS),
        groups_words(line),
        line.last_on,
        line.views,
    )


def acts_table(found: Coverage) -> Table:
    """Return every act in every village that it reached."""
    return Table(
        Text("每一次", "Each act"),
        (
            _VILLAGE,
            Text("方式", "Kind"),
            Text("哪天", "First day"),
            Text("到", "Last day"),
            Text("组", "Groups"),
            Text("户数", "Households"),
            Text("人数", "People"),
            Text("谁统计的", "Counted by"),
            Text(f"前 {AROUND} 天浏览", f"Views, {AROUND} days before"),
            Text(f"后 {AROUND} 天浏览", f"Views, {AROUND} days after"),
        ),
        tuple(_act(line) for line in found.acts),
        note=Text(
            "一次宣传到几个村的，户数、人数是几个村合起来的。",
            "Where an act reached several villages, households and people are of all of them together.",
        ),
        nothing=Text("这段时间没有记录。", "Nothing was recorded in this span."),
    )


def _act(line: ActLine) -> tuple[Value, ...]:
    named = "、".join(line.groups)
    return (
        line.name,
        line.kind_name,
        line.first,
        line.last,
        Text(named, named) if named else WHOLE,
        line.households,
        line.people,
        line.counted_by,
        line.views_before,
        after_words(line),
    )


def after_words(line: ActLine) -> Text:
    """Return the views after an act, and of how many days where not all are over."""
    if line.after_days == AROUND:
        return Text(line.views_after, line.views_after)
    if line.after_days == 0:
        return Text("还没到", "not yet")
    return Text(
        f"{line.views_after}（{line.after_days} 天）",
        f"{line.views_after} ({line.after_days} days)",
    )
