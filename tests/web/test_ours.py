"""Every answer of the API says that it is ours: a captive portal answers 200 too."""

from __future__ import annotations

import pytest

from tests.cast import VILLAGE_A, ZHANG_SAN, Hall
from tests.journeys.posting import submission
from tests.journeys.registering import register

pytestmark = pytest.mark.one_engine


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", f"/api/v1/villages/{VILLAGE_A}", 200),
        ("HEAD", f"/api/v1/villages/{VILLAGE_A}", 200),
        ("GET", "/api/v1/receipt-key", 200),
        ("GET", "/api/v1/tasks", 401),
        ("GET", "/api/v1/nothing-here", 404),
        ("PUT", "/api/v1/tasks", 405),
        ("OPTIONS", "/api/v1/submissions", 204),
        ("POST", "/api/v1/submissions", 401),
    ],
)
async def test_answers_and_problems_of_the_api(
    hall: Hall, method: str, path: str, status: int
) -> None:
    answer = await hall.visitor().request(method, path)
    assert (answer.status_code, answer.headers.get("gongshilan")) == (status, "1")


async def test_not_changed_is_ours_too(hall: Hall) -> None:
    path = f"/api/v1/villages/{VILLAGE_A}"
    tag = (await hall.visitor().get(path)).headers["etag"]
    again = await hall.visitor().get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.headers.get("gongshilan")) == (304, "1")


async def test_a_receipt_is_ours(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    assert (await register(phone, submission(hall))).headers["gongshilan"] == "1"


async def test_pages_for_people_do_not_say_it(hall: Hall) -> None:
    answer = await hall.visitor().get(f"/v/{VILLAGE_A}")
    assert "gongshilan" not in answer.headers
