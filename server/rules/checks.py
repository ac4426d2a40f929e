"""The registry of content checks, and the one way to run those that a category asks for.

category.json names checks; nothing here or in the checks knows a category by its key.
"""

from __future__ import annotations

from msgspec.structs import replace

from server.rules import (
    decisions,
    finance,
    finance_books,
    gate,
    housing,
    ledgers,
    plan_checks,
    rosters,
)
from server.rules.categories import Category, CheckUse
from server.rules.findings import (
    Check,
    CheckContext,
    Content,
    ContentFinding,
    Found,
    Severity,
)

__all__ = ["CHECKS", "CheckContext", "ContentFinding", "run_checks", "unknown_checks"]

CHECKS: dict[str, Check] = {
    "finance.subtotals": finance.subtotals,
    "finance.closing": finance.closing,
    "finance.cash_and_bank": finance.cash_and_bank,
    "finance.entries": finance.entries,
    "finance.negative": finance.negative,
    "finance.zero_activity": finance.zero_activity,
    "finance.continuity": finance_books.continuity,
    "finance.year_to_date": finance_books.year_to_date,
    "finance.units": finance_books.units,
    "finance.debts": finance_books.debts,
    "finance.loans": finance_books.loans,
    "roster.covered": rosters.covered,
    "roster.row_total": rosters.row_total,
    "roster.standard": rosters.standard,
    "roster.by_quantity": rosters.by_quantity,
    "roster.counts": rosters.counts,
    "roster.changes": rosters.changes,
    "roster.notice_days": rosters.notice_days,
    "housing.standard": housing.standard,
    "housing.total": housing.batch_total,
    "housing.allocation": housing.allocation,
    "housing.once": housing.once,
    **ledgers.CHECKS,
    **decisions.CHECKS,
    **plan_checks.CHECKS,
    **gate.CHECKS,
}


def run_checks(category: Category, content: Content, context: CheckContext) -> list[ContentFinding]:
    """Return everything the category's checks see in a content, blocking findings first.

    The content must have passed the category's JSON Schema. Within one severity the order is that of
    category.json, then of the document. An explained finding comes back as a warning.
    """
    found = [
        _weighed(use, finding)
        for use in category.checks
        for finding in CHECKS[use.check](content, replace(context, params=use.params))
    ]
    return sorted(found, key=lambda f: f.severity != "blocking")


def unknown_checks(category: Category) -> list[str]:
    """Return the check names of a category that nobody wrote; `schemas check` and the tests expect none."""
    return [use.check for use in category.checks if use.check not in CHECKS]


def _weighed(use: CheckUse, found: Found) -> ContentFinding:
    severity: Severity = "warning" if found.explained else use.severity
    return ContentFinding(
        check=use.check,
        severity=severity,
        pointer=found.pointer,
        expected=found.expected,
        actual=found.actual,
        message=found.message,
        explainable=found.explainable,
        kind=found.kind,
        offer=found.offer,
    )
