"""Rating a notice: by the form without a script and by a program, read by the public and by the township."""

from __future__ import annotations

import re
from urllib.parse import quote

import httpx
import pytest

from tests.cast import SITE, VILLAGE_A, WANG_WU, ZHANG_SAN, Hall, problem_of
from tests.journeys.asking import accounts_on_view, work
from tests.journeys.posting import accounts_of, approve, new_id, submission
from tests.journeys.rating import device, rate

NOTICE = "/api/v1/disclosures"


def browser(hall: Hall) -> httpx.AsyncClient:
    return hall.visitor(Origin=SITE, Accept="text/html")


def hidden(page: str) -> dict[str, str]:
    """Return what a browser without scripts sends of the form beside the answers."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))


async def ratings_of(hall: Hall, disclosure: str) -> dict[str, object]:
    found: dict[str, object] = (await hall.visitor().get(f"{NOTICE}/{disclosure}")).json()[
        "ratings"
    ]
    return found


async def test_a_form_is_sent_without_a_script_and_can_be_changed(hall: Hall) -> None:
    disclosure = await accounts_on_view(hall)
    address = f"/d/{disclosure}/rate"
    notice = await browser(hall).get(f"/d/{disclosure}?lang=zh")
    assert f'href="{address}"' in notice.text
    assert "还没有人评议。满 5 人就公布结果。" in notice.text
    villager = browser(hall)
    page = await villager.get(f"{address}?lang=zh")
    assert page.headers["cache-control"] == "no-store"
    assert " checked" not in page.text
    sent = await villager.post(address, data={**hidden(page.text), "true": "yes", "clear": "no"})
    assert sent.status_code == 303, sent.text
    assert f"Path={address};" in sent.headers["set-cookie"]
    assert "HttpOnly" in sent.headers["set-cookie"]
    mine = await villager.get(f"{sent.headers['location']}&lang=zh")
    assert "收到了，谢谢" in mine.text
    assert 'name="true" value="yes" checked' in mine.text
    assert 'name="clear" value="no" checked' in mine.text
    changed = await villager.post(address, data={**hidden(mine.text), "true": "no"})
    assert changed.status_code == 303
    (row,) = await hall.rows("SELECT said, proved, edition FROM rating")
    assert (row["said"], bool(row["proved"]), row["edition"]) == ("nuuuu", False, 1)
    after = await browser(hall).get(
        f"/d/{disclosure}?lang=zh", headers={"If-None-Match": notice.headers["etag"]}
    )
    assert "已有 1 人评议，再有 4 人就公布结果。" in after.text
    assert [e["action"] for e in await hall.rows("SELECT action FROM event ORDER BY at, id")][
        -2:
    ] == [
        "notice.rated",
        "notice.rating_changed",
    ]


@pytest.mark.one_engine
async def test_the_result_is_public_from_the_fifth_on_and_the_township_reads_the_first(
    hall: Hall,
) -> None:
    disclosure = await accounts_on_view(hall)
    auditor = await hall.client_as(WANG_WU)
    cell = (
        f"/api/v1/compliance/evidence?division={VILLAGE_A}&category=finance_quarterly&period=2026Q3"
    )
    before = hall.clock()
    hall.clock.pass_(minutes=1)
    for number in range(1, 6):
        found = await ratings_of(hall, disclosure)
        assert (found["ratings"], found["needed"], found["points"]) == (
            number - 1,
            6 - number,
            [],
        )
        answer = await rate(hall, disclosure, number)
        assert answer.status_code == 200, answer.text
        seen = (await auditor.get(cell)).json()["ratings"]
        assert (seen["ratings"], seen["points"][0]["yes"]) == (number, number)
    found = answer.json()
    assert found == await ratings_of(hall, disclosure)
    assert [(c["yes"], c["no"], c["unsure"]) for c in found["points"]] == [
        (5, 0, 0),
        (5, 0, 0),
        (0, 5, 0),
        (5, 0, 0),
        (0, 0, 5),
    ]
    page = (await browser(hall).get(f"/d/{disclosure}?lang=zh")).text
    assert "5 人评议，按手机计数。" in page
    assert re.search(r"看得懂</span></th><td>0</td><td>5</td><td>0</td>", page)
    then = (await auditor.get(f"{cell}&as_of={quote(before.isoformat())}")).json()
    assert then["ratings"]["ratings"] == 0


async def test_the_same_phone_counts_once_and_the_same_sending_changes_nothing(hall: Hall) -> None:
    disclosure = await accounts_on_view(hall)
    sent = await rate(hall, disclosure)
    assert sent.json()["ratings"] == 1
    events = await hall.rows("SELECT id FROM event")
    again = await rate(hall, disclosure, proved=False)
    assert again.json() == sent.json()
    assert await hall.rows("SELECT id FROM event") == events
    other = await rate(hall, disclosure, sending=2, points={"true": "no"})
    assert other.json()["ratings"] == 1
    (row,) = await hall.rows("SELECT said FROM rating")
    assert row["said"] == "nuuuu"


@pytest.mark.one_engine
async def test_what_was_said_of_an_earlier_edition_is_told_apart(hall: Hall) -> None:
    disclosure = await accounts_on_view(hall)
    await rate(hall, disclosure)
    phone = await hall.client_as(ZHANG_SAN)
    content = accounts_of("2026-q3") | {"prepared_by": "另一人"}
    sent = submission(hall, id=new_id(hall.clock(), 8), content=content, reason="写错了人")
    assert (await phone.post("/api/v1/submissions", json=sent)).status_code == 201
    await approve(hall, sent["id"], seed=2)
    found = await ratings_of(hall, disclosure)
    assert (found["ratings"], found["earlier"]) == (1, 1)
    assert (
        "其中 1 人评的是更正以前的版本"
        in (await browser(hall).get(f"/d/{disclosure}?lang=zh")).text
    )
    await rate(hall, disclosure, sending=3)
    assert (await ratings_of(hall, disclosure))["earlier"] == 0


@pytest.mark.one_engine
async def test_nothing_is_rated_before_it_opens_or_after_it_ended(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall)
    receipt = (await phone.post("/api/v1/submissions", json=sent)).json()
    disclosure = receipt["disclosure_id"]
    assert problem_of(await rate(hall, disclosure)) == "not-found"
    assert (await browser(hall).get(f"/d/{disclosure}/rate")).status_code == 404
    await approve(hall, sent["id"])
    assert (await rate(hall, disclosure)).status_code == 200
    hall.clock.pass_(minutes=5)
    gone = {"id": new_id(hall.clock(), 9), "reason": "有人的名字写错了"}
    taken = await phone.post(f"{NOTICE}/{disclosure}/withdrawal", json=gone)
    assert taken.status_code in (200, 201), taken.text
    hall.clock.pass_(seconds=1)
    refused = await rate(hall, disclosure, 2)
    assert (refused.status_code, problem_of(refused)) == (409, "rating-closed")
    page = await browser(hall).get(f"/d/{disclosure}/rate?lang=zh")
    assert page.status_code == 200
    assert "不再收评议" in page.text
    assert "<form" not in page.text.partition("<main")[2].partition("</main")[0]
    assert (await hall.visitor().get(f"{NOTICE}/{disclosure}")).json()["ratings"] is None
    assert len(await hall.rows("SELECT device FROM rating")) == 1


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("data", "status", "said"),
    [
        ({}, 422, "现在选了 0 个"),
        ({"true": "unsure", "clear": "unsure"}, 422, "现在选了 0 个"),
        ({"true": "maybe"}, 400, ""),
        ({"surprise": "x"}, 400, ""),
        ({"id": "1", "true": "yes"}, 400, ""),
        ({"challenge": "made-up", "number": "1", "true": "yes"}, 422, "那道题不是本站出的"),
    ],
)
async def test_a_form_that_says_nothing_or_that_nobody_of_ours_made(
    hall: Hall, data: dict[str, str], status: int, said: str
) -> None:
    disclosure = await accounts_on_view(hall)
    address = f"/d/{disclosure}/rate"
    form = hidden((await browser(hall).get(address)).text)
    refused = await browser(hall).post(f"{address}?lang=zh", data={**form, **data})
    assert refused.status_code == status
    assert said in refused.text
    assert await hall.rows("SELECT device FROM rating") == []


@pytest.mark.one_engine
async def test_one_proof_is_good_for_one_rating(hall: Hall) -> None:
    disclosure = await accounts_on_view(hall)
    known = new_id(hall.clock(), 7001)
    proof = await work(hall.visitor(), known)
    assert (await rate(hall, disclosure, proof=proof)).status_code == 200
    used = await rate(hall, disclosure, 2, proof=proof, id=known)
    assert problem_of(used) == "proof-used"
    carried = await rate(hall, disclosure, 3, proof=proof)
    assert problem_of(carried) == "proof-not-valid"
    assert [r["device"] == device(1) for r in await hall.rows("SELECT device FROM rating")] == [
        False
    ]


async def test_the_same_phone_has_another_mark_under_each_notice_and_no_address(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    disclosures = []
    for number, period in enumerate(("2026Q2", "2026Q3")):
        sent = submission(
            hall,
            id=new_id(hall.clock(), 20 + number),
            period=period,
            content=accounts_of(period.lower().replace("q", "-q")),
        )
        receipt = await phone.post("/api/v1/submissions", json=sent)
        assert receipt.status_code == 201, receipt.text
        await approve(hall, sent["id"], seed=30 + number)
        disclosures.append(receipt.json()["disclosure_id"])
        assert (await rate(hall, disclosures[-1], address="203.0.113.9")).status_code == 200
        hall.clock.pass_(minutes=1)
    marks = {row["device"] for row in await hall.rows("SELECT device FROM rating")}
    assert len(marks) == 2
    assert device(1) not in marks
    rows = await hall.rows(
        "SELECT address, actor, details FROM event WHERE action = 'notice.rated'"
    )
    assert all(row["address"] == "" and row["actor"] is None for row in rows)
    assert "yes" not in str([row["details"] for row in rows])
    hall.clock.pass_(
        days=12
    )  # the second quarter hung for as long as it must, and the third took its place
    closed = await rate(hall, disclosures[0], 2)
    assert problem_of(closed) == "rating-closed"
