"""What the demonstration's township has to say: one site notice to villagers and staff now, one to staff to come, one over; and its telephone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Final

from server.cli.demonstration.acts import ADDRESS, Who
from server.cli.demonstration.moments import office_hours
from server.cli.demonstration.people import TOWNSHIP
from server.commands.set_office_phone import set_office_phone
from server.commands.write_site_notice import Written, write_site_notice
from server.rules.periods import day_start, local_date
from server.rules.permissions import Actor, covers
from server.rules.site_notices import Audience, Weight
from server.rules.values import uuid7_at
from server.storage.database import Tx

# No subscriber has it: seven noughts.
PHONE: Final = "0954-0000000"


async def announce(
    tx: Tx, villages: Mapping[str, object], actor: Callable[[Who], Actor], now: datetime
) -> None:
    """Write the notices through the command that people use."""
    if not any(covers(TOWNSHIP, code) for code in villages):
        return
    editor, today = actor((TOWNSHIP, "editor")), local_date(now)

    async def write(
        title: str, text: str, audience: Audience, weight: Weight, first: int, days: int
    ) -> None:
        """Write one that begins in `first` days from today, before today at once, and stands for `days`."""
        begins = today + timedelta(days=first)
        at = office_hours(min(begins, today - timedelta(days=1)), Random(title))
        await write_site_notice(
            tx,
            actor=editor,
            now=at,
            address=ADDRESS,
            notice_id=uuid7_at(at, Random(title).randbytes(10)),
            words=Written(
                division=TOWNSHIP,
                title=title,
                text=text,
                audience=audience,
                weight=weight,
                from_at=day_start(begins) if begins > today else None,
                until_at=day_start(begins + timedelta(days=days)),
            ),
        )

    await write(
        "镇便民大厅查询机检修（演示）",
        "演示通知：本周检修，查询机暂停使用。看公示请用手机，或到村委会公开栏。",
        "villagers",
        "plain",
        -30,
        3,
    )
    await write(
        "看公示有疑问，欢迎来问（演示）",
        "演示通知：账目看不明白的，点“问一问”就能提问，也可以在工作日到镇农经站当面问。",
        "both",
        "plain",
        -2,
        30,
    )
    await write(
        "下个季度的账目请提前准备（演示）",
        "演示通知：请各村报账员提前整理凭证，公开前先送村监委会审议。",
        "staff",
        "important",
        14,
        30,
    )
    await set_office_phone(
        tx,
        actor=editor,
        now=office_hours(today - timedelta(days=60), Random("phone")),
        address=ADDRESS,
        division=TOWNSHIP,
        phone=PHONE,
    )
