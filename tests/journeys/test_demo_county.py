"""The demonstration county: every state is there, nothing but through the commands, whole or not at all."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from seeds.demo.board_photo import villages
from server.app import create_app
from server.cli.demonstration import people, performing
from server.cli.demonstration.ledger import Ledger
from server.cli.demonstration.pictures import picture
from server.external import images
from server.rules.periods import parse_period
from server.rules.values import uuid7_at
from server.settings import read_settings
from tests.cast import SITE, FrozenClock, Hall, at

DEMO = Path("seeds/demo")
TODAY = at("2026-11-24 10:00+08:00")
YOULIAN = "640425103207"
OWN = people.OWN_VILLAGE


@pytest.fixture(autouse=True)
def quick_copies(monkeypatch: pytest.MonkeyPatch) -> None:
    """Public copies are tests/external's business; here they would only take time."""
    monkeypatch.setattr(images, "derivatives", lambda data: {"960.jpg": data[:32]})


@asynccontextmanager
async def demo_hall(url: str, photos: Path, now: datetime = TODAY) -> AsyncIterator[Hall]:
    """Open an application on an empty database; its clock stands at `now`."""
    clock = FrozenClock(now)
    settings = read_settings(
        {},
        database_url=url,
        photos=str(photos),
        receipt_key=str(photos.parent / "receipt.key"),
        household_key=str(photos.parent / "household.key"),
    )
    app = create_app(settings, clock=clock)
    async with app.router.lifespan_context(app):
        yield Hall(app, clock)


@asynccontextmanager
async def started(url: str, photos: Path, now: datetime = TODAY) -> AsyncIterator[Hall]:
    """Load the demonstration as its first start does, then open the site on it."""
    async with demo_hall(url, photos, now) as hall:
        assert await performing.load(hall.house, now)
    async with demo_hall(url, photos, now) as hall:
        yield hall


async def signed_in(hall: Hall, role: str) -> Any:
    """Sign in as a visitor does: with the code from the sign-in page."""
    site = (await hall.visitor().get("/api/v1/installation")).json()
    assert site["demo"] is True
    code = next(each["code"] for each in site["demo_codes"] if each["role"] == role)
    client = hall.visitor(Origin=SITE)
    answer = await client.post("/api/v1/sessions", json={"code": code, "device": "电话"})
    assert answer.status_code in (200, 201), answer.text
    return client


async def matrix(hall: Hall, client: Any) -> dict[str, Any]:
    """Return the township's matrix over all eight quarters and the events of the last year."""
    first = (hall.clock() - timedelta(days=800)).date().isoformat()
    last = hall.clock().date().isoformat()
    answer = await client.get(
        f"/api/v1/compliance?division={people.TOWNSHIP}&first={first}&last={last}"
    )
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def cells_of(found: dict[str, Any]) -> list[dict[str, Any]]:
    return [cell for row in found["rows"] for cell in row["cells"] if cell]


@pytest.mark.one_engine
async def test_every_state_is_there_and_a_visitor_makes_one_more(
    database_url: str, photo_root: Path
) -> None:
    async with started(database_url, photo_root) as hall:
        auditor = await signed_in(hall, "auditor")
        found = await matrix(hall, auditor)
        states = Counter(cell["state"] for cell in cells_of(found))
        assert {"on_time", "late", "missing", "open", "exempt"} <= set(states)
        assert states["on_time"] > 100
        span = f"&first={hall.clock().date() - timedelta(days=200)}&last={hall.clock().date()}"
        times = await auditor.get(f"/api/v1/processing-times?division={people.TOWNSHIP}{span}")
        paid = times.json()["steps"][0]
        assert (paid["step"], [band["count"] for band in paid["bands"]]) == ("payment", [2, 1, 1])
        assert sum(band["share"] for band in paid["bands"]) == 10_000
        assert [band["excused"] for band in paid["bands"]] == [0, 0, 1]
        of_plan = await auditor.get(f"/api/v1/compliance/plan-lines?division={people.TOWNSHIP}")
        assert all(of_plan.json()["counts"].values())  # in time, late, not yet, missing
        assert all(line["where_known"] and line["villages"] for line in of_plan.json()["lines"])
        said = await auditor.get("/api/v1/site-notices")
        assert said.json()["counts"] == {"coming": 1, "shown": 1, "over": 1}
        shown = await hall.rows(
            "SELECT DISTINCT d.category FROM disclosure d JOIN edition e ON e.disclosure_id = d.id"
            " WHERE e.state = 'approved'"
        )
        assert {row["category"] for row in shown} == set(hall.house.categories)  # all of them
        lists = (await auditor.get("/api/v1/payment-lists")).json()["items"]
        assert [one["paid_on"] for one in lists] == sorted(o["paid_on"] for o in lists)[::-1]
        kinds = {finding["kind"] for cell in cells_of(found) for finding in cell["findings"]}
        assert {
            "displayed_short",
            "ended_early",
            "withdrawn",
            "corrected",
            "in_review",
            "scheduled",
            "no_board_photo",
            "committed",
            "commitment_lapsed",
            "unreviewed",
            "reviewed_after",
        } <= kinds

        accountant = await signed_in(hall, "accountant")
        owed = (await accountant.get("/api/v1/tasks")).json()["items"]
        missing = [t for t in owed if t["state"] == "missing"]
        assert [(t["category"], t["period"]) for t in missing] == [("finance_quarterly", "2026Q3")]
        supervisor = await signed_in(hall, "supervisor")
        waiting = (await supervisor.get("/api/v1/submissions?state=in_review")).json()["items"]
        assert [(w["category"], w["division"]) for w in waiting] == [("dibao_preliminary", OWN)]
        # One question stands answered beside its line, one with a photo, a third is answered once more; others wait.
        asked = (await hall.visitor().get(f"/api/v1/villages/{OWN}/inquiries")).json()["items"]
        asked.sort(key=lambda q: (q["line"] is None, -len(q["photos"])))
        assert [(q["line"], len(q["photos"])) for q in asked] == [
            ("办公、水电费", 0),
            (None, 1),
            (None, 0),
        ]
        photo = f"/api/v1/inquiries/{asked[1]['id']}/photos/1/960.jpg"
        assert (await hall.visitor().get(photo)).status_code == 200
        open_now = (await accountant.get("/api/v1/desk/inquiries")).json()["open"]
        assert {(q["state"], q["turn"]) for q in open_now} == {("waiting", "answer")}
        said = [*(q["text"] for q in asked), *(q["answer"]["text"] for q in asked)]
        said += [q["excerpt"] for q in open_now]
        assert all("演示" in each for each in said)
        desk = (await (await signed_in(hall, "editor")).get("/api/v1/desk/inquiries")).json()
        lines = [*desk["open"], *desk["ended"]]
        assert {q["referral"]["office"] for q in lines if q["referral"]} == {
            "department",
            "supervisor",
        }
        assert Counter(q["state"] for q in lines) == {"waiting": 6, "published": 2, "refused": 1}
        assert [q["round"] for q in lines].count(2) == 1
        assert [q["turn"] for q in lines].count("accept") == 1
        (report,) = (await supervisor.get("/api/v1/desk/inquiries")).json()["open"]
        assert (report["kind"], report["turn"]) == ("report", "report")
        village = (await hall.visitor().get(f"/api/v1/villages/{OWN}")).json()
        newest = next(n for n in village["latest"] if n["category"] == "finance_quarterly")
        read = await hall.visitor().get(f"/api/v1/disclosures/{newest['disclosure_id']}")
        matter = read.json()["matters"][0]
        assert [n["phase"] for n in matter["notices"]] == ["before", "during", "during"]
        assert "演示" in matter["name"]
        await _post_the_third_quarter(hall, accountant)
        page = (await hall.visitor().get(f"/api/v1/villages/{OWN}")).json()
        newest = next(n for n in page["latest"] if n["period"] == "2026Q3")
        assert (newest["verdict"], newest["late_days"]) == ("late", 40)


async def _post_the_third_quarter(hall: Hall, accountant: Any) -> None:
    """Post 红河村's third quarter with the photo that waits for a visitor, and approve it."""
    village, period = villages()[OWN], parse_period("2026Q3")
    content = ledger().account(village, period, year_so_far=True, follows=True)
    photo = (DEMO / "photos" / f"board-{OWN}-2026Q3.jpg").read_bytes()
    sha256 = hashlib.sha256(photo).hexdigest()
    kept = await accountant.put(
        f"/api/v1/photos/{sha256}?division={OWN}",
        content=photo,
        headers={"Content-Type": "application/octet-stream"},
    )
    assert kept.status_code == 201, kept.text
    posted = await accountant.post(
        "/api/v1/submissions",
        json={
            "id": uuid7_at(hall.clock(), bytes(10)),
            "division": OWN,
            "category": "finance_quarterly",
            "schema_version": 1,
            "content": content,
            "period": period.key,
            "photos": [{"sha256": sha256, "role": "board"}],
            "composed_at": hall.clock().isoformat(),
        },
    )
    assert posted.status_code in (200, 201), posted.text
    assert posted.json()["findings"] == []
    supervisor = await signed_in(hall, "supervisor")
    edition = (await supervisor.get(f"/api/v1/submissions/{posted.json()['id']}")).headers["etag"]
    points = dict.fromkeys(("process", "decision", "result", "scope", "form"), True)
    decided = await supervisor.post(
        f"/api/v1/submissions/{posted.json()['id']}/review",
        json={"id": uuid7_at(hall.clock(), b"1" * 10), "decision": "approve", "points": points},
        headers={"If-Match": edition},
    )
    assert decided.status_code in (200, 201), decided.text


# Other days are other arithmetic, not other statements.
@pytest.mark.sqlite
@pytest.mark.parametrize(
    "now",
    [
        "2027-01-02 00:30+08:00",  # a quarter that is not over for three days yet
        "2027-01-20 23:59+08:00",  # due, and its story not over
        "2028-02-29 09:00+08:00",
    ],
)
async def test_it_is_right_on_any_day(database_url: str, photo_root: Path, now: str) -> None:
    async with started(database_url, photo_root, at(now)) as hall:
        auditor = await signed_in(hall, "auditor")
        states = Counter(cell["state"] for cell in cells_of(await matrix(hall, auditor)))
        assert {"on_time", "late", "missing", "exempt"} <= set(states)
        later = await hall.rows(
            "SELECT id FROM edition WHERE received_at > ? OR decided_at > ?",
            *[round(at(now).timestamp() * 1000)] * 2,
        )
        assert later == []


@pytest.mark.slow
async def test_a_killed_start_leaves_nothing_and_of_the_next_two_one_loads_it_all(
    database_url: str, photo_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    posted = 0
    post = performing._Show._post

    async def killed_at_the_tenth(*given: Any) -> None:
        nonlocal posted
        posted += 1
        if posted == 10:
            raise Killed
        await post(*given)

    async with demo_hall(database_url, photo_root) as hall:
        with monkeypatch.context() as patch:
            patch.setattr(performing._Show, "_post", killed_at_the_tenth)
            with pytest.raises(Killed):
                await performing.load(hall.house, TODAY)
        for table in ("division", "account", "edition"):
            rows = await hall.rows(f"SELECT COUNT(*) AS n FROM {table}")
            # Photos were stored before, each with its event: they are found again.
            assert rows[0]["n"] == 0, table
        assert (
            await hall.rows(
                "SELECT key FROM installation WHERE key NOT IN ('gists', 'search', 'compliance.gauges')"
            )
            == []
        )
        later = TODAY + timedelta(minutes=3)
        loaded = await asyncio.gather(
            performing.load(hall.house, later), performing.load(hall.house, later)
        )
        assert sorted(loaded) == [False, True]
        assert not await performing.load(hall.house, TODAY + timedelta(minutes=5))


async def test_a_real_installation_is_left_alone(database_url: str, photo_root: Path) -> None:
    async with demo_hall(database_url, photo_root) as hall:
        async with hall.store.transaction() as tx:
            await people.settle(tx, people.everybody([]).values(), TODAY)
            await tx.execute("DELETE FROM installation")
        with pytest.raises(performing.NotEmpty):
            await performing.load(hall.house, TODAY)


def ledger() -> Ledger:
    return Ledger(json.loads((DEMO / "lines.json").read_text("utf-8")))


def test_the_poster_s_numbers() -> None:
    content = ledger().account(
        villages()[YOULIAN], parse_period("2026Q3"), year_so_far=False, follows=True
    )
    assert content["opening"]["cash"] + content["opening"]["bank"] == 8_641_235
    assert content["subtotals"] == {
        "income": 6_006_265,
        "other_receipts": 8_200_000,
        "expense": 2_853_050,
        "other_payments": 6_900_000,
    }
    assert content["closing"] == {"cash": 87_450, "bank": 13_007_000, "total": 13_094_450}
    assert [row["closing"] for row in content["debts"] + content["claims"]] == [2_000_000, 660_000]


def test_no_village_runs_out_of_money() -> None:
    for village in villages().values():
        for year in range(2024, 2032):
            for quarter in range(1, 5):
                balance = ledger().balance(village, f"{year}Q{quarter}")
                assert balance > 500_000, (village.name, year, quarter)


def test_photos_are_small_few_and_differ_by_their_moment_only() -> None:
    files = sorted((DEMO / "photos").glob("*.jpg"))
    assert 0 < len(files) <= 8
    assert all(path.stat().st_size <= 150_000 for path in files)
    one = picture(DEMO / "photos", "board-far", at("2026-10-12 09:30+08:00"))
    two = picture(DEMO / "photos", "board-far", at("2025-01-09 16:05+08:00"))
    assert one.sha256 != two.sha256
    assert len(one.data) == len(two.data)
    facts = images.examine(two.data, images.Limits(1_000_000, 10_000_000))
    assert facts.captured_at == at("2025-01-09 16:05+08:00")
