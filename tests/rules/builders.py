"""The rules' test bench: moments, schedules, editions and villages with sensible parts, each replaceable."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import settings
from msgspec.structs import replace

from server.rules.disclosures import Edition
from server.rules.schedules import Policy, Schedule, parse_policy, parse_schedule
from server.rules.workdays import WorkdayCalendar, parse_year_notice

SEEDS = Path(__file__).parents[2] / "seeds"
VILLAGE = "640425100200"
quick = settings(max_examples=40, deadline=None)
"""Enough examples to find a slip, few enough that all rules together take a moment."""
ZHANG, LI = "account-of-zhang-san", "account-of-li-si"


def at(text: str) -> datetime:
    """'2026-10-15 23:59:59' in the village."""
    return datetime.fromisoformat(f"{text}+08:00")


@cache
def calendar() -> WorkdayCalendar:
    """The calendar of the shipped notices."""
    docs = [json.loads(p.read_text()) for p in sorted((SEEDS / "workdays").glob("*.json"))]
    notices = [parse_year_notice(doc) for doc in docs]
    return WorkdayCalendar({n.year: n for n in notices})


@cache
def shipped_policies() -> tuple[Policy, ...]:
    """The shipped policies."""
    paths = sorted((SEEDS / "policies").glob("*.json"))
    return tuple(parse_policy(json.loads(p.read_text()), p.name) for p in paths)


QUARTERLY: dict[str, Any] = {
    "cadence": "quarterly",
    "due": {"kind": "day_of_month", "month_offset": 1, "day": 15},
    "display": {
        "min_days": 10,
        "unit": "calendar",
        "counts_first_day": False,
        "until": "superseded",
        "after": "archived",
    },
    "grace_hours": 48,
    "board_photo_required": True,
    "review_required": True,
    "source": {"zh": "产品默认", "en": "Product default"},
}
NOTICE: dict[str, Any] = {
    **QUARTERLY,
    "cadence": "event",
    "due": {"kind": "days_after", "days": 10, "unit": "working"},
    "display": {
        "min_days": 7,
        "unit": "working",
        "counts_first_day": False,
        "until": "fixed",
        "after": "hidden",
    },
}


def schedule(doc: Mapping[str, Any] = QUARTERLY, **changes: Any) -> Schedule:
    """A schedule from one of the documents above; `display` is merged."""
    display = {**doc["display"], **changes.pop("display", {})}
    return parse_schedule({**doc, **changes, "display": display})


@dataclass(frozen=True)
class Category:
    """As much of a category as the rules of time look at."""

    key: str
    schedule_doc: Mapping[str, Any]


FINANCE = Category("finance_quarterly", QUARTERLY)
DIBAO = Category("dibao_preliminary", NOTICE)


def edition(received: str, **changes: Any) -> Edition:
    """An edition in review, received from Zhang San."""
    moment = at(received)
    plain = Edition(
        id=f"edition-{received}",
        disclosure_id="disclosure",
        number=None,
        state="in_review",
        schema_version=1,
        content={},
        content_hash="sha256:",
        reason=None,
        findings=[],
        composed_at=moment - timedelta(days=1),
        captured_at=None,
        received_at=moment,
        submitted_by=ZHANG,
        plan_at=None,
        plan_until=None,
        decided_at=None,
        decided_by=None,
        opens_at=None,
        comes_down_at=None,
        superseded_at=None,
        withdrawn_at=None,
        withdrawn_reason=None,
        revision=1,
    )
    return replace(plain, **changes)


def approved(received: str, opens: str | None = None, number: int = 1, **changes: Any) -> Edition:
    """An edition that Li Si approved when it opened, by default one hour after it was received."""
    opens_at = at(opens) if opens else at(received) + timedelta(hours=1)
    given = {"decided_at": opens_at, "decided_by": LI, "opens_at": opens_at, **changes}
    return edition(received, state="approved", number=number, **given)


def withdrawn(received: str, gone: str, **changes: Any) -> Edition:
    """An approved edition that was taken down again."""
    return replace(
        approved(received, **changes),
        state="withdrawn",
        withdrawn_at=at(gone),
        withdrawn_reason="数字有误",
    )


def day(text: str) -> date:
    """A day."""
    return date.fromisoformat(text)
