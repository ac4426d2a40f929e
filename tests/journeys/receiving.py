"""Stories about what households receive: the township's lists, and villagers who ask for their own.

The people are the cast's names with numbers made up here: right check digits, a birthday in 1900, nobody's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx

from tests.cast import VILLAGE_A, ZHANG_SAN, ZHAO_LIU, Hall
from tests.journeys.posting import submission

LISTS = "/api/v1/payment-lists"
PURPOSE = "2026年耕地地力保护补贴"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

Row = tuple[str, str, str]
"""Name, identity number, amount in yuan."""


def number(serial: int, birthday: str = "19000101") -> str:
    """Return a made-up identity number with the right check digit."""
    head = f"640425{birthday}{serial:03d}"
    return head + "10X98765432"[sum(w * int(d) for w, d in zip(_WEIGHTS, head, strict=True)) % 11]


ZHANG, LI, WANG = number(11), number(22), number(33)
ROWS: tuple[Row, ...] = (
    ("张三", ZHANG, "1075.00"),
    ("李四", LI, "716.38"),
    ("王五", WANG, "64.50"),
)


def sheet(rows: Sequence[Row] = ROWS, total: str | None = None) -> bytes:
    """Return a list as a township saves it as CSV from Excel in Chinese."""
    lines = ["2026年耕地地力保护补贴发放清册,,,", "序号,户主姓名,身份证号码,补贴金额（元）"]
    lines += [f"{n},{name},{of},{amount}" for n, (name, of, amount) in enumerate(rows, 1)]
    if total is not None:
        lines.append(f"合计,,,{total}")
    return "\r\n".join(lines).encode("gb18030")


def about(division: str = VILLAGE_A, **changed: str) -> dict[str, str]:
    """Return what a file is said to be."""
    said = {
        "division": division,
        "category": "subsidy_list",
        "purpose": PURPOSE,
        "paid_on": "2026-09-30",
    }
    return said | changed


async def load(
    hall: Hall, data: bytes | None = None, *, division: str = VILLAGE_A, **changed: str
) -> httpx.Response:
    """Load a list as the township's editor."""
    editor = await hall.client_as(ZHAO_LIU)
    return await editor.post(
        LISTS, params=about(division, **changed), content=sheet() if data is None else data
    )


async def look_up(
    hall: Hall,
    name: str,
    tail: str,
    *,
    division: str = VILLAGE_A,
    address: str = "192.0.2.7",
    lang: str = "zh-CN",
) -> httpx.Response:
    """Ask for a household's payments as a browser without a script does."""
    visitor = hall.visitor(address, **{"Accept-Language": lang, "Accept": "text/html"})
    return await visitor.post(f"/v/{division}/household", data={"name": name, "tail": tail})


async def say(hall: Hall, page: httpx.Response, answer: str, which: int = 0) -> httpx.Response:
    """Press one of the buttons of an answer page: 'yes' or 'no', for its payment number `which`."""
    ticket = re.findall(r'name="ticket" value="([^"]+)"', page.text)[0]
    said = [v for v in re.findall(r'name="said" value="([^"]+)"', page.text) if v.endswith(answer)]
    visitor = hall.visitor(**{"Accept-Language": "zh-CN", "Accept": "text/html"})
    return await visitor.post(
        f"{page.url.path}/received", data={"ticket": ticket, "said": said[which]}
    )


NOTICE = json.loads(
    Path("schemas/categories/subsidy_list/examples/v1/good-three-households.json").read_text(
        "utf-8"
    )
)["content"]


async def notice(hall: Hall, **changes: Any) -> tuple[str, str, str]:
    """Let 张三 post the list's notice; return its submission, its id and its period. It waits for its review."""
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(
        hall,
        **{
            "category": "subsidy_list",
            "content": NOTICE,
            "period": None,
            "event_on": "2026-10-08",
            **changes,
        },
    )
    answer = await phone.post("/api/v1/submissions", json=sent)
    assert answer.status_code == 201, answer.text
    [row] = await hall.rows("SELECT id, period_key FROM disclosure WHERE category = 'subsidy_list'")
    return sent["id"], row["id"], row["period_key"]
