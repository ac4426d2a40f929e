"""Outreach of the demonstration: a broadcast, text messages, a letter, an announced day, and page views that are made up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from random import Random

from server.cli.demonstration.acts import ADDRESS, Who
from server.cli.demonstration.moments import office_hours
from server.cli.demonstration.people import OWN_VILLAGE, TOWNSHIP
from server.commands.post_disclosure import Posted
from server.commands.record_outreach import record_outreach
from server.rules.outreach import Kind, Outreach, Reach
from server.rules.page_views import Views
from server.rules.periods import local_date
from server.rules.permissions import Actor, covers
from server.rules.values import uuid7_at
from server.storage import page_views
from server.storage.database import Tx

VIEWED_DAYS = 45


async def reach_out(
    tx: Tx,
    standing: Mapping[str, Posted],
    villages: Mapping[str, object],
    actor: Callable[[Who], Actor],
    now: datetime,
) -> None:
    """Record, correct and announce, through the command that people use; write page views as they might be."""
    here = [code for code in sorted(villages) if covers(TOWNSHIP, code)]
    accountant, editor = actor((OWN_VILLAGE, "accountant")), actor((TOWNSHIP, "editor"))
    today = local_date(now)
    accounts = next(
        (
            p.disclosure.id
            for p in reversed(list(standing.values()))
            if p.disclosure.division == OWN_VILLAGE and "Q" in p.disclosure.period_key
        ),
        None,
    )
    own = (accounts,) if accounts else ()

    async def record(who: Actor, name: str, ago: int, one: Outreach) -> None:
        at = office_hours(today - timedelta(days=ago), Random(name))
        await record_outreach(tx, actor=who, now=at, address=ADDRESS, record=one)

    await record(
        editor,
        "messages",
        20,
        _done(
            editor,
            "message",
            "messages",
            today - timedelta(days=20),
            # Three villages were forgotten: the report says so.
            reaches=tuple(
                Reach(code) for code in here if code == OWN_VILLAGE or code not in here[-4:]
            ),
            people=1240,
            counted_by="电信公司发送记录（演示）",
        ),
    )
    await record(
        accountant,
        "broadcast",
        10,
        _done(
            accountant,
            "broadcast",
            "broadcast",
            today - timedelta(days=10),
            reaches=(Reach(OWN_VILLAGE),),
            notices=own,
            note="早晚各播一遍（演示）",
        ),
    )
    await record(
        accountant,
        "letter",
        4,
        _done(
            accountant,
            "letter",
            "letter",
            today - timedelta(days=5),
            reaches=(Reach(OWN_VILLAGE, ("1组", "2组", "5组"), 6),),
            notices=own,
            households=86,
            counted_by="村会计（演示）",
        ),
    )
    await _announce(tx, accountant, today, own)
    await page_views.add(tx, [v for code in here for v in _viewed(code, today)])


async def _announce(tx: Tx, who: Actor, today: date, notices: tuple[str, ...]) -> None:
    at = office_hours(today - timedelta(days=1), Random("announce"))
    await record_outreach(
        tx,
        actor=who,
        now=at,
        address=ADDRESS,
        record=Outreach(
            id=uuid7_at(at, Random("announce").randbytes(10)),
            division=OWN_VILLAGE,
            kind="visit_day",
            stage="planned",
            first=today + timedelta(days=6),
            last=today + timedelta(days=6),
            from_time="09:00",
            until_time="11:00",
            place="村委会院子（演示）",
            households=None,
            people=None,
            counted_by="",
            note="",
            reaches=(Reach(OWN_VILLAGE),),
            notices=notices,
            recorded_by=who.account_id,
            recorded_by_name=who.name,
            recorded_at=at,
        ),
    )


def _done(
    who: Actor,
    kind: Kind,
    name: str,
    day: date,
    *,
    reaches: tuple[Reach, ...],
    notices: tuple[str, ...] = (),
    households: int | None = None,
    people: int | None = None,
    counted_by: str = "",
    note: str = "（演示）",
) -> Outreach:
    at = office_hours(day, Random(name))
    return Outreach(
        id=uuid7_at(at, Random(name).randbytes(10)),
        division=who.division,
        kind=kind,
        stage="done",
        first=day,
        last=day,
        from_time=None,
        until_time=None,
        place="",
        households=households,
        people=people,
        counted_by=counted_by,
        note=note,
        reaches=reaches,
        notices=notices,
        recorded_by=who.account_id,
        recorded_by_name=who.name,
        recorded_at=at,
    )


def _viewed(code: str, today: date) -> list[Views]:
    """Return made-up views of a village: a few each day, more after the broadcast in the village of the story."""
    random = Random(f"views {code}")
    found = []
    for ago in range(1, VIEWED_DAYS):
        usual = random.randrange(0, 9)
        more = 25 if code == OWN_VILLAGE and 4 <= ago <= 10 else 0
        found.append(Views(code, today - timedelta(days=ago), "village", usual + more))
    return [each for each in found if each.views]
