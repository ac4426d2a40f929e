"""Every public read has an ETag, and a client that holds it is not sent the same bytes again."""

from __future__ import annotations

import pytest

from server.web.asking import ANYONE
from server.web.routes import ENDPOINTS
from tests.cast import COUNTY, VILLAGE_A, ZHANG_SAN, Hall
from tests.journeys.posting import approve, submission

pytestmark = pytest.mark.one_engine


@pytest.mark.parametrize(
    "address",
    [
        "/",
        f"/?in={COUNTY}",
        f"/v/{VILLAGE_A}",
        f"/v/{VILLAGE_A}/past",
        f"/v/{VILLAGE_A}/data",
        f"/search?division={VILLAGE_A}",
        "/search?q=水渠",
        "/api/v1/search?q=水渠",
        "/api/v1/divisions?q=红河",
        f"/api/v1/divisions/{COUNTY}",
        f"/api/v1/villages/{VILLAGE_A}",
        f"/api/v1/villages/{VILLAGE_A}/disclosures",
        f"/api/v1/open-data/{VILLAGE_A}/feed.atom",
        f"/api/v1/open-data/{VILLAGE_A}/feed.json",
        f"/api/v1/open-data/{VILLAGE_A}/due.ics",
        f"/api/v1/open-data/{VILLAGE_A}/notices.csv",
        f"/api/v1/open-data/{VILLAGE_A}/tables.json",
        f"/api/v1/open-data/{VILLAGE_A}/tables.xlsx",
        f"/api/v1/open-data/{VILLAGE_A}/package.zip",
        "/robots.txt",
        "/sitemap.xml",
        "/sitemap-villages-1.xml",
        "/api/v1/categories",
        "/api/v1/categories/finance_quarterly",
        "/api/v1/installation",
        "/api",
        "/api/openapi.json",
        "/problems",
        "/problems/not-found",
    ],
)
async def test_unchanged(hall: Hall, address: str) -> None:
    visitor = hall.visitor()
    first = await visitor.get(address)
    assert first.status_code == 200, first.text
    again = await visitor.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert first.headers["cache-control"] == "no-cache"


# Public, and yet new each time or for one reader alone: nobody may keep them.
NEW_EACH_TIME = {
    "/healthz",
    "/readyz",
    "/metrics",
    "/api/v1/challenge",
    # A form with a challenge in it.
    *("/v/{code}/ask", "/d/{id}/rate", "/q/{id}/sign", "/v/{code}/household"),
    # Behind a private link, or of one device.
    *("/f/{follow}", "/api/v1/follow-ups/{follow}", "/u/{ticket}"),
    "/api/v1/follow-ups/{follow}/photos/{photo}/{name}",
    *("/api/v1/subscriptions/{device}", "/api/v1/phone"),
}


def test_whatever_else_is_public_is_conditional() -> None:
    public = {e.path: e.conditional for e in ENDPOINTS if e.method == "GET" and e.who == ANYONE}
    assert {path for path, conditional in public.items() if not conditional} == NEW_EACH_TIME


async def test_text_of_every_kind_travels_packed(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall)
    await phone.post("/api/v1/submissions", json=sent)
    await approve(hall, sent["id"])
    for name in ("entries.csv", "feed.json", "feed.atom", "due.ics", "tables.json"):
        for encoding in ("gzip", "br", "zstd"):
            found = await hall.visitor().get(
                f"/api/v1/open-data/{VILLAGE_A}/{name}", headers={"Accept-Encoding": encoding}
            )
            assert found.headers["content-encoding"] == encoding, name
