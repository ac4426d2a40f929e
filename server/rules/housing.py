"""Checks of housing relief: each amount follows the standard of its grade, each batch adds up, each household once.

Amounts are whole fen per household. Grades are codes of the content (`C`, `D`, `none` for a household without a
house); the standards stand in the content itself, because every county sets its own. Ground: the national
catalogue of basic-level disclosure for rural dilapidated housing; 社会救助暂行办法 art. 40; the rule that a household is
helped once (未曾享受).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from server.rules.finance import unequal
from server.rules.findings import CheckContext, Content, Found
from server.rules.values import Fen, Text, yuan

GRADES: dict[str, Text] = {
    "C": Text("C级", "grade C"),
    "D": Text("D级", "grade D"),
    "none": Text("无房户", "households without a house"),
}
_FIELDS = {"households": Text("户数", "households"), "amount": Text("补助资金", "the relief money")}


def standard(content: Content, context: CheckContext) -> Iterable[Found]:
    """Each household's standard is its grade's (and way of rebuilding's), and its amount is that standard.

    params.at_most true: an amount below the standard is in order (work that cost less than the standard).
    """
    at_most = context.params.get("at_most", False)
    for index, row in enumerate(content.get("households", [])):
        at = f"/households/{index}"
        owed = _standard_for(content, row["grade"], row.get("method"))
        grade = GRADES[row["grade"]]
        if owed is None:
            yield Found(
                f"{at}/grade",
                _no_standard(grade),
            )
            continue
        for field, wrong in (
            ("standard", row["standard"] != owed),
            ("amount", row["amount"] > owed if at_most else row["amount"] != owed),
        ):
            if wrong:
                yield Found(
                    f"{at}/{field}",
                    unequal(
                        Text("这户补助", "the relief of this household"),
                        row[field],
                        Text(f"{grade.zh}标准", f"the standard for {grade.en}"),
                        owed,
                    ),
                    expected=owed,
                    actual=row[field],
                )


def batch_total(content: Content, context: CheckContext) -> Iterable[Found]:
    """Σ households = stated total; Σ households by grade = the allocation's column, where both are given."""
    del context
    rows = content.get("households", [])
    table = content.get("allocation")
    if rows:
        yield from _compare(
            "/total", content["total"], _sum(rows), Text("各户相加", "the sum of the households")
        )
    if table:
        name = Text("分配表合计", "the total of the allocation")
        yield from _compare("/total", content["total"], table["total"]["all"], name)
    if rows and table:
        for grade in GRADES:
            summed = _sum([r for r in rows if r["grade"] == grade])
            at = f"/allocation/total/{grade}"
            name = Text(
                f"{GRADES[grade].zh}各户相加", f"the sum of the households of {GRADES[grade].en}"
            )
            yield from _compare(at, table["total"][grade], summed, name)


def allocation(content: Content, context: CheckContext) -> Iterable[Found]:
    """The table by place: each cell = households × standard, each row and each column adds up.

    A changed digit anywhere in the table breaks at least one of the three.
    """
    del context
    table = content.get("allocation")
    if not table:
        return
    rows = table["rows"]
    for at, row in [
        *((f"/allocation/rows/{i}", r) for i, r in enumerate(rows)),
        ("/allocation/total", table["total"]),
    ]:
        yield from _cells(content, at, row)
        yield from _compare(
            f"{at}/all",
            row["all"],
            {f: sum(row[g][f] for g in GRADES) for f in _FIELDS},
            Text("这一行各级相加", "the sum of the grades in this row"),
        )
    for column in (*GRADES, "all"):
        summed = {f: sum(r[column][f] for r in rows) for f in _FIELDS}
        name = Text("这一栏各行相加", "the sum of this column")
        yield from _compare(f"/allocation/total/{column}", table["total"][column], summed, name)


def _cells(content: Content, at: str, row: Mapping[str, Any]) -> Iterator[Found]:
    for grade, name in GRADES.items():
        cell = row[grade]
        owed = _standard_for(content, grade, None)
        if owed is None:
            if cell["households"] or cell["amount"]:
                yield Found(
                    f"{at}/{grade}",
                    _no_standard(name),
                )
            continue
        expected = cell["households"] * owed
        if cell["amount"] != expected:
            yield Found(
                f"{at}/{grade}/amount",
                Text(
                    f"{name.zh} {cell['households']} 户 × {yuan(owed)} 元 = {yuan(expected)} 元，"
                    f"这里写的是 {yuan(cell['amount'])} 元。",
                    f"{name.en[:1].upper()}{name.en[1:]}: {cell['households']} × {yuan(owed)} yuan ="
                    f" {yuan(expected)}, but {yuan(cell['amount'])} is stated.",
                ),
                expected=expected,
                actual=cell["amount"],
            )


def _no_standard(grade: Text) -> Text:
    return Text(
        f"没有写{grade.zh}的补助标准，请在补助标准里加上。",
        f"No standard is stated for {grade.en}; please add it to the standards.",
    )


def once(content: Content, context: CheckContext) -> Iterable[Found]:
    """One household is helped once: the same name in the same group twice needs the mark `namesake` (同名不同户)."""
    del context
    seen: Counter[tuple[str, str]] = Counter()
    for index, row in enumerate(content.get("households", [])):
        who = (row["group"], row["holder_name"])
        seen[who] += 1
        if seen[who] > 1 and not row.get("namesake", False):
            yield Found(
                f"/households/{index}/holder_name",
                Text(
                    f"{who[0]}{who[1]}在这一批里出现了 {seen[who]} 次。确是同名不同户的，请勾选“同名不同户”。",
                    f"{who[1]} ({who[0]}) is in this batch {seen[who]} times."
                    " If these are different households, mark the row as a namesake.",
                ),
                expected=1,
                actual=seen[who],
            )


def _standard_for(content: Content, grade: str, method: str | None) -> Fen | None:
    """Return the standard of a grade; one for the very method wins over one for all methods."""
    general: Fen | None = None
    for entry in content["standards"]:
        if entry["grade"] == grade and entry.get("method") == method and method is not None:
            exact: Fen = entry["amount"]
            return exact
        if entry["grade"] == grade and "method" not in entry:
            general = entry["amount"]
    return general


def _sum(rows: list[Mapping[str, Any]]) -> dict[str, int]:
    return {"households": len(rows), "amount": sum(r["amount"] for r in rows)}


def _compare(
    at: str, stated: Mapping[str, int], summed: Mapping[str, int], by: Text
) -> Iterator[Found]:
    for field, name in _FIELDS.items():
        if stated[field] == summed[field]:
            continue
        message = (
            unequal(name, stated[field], by, summed[field])
            if field == "amount"
            else Text(
                f"{name.zh}写的是 {stated[field]} 户，{by.zh}是 {summed[field]} 户，"
                f"差 {abs(stated[field] - summed[field])} 户。",
                f"The households stated are {stated[field]}, but {by.en} is {summed[field]}.",
            )
        )
        yield Found(f"{at}/{field}", message, expected=summed[field], actual=stated[field])
