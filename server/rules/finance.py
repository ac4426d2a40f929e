"""Checks of one village account against itself (docs/categories.md; domain: quarterly village finance, cash basis).

All amounts are whole fen. The account reads as one sum:

    opening + income + other receipts − expense − other payments = closing = cash on hand + bank

Other receipts and payments (project money, levies, land compensation, loans) move cash without being income or
expense; without them honest tables would fail. Itemising and quarterly publication: 农经发〔2011〕13号,
村民委员会组织法 art. 30. Comparisons with other periods are in finance_books.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from server.rules import pointers
from server.rules.findings import CheckContext, Content, Found
from server.rules.values import Fen, Text, yuan

GROUPS: dict[str, Text] = {
    "income": Text("本期收入", "income"),
    "other_receipts": Text("其他收款", "other receipts"),
    "expense": Text("本期支出", "expense"),
    "other_payments": Text("其他付款", "other payments"),
}


def subtotals(content: Content, context: CheckContext) -> Iterable[Found]:
    """(1) Each group's subtotal is the sum of its lines."""
    del context
    for group, name in GROUPS.items():
        stated = content["subtotals"][group]
        summed = group_sum(content, group)
        if stated != summed:
            yield Found(
                f"/subtotals/{group}",
                unequal(
                    Text(f"{name.zh}合计", f"the total of {name.en}"),
                    stated,
                    Text("各行相加", "the sum of its lines"),
                    summed,
                ),
                expected=summed,
                actual=stated,
            )


def closing(content: Content, context: CheckContext) -> Iterable[Found]:
    """(2) Opening + income + other receipts − expense − other payments = closing, lines counted, not subtotals."""
    del context
    stated = content["closing"]["total"]
    computed = expected_closing(content)
    if stated != computed:
        yield Found(
            "/closing/total",
            unequal(
                Text("期末余额", "the closing balance"),
                stated,
                Text("期初加收款减付款", "opening plus receipts minus payments"),
                computed,
            ),
            expected=computed,
            actual=stated,
        )


def cash_and_bank(content: Content, context: CheckContext) -> Iterable[Found]:
    """(4) Closing balance = cash on hand + bank."""
    del context
    stated = content["closing"]
    parts = stated["cash"] + stated["bank"]
    if parts != stated["total"]:
        yield Found(
            "/closing/bank",
            unequal(
                Text("库存现金加银行存款", "cash on hand plus bank"),
                parts,
                Text("期末余额", "the closing balance"),
                stated["total"],
            ),
            expected=stated["total"],
            actual=parts,
        )


def entries(content: Content, context: CheckContext) -> Iterable[Found]:
    """(5) A line that is itemised equals the sum of its entries, and every entry falls inside the period.

    A line without entries is left alone: whether itemising is owed is not decided here.
    """
    for at, line in _lines(content):
        items = line.get("entries", [])
        summed = sum(e["amount"] for e in items)
        if items and summed != line["amount"]:
            yield Found(
                f"{at}/amount",
                unequal(
                    Text("这一行", "this line"),
                    line["amount"],
                    Text("逐笔相加", "the sum of its entries"),
                    summed,
                ),
                expected=summed,
                actual=line["amount"],
            )
        for index, entry in enumerate(items):
            if finding := _outside_period(f"{at}/entries/{index}/date", entry["date"], context):
                yield finding


def _outside_period(at: str, day: str, context: CheckContext) -> Found | None:
    period = context.period
    if period is None or period.start <= date.fromisoformat(day) <= period.end:
        return None
    return Found(
        at,
        Text(
            f"这一笔的日期 {day} 不在本期（{period.start} 至 {period.end}）之内。",
            f"The date of this entry, {day}, is outside the period ({period.start} to {period.end}).",
        ),
    )


def zero_activity(content: Content, context: CheckContext) -> Iterable[Found]:
    """(12) A period without any movement is posted and says so; a period with movement does not claim otherwise."""
    del context
    claimed = content.get("no_activity", False)
    count = sum(1 for _ in _lines(content))
    if claimed and count:
        yield Found(
            "/no_activity",
            Text(
                f"写着本期没有收支，表里却有 {count} 行。",
                f"It says that nothing moved in this period, but the table has {count} lines.",
            ),
            expected=0,
            actual=count,
        )
    if not claimed and not count:
        yield Found(
            "/no_activity",
            Text(
                "表里一行也没有。本期确实没有收支的，请勾选“本期没有收支”再公开。",
                "The table has no line. If nothing moved in this period, tick 'no activity' and publish it.",
            ),
            expected=1,
            actual=0,
        )


def negative(content: Content, context: CheckContext) -> Iterable[Found]:
    """(15) Negative amounts stand only in lines marked as corrections; balances are never below nothing."""
    del context
    for at, line in _lines(content):
        if line.get("correction", False):
            continue
        amounts = [(f"{at}/amount", line["amount"])]
        amounts += [
            (f"{at}/entries/{i}/amount", e["amount"]) for i, e in enumerate(line.get("entries", []))
        ]
        for pointer, amount in amounts:
            if amount < 0:
                yield Found(
                    pointer,
                    Text(
                        f"金额是负数（{yuan(amount)} 元）。冲销以前的账，请勾选“更正”并写明原因。",
                        f"The amount is negative ({yuan(amount)} yuan). To reverse an earlier entry,"
                        " mark the line as a correction and say why.",
                    ),
                    expected=0,
                    actual=amount,
                )
    for when, name in (("opening", Text("期初", "opening")), ("closing", Text("期末", "closing"))):
        for part, kind in (("cash", Text("现金", "cash")), ("bank", Text("存款", "bank"))):
            amount = content[when][part]
            if amount < 0:
                yield Found(
                    f"/{when}/{part}",
                    Text(
                        f"{name.zh}{kind.zh}是负数（{yuan(amount)} 元），账上的钱不会少于零。",
                        f"The {name.en} {kind.en} is negative ({yuan(amount)} yuan);"
                        " money in hand cannot be less than nothing.",
                    ),
                    expected=0,
                    actual=amount,
                )


# ---------------------------------------------------------------- sums that other rules share


def group_sum(content: Content, group: str) -> Fen:
    """Return the sum of a group's lines."""
    return pointers.total(content, [f"/{group}/*/amount"])


def opening_total(content: Content) -> Fen:
    """Return opening cash plus opening bank."""
    amount: int = content["opening"]["cash"] + content["opening"]["bank"]
    return amount


def expected_closing(content: Content) -> Fen:
    """Return opening + income + other receipts − expense − other payments."""
    return (
        opening_total(content)
        + group_sum(content, "income")
        + group_sum(content, "other_receipts")
        - group_sum(content, "expense")
        - group_sum(content, "other_payments")
    )


def unequal(left: Text, left_amount: Fen, right: Text, right_amount: Fen) -> Text:
    """Return the sentence that names two amounts and their difference: "期末余额是 1.00 元，……是 2.00 元，差 1.00 元。"."""
    gap = yuan(abs(left_amount - right_amount))
    return Text(
        f"{left.zh}是 {yuan(left_amount)} 元，{right.zh}是 {yuan(right_amount)} 元，差 {gap} 元。",
        f"{left.en[:1].upper()}{left.en[1:]} is {yuan(left_amount)} yuan, but {right.en}"
        f" is {yuan(right_amount)}; they differ by {gap} yuan.",
    )


def _lines(content: Content) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for group in GROUPS:
        for index, line in enumerate(content[group]):
            yield f"/{group}/{index}", line
