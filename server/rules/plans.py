"""An account beside its year's plan: what was planned, what the year came to so far, and the share of it in percent.

Which plan belongs to which account, and which rows are compared, a view says (`plan`); nothing here knows a category.
A plan's lists have the same pointers and items as the account's, so that each heading can be laid beside the other.
Amounts in fen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any, Literal

from msgspec import Struct

from server.rules import pointers
from server.rules.periods import Period, label, period_containing
from server.rules.sums import text
from server.rules.values import Fen, Lang

Content = Mapping[str, Any]
Spec = Mapping[str, Any]
_DAY = timedelta(days=1)
# Beyond so many times what was planned a share in percent says nothing: nearly all of it was not in the plan.
MOST_TIMES = 10


class PlanRow(Struct, frozen=True):
    """A group or a heading of it: planned, so far, and the share in whole percent, rounded down.

    `used` is None where nothing was planned, or next to nothing: `unplanned` says then how much of it the plan does not
    hold, and is 0 else. `paid`: it is money that went out; `over`: more of it than was planned.
    """

    label: str
    level: Literal["group", "line"]
    planned: Fen
    so_far: Fen
    used: int | None
    unplanned: Fen
    paid: bool
    over: bool


class PlanView(Struct, frozen=True):
    """The year's plan beside the year so far: of `counted` periods; those in `unpublished` are not in the sums."""

    disclosure_id: str
    year: int
    counted: int
    unpublished: tuple[str, ...]
    rows: tuple[PlanRow, ...]


class PublishedPlan(Struct, frozen=True):
    """A plan that the public may read now."""

    disclosure_id: str
    content: Content


def periods_so_far(period: Period) -> tuple[Period, ...]:
    """Return the periods of the year up to this one, itself last; none for what has no fixed period."""
    if period.cadence in ("event", "long_term"):
        return ()
    found: list[Period] = []
    each = period_containing(period.cadence, period.start.replace(month=1, day=1))
    while each.end < period.end:
        found.append(each)
        each = period_containing(period.cadence, each.end + _DAY)
    return (*found, period)


def plan_for(
    spec: Spec, content: Content, period: Period, plans: Iterable[PublishedPlan]
) -> PublishedPlan | None:
    """Return the first of some plans, newest first, that is of this year and for the same books."""
    for plan in plans:
        if (
            _same_books(spec, plan.content, content)
            and pointers.get(plan.content, spec["year"]) == period.start.year
        ):
            return plan
    return None


def _same_books(spec: Spec, one: Content, other: Content) -> bool:
    return all(pointers.get(one, at) == pointers.get(other, at) for at in spec["same"])


def beside(
    view: Spec,
    plan: PublishedPlan,
    period: Period,
    contents: Mapping[str, Content],
    lang: Lang,
) -> PlanView:
    """Return a plan beside the year so far; `contents`: what was published of the year's periods, by their keys.

    A period that was published for other books than the plan's is not in the sums.
    """
    spec = view["plan"]
    section = next(each for each in view["sections"] if each["id"] == spec["section"])
    groups = {row["id"]: row for row in section["rows"]}
    wanted = periods_so_far(period)
    published = [contents[each.key] for each in wanted if each.key in contents]
    shown = [each for each in published if _same_books(spec, plan.content, each)]
    rows: list[PlanRow] = []
    for each in spec["rows"]:
        rows += _group(groups[each["id"]], text(each["label"], lang), plan.content, shown, lang)
    return PlanView(
        disclosure_id=plan.disclosure_id,
        year=period.start.year,
        counted=len(shown),
        unpublished=tuple(label(each).pick(lang) for each in wanted if each.key not in contents),
        rows=tuple(rows),
    )


def _group(
    group: Spec, name: str, plan: Content, shown: Sequence[Content], lang: Lang
) -> list[PlanRow]:
    """Return a group's row and those of its headings where it has several; nothing where nothing was planned and nothing moved."""
    paid = group["sign"] == "-"
    planned = pointers.total(plan, group["amount"])
    so_far = sum(pointers.total(each, group["amount"]) for each in shown)
    if not planned and not so_far:
        return []
    whole = _row(name, "group", planned, so_far, paid=paid)
    made: list[PlanRow] = []
    for heading in (item for item in group["items"] if "under" not in item):
        items = {
            item["item"]
            for item in group["items"]
            if heading["item"] in (item["item"], item.get("under"))
        }
        planned = _of(plan, group["lines"], items)
        so_far = sum(_of(each, group["lines"], items) for each in shown)
        if planned or so_far:
            made.append(_row(text(heading["label"], lang), "line", planned, so_far, paid=paid))
    # A single heading has the figures of its group.
    return [whole, *(made if len(made) > 1 else ())]


def _of(content: Content, lines: str, items: set[str]) -> Fen:
    return sum(
        line["amount"] for _, line in pointers.find(content, f"{lines}/*") if line["item"] in items
    )


def _row(
    name: str, level: Literal["group", "line"], planned: Fen, so_far: Fen, *, paid: bool
) -> PlanRow:
    over = paid and so_far > planned
    if so_far > planned * MOST_TIMES:
        return PlanRow(name, level, planned, so_far, None, so_far - planned, paid, over)
    used = so_far * 100 // planned if planned else None
    return PlanRow(name, level, planned, so_far, used, 0, paid, over)
