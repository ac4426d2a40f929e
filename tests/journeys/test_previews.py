"""A preview is the page that villagers will read, before it is sent; a poster is the same notice for the wall."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest

from server.external.qr_codes import qr_svg
from server.rules.cards import short_code
from server.rules.schedules import parse_policy
from server.rules.short_links import notice_signs, sheet_signs
from tests.cast import LI_SI, SUN_QI, VILLAGE_A, ZHANG_SAN, Hall, problem_of
from tests.journeys.posting import accounts_of, approve, new_id, submission

NOTHING = ("disclosure", "edition", "event", "photo", "edition_photo")


def draft(hall: Hall, shape: str = "page", **changes: Any) -> dict[str, Any]:
    return {**submission(hall), "shape": shape, **changes}


def parts(html: str) -> list[str]:
    """The sheet as it is read: heading, sentences and every table, without blanks."""
    found = re.findall(
        r"<h1>.*?</h1>|<ul class=\"say\">.*?</ul>|<table.*?</table>", html, re.DOTALL
    )
    return [re.sub(r"\s+", " ", part) for part in found]


def html_of(answer: httpx.Response) -> str:
    found: str = answer.json()["html"]
    return found


async def counts(hall: Hall) -> list[int]:
    return [(await hall.rows(f"SELECT COUNT(*) AS n FROM {table}"))[0]["n"] for table in NOTHING]


@pytest.mark.one_engine
async def test_the_preview_is_the_page_that_follows(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    before = await counts(hall)
    seen = await phone.post("/api/v1/previews", json=draft(hall))
    assert seen.status_code == 200, seen.text
    assert seen.headers["cache-control"] == "no-store"
    assert await counts(hall) == before, "nothing is stored"
    assert (await hall.visitor().get(f"/d/{submission(hall)['id']}")).status_code == 404

    sent = submission(hall)
    await phone.post("/api/v1/submissions", json=sent)
    await approve(hall, sent["id"])
    public = (await hall.visitor().get(f"/d/{sent['id']}")).text
    assert parts(html_of(seen)) == parts(public)
    assert len(parts(public)) > 3


@pytest.mark.one_engine
async def test_a_chosen_moment_is_the_moment_that_is_shown(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    later = {"when": "at", "at": "2026-10-15T08:00:00+08:00"}
    seen = await phone.post("/api/v1/previews", json=draft(hall, publish=later))
    assert "2026年10月15日" in html_of(seen)
    assert "按时</span>" in html_of(seen)
    late = {"when": "at", "at": "2026-10-18T08:00:00+08:00"}
    seen = await phone.post("/api/v1/previews", json=draft(hall, publish=late))
    assert "迟了 3 天</span>" in html_of(seen), (
        "a plan beyond the due day is late, and the preview says so"
    )


@pytest.mark.one_engine
async def test_the_preview_of_a_correction_is_its_next_edition(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    first = submission(hall)
    await phone.post("/api/v1/submissions", json=first)
    await approve(hall, first["id"])
    hall.clock.pass_(hours=1)
    corrected = accounts_of("2026-q3") | {"prepared_by": "张三（更正）"}
    changes = {"id": new_id(hall.clock(), 9), "content": corrected, "reason": "填表人写错了"}
    seen = await phone.post("/api/v1/previews", json=draft(hall, **changes))
    assert "第 2 版" in html_of(seen)
    poster = await phone.post("/api/v1/previews", json=draft(hall, "poster", **changes))
    assert "更正：填表人写错了" in html_of(poster)
    public = (await hall.visitor().get(f"/d/{first['id']}")).text
    assert "张三（更正）" not in public


@pytest.mark.one_engine
@pytest.mark.parametrize("person", [LI_SI, SUN_QI])
async def test_who_may_not_post_there_may_not_look_there(hall: Hall, person: Any) -> None:
    client = await hall.client_as(person)
    assert problem_of(await client.post("/api/v1/previews", json=draft(hall))) == "not-allowed"
    assert problem_of(await hall.visitor().post("/api/v1/previews", json=draft(hall))) == (
        "not-signed-in"
    )


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("change", "slug"),
    [
        ({"content": {}}, "schema-errors"),
        ({"category": "no_such"}, "unknown-schema-version"),
        ({"schema_version": 99}, "unknown-schema-version"),
        ({"period": "2026Q9"}, "unknown-period"),
        ({"shape": "banner"}, "wrong-type"),
    ],
)
async def test_what_cannot_be_shown_is_refused(
    hall: Hall, change: dict[str, Any], slug: str
) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    assert problem_of(await phone.post("/api/v1/previews", json=draft(hall) | change)) == slug


@pytest.mark.one_engine
async def test_text_of_people_stays_text(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    content = accounts_of("2026-q3") | {"prepared_by": "<script>alert(1)</script>"}
    for shape in ("page", "poster"):
        seen = await phone.post("/api/v1/previews", json=draft(hall, shape, content=content))
        assert "<script>alert" not in html_of(seen)


@pytest.mark.one_engine
async def test_the_poster_leads_to_the_notice(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall)
    seen = await phone.post("/api/v1/previews", json=draft(hall, "poster"))
    await phone.post("/api/v1/submissions", json=sent)
    await approve(hall, sent["id"])
    visitor = hall.visitor()
    public = await visitor.get(f"/d/{sent['id']}/poster")
    assert public.status_code == 200
    ledgers = r"<h1.*?</h1>|<h2.*?</h2>|<table class=.ledger.*?</table>"
    assert re.findall(ledgers, html_of(seen), re.DOTALL) == re.findall(
        ledgers, public.text, re.DOTALL
    )
    assert "请勿张贴" in html_of(seen)
    assert "请勿张贴" not in public.text
    short = short_code(sent["id"])
    assert qr_svg(f"HTTP://GONGSHI.TEST/C/{short}", border=0) in html_of(seen)
    way = await visitor.get(f"/C/{short}")
    assert way.headers["location"] == f"/d/{sent['id']}"
    record = (await visitor.get(f"/api/v1/disclosures/{sent['id']}")).json()
    signs = sheet_signs(notice_signs(sent["id"]), 1, record["content_hash"])
    assert qr_svg(f"HTTP://GONGSHI.TEST/S/{signs}", border=0) in public.text
    page = (await visitor.get(f"/d/{sent['id']}")).text
    assert f'href="/d/{sent["id"]}/poster"' in page


async def test_no_poster_leaks_before_its_time(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    later = {"when": "at", "at": "2026-10-15T08:00:00+08:00"}
    sent = submission(hall, publish=later)
    await phone.post("/api/v1/submissions", json=sent)
    await approve(hall, sent["id"])
    visitor = hall.visitor()
    hall.clock.set("2026-10-15 07:59:59+08:00")
    assert (await visitor.get(f"/d/{sent['id']}/poster")).status_code == 404
    hall.clock.set("2026-10-15 08:00:00+08:00")
    assert (await visitor.get(f"/d/{sent['id']}/poster")).status_code == 200


@pytest.mark.one_engine
async def test_the_form_offers_the_countys_common_day(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    asked = {"division": VILLAGE_A, "period": "2026Q3"}
    form = (await phone.get("/api/v1/forms/finance_quarterly", params=asked)).json()
    assert form["common_day_on"] is None
    assert form["display"]["until"] == "superseded"

    county = parse_policy(
        {
            "id": "pengyang-2026",
            "division_prefix": "640425",
            "valid_from": "2026-01-01",
            "valid_to": None,
            "title": {"zh": "彭阳县统一公开日", "en": "Common disclosure day of Pengyang"},
            "legal_basis": [],
            "overrides": {},
            "common_day": 15,
        }
    )
    hall.house.book = hall.house.book.under([*hall.house.book.policies, county])
    form = (await phone.get("/api/v1/forms/finance_quarterly", params=asked)).json()
    assert form["common_day_on"] == "2026-10-15"


def test_a_code_is_drawn_in_few_modules() -> None:
    from server.external.qr_codes import qr_svg

    small = qr_svg("HTTPS://GONGSHI.EXAMPLE.CN/C/AGLRKGQ4ABZABAAAAAAAAAAAAA")
    large = qr_svg("https://gongshi.example.cn/c/aglrkgq4abzabaaaaaaaaaaaaa")

    def size(svg: str) -> int:
        found = re.search(r'viewBox="0 0 (\d+)', svg)
        assert found
        return int(found[1])

    assert size(small) < size(large)
