"""The accounts of a county that was never there: what bench/search.py files and looks for."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from server.external import pinyin
from server.rules.disclosures import Disclosure, Edition
from server.rules.periods import Period, period_containing
from server.rules.values import uuid7_at
from server.storage import models
from server.storage.database import Tx

COUNTY, CATEGORY = "640425", "finance_quarterly"
VILLAGES, QUARTERS, GROUPS, ENTRIES, TOTALS = 625, 80, 8, 21, 5
OF_NOTICE = 1 + GROUPS + ENTRIES + TOTALS
AT_ONCE = 500

# fmt: off
PLACES = ["一组", "二组", "三组", "四组", "五组", "村口", "村部", "学校", "桥头", "河湾", "大坪", "小坪", "南沟", "北沟", "老庄"]
THINGS = ["水渠", "道路", "机井", "路灯", "围墙", "农机", "水泵", "管网", "桥涵", "公厕",
          "广场", "校舍", "卫生室", "文化室", "涵洞", "堤坝", "梯田", "苗圃", "暖棚", "变压器"]
ACTS = ["维修", "材料费", "人工费", "运费", "租金", "电费", "保洁", "改造", "勘测", "补助", "押金", "清淤", "加固", "油料"]
INCOME = ["operating_rent", "operating_service", "subsidy_running", "other_income", "interest"]
EXPENSE = ["operating_cost", "management_pay", "management_office", "public_sanitation", "public_culture", "other_expense"]
# fmt: on
FAMILIES, GIVEN = "张李王赵孙周吴郑冯陈", "一二三四五六七八九十平安和顺福禄寿喜"


def person(dice: random.Random) -> str:
    return dice.choice(FAMILIES) + dice.choice(GIVEN) + dice.choice(GIVEN)


def initials(name: str) -> str:
    return "".join(pinyin.readings(char)[0][0] for char in name)


async def settle_place(tx: Tx, code: str) -> None:
    await tx.insert(
        models.Division, id=int(code), county=COUNTY, code=code, name=f"{code}村",
        parent=None, level="village", valid_from="", valid_to=None, initials="",
    )  # fmt: skip


def notices(dice: random.Random) -> Iterator[tuple[Disclosure, Edition]]:
    for back in range(QUARTERS, 0, -1):
        year, quarter = divmod(2026 * 4 + 3 - back, 4)
        period = period_containing("quarterly", date(year, quarter * 3 + 1, 1))
        opens = datetime(period.end.year, period.end.month, 28, 1, tzinfo=UTC) + timedelta(days=14)
        for village in range(VILLAGES):
            yield _notice(dice, period, opens + timedelta(seconds=village * 60), village)


def _notice(
    dice: random.Random, period: Period, opens: datetime, village: int
) -> tuple[Disclosure, Edition]:
    key = uuid7_at(opens, village.to_bytes(10, "big"))
    content = _content(dice)
    gist = {f"/subtotals/{side}": content["subtotals"][side] for side in ("income", "expense")}
    disclosure = Disclosure(
        id=key, county=COUNTY, division=code_of(village), category=CATEGORY, period_key=period.key,
        period_start=period.start, period_end=period.end, event_on=None, title="", created_at=opens,
    )  # fmt: skip
    edition = Edition(
        id=key, disclosure_id=key, number=1, state="approved", schema_version=1,
        content=content, content_hash="", reason=None, findings=[], composed_at=opens,
        captured_at=None, received_at=opens, submitted_by="", plan_at=None, plan_until=None,
        decided_at=opens, decided_by=None, opens_at=opens, comes_down_at=None,
        superseded_at=opens + timedelta(days=91), withdrawn_at=None, withdrawn_reason=None, revision=1,
        gist={**gist, "/closing/total": content["closing"]["total"]},
    )  # fmt: skip
    return disclosure, edition


def _content(dice: random.Random) -> dict[str, Any]:
    groups: list[dict[str, Any]] = [
        {
            "item": dice.choice(INCOME if number < 2 else EXPENSE),
            "label": f"{dice.choice(THINGS)}{dice.choice(ACTS)}",
            "amount": _amount(dice),
            "entries": [],
        }
        for number in range(GROUPS)
    ]
    for number in range(ENTRIES):
        words = (dice.choice(each) for each in (PLACES, THINGS, ACTS, PLACES, ACTS))
        entry = {
            "voucher": f"记-{dice.randrange(10_000):04}",
            "summary": "".join(words),
            "party": f"{dice.choice(PLACES)}{person(dice)}",
            "amount": _amount(dice),
        }
        groups[number % GROUPS]["entries"].append(entry)
    income, expense = (sum(g["amount"] for g in side) for side in (groups[:2], groups[2:]))
    return {
        "income": groups[:2],
        "expense": groups[2:],
        "subtotals": {"income": income, "other_receipts": 0, "expense": expense},
        "closing": {"total": _amount(dice)},
        "year_to_date": {"income": income + _amount(dice), "expense": expense + _amount(dice)},
    }


def _amount(dice: random.Random) -> int:
    return dice.randrange(1, 90_000) * 100 + 50


def code_of(village: int) -> str:
    return f"{COUNTY}{100 + village // 25}{200 + village % 25}"
