"""An open store on a database of its own, and values to put in it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from msgspec.structs import replace

from server.rules.disclosures import Disclosure, Edition
from server.storage.database import Store

VILLAGE = "640425103200"
NOW = datetime(2026, 10, 15, 15, 59, 59, 123000, tzinfo=UTC)


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    opened = await Store.open(database_url)
    yield opened
    await opened.close()


def uid(number: int) -> str:
    return f"01990000-0000-7000-8000-{number:012d}"


def a_disclosure(n: int = 1, /, **changes: Any) -> Disclosure:
    plain = Disclosure(
        id=uid(n),
        county=VILLAGE[:6],
        division=VILLAGE,
        category="finance_quarterly",
        period_key="2026Q3",
        period_start=date(2026, 7, 1),
        period_end=date(2026, 9, 30),
        event_on=None,
        title="财务收支",
        created_at=NOW,
    )
    return replace(plain, **changes)


def an_edition(n: int = 11, disclosure: int = 1, /, **changes: Any) -> Edition:
    plain = Edition(
        id=uid(n),
        disclosure_id=uid(disclosure),
        number=None,
        state="in_review",
        schema_version=1,
        content={"opening": {"cash": 120000, "bank": 0}, "prepared_by": "张三"},
        content_hash="sha256:" + "0" * 64,
        reason=None,
        findings=[{"check": "finance.units", "pointer": "/income/0"}],
        composed_at=NOW,
        captured_at=None,
        received_at=NOW,
        submitted_by=uid(901),
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
