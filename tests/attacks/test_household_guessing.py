"""Attack on a household's privacy: guess the number that goes with a name, tell a known name from an unknown one, read the
database without the key, and look for names and numbers in logs, events, feeds and searches."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import itertools
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from server.commands import ask_household as command
from server.rules.households import payee
from server.rules.throttling import HOUSEHOLD_NAME
from server.storage.database import Reader, Tx
from server.web.household_pages import MOST_SHOWN, PAGE_BYTES
from tests.cast import VILLAGE_A, VILLAGE_B, WANG_WU, ZHAO_LIU, Hall
from tests.journeys.receiving import LI, LISTS, ROWS, WANG, ZHANG, load, look_up, notice, say, sheet
from tests.journeys.surfaces import answers, showing

ENDINGS = [f"{n:04d}" for n in range(40)]


@pytest.mark.one_engine
async def test_guessing_the_ending_of_a_known_name_is_held_back_from_many_addresses(
    hall: Hall,
) -> None:
    await load(hall)
    seen = []
    for n, ending in enumerate(ENDINGS):
        page = await look_up(hall, "张三", ending, address=f"198.51.100.{n}")
        seen.append(page.status_code)
        hall.clock.pass_(seconds=30)
    assert seen.count(200) == HOUSEHOLD_NAME.capacity
    # The right one is not answered either, or the guessing would go on; its owner is told where to go.
    right = await look_up(hall, "张三", ZHANG[-4:])
    assert right.status_code == 429
    assert "¥" not in right.text
    assert "乡镇" in right.text
    assert int(right.headers["retry-after"]) > 60
    # Nor under another spelling of the same name.
    assert (await look_up(hall, "张　三", ZHANG[-4:])).status_code == 429
    # A day later six more tries, no more: eleven thousand endings take five years.
    hall.clock.pass_(days=1)
    later = [(await look_up(hall, "张三", e)).status_code for e in ENDINGS[:12]]
    assert later.count(200) == HOUSEHOLD_NAME.capacity


@pytest.mark.one_engine
async def test_tries_at_the_same_moment_are_counted_one_by_one(hall: Hall) -> None:
    await load(hall)
    await look_up(hall, "路人", "0000")  # the village's bucket is there; the name's is not
    tries = [look_up(hall, "张三", e, address=f"198.51.100.{int(e)}") for e in ENDINGS[:9]]
    codes = [page.status_code for page in await asyncio.gather(*tries)]
    assert codes.count(200) == HOUSEHOLD_NAME.capacity
    assert codes.count(429) == 3


@pytest.mark.one_engine
async def test_a_flood_shuts_nobody_else_out(hall: Hall) -> None:
    await load(hall)
    for n in range(260):
        page = await look_up(hall, f"路人{n}", "0000", address="192.0.2.7")
        assert page.status_code == 200
    # The village's own address, and the village, have used up their wrong tries; a right one is answered still.
    assert "¥1,075.00" in (await look_up(hall, "张三", ZHANG[-4:], address="192.0.2.7")).text
    # And whoever mistypes once may try again; the third time they wait.
    tries = ("0000", "0001", "0002")
    codes = [(await look_up(hall, "李四", t, address="192.0.2.7")).status_code for t in tries]
    assert codes == [200, 200, 429]
    assert "¥64.50" in (await look_up(hall, "王五", WANG[-4:], address="192.0.2.7")).text
    # Somebody who asks right all evening is never held back.
    for _ in range(20):
        assert (await look_up(hall, "王五", WANG[-4:])).status_code == 200


@pytest.mark.one_engine
async def test_known_and_unknown_cost_the_same_work_and_come_in_the_same_size(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    await load(hall)
    await load(hall, category="housing_relief", purpose="危房改造", paid_on="2026-08-01")
    done: list[str] = []

    def counting(kind: type[Any], name: str) -> None:
        real = getattr(kind, name)

        async def counted(self: Any, sql: str, *args: Any) -> Any:
            done.append(re.sub(r"\s+", " ", sql))
            return await real(self, sql, *args)

        monkeypatch.setattr(kind, name, counted)

    counting(Reader, "rows")
    if not hall.store.postgres:
        counting(Tx, "rows")
    counting(Tx, "execute")
    works: list[command.Work] = []
    ask = command.ask_household

    async def watched(*args: Any, **kwargs: Any) -> command.Asked:
        asked = await ask(*args, **kwargs)
        works.append(asked.work)
        return asked

    monkeypatch.setattr("server.web.household_pages.ask_household", watched)
    pages, statements = [], []
    for name, ending in (("张三", ZHANG[-4:]), ("张三", "0000"), ("路人", "0000")):
        # Each in its own fresh bucket, so that a first and a second try are not compared.
        done.clear()
        pages.append(await look_up(hall, name, ending))
        statements.append(list(done))
    known, wrong_ending, no_such_name = pages
    assert "¥1,075.00" in known.text
    assert statements[0] == statements[1] == statements[2]
    assert works[0] == works[1] == works[2]
    assert works[0].marks == 2
    assert {len(page.content) for page in pages} == {PAGE_BYTES}
    assert {page.headers["content-length"] for page in pages} == {str(PAGE_BYTES)}
    assert not any("content-encoding" in page.headers for page in pages)
    # A wrong ending of a name on the list and a name on no list are one and the same answer, byte by byte.
    assert wrong_ending.content == no_such_name.content
    assert wrong_ending.headers == no_such_name.headers


@pytest.mark.one_engine
async def test_the_longest_answer_fits_the_same_size(hall: Hall) -> None:
    for month, kind in itertools.product(
        range(1, 10), ("subsidy_list", "housing_relief", "dibao_roster")
    ):
        await load(
            hall,
            sheet([("张三", ZHANG, "99999999.99")]),
            category=kind,
            purpose="补" * 60,
            paid_on=f"2026-0{month}-28",
        )
    page = await look_up(hall, "张三", ZHANG[-4:])
    assert page.text.count("¥99,999,999.99") == MOST_SHOWN
    assert "更早的还有 3 笔" in page.text
    assert len(page.content) == PAGE_BYTES


async def test_a_stolen_database_without_the_key_tells_nothing(hall: Hall, tmp_path: Path) -> None:
    await load(hall)
    await load(hall, division=VILLAGE_B)
    await load(hall, category="housing_relief", purpose="危房改造")
    rows = await hall.rows("SELECT division, list_id, mark FROM payment ORDER BY list_id, row")
    marks = [r["mark"] for r in rows]
    # The same three people in two villages and two lists: nine marks, no two alike.
    assert len(set(marks)) == 9
    # Everything a thief could try with what the database holds, for every ending there is.
    tails = [f"{n:03d}{x}" for n in range(1000) for x in "0123456789X"]
    first = next(r for r in rows if r["division"] == VILLAGE_A)
    thief = [b"", b"gongshilan", first["list_id"].encode(), VILLAGE_A.encode()]
    for tail in tails:
        text = payee(VILLAGE_A, first["list_id"], "张三", tail).encode()
        tried = {hashlib.sha256(text).hexdigest()}
        tried |= {hmac.digest(key, text, "sha256").hex() for key in thief}
        assert not tried & set(marks)
    # With the key one of them fits: the test above tried the right text.
    key = hall.house.household_keys.newest
    assert key.mark(payee(VILLAGE_A, first["list_id"], "张三", ZHANG[-4:])) in marks
    # And the key is nowhere in the database, nor in anything that prints it.
    if not hall.store.postgres:
        [file] = [f["file"] for f in await hall.rows("PRAGMA database_list")]
        with sqlite3.connect(file) as copy:
            dump = "\n".join(copy.iterdump())
        copy.close()
        for secret in (key.secret.hex(), key.spelled().split()[1], *(r[1] for r in ROWS)):
            assert secret not in dump
    assert key.secret.hex() not in repr(key) + repr(hall.house.household_keys)


async def test_names_and_numbers_stand_in_no_log_event_feed_or_search(
    hall: Hall, capsys: pytest.CaptureFixture[str]
) -> None:
    unknown = "欧阳路人"
    await load(hall, sheet([*ROWS, ("司马无名", LI, "3.00")]))
    page = await look_up(hall, "司马无名", LI[-4:])
    await look_up(hall, unknown, "9182")
    await look_up(hall, unknown, "91827")
    await say(hall, page, "no")
    for bad in (
        sheet([("司马无名", ZHANG[:-1], "1")]),
        f"姓名,金额,身份证号,卡\n司马无名,1,{LI},{WANG}".encode(),
    ):
        refused = await load(hall, bad)
        assert refused.status_code == 422
        assert "司马无名" not in refused.text
        assert ZHANG[:-1] not in refused.text
        assert WANG not in refused.text
    secrets = ("司马无名", unknown, LI, LI[-6:], ZHANG[:-1], WANG, "9182")
    said = capsys.readouterr()
    for table in (
        "event",
        "payment",
        "payment_list",
        "household_attempt",
        "throttle",
        "search_record",
    ):
        found = str(await hall.rows(f"SELECT * FROM {table}"))
        marks = re.compile(r"'(?:mark|fingerprint|key|id|list_id|subject)': '[^']*'")
        for secret in secrets:
            assert secret not in marks.sub("", found), table
    for secret in secrets:
        assert secret not in re.sub(r"ms=[0-9.]+", "", said.out + said.err)
    sent, disclosure, period = await notice(hall)
    del sent, period
    public = await answers(hall, disclosure)
    staff = [await (await hall.client_as(who)).get(LISTS) for who in (WANG_WU, ZHAO_LIU)]
    public |= {f"staff {n}": answer for n, answer in enumerate(staff)}
    for secret in ("司马无名", unknown, LI, WANG):
        assert showing(public, secret) == []


async def test_the_page_answers_to_post_alone_and_keeps_to_its_village(hall: Hall) -> None:
    await load(hall)
    visitor = hall.visitor(Accept="text/html")
    by_address = await visitor.get(
        f"/v/{VILLAGE_A}/household", params={"name": "张三", "tail": ZHANG[-4:]}
    )
    assert "¥" not in by_address.text
    assert "张三" not in by_address.text
    page = await look_up(hall, "张三", ZHANG[-4:])
    ticket = re.findall(r'name="ticket" value="([^"]+)"', page.text)[0]
    said = re.findall(r'name="said" value="([^"]+)"', page.text)[0]
    other = (await look_up(hall, "李四", LI[-4:])).text
    others = re.findall(r'name="said" value="([^"]+)"', other)[0]
    for village, sent, what, status in (
        (VILLAGE_B, ticket, said, 410),
        (VILLAGE_A, ticket[:-1] + ("0" if ticket[-1] != "0" else "1"), said, 410),
        (VILLAGE_A, ticket, others, 404),
    ):
        answer = await visitor.post(
            f"/v/{village}/household/received", data={"ticket": sent, "said": what}
        )
        assert answer.status_code == status
    assert await hall.rows("SELECT id FROM payment WHERE said IS NOT NULL") == []
    foreign = hall.visitor(Origin="https://elsewhere.example")
    refused = await foreign.post(
        f"/v/{VILLAGE_A}/household", data={"name": "张三", "tail": ZHANG[-4:]}
    )
    assert refused.status_code == 403
