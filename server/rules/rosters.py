"""Checks of relief rosters: households with persons and amounts, their totals, and how a list follows the last one.

Amounts are whole fen per month, persons and households whole numbers. Which fields of a row hold what is said by
the category's params, so that any list of households can use these checks. Ground: 社会救助暂行办法 art. 11,
最低生活保障审核确认办法 (民发〔2021〕57号). People with the same name are different households: rows are matched as a
multiset of (group, name), never as a set.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from server.rules import pointers
from server.rules.finance import unequal
from server.rules.findings import CheckContext, Content, Found
from server.rules.values import Text, yuan

Row = Mapping[str, Any]
LEFT = "left"
NEW = "new"


def covered(content: Content, context: CheckContext) -> Iterable[Found]:
    """Covered persons ≤ household size. params: rows, persons, size."""
    persons, size = context.params["persons"], context.params["size"]
    for at, row in _rows(content, context):
        if row[persons] > row[size]:
            yield Found(
                f"{at}/{persons}",
                Text(
                    f"保障人口 {row[persons]} 人多于家庭人口 {row[size]} 人。",
                    f"{row[persons]} covered persons are more than the {row[size]} of the household.",
                ),
                expected=row[size],
                actual=row[persons],
            )


def row_total(content: Content, context: CheckContext) -> Iterable[Found]:
    """Each household's total = the sum of its parts. params: rows, total, parts."""
    total, parts = context.params["total"], context.params["parts"]
    for at, row in _rows(content, context):
        summed = sum(row[part] for part in parts)
        if row[total] != summed:
            yield Found(
                f"{at}/{total}",
                unequal(
                    Text("这户合计", "the total of this household"),
                    row[total],
                    Text("各项相加", "the sum of its parts"),
                    summed,
                ),
                expected=summed,
                actual=row[total],
            )


def standard(content: Content, context: CheckContext) -> Iterable[Found]:
    """Amount ≤ standard per person × covered persons. params: rows, amount, persons, standard (a pointer)."""
    per_person = pointers.get(content, context.params["standard"])
    amount, persons = context.params["amount"], context.params["persons"]
    for at, row in _rows(content, context):
        most = per_person * row[persons]
        if row[amount] > most:
            yield Found(
                f"{at}/{amount}",
                Text(
                    f"{yuan(row[amount])} 元超过保障标准 {yuan(per_person)} 元 × {row[persons]} 人 = {yuan(most)} 元。",
                    f"{yuan(row[amount])} yuan is more than the standard of {yuan(per_person)} yuan"
                    f" × {row[persons]} persons = {yuan(most)} yuan.",
                ),
                expected=most,
                actual=row[amount],
            )


def by_quantity(content: Content, context: CheckContext) -> Iterable[Found]:
    """Amount = quantity × standard, half a fen up, where a row states both. params: rows, quantity, standard, amount.

    A quantity is a text with at most two decimals, as the land register has it (12.5 亩).
    """
    quantity, rate, amount = (context.params[p] for p in ("quantity", "standard", "amount"))
    for at, row in _rows(content, context):
        if quantity not in row or rate not in row:
            continue
        owed = Decimal(row[quantity]) * row[rate]
        owed_fen = int(owed.quantize(Decimal(1), ROUND_HALF_UP))
        if row[amount] != owed_fen:
            yield Found(
                f"{at}/{amount}",
                unequal(
                    Text("这户金额", "the amount of this household"),
                    row[amount],
                    Text(
                        f"{row[quantity]} × 标准 {yuan(row[rate])} 元",
                        f"{row[quantity]} × the rate of {yuan(row[rate])} yuan",
                    ),
                    owed_fen,
                ),
                expected=owed_fen,
                actual=row[amount],
            )


def counts(content: Content, context: CheckContext) -> Iterable[Found]:
    """Totals at the foot = what the rows add up to; households that left are listed but not counted.

    params: rows, totals (pointer of the foot), households (its field for the number of rows),
    sums {field of the foot: field of a row}, money (fields of the foot that are fen).
    """
    foot_at: str = context.params["totals"]
    foot = pointers.get(content, foot_at)
    rows = [row for _, row in _rows(content, context) if row.get("change") != LEFT]
    stated = {context.params["households"]: len(rows)}
    stated |= {f: sum(row[r] for row in rows) for f, r in context.params["sums"].items()}
    for field, summed in stated.items():
        if foot[field] != summed:
            yield Found(
                f"{foot_at}/{field}",
                _counted(foot[field], summed, money=field in context.params.get("money", [])),
                expected=summed,
                actual=foot[field],
            )


def _counted(stated: int, summed: int, *, money: bool) -> Text:
    if money:
        return unequal(
            Text("合计", "the total"), stated, Text("各户相加", "the sum of the rows"), summed
        )
    return Text(
        f"合计写的是 {stated}，各户相加是 {summed}，差 {abs(stated - summed)}。",
        f"The total is stated as {stated}, but the sum of the rows is {summed}.",
    )


def changes(content: Content, context: CheckContext) -> Iterable[Found]:
    """This roster = the last one + new − left, in numbers and family by family.

    params: rows, name, group, changes (pointer to {previous, new, left}), households (pointer to the count).
    Against the last roster (context.previous) rows are matched as a multiset, so namesakes are no problem.
    """
    at: str = context.params["changes"]
    stated = pointers.get(content, at)
    rows = list(_rows(content, context))
    for field in (NEW, LEFT):
        marked = sum(1 for _, row in rows if row["change"] == field)
        if stated[field] != marked:
            yield Found(
                f"{at}/{field}", _counted(stated[field], marked, money=False), marked, stated[field]
            )
    count = pointers.get(content, context.params["households"])
    computed = stated["previous"] + stated[NEW] - stated[LEFT]
    if count != computed:
        yield Found(
            context.params["households"],
            Text(
                f"上期 {stated['previous']} 户，新增 {stated[NEW]} 户，退出 {stated[LEFT]} 户，"
                f"应是 {computed} 户，本期写的是 {count} 户。",
                f"{stated['previous']} households last time, {stated[NEW]} new, {stated[LEFT]} left:"
                f" {computed} should remain, but {count} are stated.",
            ),
            expected=computed,
            actual=count,
        )
    if context.previous is not None:
        yield from _against_last(rows, stated["previous"], context)


def _against_last(
    rows: Sequence[tuple[str, Row]], stated: int, context: CheckContext
) -> Iterator[Found]:
    params, previous = context.params, context.previous or {}
    key = (params["group"], params["name"])

    def who(row: Row) -> tuple[str, str]:
        return row[key[0]], row[key[1]]

    last = Counter(who(r) for _, r in _rows(previous, context) if r["change"] != LEFT)
    if stated != last.total():
        yield Found(
            f"{params['changes']}/previous",
            Text(
                f"写着上期 {stated} 户，上期公布的是 {last.total()} 户。",
                f"It says {stated} households last time; {last.total()} were published.",
            ),
            expected=last.total(),
            actual=stated,
        )
    for at, row in rows:
        known = last[who(row)] > 0
        if known and row["change"] != NEW:
            last[who(row)] -= 1
        elif not known and row["change"] != NEW:
            yield Found(
                f"{at}/change",
                Text(
                    "上期名单里没有这一户，应标“新增”。",
                    "This household was not on the last list; mark it as new.",
                ),
            )
    for group, name in sorted(last.elements()):
        yield Found(
            params["rows"],
            Text(
                f"上期有{group}{name}，本期没有，也没有标“退出”。",
                f"{name} ({group}) was on the last list, is not on this one and is not marked as left.",
            ),
        )


def notice_days(content: Content, context: CheckContext) -> Iterable[Found]:
    """The stated notice runs long enough. params: first, last (pointers), min_days (calendar, after the first day)."""
    first, last = context.params["first"], context.params["last"]
    start = date.fromisoformat(pointers.get(content, first))
    end = date.fromisoformat(pointers.get(content, last))
    days, least = (end - start).days, context.params["min_days"]
    if days < least:
        yield Found(
            last,
            Text(
                f"公示从 {start} 到 {end}，不算当天只有 {days} 天，少于 {least} 天。",
                f"The notice runs from {start} to {end}: {days} days after the first, fewer than {least}.",
            ),
            expected=least,
            actual=days,
        )


def _rows(content: Content, context: CheckContext) -> Iterator[tuple[str, Row]]:
    return pointers.find(content, context.params["rows"] + "/*")
