"""Checks of a village account against other periods, and of its debts and claims. All amounts are whole fen.

Continuity is the one break that may be published: with an explanation, which is published with it
(an opening balance corrected by audit, books taken over from another organisation).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from server.rules import pointers
from server.rules.finance import GROUPS, group_sum, opening_total, unequal
from server.rules.findings import CheckContext, Content, ContentFinding, Found
from server.rules.periods import Period
from server.rules.values import Text, yuan

_PARTS = {"cash": Text("现金", "cash"), "bank": Text("存款", "bank balance")}
_SIDES = {"debts": Text("欠款", "debt"), "claims": Text("应收款", "claim")}
_MOVED = {
    "increase": (Text("借款", "loan money"), Text("增加", "increase")),
    "decrease": (Text("还款", "repayment money"), Text("减少", "decrease")),
}
_MONTHS = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}


def continuity(content: Content, context: CheckContext) -> Iterable[Found]:
    """(3) Opening cash and bank are the closing cash and bank of the last published period.

    An `opening_explanation` in the content explains a break; it is published with the account.
    """
    if context.previous is None or context.previous.get("book") != content.get("book"):
        return
    explained = bool(str(content.get("opening_explanation", "")).strip())
    for part, name in _PARTS.items():
        now, then = content["opening"][part], context.previous["closing"][part]
        if now != then:
            yield Found(
                f"/opening/{part}",
                unequal(
                    Text(f"本期期初{name.zh}", f"the opening {name.en} of this period"),
                    now,
                    Text(f"上期期末{name.zh}", f"the closing {name.en} of the last period"),
                    then,
                ),
                expected=then,
                actual=now,
                explainable=True,
                explained=explained,
            )


def explanation(content: Content, findings: Iterable[ContentFinding]) -> str | None:
    """Return the words that let a break in continuity through; None when nothing had to be explained."""
    if not any(f.explainable and f.severity == "warning" for f in findings):
        return None
    return str(content.get("opening_explanation", "")).strip() or None


def year_to_date(content: Content, context: CheckContext) -> Iterable[Found]:
    """(6) Stated sums for the year so far are those of all its periods.

    Left alone when nothing is stated, or when an earlier period of the year was never published here:
    a sum with a hole in it proves nothing.
    """
    stated = content.get("year_to_date")
    if stated is None or not _whole_year_so_far(context.period, context.year_to_date):
        return
    for group in ("income", "expense"):
        summed = sum(group_sum(c, group) for c in (*context.year_to_date, content))
        if stated[group] != summed:
            name = GROUPS[group]
            yield Found(
                f"/year_to_date/{group}",
                unequal(
                    Text(f"本年累计{name.zh[2:]}", f"{name.en} of the year so far"),
                    stated[group],
                    Text("各期相加", "the sum of its periods"),
                    summed,
                ),
                expected=summed,
                actual=stated[group],
            )


def _whole_year_so_far(period: Period | None, earlier: Sequence[Content]) -> bool:
    if period is None or period.cadence not in _MONTHS:
        return period is None
    return len(earlier) == (period.start.month - 1) // _MONTHS[period.cadence]


def units(content: Content, context: CheckContext) -> Iterable[Found]:
    """(11) A balance or total that jumped by about ×10,000 (or ÷10,000) was probably typed in 万元.

    `params.factor` (10,000) is the suspected slip, `params.slack` (4) how far from it still counts:
    a jump between factor/slack and factor×slack is reported. Nothing is compared with nothing.
    """
    if context.previous is None:
        return
    factor, slack = context.params.get("factor", 10_000), context.params.get("slack", 4)
    for pointer, name, now, then in _comparable(content, context.previous):
        low, high = sorted((abs(now), abs(then)))
        if low and factor * low <= high * slack and high <= factor * low * slack:
            yield Found(
                pointer,
                Text(
                    f"{name.zh} {yuan(now)} 元，上期 {yuan(then)} 元，相差约一万倍。单位是不是把元和万元弄混了？",
                    f"{name.en[:1].upper()}{name.en[1:]} is {yuan(now)} yuan, last period {yuan(then)}:"
                    " about ten thousand times apart. Were yuan and ten thousands of yuan mixed up?",
                ),
                expected=then,
                actual=now,
            )


def _comparable(content: Content, previous: Content) -> Iterator[tuple[str, Text, int, int]]:
    yield (
        "/opening",
        Text("期初余额", "opening balance"),
        opening_total(content),
        opening_total(previous),
    )
    for group, name in GROUPS.items():
        yield f"/subtotals/{group}", name, group_sum(content, group), group_sum(previous, group)
    for group, name in GROUPS.items():
        now, then = _by_item(content, group), _by_item(previous, group)
        for index, line in enumerate(content[group]):
            item = line["item"]
            if item in then and item in now:
                label = Text(f"{name.zh}第 {index + 1} 行", f"line {index + 1} of {name.en}")
                yield f"/{group}/{index}/amount", label, now.pop(item), then[item]
    yield (
        "/closing/total",
        Text("期末余额", "closing balance"),
        content["closing"]["total"],
        previous["closing"]["total"],
    )


def _by_item(content: Content, group: str) -> Counter[str]:
    sums: Counter[str] = Counter()
    for line in content[group]:
        sums[line["item"]] += line["amount"]
    return sums


def debts(content: Content, context: CheckContext) -> Iterable[Found]:
    """(7) For each debt and claim: opening + increase − decrease = closing; and opening follows the last closing.

    The second half needs the last period, and matches by party; a party new to the list starts anywhere.
    """
    previous = context.previous or {}
    for side, kind in _SIDES.items():
        last = _closing_by_party(previous.get(side, []))
        for index, row in enumerate(content.get(side, [])):
            at = f"/{side}/{index}"
            computed = row["opening"] + row["increase"] - row["decrease"]
            if row["closing"] != computed:
                yield Found(
                    f"{at}/closing",
                    unequal(
                        Text(f"这笔{kind.zh}期末", f"the closing balance of this {kind.en}"),
                        row["closing"],
                        Text("期初加增减", "opening plus increase minus decrease"),
                        computed,
                    ),
                    expected=computed,
                    actual=row["closing"],
                )
            then = last.get(row["party"], row["opening"])
            if row["opening"] != then:
                yield Found(
                    f"{at}/opening",
                    unequal(
                        Text(f"这笔{kind.zh}期初", f"the opening balance of this {kind.en}"),
                        row["opening"],
                        Text("上期期末", "the closing balance of the last period"),
                        then,
                    ),
                    expected=then,
                    actual=row["opening"],
                )


def _closing_by_party(rows: Sequence[dict[str, Any]]) -> dict[str, int]:
    """Return closing balances by party, leaving out parties listed more than once: they cannot be told apart."""
    count = Counter(r["party"] for r in rows)
    return {r["party"]: r["closing"] for r in rows if count[r["party"]] == 1}


def loans(content: Content, context: CheckContext) -> Iterable[Found]:
    """(7) Money borrowed and repaid in the cash account agrees with the list of debts.

    `params.pairs`: [[field of a debt, group, item], …], e.g. ["increase", "other_receipts", "loan"]. A debt may
    also grow without cash (work done and not yet paid), so categories use this as a warning; cash borrowed
    beyond what the list of debts grew by is what is reported.
    """
    for field, group, item in context.params["pairs"]:
        words, grown = _MOVED[field]
        listed = pointers.total(content, [f"/debts/*/{field}"])
        moved = _by_item(content, group)[item]
        if moved > listed:
            yield Found(
                "/debts",
                unequal(
                    Text(
                        f"{GROUPS[group].zh}里的{words.zh}",
                        f"the {words.en} among {GROUPS[group].en}",
                    ),
                    moved,
                    Text(f"债务里{grown.zh}的", f"the {grown.en} in the list of debts"),
                    listed,
                ),
                expected=moved,
                actual=listed,
            )
