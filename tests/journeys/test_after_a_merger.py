"""What a closed village still owed is posted by the one it was merged into, and nothing else is; what was approved still opens."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.cast import (
    FAR_VILLAGE,
    LI_SI,
    SUN_QI,
    VILLAGE_A,
    VILLAGE_B,
    WANG_WU,
    ZHANG_SAN,
    Hall,
    problem_of,
)
from tests.journeys.merging import closed, merged
from tests.journeys.posting import approve, new_id, send_photo, submission

PAGE = {"Accept": "text/html", "Accept-Language": "zh"}
Q3 = {"division": VILLAGE_A[:9] + "000", "first": "2026-07-01", "last": "2026-09-30"}
OWED = {"division": VILLAGE_A, "period": "2026Q3"}


async def moved_on(hall: Hall) -> None:
    """Merge the village of the cast into its neighbour; 李四 is on the neighbour's committee from then on."""
    await merged(hall)
    async with hall.store.transaction() as tx:
        await tx.execute("UPDATE account SET division = ? WHERE id = ?", VILLAGE_B, LI_SI.id)


async def tasks_of(phone: httpx.AsyncClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await phone.get("/api/v1/tasks")).json()["items"]
    return found


async def verdict(hall: Hall) -> tuple[str, int]:
    """Return how the matrix judges the closed village's accounts."""
    auditor = await hall.client_as(WANG_WU)
    matrix = (await auditor.get("/api/v1/compliance", params=Q3)).json()
    row = next(each for each in matrix["rows"] if each["division"] == VILLAGE_A)
    cells = [c for c in row["cells"] if c and c["category"] == "finance_quarterly"]
    return cells[0]["state"], cells[0]["days"]


async def test_the_successor_posts_what_was_owed_and_its_committee_signs(hall: Hall) -> None:
    await moved_on(hall)
    phone = await hall.client_as(SUN_QI)
    owed = [task for task in await tasks_of(phone) if task["division"] == VILLAGE_A]
    assert max(task["period"] for task in owed) == "2026Q3", "nothing that ends after its last day"
    assert {task["division_name"] for task in owed} == {"红河村（已撤销）"}
    form = (await phone.get("/api/v1/forms/finance_quarterly", params=OWED)).json()
    assert form["division_name"] == "红河村（已撤销）"

    photo = await send_photo(phone, VILLAGE_A)
    sent = submission(hall, photos=[{"sha256": photo, "role": "board"}])
    seen = await phone.post("/api/v1/previews", json=sent | {"shape": "page"})
    assert seen.status_code == 200, seen.text
    answer = await phone.post("/api/v1/submissions", json=sent)
    assert answer.status_code == 201, answer.text
    supervisor = await hall.client_as(LI_SI)
    queue = (await supervisor.get("/api/v1/submissions?state=in_review")).json()["items"]
    assert [(each["division_name"], each["yours"]) for each in queue] == [
        ("红河村（已撤销）", True)
    ]
    assert (await supervisor.get(f"/api/v1/photos/{photo}/320.webp")).status_code == 200
    await approve(hall, sent["id"])

    assert await verdict(hall) == ("on_time", 0)
    notice = await hall.visitor().get(f"/d/{answer.json()['disclosure_id']}", headers=PAGE)
    assert notice.status_code == 200
    past = await hall.visitor().get(f"/v/{VILLAGE_A}/past", headers=PAGE)
    assert answer.json()["disclosure_id"] in past.text
    here = await hall.visitor().get(f"/v/{VILLAGE_B}/past", headers=PAGE)
    assert f'href="/v/{VILLAGE_A}/past"' in here.text
    assert "红河村（已撤销）" in here.text
    done = [task for task in await tasks_of(phone) if task["division"] == VILLAGE_A]
    assert "on_time" in {task["state"] for task in done}


@pytest.mark.one_engine
async def test_it_is_late_where_it_comes_late(hall: Hall) -> None:
    await moved_on(hall)
    hall.clock.set("2026-10-20 09:00+08:00")
    sent = submission(hall)
    answer = await (await hall.client_as(SUN_QI)).post("/api/v1/submissions", json=sent)
    assert answer.status_code == 201, answer.text
    await approve(hall, sent["id"])
    assert await verdict(hall) == ("late", 5)


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"period": "2026Q4"}, "not-owed-by-closed-village"),
        ({"division": FAR_VILLAGE}, "not-allowed"),
    ],
)
async def test_nothing_else_is_posted_for_it(
    hall: Hall, changes: dict[str, Any], said: str
) -> None:
    await moved_on(hall)
    hall.clock.set("2027-01-05 09:00+08:00")
    phone = await hall.client_as(SUN_QI)
    answer = await phone.post("/api/v1/submissions", json=submission(hall, **changes))
    assert problem_of(answer) == said, answer.text
    if said == "not-owed-by-closed-village":
        assert (answer.json()["last"], answer.json()["ends_on"]) == ("2026-10-12", "2026-12-31")
        assert answer.json()["errors"][0]["pointer"] == "/period"


@pytest.mark.one_engine
async def test_without_a_merger_or_before_it_nobody_else_posts(hall: Hall) -> None:
    phone = await hall.client_as(SUN_QI)
    assert problem_of(await phone.post("/api/v1/submissions", json=submission(hall))) == (
        "not-allowed"
    )
    await closed(hall)
    assert problem_of(await phone.post("/api/v1/submissions", json=submission(hall))) == (
        "not-allowed"
    )
    assert not [task for task in await tasks_of(phone) if task["division"] == VILLAGE_A]
    # Whoever kept its books may still close them, as long as the account stands.
    old = await hall.client_as(ZHANG_SAN)
    assert (await old.post("/api/v1/submissions", json=submission(hall))).status_code == 201


@pytest.mark.one_engine
async def test_a_warning_of_what_it_owes_names_who_posts_it(hall: Hall) -> None:
    await moved_on(hall)
    hall.clock.set("2026-10-20 09:00+08:00")
    auditor = await hall.client_as(WANG_WU)
    where = {"division": Q3["division"]}
    items = (await auditor.get("/api/v1/compliance/warnings", params=where)).json()["items"]
    mine = next(each for each in items if each["division"] == VILLAGE_A)
    assert (mine["village"], mine["heir"]) == ("红河村（已撤销）", "宽坪村")
    assert {each["heir"] for each in items if each["division"] == VILLAGE_B} <= {None}


async def test_mergers_one_after_the_other_lead_to_the_last(hall: Hall) -> None:
    await merged(hall)
    async with hall.store.transaction() as tx:
        await tx.execute(
            "UPDATE division SET valid_to = ?, successor = ? WHERE code = ?",
            "2026-10-13",
            FAR_VILLAGE,
            VILLAGE_B,
        )
        await tx.execute("UPDATE account SET division = ? WHERE id = ?", FAR_VILLAGE, LI_SI.id)
    between = await hall.client_as(SUN_QI)
    assert problem_of(await between.post("/api/v1/submissions", json=submission(hall))) == (
        "not-allowed"
    )
    async with hall.store.transaction() as tx:
        await tx.execute("UPDATE account SET division = ? WHERE id = ?", FAR_VILLAGE, SUN_QI.id)
    owed = {task["division"] for task in await tasks_of(between)}
    assert owed == {FAR_VILLAGE, VILLAGE_A, VILLAGE_B}
    sent = submission(hall)
    assert (await between.post("/api/v1/submissions", json=sent)).status_code == 201
    await approve(hall, sent["id"])


@pytest.mark.one_engine
async def test_what_was_approved_before_opens_on_its_day(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall, publish={"when": "at", "at": "2026-10-15T09:00:00+08:00"})
    answer = await phone.post("/api/v1/submissions", json=sent)
    assert answer.status_code == 201, answer.text
    await approve(hall, sent["id"])
    address = f"/d/{answer.json()['disclosure_id']}"
    await moved_on(hall)
    assert (await hall.visitor().get(address, headers=PAGE)).status_code == 404
    hall.clock.set("2026-10-15 09:00+08:00")
    assert (await hall.visitor().get(address, headers=PAGE)).status_code == 200
    there = await hall.visitor().get(f"/v/{VILLAGE_A}", headers=PAGE)
    assert there.status_code == 410
    assert f'href="/v/{VILLAGE_B}"' in there.text
    assert f'href="/v/{VILLAGE_A}/past"' in there.text
    assert address in (await hall.visitor().get(f"/v/{VILLAGE_A}/past", headers=PAGE)).text
    assert await verdict(hall) == ("on_time", 0)
    # Whoever took the village over may take it down again, with a reason; another village may not.
    other = {"id": new_id(hall.clock(), 5), "reason": "账上漏了一笔，改好再公布"}
    taken = await (await hall.client_as(SUN_QI)).post(
        f"/api/v1/disclosures/{answer.json()['disclosure_id']}/withdrawal", json=other
    )
    assert taken.status_code == 200, taken.text
