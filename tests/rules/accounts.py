"""Random village accounts that add up, for property tests. Amounts in fen."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from server.rules.finance import GROUPS
from server.rules.periods import parse_period
from tests.rules.categories_on_disk import document

PERIOD = parse_period("2026Q3")
MOST = 10**9

_SCHEMA = document("finance_quarterly", "schema")
ITEMS = {g: _SCHEMA["$defs"][f"{g}_line"]["properties"]["item"]["enum"] for g in GROUPS}


@st.composite
def lines(draw: st.DrawFn, group: str) -> list[dict[str, Any]]:
    """Draw the lines of a group; half of them itemised."""
    made = []
    for _ in range(draw(st.integers(0, 4))):
        line: dict[str, Any] = {"item": draw(st.sampled_from(ITEMS[group]))}
        if draw(st.booleans()):
            line["label"] = draw(st.sampled_from(["集体门面", "道路工程", "环境卫生"]))
        amounts = draw(st.lists(st.integers(0, MOST), max_size=3))
        if amounts:
            line["entries"] = [
                {
                    "date": (PERIOD.start + timedelta(days=draw(st.integers(0, 91)))).isoformat(),
                    "summary": "购买办公用品",
                    "amount": amount,
                }
                for amount in amounts
            ]
        line["amount"] = sum(amounts) if amounts else draw(st.integers(0, MOST))
        made.append(line)
    return made


@st.composite
def ledgers(draw: st.DrawFn, side: str) -> list[dict[str, Any]]:
    """Draw debts or claims that add up."""
    del side
    made = []
    for party in draw(st.lists(st.sampled_from("甲乙丙丁"), unique=True, max_size=3)):
        opening, increase = draw(st.integers(0, MOST)), draw(st.integers(0, MOST))
        decrease = draw(st.integers(0, opening + increase))
        made.append(
            {
                "party": f"{party}公司",
                "opening": opening,
                "increase": increase,
                "decrease": decrease,
                "closing": opening + increase - decrease,
            }
        )
    return made


@st.composite
def accounts(draw: st.DrawFn) -> dict[str, Any]:
    """Draw an account that adds up: enough is in the bank before, so that nothing ends below nothing."""
    groups = {g: draw(lines(g)) for g in GROUPS}
    sums = {g: sum(line["amount"] for line in groups[g]) for g in GROUPS}
    opening = {
        "cash": draw(st.integers(0, MOST)),
        "bank": draw(st.integers(0, MOST)) + sums["expense"] + sums["other_payments"],
    }
    total = sum(opening.values()) + sums["income"] + sums["other_receipts"]
    total -= sums["expense"] + sums["other_payments"]
    cash = draw(st.integers(0, total))
    content: dict[str, Any] = {
        "organisation": "演示村",
        "book": "committee",
        "opening": opening,
        **groups,
        "subtotals": sums,
        "closing": {"cash": cash, "bank": total - cash, "total": total},
        "debts": draw(ledgers("debts")),
        "claims": draw(ledgers("claims")),
        "prepared_by": "李四",
    }
    if not any(groups.values()):
        content["no_activity"] = True
    return content
