"""The main job: posted by the accountant, reviewed, read inside its window, and judged by the township."""

from __future__ import annotations

from typing import Any

import httpx

from tests.cast import LI_SI, TOWNSHIP, VILLAGE_A, WANG_WU, ZHANG_SAN, Hall, problem_of
from tests.journeys.posting import accounts_of, approve, new_id, send_photo, submission


async def cell(hall: Hall, as_of: str | None = None) -> dict[str, Any]:
    """Return the township's verdict on village A's third quarter."""
    auditor = await hall.client_as(WANG_WU)
    asked = {"division": TOWNSHIP, "first": "2026-07-01", "last": "2026-09-30"}
    answer = await auditor.get(
        "/api/v1/compliance", params=asked | ({"as_of": as_of} if as_of else {})
    )
    assert answer.status_code == 200, answer.text
    row = next(r for r in answer.json()["rows"] if r["division"] == VILLAGE_A)
    found: dict[str, Any] = next(
        c for c in row["cells"] if c and c["category"] == "finance_quarterly"
    )
    return found


async def test_from_missing_to_on_time(hall: Hall) -> None:
    hall.clock.set("2026-10-09 10:02+08:00")
    assert (await cell(hall))["state"] == "open"
    phone = await hall.client_as(ZHANG_SAN)
    photo = await send_photo(phone)
    sent = submission(hall, photos=[{"sha256": photo, "role": "board"}])
    receipt = await phone.post("/api/v1/submissions", json=sent)
    assert receipt.status_code == 201, receipt.text
    assert receipt.json()["verdict"] == "on_time"
    assert receipt.json()["received_at"] == "2026-10-09T02:02:00Z"

    again = await phone.post("/api/v1/submissions", json=sent)
    assert again.status_code == 200
    assert again.json() | {"replayed": False} == receipt.json()

    other = sent | {"content": accounts_of("2026-q3") | {"prepared_by": "王五"}}
    refused = await phone.post("/api/v1/submissions", json=other)
    assert problem_of(refused) == "same-id-other-content"
    assert refused.json()["stored"] == receipt.json()["content_hash"]

    hall.clock.pass_(hours=3)
    assert (await approve(hall, sent["id"]))["number"] == 1
    found = await cell(hall)
    assert found["state"] == "on_time"
    assert found["opened_on"] == "2026-10-09"

    public = hall.visitor()
    page = await public.get(f"/api/v1/disclosures/{receipt.json()['disclosure_id']}")
    assert page.status_code == 200, page.text
    assert page.json()["card"]["verdict"] == "on_time"
    assert page.json()["sheet"]["sections"]
    assert page.json()["reviews"][0]["reviewer_name"] == "李四"
    html = await public.get(f"/d/{receipt.json()['disclosure_id']}")
    assert html.status_code == 200
    assert "111,712.09" in html.text


async def test_missing_turns_into_late_three_days(hall: Hall) -> None:
    hall.clock.set("2026-10-18 08:06+08:00")
    before = await cell(hall)
    assert (before["state"], before["days"]) == ("missing", 3)
    page = await hall.visitor().get(f"/api/v1/villages/{VILLAGE_A}")
    missing = {m["category"]: m["days_late"] for m in page.json()["missing"]}
    assert missing["finance_quarterly"] == 3

    phone = await hall.client_as(ZHANG_SAN)
    receipt = await phone.post("/api/v1/submissions", json=submission(hall))
    assert (receipt.json()["verdict"], receipt.json()["late_days"]) == ("late", 3)
    await approve(hall, receipt.json()["id"])
    after = await cell(hall)
    assert (after["state"], after["days"]) == ("late", 3)
    assert "no_board_photo" in [f["kind"] for f in after["findings"]]

    # Any past day can be judged again as it was known then.
    assert (await cell(hall, "2026-10-17T12:00:00+08:00"))["state"] == "missing"


async def test_a_correction_never_erases_lateness(hall: Hall) -> None:
    hall.clock.set("2026-10-18 08:06+08:00")
    phone = await hall.client_as(ZHANG_SAN)
    form = f"/api/v1/forms/finance_quarterly?division={VILLAGE_A}&period=2026Q3"
    first = await phone.post("/api/v1/submissions", json=submission(hall))
    assert (await phone.get(form)).json()["corrects"] is None
    await approve(hall, first.json()["id"])
    disclosure = first.json()["disclosure_id"]
    # So that the phone asks for a reason.
    assert (await phone.get(form)).json()["corrects"] == disclosure

    hall.clock.set("2026-10-20 09:00+08:00")
    changed = accounts_of("2026-q3")
    changed["prepared_by"] = "王五"
    corrected = submission(hall, id=new_id(hall.clock(), 8), content=changed)
    assert problem_of(await phone.post("/api/v1/submissions", json=corrected)) == "reason-needed"
    second = await phone.post("/api/v1/submissions", json=corrected | {"reason": "填报人写错"})
    assert second.status_code == 201, second.text
    await approve(hall, second.json()["id"], seed=2)

    found = await cell(hall)
    assert (found["state"], found["days"]) == ("late", 3)
    assert "corrected" in [f["kind"] for f in found["findings"]]
    public = hall.visitor()
    editions = (await public.get(f"/api/v1/disclosures/{disclosure}/editions")).json()["items"]
    assert [(e["number"], e["reason"]) for e in editions] == [(2, "填报人写错"), (1, None)]
    difference = await public.get(f"/api/v1/disclosures/{disclosure}/difference?before=1&after=2")
    assert [c["pointer"] for c in difference.json()["changes"]] == ["/prepared_by"]


async def test_an_older_edition_is_shown_with_its_own_sums(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    first = (await phone.post("/api/v1/submissions", json=submission(hall))).json()
    await approve(hall, first["id"])
    changed = accounts_of("2026-q3")
    for place in (changed["income"][0], changed["income"][0]["entries"][0]):
        place["amount"] += 100
    changed["subtotals"]["income"] += 100
    changed["closing"]["bank"] += 100
    changed["closing"]["total"] += 100
    changed["year_to_date"]["income"] += 100
    again = submission(hall, id=new_id(hall.clock(), 8), content=changed) | {"reason": "漏记一元"}
    second = await phone.post("/api/v1/submissions", json=again)
    assert second.status_code == 201, second.text
    await approve(hall, second.json()["id"], seed=2)
    address = f"/api/v1/disclosures/{first['disclosure_id']}"
    pages = [(await hall.visitor().get(f"{address}?edition={n}")).json() for n in (1, 2)]
    old, new = [page["card"] for page in pages]
    # With rules that nothing was laid out by yet, both pages are the same.
    hall.house.book = hall.house.book.under(hall.house.book.policies)
    assert pages == [(await hall.visitor().get(f"{address}?edition={n}")).json() for n in (1, 2)]
    assert pages[0]["sheet"] != pages[1]["sheet"]
    assert [
        n["amount"] - o["amount"] for o, n in zip(old["figures"], new["figures"], strict=True)
    ] == [
        100,
        0,
        100,
    ]


async def test_returned_with_a_reason_and_sent_again(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    first = await phone.post("/api/v1/submissions", json=submission(hall))
    supervisor = await hall.client_as(LI_SI)
    read = await supervisor.get(f"/api/v1/submissions/{first.json()['id']}")
    points = {"process": False, "decision": True, "result": True, "scope": True, "form": True}
    verdict = {"id": new_id(hall.clock(), 50), "decision": "return", "points": points}
    review = f"/api/v1/submissions/{first.json()['id']}/review"
    match = {"If-Match": read.headers["etag"]}
    assert problem_of(await supervisor.post(review, json=verdict)) == "precondition-required"
    assert problem_of(await supervisor.post(review, json=verdict, headers=match)) == "reason-needed"
    returned = await supervisor.post(
        review, json=verdict | {"reason": "缺 8 月的签字单"}, headers=match
    )
    assert returned.json()["stage"] == "returned"

    tasks = (await phone.get("/api/v1/tasks")).json()["items"]
    task = next(
        t for t in tasks if t["category"] == "finance_quarterly" and t["period"] == "2026Q3"
    )
    assert task["returned_reason"] == "缺 8 月的签字单"
    assert (
        problem_of(await hall.visitor().get(f"/api/v1/disclosures/{first.json()['disclosure_id']}"))
        == "not-found"
    )

    again = await phone.post(
        "/api/v1/submissions", json=submission(hall, id=new_id(hall.clock(), 9))
    )
    assert again.status_code == 201, again.text
    assert (await approve(hall, again.json()["id"]))["number"] == 1


async def test_withdrawn_with_a_reason_leaves_a_tombstone(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    photo = await send_photo(phone)
    sent = submission(hall, photos=[{"sha256": photo, "role": "board"}])
    receipt = (await phone.post("/api/v1/submissions", json=sent)).json()
    await approve(hall, receipt["id"])
    public = hall.visitor()
    assert (await public.get(f"/api/v1/photos/{photo}/320.webp")).status_code == 200

    hall.clock.pass_(days=2)
    gone = await phone.post(
        f"/api/v1/disclosures/{receipt['disclosure_id']}/withdrawal",
        json={"id": new_id(hall.clock(), 60), "reason": "照片里有身份证"},
    )
    assert gone.status_code == 200, gone.text
    page = (await public.get(f"/api/v1/disclosures/{receipt['disclosure_id']}")).json()
    assert page["sheet"] is None
    assert page["withdrawn"]["reason"] == "照片里有身份证"
    assert problem_of(await public.get(f"/api/v1/photos/{photo}/320.webp")) == "not-found"
    html = await public.get(f"/d/{receipt['disclosure_id']}")
    assert "111,712.09" not in html.text
    assert "照片里有身份证" in html.text
    found = await cell(hall)
    assert found["state"] == "on_time"
    assert {"ended_early", "displayed_short", "withdrawn"} <= {f["kind"] for f in found["findings"]}


async def test_every_public_surface_opens_at_the_same_second(hall: Hall) -> None:
    """No early leak: village page, disclosure, list, editions, photo, HTML, tag and matrix at t-1 s, t and t+1 s."""
    phone = await hall.client_as(ZHANG_SAN)
    photo = await send_photo(phone)
    opens = "2026-10-12T08:00:00+08:00"
    sent = submission(
        hall, photos=[{"sha256": photo, "role": "board"}], publish={"when": "at", "at": opens}
    )
    receipt = (await phone.post("/api/v1/submissions", json=sent)).json()
    assert (await approve(hall, receipt["id"]))["stage"] == "scheduled"
    disclosure = receipt["disclosure_id"]
    public = hall.visitor()

    async def seen() -> dict[str, bool]:
        village = await public.get(f"/api/v1/villages/{VILLAGE_A}")
        listed = await public.get(f"/api/v1/villages/{VILLAGE_A}/disclosures")
        pages: dict[str, httpx.Response] = {
            "disclosure": await public.get(f"/api/v1/disclosures/{disclosure}"),
            "editions": await public.get(f"/api/v1/disclosures/{disclosure}/editions"),
            "html": await public.get(f"/d/{disclosure}"),
            "photo": await public.get(f"/api/v1/photos/{photo}/960.jpg"),
        }
        return {name: page.status_code == 200 for name, page in pages.items()} | {
            "village": disclosure in village.text,
            "list": disclosure in listed.text,
            "village html": disclosure in (await public.get(f"/v/{VILLAGE_A}")).text,
            "board photo": photo in village.text,
        }

    hall.clock.set("2026-10-12 07:59:59+08:00")
    before = await public.get(f"/api/v1/villages/{VILLAGE_A}")
    assert not any((await seen()).values())
    assert (await cell(hall))["state"] == "open"
    for moment in ("2026-10-12 08:00:00+08:00", "2026-10-12 08:00:01+08:00"):
        hall.clock.set(moment)
        assert all((await seen()).values()), await seen()
    after = await public.get(
        f"/api/v1/villages/{VILLAGE_A}", headers={"If-None-Match": before.headers["etag"]}
    )
    assert after.status_code == 200
    same = await public.get(
        f"/api/v1/villages/{VILLAGE_A}", headers={"If-None-Match": after.headers["etag"]}
    )
    assert same.status_code == 304
    assert (await cell(hall))["state"] == "on_time"
