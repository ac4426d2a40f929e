"""Every public read has an ETag, and a client that holds it is not sent the same bytes again."""

from __future__ import annotations

import pytest

from tests.cast import COUNTY, VILLAGE_A, Hall


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
