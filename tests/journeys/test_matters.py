"""Notices that tell of one thing: linked after publication, read at both ends, and gone again; with every refusal in between."""

from __future__ import annotations

from typing import Any

import pytest

from server.rules.matters import MOST_MATTERS, MOST_NOTICES
from tests.cast import (
    LI_SI,
    SUN_QI,
    TOWNSHIP,
    VILLAGE_A,
    VILLAGE_B,
    WANG_WU,
    ZHANG_SAN,
    ZHAO_LIU,
    Hall,
    Person,
    problem_of,
    read,
)
from tests.journeys.matters import NAME, link, linked, matter_id
from tests.journeys.posting import accounts_of, new_id, submission
from tests.journeys.test_annual_plan import plan, post
from tests.journeys.written import written

MATTERS = "/api/v1/disclosures/{}/matters"


async def threads(hall: Hall, disclosure: str) -> list[list[tuple[str, str, str]]]:
    """Return what the public reads of a notice's matters: key, phase and stage of each."""
    page = (await hall.visitor().get(f"/api/v1/disclosures/{disclosure}?lang=zh")).json()
    return [
        [(n["disclosure_id"], n["phase"], n["stage"]) for n in matter["notices"]]
        for matter in page["matters"]
    ]


async def section(hall: Hall, disclosure: str) -> str:
    """Return the thread as the page shows it."""
    page = read((await hall.visitor().get(f"/d/{disclosure}?lang=zh")).text)
    return page.partition('aria-labelledby="h-mat"')[2].partition("</section>")[0]


async def test_a_decision_and_the_accounts_lead_to_each_other(hall: Hall) -> None:
    decision, account = await plan(hall), await post(hall, 10)
    hashes = await hall.rows("SELECT id, content_hash, revision FROM edition ORDER BY id")
    visitor = hall.visitor()
    tags = {d: (await visitor.get(f"/d/{d}")).headers["etag"] for d in (decision, account)}
    hall.clock.pass_(days=1)
    await linked(hall, decision, "before", 1)
    assert await threads(hall, decision) == [], "alone, it is no thread yet"
    second = await linked(hall, account, "during", 2, who=ZHAO_LIU)
    both = [[(decision, "before", "open"), (account, "during", "open")]]
    for here, other in ((decision, account), (account, decision)):
        assert await threads(hall, here) == both
        again = await visitor.get(f"/d/{here}", headers={"If-None-Match": tags[here]})
        assert again.status_code == 200, "made anew at both ends"
        shown = await section(hall, here)
        assert NAME in shown
        assert shown.index("事前") < shown.index("事中")
        assert f'href="/d/{other}"' in shown
        assert f'href="/d/{here}"' not in shown
        assert "10月8日公开" in shown
    # And so a query point reads it, in one answer for the village.
    village = (await visitor.get(f"/api/v1/villages/{VILLAGE_A}/matters?lang=zh")).json()["items"]
    assert [(m["name"], [n["disclosure_id"] for n in m["notices"]]) for m in village] == [
        (NAME, [decision, account])
    ]
    elsewhere = await visitor.get(f"/api/v1/villages/{VILLAGE_B}/matters")
    assert elsewhere.json() == {"items": []}
    assert problem_of(await visitor.get(f"/api/v1/villages/{TOWNSHIP}/matters")) == "not-found"
    # Nothing that anybody signed has changed by it.
    assert await hall.rows("SELECT id, content_hash, revision FROM edition ORDER BY id") == hashes
    happened = await hall.rows(
        "SELECT action, actor, subject FROM event WHERE action LIKE 'matter.%' ORDER BY id"
    )
    assert [(e["action"], e["actor"], e["subject"]) for e in happened] == [
        ("matter.begun", ZHANG_SAN.id, matter_id()),
        ("matter.linked", ZHANG_SAN.id, decision),
        ("matter.linked", ZHAO_LIU.id, account),
    ]

    phone = await hall.client_as(ZHANG_SAN)
    page = (await phone.get(MATTERS.format(decision))).json()["matters"]
    assert [(m["name"], [n["here"] for n in m["notices"]]) for m in page] == [(NAME, [True, False])]
    for _ in ("taken out", "and once more, late"):
        assert (await phone.delete(f"/api/v1/matter-links/{second}")).status_code == 204
    assert [await threads(hall, d) for d in (decision, account)] == [[], []]
    # What arrives again after that brings nothing back.
    late = await link(hall, account, "during", id=second)
    assert late.status_code == 200
    assert late.json()["removed_at"] is not None
    assert await threads(hall, decision) == []
    unlinked = await hall.rows("SELECT actor FROM event WHERE action = 'matter.unlinked'")
    assert [e["actor"] for e in unlinked] == [ZHANG_SAN.id]
    await linked(hall, account, "after", 3)
    assert await threads(hall, decision) == [
        [(decision, "before", "open"), (account, "after", "open")]
    ]


@pytest.mark.one_engine
async def test_a_notice_taken_down_says_so_at_the_other_end(hall: Hall) -> None:
    decision, account = await plan(hall), await post(hall, 10)
    await linked(hall, decision, "before", 1)
    await linked(hall, account, "during", 2)
    hall.clock.pass_(days=2)
    assert await threads(hall, account) != []
    phone = await hall.client_as(ZHANG_SAN)
    body = {"id": new_id(hall.clock(), 60), "reason": "数字不对"}
    gone = await phone.post(f"/api/v1/disclosures/{decision}/withdrawal", json=body)
    assert gone.status_code == 200
    assert await threads(hall, account) == [
        [(decision, "before", "withdrawn"), (account, "during", "open")]
    ]
    assert "已撤回" in await section(hall, account)
    assert f'href="/d/{account}"' in await section(hall, decision)


@pytest.mark.one_engine
async def test_a_search_finds_what_the_village_has(hall: Hall) -> None:
    decision, account = await plan(hall), await post(hall, 10)
    phone = await hall.client_as(ZHANG_SAN)
    waits = submission(
        hall, id=new_id(hall.clock(), 30), period="2026Q2", content=accounts_of("2026-q2")
    )
    assert (await phone.post("/api/v1/submissions", json=waits)).status_code == 201
    address = f"/api/v1/disclosures/{account}/matter-choices"
    for q, found in (
        ("", [decision]),
        ("计划", [decision]),
        ("财务收支", []),
        ("plan", [decision]),
    ):
        answer = (await phone.get(address, params={"q": q})).json()
        assert [one["disclosure_id"] for one in answer["items"]] == found, q
        assert answer["more"] is False
    for who, problem in ((SUN_QI, "not-found"), (LI_SI, "not-allowed")):
        client = await hall.client_as(who)
        for path in (address, MATTERS.format(account)):
            assert problem_of(await client.get(path)) == problem


REFUSED: list[tuple[str, dict[str, Any], Person, str]] = [
    ("no such notice", {"disclosure_id": matter_id(77)}, ZHANG_SAN, "not-found"),
    ("the next village's accountant", {}, SUN_QI, "not-found"),
    ("the supervisor", {}, LI_SI, "not-allowed"),
    ("the auditor", {}, WANG_WU, "not-allowed"),
    ("no name", {"name": None}, ZHANG_SAN, "matter-name-not-right"),
    ("blanks for a name", {"name": " 　 "}, ZHANG_SAN, "matter-name-not-right"),
    ("31 characters", {"name": "路" * 31}, ZHANG_SAN, "matter-name-not-right"),
    ("a mobile number", {"name": "找 13800138000"}, ZHANG_SAN, "content-has-errors"),
    ("a phase nobody knows", {"phase": "soon"}, ZHANG_SAN, "wrong-type"),
    ("a matter that is no id", {"matter_id": "road"}, ZHANG_SAN, "wrong-type"),
    ("one field too many", {"kind": "decision"}, ZHANG_SAN, "unknown-field"),
]


@pytest.mark.one_engine
async def test_links_that_are_refused(hall: Hall) -> None:
    account = await post(hall, 10)
    before = await written(hall)
    for number, (what, changes, who, slug) in enumerate(REFUSED):
        changes = {"disclosure_id": account, **changes}
        notice = changes.pop("disclosure_id")
        answer = await link(hall, notice, number=number, who=who, **changes)
        assert problem_of(answer) == slug, what
    phone = await hall.client_as(ZHANG_SAN)
    for what, client in (("nobody's link", phone), ("not signed in", hall.visitor())):
        answer = await client.delete(f"/api/v1/matter-links/{new_id(hall.clock(), 99)}")
        assert problem_of(answer) in ("not-found", "not-signed-in"), what
    assert await written(hall) == before


@pytest.mark.one_engine
async def test_a_notice_stands_in_a_matter_once(hall: Hall) -> None:
    account = await post(hall, 10)
    made = await linked(hall, account, "before", 1)
    before = await written(hall)
    assert (await link(hall, account, "before", id=made)).status_code == 200
    assert problem_of(await link(hall, account, "after", id=made)) == "same-id-other-content"
    twice = await link(hall, account, "after", 2)
    assert problem_of(twice) == "already-in-matter"
    assert NAME in twice.json()["detail"]
    assert await written(hall) == before


@pytest.mark.one_engine
async def test_what_was_not_let_through_cannot_be_linked(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    sent = await phone.post("/api/v1/submissions", json=submission(hall))
    before = await written(hall)
    refused = await link(hall, sent.json()["disclosure_id"])
    assert problem_of(refused) == "notice-not-let-through"
    assert await written(hall) == before


async def test_another_villages_notice_does_not_belong(hall: Hall) -> None:
    """The township's editor answers for both villages, and is told why; an accountant learns nothing of the other."""
    account = await post(hall, 10)
    await linked(hall, account, "before", 1)
    neighbour = await hall.client_as(SUN_QI)
    sent = submission(hall, id=new_id(hall.clock(), 40), division=VILLAGE_B)
    far = (await neighbour.post("/api/v1/submissions", json=sent)).json()["disclosure_id"]
    await _let_through(hall, far)
    before = await written(hall)
    told = await link(hall, far, "after", 2, who=ZHAO_LIU)
    assert problem_of(told) == "matter-of-other-village"
    assert VILLAGE_B in told.json()["detail"]
    for who, notice in ((ZHANG_SAN, far), (SUN_QI, account), (SUN_QI, far)):
        refused = await link(hall, notice, "after", 2, who=who)
        assert problem_of(refused) == "not-found"
    (first,) = await hall.rows("SELECT id FROM matter_link")
    assert problem_of(await neighbour.delete(f"/api/v1/matter-links/{first['id']}")) == "not-found"
    assert await written(hall) == before


async def _let_through(hall: Hall, disclosure: str) -> None:
    """Number an edition of a village that has no supervisor in the cast."""
    async with hall.store.transaction() as tx:
        await tx.execute(
            "UPDATE edition SET state = 'approved', number = 1, opens_at = received_at WHERE disclosure_id = ?",
            disclosure,
        )


@pytest.mark.one_engine
@pytest.mark.parametrize("what", ["notices", "matters"])
async def test_there_are_so_many_and_no_more(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.setattr("server.commands.link_disclosure.MOST_NOTICES", 1)
    monkeypatch.setattr("server.commands.link_disclosure.MOST_MATTERS", 2)
    assert (MOST_NOTICES, MOST_MATTERS) == (20, 6)
    account, decision = await post(hall, 10), await plan(hall)
    await linked(hall, account, "before", 1)
    if what == "notices":
        refused = await link(hall, decision, "after", 2)
        assert problem_of(refused) == "matter-full"
        assert "1" in refused.json()["detail"]
        return
    await linked(hall, account, "before", 2, matter_id=matter_id(2))
    before = await written(hall)
    refused = await link(hall, account, "before", 3, matter_id=matter_id(3))
    assert problem_of(refused) == "notice-in-too-many-matters"
    assert await written(hall) == before
    assert len(await threads(hall, account)) == 0


@pytest.mark.one_engine
async def test_a_link_does_not_change_the_name(hall: Hall) -> None:
    account, decision = await post(hall, 10), await plan(hall)
    await linked(hall, account, "during", 1)
    await linked(hall, decision, "before", 2, name="别的名字")
    page = (await hall.visitor().get(f"/api/v1/disclosures/{account}")).json()
    assert [m["name"] for m in page["matters"]] == [NAME]


def _named(name: str, revision: str | None = '"r1"') -> dict[str, Any]:
    return {"json": {"name": name}, "headers": {"If-Match": revision} if revision else {}}


async def test_a_wrong_name_is_put_right_and_both_ends_read_the_new_one(hall: Hall) -> None:
    decision, account = await plan(hall), await post(hall, 10)
    await linked(hall, decision, "before", 1)
    await linked(hall, account, "during", 2)
    address = f"/api/v1/matters/{matter_id()}"
    tag = (await hall.visitor().get(f"/d/{account}")).headers["etag"]
    phone, editor = await hall.client_as(ZHANG_SAN), await hall.client_as(ZHAO_LIU)
    renamed = await editor.put(address, **_named("  三组 村道硬化 "))
    assert renamed.json() == {"id": matter_id(), "name": "三组 村道硬化", "revision": 2}
    assert renamed.headers["etag"] == '"r2"'
    for here in (decision, account):
        assert "三组 村道硬化" in await section(hall, here)
        assert NAME not in await section(hall, here)
    again = await hall.visitor().get(f"/d/{account}", headers={"If-None-Match": tag})
    assert again.status_code == 200
    # The same again, late or by whoever looked at the old name, changes nothing; another name must know of it.
    before = await written(hall)
    assert (await editor.put(address, **_named("三组 村道硬化"))).json()["revision"] == 2
    stale = await phone.put(address, **_named("四组村道硬化"))
    assert problem_of(stale) == "edited-meanwhile"
    assert await written(hall) == before
    page = (await phone.get(MATTERS.format(account))).json()["matters"]
    assert [(m["name"], m["revision"]) for m in page] == [("三组 村道硬化", 2)]
    assert (await phone.put(address, **_named("四组村道硬化", '"r2"'))).status_code == 200
    happened = await hall.rows(
        "SELECT actor, details FROM event WHERE action = 'matter.renamed' ORDER BY id"
    )
    assert [(e["actor"], e["details"]) for e in happened] == [
        (ZHAO_LIU.id, f'{{"before":"{NAME}","after":"三组 村道硬化"}}'),
        (ZHANG_SAN.id, '{"before":"三组 村道硬化","after":"四组村道硬化"}'),
    ]


@pytest.mark.one_engine
async def test_names_that_are_refused(hall: Hall) -> None:
    await linked(hall, await post(hall, 10), "during", 1)
    before = await written(hall)
    cases: list[tuple[str, Person | None, str, str | None, str, int]] = [
        ("no such matter", ZHANG_SAN, "路", '"r1"', "not-found", 2),
        ("the next village's accountant", SUN_QI, "路", '"r1"', "not-found", 1),
        ("the supervisor", LI_SI, "路", '"r1"', "not-allowed", 1),
        ("nobody", None, "路", '"r1"', "not-signed-in", 1),
        ("blanks", ZHANG_SAN, " 　 ", '"r1"', "matter-name-not-right", 1),
        ("31 characters", ZHANG_SAN, "路" * 31, '"r1"', "matter-name-not-right", 1),
        ("a mobile number", ZHANG_SAN, "找 13800138000", '"r1"', "content-has-errors", 1),
        ("what was not looked at", ZHANG_SAN, "路", None, "precondition-required", 1),
        ("what nobody saw", ZHANG_SAN, "路", '"r7"', "edited-meanwhile", 1),
    ]
    for what, who, name, revision, slug, number in cases:
        client = await hall.client_as(who) if who else hall.visitor()
        answer = await client.put(f"/api/v1/matters/{matter_id(number)}", **_named(name, revision))
        assert problem_of(answer) == slug, what
    assert await written(hall) == before
