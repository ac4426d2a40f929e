"""The accounts of an invented village as a sheet and as a trend; the sums add up to the fen."""

from __future__ import annotations

from typing import Any

SLIP = "5a" * 32


def entry(date: str, summary: str, amount: int, **more: Any) -> dict[str, Any]:
    return {
        "date": date,
        "voucher": more.get("voucher", "记-12"),
        "summary": summary,
        "party": more.get("party", "张三"),
        "amount": amount,
        "handler": "李四",
        "witness": "王五",
        "approver": "赵六",
        "photos": more.get("photos", []),
    }


def line(
    sign: str, label: str, level: str, amounts: tuple[int, int, int], entries: Any = ()
) -> dict[str, Any]:
    return {
        "sign": sign,
        "label": label,
        "amount": amounts[0],
        "level": level,
        "pointer": f"/{label}",
        "previous": amounts[1],
        "last_year": amounts[2],
        "entries": list(entries),
    }


def accounts_sheet() -> dict[str, Any]:
    pay = [
        entry("2026-07-28", "三季度干部报酬", 1560000, photos=[SLIP, SLIP, SLIP]),
        entry("2026-08-15", "误工补贴 12 人次", 240000, photos=[SLIP]),
        entry("2026-09-02", "办公、水电费", 174650, party="彭阳县供电公司"),
        entry("2026-09-20", "差旅、会议费", 160000),
    ]
    rows = [
        line("", "期初余额", "group", (8643218, 7473797, 5094846)),
        line("+", "本期收入", "group", (4791241, 4561241, 4123006)),
        line(
            "",
            "经营收入",
            "line",
            (1860000, 1620000, 1430000),
            [entry("2026-07-03", "机井房租金", 1860000)],
        ),
        line("", "投资收益", "line", (425000, 425000, 390000)),
        line("", "补助收入", "line", (2500000, 2500000, 2300000)),
        line("", "其他收入", "line", (6241, 16241, 3006)),
        line("+", "其他收款", "group", (7230000, 2000000, 0)),
        line("", "专项资金", "line", (6000000, 2000000, 0)),
        line("", "一事一议", "line", (1230000, 0, 0)),
        line("-", "本期支出", "group", (3643250, 3391820, 3120500)),
        line("", "经营支出", "line", (518000, 476000, 438000)),
        line("", "管理费用", "line", (2134650, 1989620, 1822000), pay),
        line("", "公益支出", "line", (990600, 926200, 860500)),
        line("-", "其他付款", "group", (5850000, 2000000, 0)),
        line("", "道路工程", "line", (4850000, 2000000, 0)),
        line("", "归还借款（冲减后）", "line", (-1000000, 0, 0)),
        line("=", "期末余额", "total", (11171209, 8643218, 6097352)),
        line("", "其中：现金", "sub", (98000, 115000, 142000)),
        line("", "其中：存款", "sub", (11073209, 8528218, 5955352)),
    ]
    debts = {
        "kind": "table",
        "id": "debts",
        "heading": "欠别人的",
        "columns": [
            {"key": "party", "label": "对方", "type": "text"},
            {"key": "opening", "label": "期初", "type": "money"},
            {"key": "decrease", "label": "本期减少", "type": "money"},
            {"key": "closing", "label": "期末", "type": "money"},
        ],
        "rows": [{"cells": ["红河镇信用社", 3000000, 1000000, 2000000], "pointer": "/debts/0"}],
        "totals": ["", 3000000, 1000000, 2000000],
    }
    return {
        "title": "2026年第三季度财务收支",
        "subtitle": "村股份经济合作社账",
        "unit": "元",
        "sections": [
            {"kind": "sum", "id": "accounts", "heading": "收支表", "rows": rows},
            debts,
            {
                "kind": "facts",
                "id": "facts",
                "heading": "账本",
                "items": [
                    {"label": "哪本账", "value": "村股份经济合作社", "type": "text"},
                    {"label": "制表", "value": "李四", "type": "text"},
                    {"label": "年度累计收入", "value": 13193912, "type": "money"},
                ],
            },
        ],
        "notes": ["其他收款、其他付款是项目款、集资和借款，不算收入和支出。"],
    }


def trend() -> list[dict[str, Any]]:
    sums = [
        ("2025Q3", 4123006, 3120500, 6097352),
        ("2025Q4", 4687000, 3964075, 6620277),
        ("2026Q1", 3841530, 2988010, 7473797),
        ("2026Q2", 4561241, 3391820, 8643218),
        ("2026Q3", 4791241, 3643250, 11171209),
    ]
    return [{"period": p, "income": i, "expense": e, "closing": c} for p, i, e, c in sums]
