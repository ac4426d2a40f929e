"""The contents of the demonstration's further notices: a road, a lease, decisions, assets, village rules, a topic.

Everything is fictional; amounts are whole fen.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from server.cli.demonstration.ledger import Village
from server.cli.demonstration.notices import PHONE, steps_of
from server.rules.periods import Period

ROAD = "二组机耕路维修（演示）"
BUDGET, PRICE = 12_000_000, 11_650_000


def road(village: Village, on: date, today: date, stage: str) -> dict[str, Any]:
    """Return one stage of the road, as of a day: what was done by then, and no more."""
    decided, signed = today - timedelta(days=130), today - timedelta(days=96)
    begun, paid = today - timedelta(days=90), today - timedelta(days=12)
    done = [("decided", decided), ("tendered", signed - timedelta(days=8)), ("signed", signed)]
    done.append(("begun", begun))
    content: dict[str, Any] = {
        "project": ROAD,
        "kind": "works",
        "stage": stage,
        "budget": BUDGET,
        "passed_on": decided.isoformat(),
        "passed_by": "村民代表会议",
        "bidders": [],
        "payments": [],
        "paid": 0,
        "in_charge": f"{village.accountant}，村报账员（演示）",
        "report_phone": PHONE,
        "process": [{"step": step, "on": day.isoformat()} for step, day in done if day <= on],
    }
    if stage == "decided":
        return content
    content |= {
        "method": "open",
        "bidders": [
            {"party": "县建筑公司（演示）", "price": PRICE, "won": True},
            {"party": "镇工程队（演示）", "price": 11_980_000, "won": False},
        ],
        "contractor": "县建筑公司（演示）",
        "contract_price": PRICE,
        "signed_on": signed.isoformat(),
        "term_from": begun.isoformat(),
        "term_to": (today + timedelta(days=30)).isoformat(),
    }
    if stage == "progress":
        content["payments"] = [
            {"on": (begun + timedelta(days=2)).isoformat(), "what": "预付款", "amount": 3_500_000},
            {"on": paid.isoformat(), "what": "进度款", "amount": 4_000_000},
        ]
        content["paid"] = 7_500_000
    return content


def lease(village: Village, on: date) -> dict[str, Any]:
    """Return the contract of a pond that was let by auction."""
    return {
        "project": "三组鱼塘发包（演示）",
        "kind": "lease",
        "stage": "contract",
        "budget": 650_000,
        "passed_on": (on - timedelta(days=20)).isoformat(),
        "passed_by": "村民代表会议",
        "method": "auction",
        "bidders": [
            {"party": "王五", "price": 625_000, "won": True},
            {"party": "赵六", "price": 610_000, "won": False},
        ],
        "contractor": "王五",
        "contract_price": 625_000,
        "signed_on": on.isoformat(),
        "term_from": date(on.year + 1, 1, 1).isoformat(),
        "term_to": date(on.year + 2, 12, 31).isoformat(),
        "payments": [],
        "paid": 0,
        "in_charge": f"{village.accountant}，村报账员（演示）",
        "report_phone": PHONE,
        "process": [
            {"step": "decided", "on": (on - timedelta(days=20)).isoformat()},
            {"step": "tendered", "on": (on - timedelta(days=6)).isoformat()},
            {"step": "signed", "on": on.isoformat()},
        ],
    }


def topic(village: Village, on: date) -> dict[str, Any]:
    """Return what villagers asked for together, and what they were told."""
    asked, taken = on - timedelta(days=8), on - timedelta(days=6)
    return {
        "topic": "村部水电费为什么比上季度多（演示）",
        "asked_on": asked.isoformat(),
        "signed_by": "villagers",
        "entitled": 960,
        "signatures": 103,
        "accepted": True,
        "accepted_on": taken.isoformat(),
        "answered_on": on.isoformat(),
        "answered_by": f"{village.name}村民委员会",
        "answer": "夏天抗旱，村里的机井用电多了 1,260 元；发票贴在公开栏旁边，可以来看。",
        "where": "季度财务收支公开",
        "process": [
            {"step": "asked", "on": asked.isoformat()},
            {"step": "accepted", "on": taken.isoformat()},
            {"step": "answered", "on": on.isoformat()},
        ],
    }


# How far the road is, quarter by quarter after the one in which it was decided.
_ROAD = (
    ("under_way", "已公开招标，正在铺路面。"),
    ("under_way", "路面已铺 500 米，付款 7.5 万元。"),
    ("done", "已完工验收。"),
)


def decisions(period: Period, place: int) -> dict[str, Any]:
    """Return a quarter's decisions; what was not done yet is told of again until it is."""
    if place >= len(_ROAD):
        return {
            "decisions": [],
            "note": "本季度没有开会，没有未办完的决定。",
            "prepared_by": "王五",
        }
    began = period
    for _ in range(place):
        before = began.previous()
        assert before is not None
        began = before
    state, report = _ROAD[place]
    steps = steps_of(period.end, gathered=3, checked=7, answered=8, agreed=9)
    first = {
        "held_on": (began.start + timedelta(days=11)).isoformat(),
        "kind": "representatives",
        "topic": "二组机耕路维修",
        "due": 35,
        "present": 31,
        "agreed": 29,
        "against": 1,
        "abstained": 1,
        "result": "passed",
        "decision": "用集体资金维修二组机耕路 800 米，预算 12 万元。",
        "state": state,
        "report": report,
    }
    if state == "done":
        return {"decisions": [first], "prepared_by": "王五", "process": steps}
    second = {
        "held_on": (period.start + timedelta(days=70)).isoformat(),
        "kind": "representatives",
        "topic": "垃圾清运费标准" if place == 0 else "河滩机动地发包",
        "due": 35,
        "present": 33 if place == 0 else 28,
        "agreed": 33 if place == 0 else 13,
        "against": 0 if place == 0 else 12,
        "abstained": 0 if place == 0 else 3,
        "result": "passed" if place == 0 else "rejected",
        "decision": "每户每月 5 元，不变。" if place == 0 else "先清理树根，年底再议。",
        "state": "done" if place == 0 else "stopped",
        "report": "从下月起执行。" if place == 0 else "没有通过，不办。",
    }
    return {"decisions": [first, second], "prepared_by": "王五", "process": steps}


def group_decisions(period: Period, place: int) -> dict[str, Any]:
    """Return what a village group decided in a quarter about what is its own: made up."""
    topic, decision = (
        ("组内机耕路养护", "每户出一个工，春灌前修好。"),
        ("林地承包款分配", "按承包合同收的 3600 元，三成留作水渠维修，其余按户平分。"),
    )[place]
    return {
        "decisions": [
            {
                "held_on": (period.start + timedelta(days=20 + place)).isoformat(),
                "kind": "group",
                "topic": topic,
                "due": 24 + place,
                "present": 22,
                "agreed": 20,
                "against": 1,
                "abstained": 1,
                "result": "passed",
                "decision": decision,
                "state": "done",
                "report": "已经办完。",
            }
        ],
        "prepared_by": "王五",
    }


def assets(village: Village, as_of: date) -> dict[str, Any]:
    """Return the village's ledger of assets and resources at a year's end."""
    year = as_of.year
    items: list[dict[str, Any]] = [
        {
            "name": "村部办公楼",
            "kind": "building",
            "quantity": "320",
            "unit": "m2",
            "original_value": 68_000_000,
            "book_value": 51_200_000,
        },
        {
            "name": "粮食烘干机",
            "kind": "machine",
            "quantity": "2",
            "unit": "piece",
            "original_value": 23_600_000,
            "book_value": 17_800_000,
            "holder": "农机专业合作社（演示）",
            "term_from": date(year, 3, 1).isoformat(),
            "term_to": date(year + 3, 2, 28).isoformat(),
            "yearly_rent": 1_800_000,
            "paid": 1_800_000,
        },
        {
            "name": "三组鱼塘",
            "kind": "land",
            "quantity": "12.5",
            "unit": "mu",
            "holder": "王五",
            "term_from": date(year - 1, 1, 1).isoformat(),
            "term_to": date(year + 2, 12, 31).isoformat(),
            "yearly_rent": 625_000,
            "paid": 625_000,
        },
        {"name": "河滩机动地", "kind": "reserve", "quantity": "36.80", "unit": "mu"},
    ]
    sums = ("original_value", "book_value", "yearly_rent", "paid")
    return {
        "as_of": as_of.isoformat(),
        "items": items,
        "total": {key: sum(item.get(key, 0) for item in items) for key in sums},
        "note": "鱼塘本年租金已缴清（演示）。",
        "prepared_by": village.accountant,
        "process": steps_of(as_of, counted=6, checked=11, answered=13, agreed=16, filed=18),
    }


def standing(village: Village, since: date) -> dict[str, Any]:
    """Return the village's own rules, who holds which office, and whom to call."""
    return {
        "title": f"{village.name}村规民约（演示）",
        "effective_on": since.isoformat(),
        "passed_by": "村民会议",
        "articles": [
            {"text": "爱护集体财物，不占用村道和水渠。"},
            {"text": "红事白事从简，酒席不超过十五桌。"},
            {"text": "房前屋后自己打扫，垃圾投到分类桶。"},
            {"text": "邻里有矛盾，先找组长和调解员说。"},
        ],
        "bodies": [
            {"body": "村民委员会", "post": "主任", "name": "张三"},
            {"body": "村务监督委员会", "post": "主任", "name": "李四"},
        ],
        "phones": [
            {"office": "村委会", "phone": PHONE},
            {"office": "镇政府", "phone": PHONE},
        ],
        "process": steps_of(since, drafted=-45, checked=-41, answered=-38, passed=-12, filed=-5),
    }


def subsidy(_village: Village, on: date) -> dict[str, Any]:
    """Return a list of three households and what their land brings, noticed before it is paid."""
    rows = (
        ("一组", "演示张三", "12.5"),
        ("一组", "演示李四", "8.33"),
        ("二组", "演示王五", "0.75"),
    )
    amounts = (107_500, 71_638, 6_450)
    return {
        "project": f"{on.year}年{on.month}月耕地地力保护补贴（演示）",
        "unit": "mu",
        "notice_from": (on + timedelta(days=3)).isoformat(),
        "notice_to": (on + timedelta(days=10)).isoformat(),
        "pay_on": (on + timedelta(days=21)).isoformat(),
        "report_phone": PHONE,
        "households": [
            {"group": g, "holder_name": name, "quantity": q, "standard": 8_600, "amount": a}
            for (g, name, q), a in zip(rows, amounts, strict=True)
        ],
        "total": {"households": len(rows), "amount": sum(amounts)},
        "process": steps_of(on, declared=-70, checked=-52, reviewed=-31, approved=0),
    }
