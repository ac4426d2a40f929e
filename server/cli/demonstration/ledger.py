"""Quarterly accounts of the demonstration's villages: made up, and right to the fen.

A village and a quarter always give the same account, whatever the day: amounts come from a random
generator seeded with both, and balances are chained from the one known balance of `villages.json`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import date
from random import Random
from typing import Any

from msgspec import Struct, field

from server.rules.periods import Period, parse_period

Line = dict[str, Any]
Lines = dict[str, list[Line]]
GROUPS = ("income", "other_receipts", "expense", "other_payments")
_SIGN = {"income": 1, "other_receipts": 1, "expense": -1, "other_payments": -1}


class Loan(Struct, frozen=True):
    """A debt or a claim that shrinks by `step` in one quarter of each year, as long as something is left."""

    party: str
    closing: int
    step: int
    quarter: int
    masked: bool = False


class Village(Struct, frozen=True):
    """A row of seeds/demo/villages.json."""

    code: str
    name: str
    tags: frozenset[str]
    anchor: str
    balance: int
    accountant: str
    supervisor: str
    debt: Loan | None = None
    claim: Loan | None = None
    projects: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    fixed: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


class Ledger(Struct, frozen=True):
    """The kinds of lines (seeds/demo/lines.json), and accounts made of them."""

    lines: Mapping[str, Any]

    def account(
        self, village: Village, period: Period, *, year_so_far: bool, follows: bool
    ) -> dict[str, Any]:
        """Return the content of a village's account for a quarter.

        `year_so_far`: every earlier quarter of the year is published, so that its sums may be stated.
        `follows`: the last quarter is published; otherwise the opening balance needs its explanation.
        """
        moved = self.moved(village, period)
        before = _before(period)
        opening, closing = self.balance(village, before.key), self.balance(village, period.key)
        content: dict[str, Any] = {
            "organisation": f"{village.name}股份经济合作社（演示数据）",
            "book": "collective",
            "opening": _split(village, before.key, opening),
            **moved,
            "subtotals": {group: _sum(moved[group]) for group in GROUPS},
            "closing": {**_split(village, period.key, closing), "total": closing},
            "debts": self._standing(village, village.debt, period, "other_payments", "repayment"),
            "claims": self._standing(
                village, village.claim, period, "other_receipts", "debt_collected"
            ),
            "prepared_by": village.accountant,
        }
        if year_so_far:
            so_far = [self.moved(village, p) for p in _year_until(period)]
            content["year_to_date"] = {
                group: sum(_sum(each[group]) for each in so_far) for group in ("income", "expense")
            }
        if not follows:
            content["opening_explanation"] = (
                "上一季度的账没有在本系统公开，期初余额以镇会计服务中心的账簿为准（演示）。"
            )
        return content

    def moved(self, village: Village, period: Period) -> Lines:
        """Return the lines of a quarter: what moved, by group."""
        fixed = village.fixed.get(period.key, {})
        if all(group in fixed for group in GROUPS):
            stands = {group: deepcopy(list(fixed[group])) for group in GROUPS}
            _number(stands, village)
            return stands
        quarter = (period.start.month + 2) // 3
        random = Random(f"{village.code}/{period.key}")
        moved: Lines = {group: [] for group in GROUPS}
        for group in ("income", "expense"):
            for kind in self.lines[group]:
                # The dice are thrown for every kind, so that a tag more changes no other line.
                amount = random.randrange(*kind["yuan"]) * 100
                amount += random.randrange(0, 100, 5) if kind.get("fen") else 0
                if quarter in kind["quarters"] and kind.get("tag", "") in village.tags | {""}:
                    moved[group].append(_line(kind, amount, period))
        if period.key in village.projects:
            label, amount = village.projects[period.key]
            project = self.lines["project"]
            paid = amount * int(project["payment"]["permille"]) // 1000 // 10000 * 10000
            moved["other_receipts"].append(
                _line({**project["receipt"], "label": label}, amount, period)
            )
            moved["other_payments"].append(
                _line({**project["payment"], "label": label}, paid, period)
            )
        for loan, group, item, summary in (
            (village.claim, "other_receipts", "debt_collected", "收回欠款"),
            (village.debt, "other_payments", "repayment", "归还借款"),
        ):
            if loan and (step := _step(loan, village.anchor, period)):
                kind = {"item": item, "entries": [[2, 15, summary, loan.party, 1]]}
                line = _line(kind, step, period)
                if loan.masked:
                    line["entries"][0]["party_masked"] = True
                moved[group].append(line)
        for group, lines in fixed.items():
            changed = {line["item"]: deepcopy(dict(line)) for line in lines}
            moved[group] = [changed.get(line["item"], line) for line in moved[group]]
        _number(moved, village)
        return moved

    def balance(self, village: Village, key: str) -> int:
        """Return what a village has at the end of a quarter."""
        low, high = sorted((key, village.anchor))
        between, each = 0, parse_period(high)
        while each.key > low:
            moved = self.moved(village, each)
            between += sum(_SIGN[group] * _sum(moved[group]) for group in GROUPS)
            each = _before(each)
        return village.balance + (between if key > village.anchor else -between)

    def _standing(
        self, village: Village, loan: Loan | None, period: Period, group: str, item: str
    ) -> list[dict[str, Any]]:
        if loan is None:
            return []
        closing = _left(loan, village.anchor, period)
        gone = sum(
            line["amount"] for line in self.moved(village, period)[group] if line["item"] == item
        )
        row = {
            "party": loan.party,
            "opening": closing + gone,
            "increase": 0,
            "decrease": gone,
            "closing": closing,
        }
        return [{**row, "party_masked": True} if loan.masked else row]


def mistyped(content: dict[str, Any], group: str, index: int, amount: int) -> dict[str, Any]:
    """Return an account in which one line was typed wrongly and everything after it added up from there."""
    lines = [dict(line) for line in content[group]]
    gap = amount - lines[index]["amount"]
    entries = [dict(entry) for entry in lines[index]["entries"]]
    entries[-1]["amount"] += gap
    lines[index] = {**lines[index], "amount": amount, "entries": entries}
    change = _SIGN[group] * gap
    closing = content["closing"]
    wrong = {
        **content,
        group: lines,
        "subtotals": {**content["subtotals"], group: content["subtotals"][group] + gap},
        "closing": {
            **closing,
            "bank": closing["bank"] + change,
            "total": closing["total"] + change,
        },
    }
    if "year_to_date" in content and group in content["year_to_date"]:
        sums = content["year_to_date"]
        wrong["year_to_date"] = {**sums, group: sums[group] + gap}
    return wrong


def read_village(row: Mapping[str, Any], name: str) -> Village:
    """Return the village of a row; `fixed` holds the accounts that stand in it word for word."""
    return Village(
        code=row["code"],
        name=name,
        tags=frozenset(row["tags"]),
        anchor=row["anchor"],
        balance=row["balance"],
        accountant=row["accountant"],
        supervisor=row["supervisor"],
        debt=Loan(**row["debt"]) if "debt" in row else None,
        claim=Loan(**row["claim"]) if "claim" in row else None,
        projects={key: (label, amount) for key, (label, amount) in row.get("projects", {}).items()},
        fixed=row.get("fixed", {}),
    )


def _line(kind: Mapping[str, Any], amount: int, period: Period) -> Line:
    line: Line = {"item": kind["item"]}
    if "label" in kind:
        line["label"] = kind["label"]
    line["amount"] = amount
    parts = kind["entries"]
    shares = _shared(amount, [part[4] for part in parts])
    line["entries"] = []
    for (month, day, summary, party, _), share in zip(parts, shares, strict=True):
        on = date(period.start.year, period.start.month + month - 1, day)
        entry: dict[str, Any] = {"date": on.isoformat(), "summary": summary, "amount": share}
        if party is not None:
            entry["party"] = party
        line["entries"].append(entry)
    return line


def _shared(amount: int, shares: Sequence[int]) -> list[int]:
    """Split an amount by shares, in whole ten yuan; the first takes what is left over."""
    parts = [amount * share // sum(shares) // 1000 * 1000 for share in shares]
    parts[0] += amount - sum(parts)
    return parts


def _number(moved: Lines, village: Village) -> None:
    """Give every entry its voucher number, in the order of days, and the names of who signed."""
    entries = [entry for group in GROUPS for line in moved[group] for entry in line["entries"]]
    counts: dict[str, int] = {}
    for entry in sorted(entries, key=lambda e: (e["date"], e["summary"])):
        month = entry["date"][5:7]
        counts[month] = counts.get(month, 0) + 1
        entry.setdefault("voucher", f"记-{month}{counts[month]:02d}")
        entry.setdefault("handler", village.accountant)
        if entry["amount"] >= 100_000:
            entry.setdefault("witness", village.supervisor)
            entry.setdefault("approver", "王五")


def _sum(lines: Sequence[Line]) -> int:
    return sum(int(line["amount"]) for line in lines)


def _split(village: Village, key: str, total: int) -> dict[str, int]:
    cash = village.fixed.get(key, {}).get("cash") or Random(f"{village.code}/{key}/cash").randrange(
        30_000, 290_000, 50
    )
    return {"cash": cash, "bank": total - cash}


def _year_until(period: Period) -> list[Period]:
    quarters = [period]
    while quarters[-1].start.month > 1:
        quarters.append(_before(quarters[-1]))
    return quarters


def _before(period: Period) -> Period:
    earlier = period.previous()
    if earlier is None:
        raise ValueError(f"{period.key} is no quarter")
    return earlier


def _times(loan: Loan, after: str, until: str) -> int:
    """Count the quarters in (after, until] in which the loan shrinks."""
    count, each = 0, parse_period(until)
    while each.key > after:
        count += (each.start.month + 2) // 3 == loan.quarter
        each = _before(each)
    return count


def _left(loan: Loan, anchor: str, period: Period) -> int:
    if period.key >= anchor:
        return max(0, loan.closing - loan.step * _times(loan, anchor, period.key))
    return loan.closing + loan.step * _times(loan, period.key, anchor)


def _step(loan: Loan, anchor: str, period: Period) -> int:
    return _left(loan, anchor, _before(period)) - _left(loan, anchor, period)
