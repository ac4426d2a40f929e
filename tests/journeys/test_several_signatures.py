"""Three supervisors sign above an amount, then the township; the author and an excluded post do not."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest

from server.rules.schedules import parse_policy
from server.storage import accounts
from server.storage.accounts import Account
from tests.cast import (
    LI_SI,
    VILLAGE_A,
    WANG_WU,
    ZHANG_SAN,
    ZHAO_LIU,
    ZHOU_BA,
    Hall,
    Person,
    problem_of,
)
from tests.journeys.posting import ALL_FIVE, new_id, send_photo, submission
from tests.journeys.written import written


def _supervisor(number: int, login: str, name: str) -> Person:
    return Person(
        f"01990000-0000-7000-8000-00000000001{number}", login, name, "supervisor", VILLAGE_A
    )


WU_JIU = _supervisor(1, "wujiu", "吴九")
ZHENG_SHI = _supervisor(2, "zhengshi", "郑十")
CHEN_YI = _supervisor(3, "chenyi", "陈一")
COMMITTEE = "村委会委员"

RULE = {
    "steps": [
        {"by": "supervisor", "signatures": 1},
        {"by": "supervisor", "signatures": 3, "above": 100},
        {"by": "township", "signatures": 1},
    ],
    "amount": ["/subtotals/expense"],
    "excluded_posts": [COMMITTEE],
}


async def _sent(hall: Hall, **changes: Any) -> dict[str, Any]:
    """The county asks for the rule, three more people come, and 张三 posts the quarter's accounts."""
    policy = {
        "id": "county-signatures",
        "division_prefix": "640425",
        "valid_from": "2026-01-01",
        "valid_to": None,
        "title": {"zh": "县里的规定", "en": "The county's rule"},
        "legal_basis": [],
        "overrides": {"finance_quarterly": {"review": RULE | changes}},
    }
    book = hall.house.book
    hall.house.book = book.under([*book.policies, parse_policy(policy)])
    async with hall.store.transaction() as tx:
        for person in (WU_JIU, ZHENG_SHI, CHEN_YI):
            account = Account(
                id=person.id,
                county=VILLAGE_A[:6],
                login=person.login,
                name=person.name,
                role=person.role,
                division=person.division,
                password_hash=None,
                disabled_at=None,
                created_at=hall.clock(),
            )
            await accounts.insert(tx, account)
    await _name_post(hall, CHEN_YI, COMMITTEE)
    phone = await hall.client_as(ZHANG_SAN)
    photo = await send_photo(phone)
    sent = submission(hall, photos=[{"sha256": photo, "role": "board"}])
    answer = await phone.post("/api/v1/submissions", json=sent)
    assert answer.status_code == 201, answer.text
    return sent


async def _name_post(hall: Hall, person: Person, post: str | None) -> None:
    """The administrator says what somebody signs as."""
    zhou = await hall.client_as(ZHOU_BA)
    accounts = (await zhou.get("/api/v1/accounts")).json()["items"]
    revision = next(each["revision"] for each in accounts if each["id"] == person.id)
    answer = await zhou.put(
        f"/api/v1/accounts/{person.id}/post",
        json={"post": post},
        headers={"If-Match": f'"r{revision}"'},
    )
    assert answer.status_code == 200, answer.text


async def _page(hall: Hall, person: Person, sent: dict[str, Any]) -> dict[str, Any]:
    client = await hall.client_as(person)
    page: dict[str, Any] = (await client.get(f"/api/v1/submissions/{sent['id']}")).json()
    return page


async def _sign(hall: Hall, person: Person, sent: dict[str, Any], **changes: Any) -> httpx.Response:
    client = await hall.client_as(person)
    read = await client.get(f"/api/v1/submissions/{sent['id']}")
    seed = int(person.id[-2:])
    return await client.post(
        f"/api/v1/submissions/{sent['id']}/review",
        json={
            "id": new_id(hall.clock(), 5000 + seed),
            "decision": "approve",
            "points": ALL_FIVE,
            **changes,
        },
        headers={"If-Match": read.headers["etag"]},
    )


async def _turn(hall: Hall) -> str:
    """Return what the township's matrix says about the cell."""
    auditor = await hall.client_as(WANG_WU)
    matrix = await auditor.get(
        f"/api/v1/compliance?division={VILLAGE_A}&first=2026-07-01&last=2026-09-30"
    )
    found = [
        f["text"]["zh"]
        for row in matrix.json()["rows"]
        for cell in row["cells"]
        if cell and cell["period"] == "2026Q3"
        for f in cell["findings"]
        if f["kind"] == "in_review"
    ]
    return "".join(found)


@pytest.mark.one_engine
async def test_three_sign_then_the_township_and_only_then_it_opens(hall: Hall) -> None:
    sent = await _sent(hall)
    assert "等村监委会审议（已签 0/3）" in await _turn(hall)
    for given, person in enumerate((LI_SI, WU_JIU, ZHENG_SHI)):
        page = await _page(hall, person, sent)
        assert page["may_review"], page["why_not"]
        assert (page["turn"]["by"], page["turn"]["given"]) == ("supervisor", given)
        hall.clock.pass_(hours=1)
        answer = await _sign(hall, person, sent)
        assert answer.status_code == 200, answer.text
        assert answer.json()["stage"] == "in_review"
        assert answer.json()["number"] is None
    assert "等乡镇备案（已签 0/1）" in await _turn(hall)
    visitor = hall.visitor()
    assert (await visitor.get(f"/api/v1/disclosures/{sent['id']}")).status_code == 404

    hall.clock.pass_(hours=1)
    answer = await _sign(hall, WANG_WU, sent)
    assert answer.json()["stage"] == "open"
    assert await _turn(hall) == ""
    page = await _page(hall, WANG_WU, sent)
    assert [s["step"] for s in page["reviews"]] == ["supervisor"] * 3 + ["township"]
    assert page["turn"] is None


@pytest.mark.one_engine
async def test_villagers_read_for_whom_each_signed_as_it_was_then(hall: Hall) -> None:
    steps = [{"by": "supervisor", "signatures": 2}, {"by": "township", "signatures": 1}]
    sent = await _sent(hall, steps=steps)
    for person, post in ((LI_SI, "村监委会主任"), (WANG_WU, "农经站站长")):
        await _name_post(hall, person, post)
    for person in (LI_SI, WU_JIU, WANG_WU):
        hall.clock.pass_(hours=1)
        assert (await _sign(hall, person, sent)).status_code == 200
    # What people become later does not change what they signed as.
    await _name_post(hall, LI_SI, "村会计")
    await _name_post(hall, WANG_WU, None)

    page = (await _page(hall, ZHANG_SAN, sent))["line"]["disclosure_id"]
    visitor = hall.visitor()
    answer = (await visitor.get(f"/api/v1/disclosures/{page}")).json()
    assert [(r["by"], r["reviewer_name"], r["post"]) for r in answer["reviews"]] == [
        ("supervisor", "李四", "村监委会主任"),
        ("supervisor", "吴九", None),
        ("township", "王五", "农经站站长"),
    ]
    assert set(answer["reviews"][0]) == {
        "decided_at",
        "reviewer_name",
        "by",
        "body",
        "post",
        "points",
    }
    html = (await visitor.get(f"/d/{page}", headers={"Accept-Language": "zh"})).text
    assert "乡镇已备案：王五（农经站站长）" in html
    bodies = re.findall(r"<dt>(.*?)</dt>|<dd><p>(.*?) <time", html.split('id="h-who"')[1])
    found = ["".join(pair) for pair in bodies]
    assert found[found.index("村监委会") :][:5] == [
        "村监委会",
        "李四（村监委会主任），五项审议通过",
        "吴九，五项审议通过",
        "乡镇",
        "王五（农经站站长），五项审议通过",
    ]
    poster = (await visitor.get(f"/d/{page}/poster", headers={"Accept-Language": "en"})).text
    for line in (
        "Village supervision committee: 李四 (村监委会主任)",
        "Township: 王五 (农经站站长)",
    ):
        assert line in poster
    assert "村会计" not in html + poster


async def _listed(hall: Hall, person: Person) -> dict[str, Any]:
    client = await hall.client_as(person)
    (line,) = (await client.get("/api/v1/submissions?state=in_review")).json()["items"]
    return {**line["turn"], "yours": line["yours"]}


@pytest.mark.one_engine
async def test_the_lists_say_whose_turn_it_is_to_everybody_who_waits(hall: Hall) -> None:
    hall.clock.set("2026-10-09 10:02+08:00")
    sent = await _sent(hall)
    first = await _listed(hall, LI_SI)
    assert first == {
        "by": "supervisor",
        "words": {"zh": "村监委会审议", "en": "the village's supervision"},
        "given": 0,
        "needed": 3,
        "since": "2026-10-09T02:02:00Z",
        "then": [{"zh": "乡镇备案", "en": "the township's record"}],
        "yours": True,
    }
    # The author's, the excluded post's and the township's turn it is not.
    for person in (ZHANG_SAN, CHEN_YI, WANG_WU, ZHAO_LIU):
        assert await _listed(hall, person) == first | {"yours": False}

    hall.clock.pass_(hours=1)
    await _sign(hall, LI_SI, sent)
    after = first | {"given": 1, "since": "2026-10-09T03:02:00Z"}
    assert await _listed(hall, LI_SI) == after | {"yours": False}
    assert await _listed(hall, WU_JIU) == after
    for person in (WU_JIU, ZHENG_SHI):
        await _sign(hall, person, sent)
    for person in (WANG_WU, ZHAO_LIU):
        line = await _listed(hall, person)
        assert (line["by"], line["given"], line["then"], line["yours"]) == ("township", 0, [], True)

    async def task() -> dict[str, Any]:
        phone = await hall.client_as(ZHANG_SAN)
        items = (await phone.get("/api/v1/tasks")).json()["items"]
        (found,) = [each for each in items if each["submission_id"] == sent["id"]]
        turn: dict[str, Any] = found["turn"]
        return turn

    assert await task() == {k: v for k, v in line.items() if k != "yours"}
    await _sign(hall, WANG_WU, sent)
    assert await task() is None


async def test_without_a_rule_of_its_own_it_waits_for_the_villages_supervision(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    assert (await phone.post("/api/v1/submissions", json=submission(hall))).status_code == 201
    line = await _listed(hall, LI_SI)
    assert line["words"]["zh"] == "村监委会审议"
    assert (line["given"], line["needed"], line["then"]) == (0, 1, [])


@pytest.mark.one_engine
async def test_a_note_beside_an_approval_is_for_those_at_work_only(hall: Hall) -> None:
    sent = await _sent(hall, steps=[{"by": "supervisor", "signatures": 1}])
    notes = [{"pointer": "/expense/0/amount", "text": "下次附上明细"}]
    assert (await _sign(hall, LI_SI, sent, notes=notes)).json()["stage"] == "open"
    page = await _page(hall, ZHANG_SAN, sent)
    assert page["reviews"][0]["notes"] == notes
    visitor = hall.visitor()
    for address in (f"/api/v1/disclosures/{sent['id']}", f"/d/{page['line']['disclosure_id']}"):
        assert "下次附上明细" not in (await visitor.get(address)).text


@pytest.mark.one_engine
async def test_below_the_amount_one_signature_of_each_is_enough(hall: Hall) -> None:
    steps = [*RULE["steps"][:1], {"by": "supervisor", "signatures": 3, "above": 10**12}]
    sent = await _sent(hall, steps=steps)
    assert (await _sign(hall, LI_SI, sent)).json()["stage"] == "open"


@pytest.mark.one_engine
async def test_nobody_signs_twice_out_of_turn_or_for_a_post_that_is_excluded(hall: Hall) -> None:
    sent = await _sent(hall)
    await _sign(hall, LI_SI, sent)
    before = await written(hall)
    twice = await _sign(hall, LI_SI, sent, id=new_id(hall.clock(), 77))
    assert problem_of(twice) == "already-decided"
    for person in (CHEN_YI, WANG_WU, ZHAO_LIU, ZHANG_SAN):
        page = await _page(hall, person, sent)
        assert not page["may_review"]
        assert page["why_not"]["zh"]
        assert problem_of(await _sign(hall, person, sent)) in ("not-allowed", "own-work")
    assert COMMITTEE in (await _page(hall, CHEN_YI, sent))["why_not"]["zh"]
    assert await written(hall) == before


@pytest.mark.one_engine
async def test_the_same_signature_again_changes_nothing(hall: Hall) -> None:
    sent = await _sent(hall)
    first = await _sign(hall, LI_SI, sent)
    before = await written(hall)
    again = await _sign(hall, LI_SI, sent)
    assert again.status_code == 200
    assert again.json()["revision"] == first.json()["revision"]
    assert await written(hall) == before


@pytest.mark.one_engine
async def test_one_return_returns_it_and_its_notes_reach_the_accountant(hall: Hall) -> None:
    sent = await _sent(hall)
    await _sign(hall, LI_SI, sent)
    notes = [{"pointer": "/expense/0/amount", "text": "发票只有一半，请补齐"}]
    answer = await _sign(
        hall,
        WU_JIU,
        sent,
        decision="return",
        points=ALL_FIVE | {"result": False},
        reason="有一行要改",
        notes=notes,
    )
    assert answer.json()["stage"] == "returned"
    page = await _page(hall, ZHANG_SAN, sent)
    assert page["reviews"][-1]["notes"] == notes
    # The repaired edition begins anew: three signatures again.
    phone = await hall.client_as(ZHANG_SAN)
    hall.clock.pass_(hours=1)
    repaired = submission(hall, id=new_id(hall.clock(), 8), photos=sent["photos"])
    assert (await phone.post("/api/v1/submissions", json=repaired)).status_code == 201
    assert "已签 0/3" in await _turn(hall)


@pytest.mark.one_engine
async def test_a_note_passes_the_gate(hall: Hall) -> None:
    sent = await _sent(hall)
    before = await written(hall)
    note = {"pointer": "/expense/0/amount", "text": "问张三 13800138000"}
    answer = await _sign(hall, LI_SI, sent, notes=[note])
    assert problem_of(answer) == "content-has-errors"
    assert [e["pointer"] for e in answer.json()["errors"]] == ["/notes/0/text"]
    assert await written(hall) == before


@pytest.mark.one_engine
async def test_as_of_an_earlier_moment_a_later_signature_is_not_known(hall: Hall) -> None:
    sent = await _sent(hall)
    early = hall.clock()
    hall.clock.pass_(days=1)
    await _sign(hall, LI_SI, sent)
    hall.clock.pass_(days=1)
    auditor = await hall.client_as(WANG_WU)
    matrix = await auditor.get(
        f"/api/v1/compliance?division={VILLAGE_A}&first=2026-07-01&last=2026-09-30"
        f"&as_of={early.isoformat().replace('+00:00', 'Z')}"
    )
    assert "已签" not in matrix.text
    assert "已签 1/3" in await _turn(hall)


@pytest.mark.one_engine
async def test_the_evidence_names_everybody_who_signed_in_their_order(hall: Hall) -> None:
    sent = await _sent(hall, excluded_posts=[])
    await _name_post(hall, ZHENG_SHI, "村监委会主任")
    for person in (LI_SI, WU_JIU, ZHENG_SHI):
        hall.clock.pass_(hours=1)
        assert (await _sign(hall, person, sent)).status_code == 200
    third = hall.clock()
    hall.clock.pass_(hours=1)
    note = {"pointer": "/expense/0/amount", "text": "这一笔的单据没有编号"}
    answer = await _sign(
        hall, WANG_WU, sent, decision="return", reason="请补上单据编号", notes=[note]
    )
    assert answer.status_code == 200, answer.text
    # What the post is called afterwards changes nothing.
    await _name_post(hall, ZHENG_SHI, None)

    auditor = await hall.client_as(WANG_WU)
    cell = {"division": VILLAGE_A, "category": "finance_quarterly", "period": "2026Q3"}
    (edition,) = (await auditor.get("/api/v1/compliance/evidence", params=cell)).json()["editions"]
    assert [
        (s["reviewer_name"], s["post"] or s["body"]["zh"], s["decision"])
        for s in edition["signatures"]
    ] == [
        ("李四", "村监委会", "approve"),
        ("吴九", "村监委会", "approve"),
        ("郑十", "村监委会主任", "approve"),
        ("王五", "乡镇", "return"),
    ]
    times = [s["decided_at"] for s in edition["signatures"]]
    assert times == sorted(set(times))
    last = edition["signatures"][-1]
    assert (last["reason"], last["notes"]) == ("请补上单据编号", [note])

    earlier = cell | {"as_of": third.isoformat()}
    (known,) = (await auditor.get("/api/v1/compliance/evidence", params=earlier)).json()["editions"]
    assert [s["reviewer_name"] for s in known["signatures"]] == ["李四", "吴九", "郑十"]
