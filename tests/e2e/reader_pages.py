"""Pages of an invented village with the shapes of the API, for looking at and for testing.

Every name and sum is invented; the sums add up to the fen.
"""

from __future__ import annotations

from typing import Any

from tests.e2e.reader_sheets import SLIP, accounts_sheet, trend

NOW = "2026-10-16T01:41:00Z"
VILLAGE = {
    "code": "640425100201",
    "name": "杏塬村",
    "level": "village",
    "path": ["宁夏回族自治区", "固原市", "彭阳县", "红河镇"],
}
BOARD = "b0" * 32
ACCOUNTS = "0199e000-0000-7000-8000-000000000003"
ROAD = "0199e000-0000-7000-8000-000000000099"


def text(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


def card(**changed: Any) -> dict[str, Any]:
    return {
        "disclosure_id": ACCOUNTS,
        "title": text("2026年第三季度财务收支", "Quarterly accounts, third quarter 2026"),
        "category": "finance_quarterly",
        "category_name": text("财务公开", "Accounts"),
        "period": "2026Q3",
        "period_label": text("2026年第三季度", "Third quarter 2026"),
        "opened_at": "2026-10-09T02:02:00Z",
        "first_opened_at": "2026-10-09T02:02:00Z",
        "comes_down_at": None,
        "hides_at": None,
        "must_stay_until": "2026-10-19T16:00:00Z",
        "days_left": 4,
        "stage": "open",
        "verdict": "on_time",
        "late_days": 0,
        "edition": 1,
        "corrected": 0,
        "figures": [],
        "publisher": "village",
        "wording": "disclose",
        "icon": "coins",
        "photo": None,
        "short": "AGM6AAAAOAAIAAAAAAAAAAAAAM",
    } | changed


def figures() -> list[dict[str, Any]]:
    return [
        {"label": text("收入", "Income"), "amount": 4791241},
        {"label": text("支出", "Expense"), "amount": 3643250},
    ]


def relief(**changed: Any) -> dict[str, Any]:
    return (
        card(
            disclosure_id="0199e000-0000-7000-8000-000000000001",
            title=text("最低生活保障初审公示", "Minimum-living relief, first review"),
            category="dibao_preliminary",
            category_name=text("低保初审公示", "Minimum-living relief, first review"),
            period="E2026-10-14-0199e000",
            period_label=text("10月14日一批", "Batch of 14 October"),
            opened_at="2026-10-14T00:30:00Z",
            first_opened_at="2026-10-14T00:30:00Z",
            comes_down_at="2026-10-20T16:00:00Z",
            hides_at="2026-10-20T16:00:00Z",
            must_stay_until="2026-10-20T16:00:00Z",
            days_left=5,
            verdict=None,
            publisher="township",
            wording="consult",
        )
        | changed
    )


def village_page(**changed: Any) -> dict[str, Any]:
    missing = {
        "category": "contracts_projects",
        "title": text("机井房出租合同", "Lease of the pump house"),
        "period": "E2026-09-21-0199e000",
        "due_on": "2026-10-01",
        "days_late": 15,
        "rule": text("合同签订后 10 天内公布。", "Contracts are posted within 10 days of signing."),
    }
    latest = [
        card(
            disclosure_id="0199e000-0000-7000-8000-000000000005",
            title=text("集体资产资源变动", "Changes in collective assets"),
            opened_at="2026-10-15T01:00:00Z",
        ),
        card(
            disclosure_id="0199e000-0000-7000-8000-000000000004",
            title=text("村组干部报酬及误工补贴", "Pay of village cadres"),
            opened_at="2026-10-14T01:00:00Z",
            corrected=1,
            edition=2,
        ),
        card(figures=figures()),
        card(
            disclosure_id="0199e000-0000-7000-8000-000000000006",
            title=text("耕地地力保护补贴发放清册", "Farmland subsidy, list of payments"),
            opened_at="2026-09-28T01:00:00Z",
            verdict="late",
            late_days=2,
            stage="archived",
            days_left=None,
        ),
        card(
            disclosure_id="0199e000-0000-7000-8000-000000000007",
            title=text(
                "2025年度村集体经济组织年度决算及收益分配方案",
                "Annual accounts and distribution plan of the collective, 2025",
            ),
            opened_at="2025-12-30T01:00:00Z",
            stage="archived",
            period="2025",
            period_label=text("2025年", "2025"),
            days_left=None,
        ),
    ]
    board = {
        "sha256": BOARD,
        "width": 1280,
        "height": 960,
        "received_at": "2026-10-15T00:26:00Z",
        "disclosure_id": ACCOUNTS,
        "title": card()["title"],
    }
    return {
        "division": VILLAGE,
        "as_of": NOW,
        "open": [relief()],
        "missing": [missing],
        "latest": latest,
        "boards": [board, board | {"title": latest[1]["title"]}],
        "year": {"owed": 27, "on_time": 24, "late": 2, "missing": 1},
        "demo": True,
    } | changed


def photo(role: str, caption: str, sha: str) -> dict[str, Any]:
    return {
        "sha256": sha,
        "role": role,
        "caption": caption,
        "pointer": None,
        "width": 1280 if role == "board" else 720,
        "height": 960,
        "received_at": "2026-10-15T00:26:00Z",
    }


def editions() -> list[dict[str, Any]]:
    return [
        {"number": 1, "opened_at": "2026-10-09T02:02:00Z", "reason": None, "state": "approved"},
        {
            "number": 2,
            "opened_at": "2026-10-12T03:15:00Z",
            "reason": "水电费漏记一张发票 46.50 元",
            "state": "approved",
        },
    ]


BODIES = {
    "supervisor": text("村监委会", "Village supervision committee"),
    "township": text("乡镇", "Township"),
}


def review(*, by: str = "supervisor", **changed: Any) -> dict[str, Any]:
    names = ("process", "decision", "result", "scope", "form")
    return {
        "decided_at": "2026-10-08T08:00:00Z",
        "reviewer_name": "张三",
        "by": by,
        "body": BODIES[by],
        "post": "村监委会主任",
        "points": dict.fromkeys(names, True),
    } | changed


def disclosure_page(**changed: Any) -> dict[str, Any]:
    return {
        "card": card(figures=figures(), edition=2, corrected=1),
        "division": VILLAGE,
        "sheet": accounts_sheet(),
        "sentences": [
            "收入比上季度多 2,300.00 元，主要是经营收入多 2,400.00 元。",
            "支出比上季度多 2,514.30 元，主要是管理费用多 1,450.30 元。",
        ],
        "window": {
            "opens_on": "2026-10-01",
            "due_on": "2026-10-15",
            "opened_at": "2026-10-09T02:02:00Z",
            "must_stay_until": "2026-10-19T16:00:00Z",
            "comes_down_at": None,
            "provisional": False,
            "today": "2026-10-16",
            "rule": text(
                "每季度结束后第一个月 15 日前公开，至少 10 天。",
                "By the 15th of the month after the quarter, for at least 10 days.",
            ),
        },
        "edition": 2,
        "editions": editions(),
        "reviews": [review(), review(by="township", reviewer_name="李四", post="农经站")],
        "photos": [photo("board", "村部东墙，第三季度", BOARD), photo("voucher", "", SLIP)],
        "clocks": {
            "composed_at": "2026-10-08T01:10:00Z",
            "captured_at": None,
            "received_at": "2026-10-08T01:12:09Z",
            "published_at": "2026-10-09T02:02:00Z",
        },
        "submitted_by_name": "李四",
        "explanation": None,
        "previous_id": "0199e000-0000-7000-8000-000000000010",
        "last_year_id": "0199e000-0000-7000-8000-000000000011",
        "trend": trend(),
        "withdrawn": None,
        "demo": True,
    } | changed


def roster_page() -> dict[str, Any]:
    columns = [
        ("group", "村民小组", "text"),
        ("name", "申请人", "text"),
        ("people", "家庭人口", "int"),
        ("kept", "拟保障人口", "int"),
        ("amount", "拟月保障金额", "money"),
    ]
    table = {
        "kind": "table",
        "id": "households",
        "heading": "拟纳入名单",
        "columns": [{"key": k, "label": name, "type": kind} for k, name, kind in columns],
        "rows": [
            {"cells": ["一组", "孙七", 3, 3, 126000], "pointer": "/households/0"},
            {"cells": ["三组", "周八", 2, 2, 84000], "pointer": "/households/1"},
        ],
        "totals": ["", "", 5, 5, 210000],
    }
    sheet = accounts_sheet() | {"title": "最低生活保障初审公示", "sections": [table], "notes": []}
    window = disclosure_page()["window"] | {
        "opens_on": "2026-10-13",
        "due_on": "2026-10-27",
        "opened_at": "2026-10-14T00:30:00Z",
        "must_stay_until": "2026-10-20T16:00:00Z",
        "provisional": True,
    }
    return disclosure_page(
        card=relief(verdict="on_time"),
        sheet=sheet,
        window=window,
        sentences=["拟纳入 2 户 5 人，每月一共 2,100.00 元。"],
        edition=1,
        editions=editions()[:1],
        photos=[],
        trend=[],
        previous_id=None,
        last_year_id=None,
        reviews=[],
    )


def withdrawn_page() -> dict[str, Any]:
    return disclosure_page(
        card=card(stage="withdrawn", days_left=None),
        sheet=None,
        sentences=[],
        photos=[],
        trend=[],
        withdrawn={"at": "2026-10-13T01:00:00Z", "reason": "一张凭证照片没有遮住电话"},
    )


def difference_page() -> dict[str, Any]:
    return {
        "card": card(edition=2, corrected=1),
        "division": VILLAGE,
        "before": editions()[0],
        "after": editions()[1],
        "reason": "水电费漏记一张发票 46.50 元",
        "editions": editions(),
        "changes": [
            {
                "pointer": "/expense/1/amount",
                "label": text("本期支出：管理费用", "Expense: management"),
                "before": 2130000,
                "after": 2134650,
                "kind": "changed",
                "type": "money",
            },
            {
                "pointer": "/expense/1/entries/3",
                "label": text(
                    "管理费用：9月20日 办公、水电费", "Management: office, water and power"
                ),
                "before": None,
                "after": 4650,
                "kind": "added",
                "type": "money",
            },
        ],
    }


def editions_page() -> dict[str, Any]:
    return {"card": card(edition=2, corrected=1), "division": VILLAGE, "items": editions()}


def past_page() -> dict[str, Any]:
    return {
        "division": VILLAGE,
        "items": village_page()["latest"],
        "next": "abc",
        "category": "finance_quarterly",
        "categories": [
            {"key": "finance_quarterly", "name": text("财务公开", "Accounts")},
            {"key": "dibao_roster", "name": text("低保名单", "Relief list")},
        ],
    }


def data_page() -> dict[str, Any]:
    return {
        "division": VILLAGE,
        "places": [VILLAGE, {"code": "640425100000", "name": "白阳镇"}],
        "categories": past_page()["categories"],
        "years": [2026, 2025],
    }


def elsewhere_page(*, closed: bool) -> dict[str, Any]:
    neighbour = {"code": "640425100288", "name": "杏塬村", "path": VILLAGE["path"]}
    villages = [neighbour, {"code": "640425100203", "name": "何塬村", "path": VILLAGE["path"]}]
    return {
        "code": VILLAGE["code"],
        "closed": VILLAGE if closed else None,
        "last_day": "2026-09-30" if closed else None,
        "merged": False,
        "renumbered": closed,
        "successors": [neighbour] if closed else [],
        "near": {
            "code": "640425100000",
            "name": "红河镇",
            "level": "township",
            "path": VILLAGE["path"][:-1],
        },
        "children": villages,
    }


COUNTY = {
    "code": "640425",
    "name": "彭阳县",
    "level": "county",
    "path": ["宁夏回族自治区", "固原市"],
}


def towns() -> list[dict[str, Any]]:
    names = ["白阳镇", "王洼镇", "古城镇", "新集乡", "城阳乡", "红河镇", "冯庄乡", "小岔乡"]
    return [{"code": f"640425{100 + i}", "name": n, "path": []} for i, n in enumerate(names)]


PROBLEM = {
    "status": 404,
    "slug": "not-found",
    "title": text("没有这一页", "There is no such page"),
    "detail": text(
        "这个网址上没有公开的内容。请核对网址，或从首页找村。",
        "Nothing public stands at this address. Check it, or find the village from the first page.",
    ),
}
