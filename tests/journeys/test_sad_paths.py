"""What is sent wrong, and the answer: a status, a problem, the place, a sentence in both languages, and nothing written.

One row per way to go wrong. Photos are in test_sad_photos.py, reviews and withdrawals in test_sad_reviews.py.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from tests.cast import (
    LI_SI,
    SITE,
    TOWNSHIP,
    VILLAGE_A,
    VILLAGE_B,
    WANG_WU,
    ZHANG_SAN,
    ZHAO_LIU,
    ZHOU_BA,
    Hall,
    Person,
    problem_of,
)
from tests.journeys.posting import accounts_of, approve, new_id, submission
from tests.journeys.written import written

SUBMISSIONS = "/api/v1/submissions"
Body = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """One thing sent wrong: changes to a good submission, and how it is refused."""

    what: str
    changes: Body | Callable[[Body], Body]
    slug: str
    status: int
    pointer: str | None = None
    who: Person = ZHANG_SAN
    numbers: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.what


def _accounts(*path: str | int, value: Any) -> Body:
    """Return the change that puts one value into the accounts."""
    content: Any = accounts_of("2026-q3")
    inner = content
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return {"content": content}


def _without(field: str) -> Callable[[Body], Body]:
    return lambda body: {k: v for k, v in body.items() if k != field}


RELIEF: Body = {"category": "dibao_preliminary", "content": {}, "period": None}

ROWS = [
    Row("an unknown field", {"admin": True}, "unknown-field", 422, "/admin"),
    Row("an unknown field of a photo", {"photos": [{"sha256": "a" * 64, "role": "board", "gps": 1}]},
        "unknown-field", 422, "/photos/0/gps"),
    Row("a missing field", _without("composed_at"), "wrong-type", 422, "/composed_at"),
    Row("a number for a text", {"division": 640425103200}, "wrong-type", 422, "/division"),
    Row("a version that is text", {"schema_version": "1"}, "wrong-type", 422, "/schema_version"),
    Row("a moment without a zone", {"composed_at": "2026-10-08T08:00:00"}, "wrong-type", 422, "/composed_at"),
    Row("an id in upper case", {"id": "01A11906-3680-7000-8000-000000000007"}, "wrong-type", 422, "/id"),
    Row("an id that is no UUIDv7", {"id": "0f2b5fd0-5a3e-4b57-9f0e-0b3f6b1f0a11"}, "wrong-type", 422, "/id"),
    Row("a moment in the year 9999", {"publish": {"when": "at", "at": "9999-12-31T23:59:59Z"}},
        "wrong-type", 422, "/publish/at"),
    Row("a phone of the year 1", {"composed_at": "0001-01-01T00:00:00+14:00"}, "wrong-type", 422, "/composed_at"),
    Row("a reason of a thousand lines", {"reason": "x" * 4001}, "wrong-type", 422, "/reason"),
    Row("a foreign village", {"division": VILLAGE_B}, "not-allowed", 403),
    Row("a supervisor who posts", {}, "not-allowed", 403, who=LI_SI),
    Row("an auditor who posts", {}, "not-allowed", 403, who=WANG_WU),
    Row("a township editor who posts the village's accounts", {}, "not-allowed", 403, who=ZHAO_LIU),
    Row("an administrator who posts", {}, "not-allowed", 403, who=ZHOU_BA),
    Row("an accountant who posts the township's relief", RELIEF, "not-allowed", 403),
    Row("a township instead of a village", RELIEF | {"division": TOWNSHIP, "event_on": "2026-10-08"},
        "unknown-division", 422, "/division", who=ZHAO_LIU),
    Row("a village that is not there", RELIEF | {"division": "640425103999", "event_on": "2026-10-08"},
        "unknown-division", 422, "/division", who=ZHAO_LIU),
    Row("an unknown category", {"category": "horoscopes"}, "unknown-category", 422, "/category"),
    Row("no period", {"period": None}, "unknown-period", 422, "/period"),
    Row("a fifth quarter", {"period": "2026Q5"}, "unknown-period", 422, "/period"),
    Row("a month of what is quarterly", {"period": "2026-09"}, "unknown-period", 422, "/period"),
    Row("a year of what is quarterly", {"period": "2025"}, "unknown-period", 422, "/period"),
    Row("a period that is not over", {"period": "2026Q4"}, "period-not-over", 422,
        numbers=("2026-12-31", "2026-10-08")),
    Row("a day on what is owed per period", {"event_on": "2026-10-01"}, "wrong-type", 422, "/event_on"),
    Row("an event on what is owed per period", {"occurrence_id": "01a11906-3680-7000-8000-000000000001"},
        "wrong-type", 422, "/occurrence_id"),
    Row("an event without its day", RELIEF, "event-day-needed", 422, "/event_on", who=ZHAO_LIU),
    Row("an event of tomorrow", RELIEF | {"event_on": "2026-10-09"}, "period-not-over", 422, who=ZHAO_LIU,
        numbers=("2026-10-09", "2026-10-08")),
    Row("an event nobody recorded",
        RELIEF | {"event_on": "2026-10-08", "occurrence_id": "01a11906-3680-7000-8000-000000000001"},
        "unknown-occurrence", 422, "/occurrence_id", who=ZHAO_LIU),
    Row("a version of the form to come", {"schema_version": 9}, "unknown-schema-version", 422, "/schema_version"),
    Row("half a fen", _accounts("closing", "cash", value=98000.5), "wrong-type", 422, "/content/closing/cash"),
    Row("more than can be counted", _accounts("closing", "cash", value=10**17), "wrong-type", 422,
        "/content/closing/cash"),
    Row("an amount that is text", _accounts("closing", "cash", value="980.00"), "schema-errors", 422,
        "/content/closing/cash"),
    Row("a field the form has not", _accounts("id_number", value="x"), "schema-errors", 422, "/content/id_number"),
    Row("an item the form has not", _accounts("income", 0, "item", value="bribes"), "schema-errors", 422,
        "/content/income/0/item"),
    Row("a closing ten cents too high", _accounts("closing", "total", value=11171219), "content-has-errors", 422,
        "/content/closing/total", numbers=("111,712.09", "111,712.19")),
    Row("an expense below nothing", _accounts("expense", 7, "amount", value=-3600), "content-has-errors", 422,
        "/content/expense/7/amount", numbers=("-36.00",)),
    Row("an unknown photo", {"photos": [{"sha256": "a" * 64, "role": "board"}]}, "unknown-photo", 422,
        "/photos/0/sha256"),
    Row("a moment that is not given", {"publish": {"when": "at"}}, "publish-moment-needed", 422, "/publish/at"),
    Row("a mobile number in the reason", {"reason": "张三 13800138000"},
        "content-has-errors", 422, "/reason"),
]  # fmt: skip


@pytest.mark.one_engine
@pytest.mark.parametrize("row", ROWS, ids=str)
async def test_refused_and_nothing_is_written(hall: Hall, row: Row) -> None:
    phone = await hall.client_as(row.who)
    before = await written(hall)
    good = submission(hall)
    sent = row.changes(good) if callable(row.changes) else good | row.changes
    for lang in ("zh-CN", "en"):
        answer = await phone.post(SUBMISSIONS, json=sent, headers={"Accept-Language": lang})
        assert (problem_of(answer), answer.status_code) == (row.slug, row.status), answer.text
        _says_where_and_how_much(answer, row, lang)
    assert await written(hall) == before


def _says_where_and_how_much(answer: httpx.Response, row: Row, lang: str) -> None:
    said = answer.json()
    spoken = said["title"] + said["detail"] + "".join(e["detail"] for e in said.get("errors", []))
    if row.pointer is not None:
        assert row.pointer in [e["pointer"] for e in said["errors"]], said["errors"]
    for number in row.numbers:
        assert number in spoken, spoken
    assert spoken.isascii() == (lang == "en") or row.slug == "unknown-category", spoken


BODIES = [
    ("half a body", b'{"id": "01a1', "malformed-json", 400),
    ("no body", b"", "malformed-json", 400),
    ("a list", b"[]", "wrong-type", 422),
    ("brackets without end", b'{"content": {"a": ' + b"[" * 100_000, "malformed-json", 400),
    ("a sign that ends texts", b'{"reason": "a\\u0000b"}', "malformed-json", 400),
    ("not UTF-8", b'{"reason": "\xff"}', "malformed-json", 400),
]


@pytest.mark.one_engine
@pytest.mark.parametrize(("what", "raw", "slug", "status"), BODIES, ids=lambda v: str(v)[:24])
async def test_bodies_nobody_can_read(
    hall: Hall, what: str, raw: bytes, slug: str, status: int
) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    before = await written(hall)
    if slug == "malformed-json" and b"reason" in raw:
        whole = json.dumps(submission(hall) | {"reason": "?"}).encode()
        raw = whole.replace(b'"?"', raw.split(b": ")[1].rstrip(b"}"))
    answer = await phone.post(
        SUBMISSIONS, content=raw, headers={"Content-Type": "application/json"}
    )
    assert (problem_of(answer), answer.status_code) == (slug, status), what
    assert await written(hall) == before


@pytest.mark.one_engine
async def test_too_large_for_a_submission(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    limit = hall.house.settings.max_body_bytes
    assert limit == 1024 * 1024
    answer = await phone.post(
        SUBMISSIONS, content=b" " * (limit + 1), headers={"Content-Type": "application/json"}
    )
    assert (problem_of(answer), answer.status_code) == ("body-too-large", 413)
    assert "一次最多收 1 MB，这次有 1.1 MB 或更多" in answer.json()["detail"]


@pytest.mark.one_engine
async def test_nobody_is_signed_in(hall: Hall) -> None:
    before = await written(hall)
    visitor = hall.visitor(Origin=SITE)
    answer = await visitor.post(SUBMISSIONS, json=submission(hall))
    assert (problem_of(answer), answer.status_code) == ("not-signed-in", 401)
    for path in (SUBMISSIONS, f"{SUBMISSIONS}/{new_id(hall.clock())}"):
        assert problem_of(await visitor.get(path)) == "not-signed-in"
    assert await written(hall) == before


@pytest.mark.one_engine
async def test_an_opening_that_breaks_with_the_last_closing_needs_its_explanation(
    hall: Hall,
) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    second = submission(hall, period="2026Q2", content=accounts_of("2026-q2"))
    assert (await phone.post(SUBMISSIONS, json=second)).status_code == 201
    await approve(hall, second["id"])
    before = await written(hall)

    broken = _accounts("opening", "cash", value=120000)["content"]
    broken["closing"] |= {"cash": 103000, "total": 11176209}
    third = submission(hall, id=new_id(hall.clock(), 8), content=broken)
    for lang in ("zh-CN", "en"):
        refused = await phone.post(SUBMISSIONS, json=third, headers={"Accept-Language": lang})
        assert problem_of(refused) == "content-has-errors"
        errors = {e["pointer"]: e["detail"] for e in refused.json()["errors"]}
        assert "1,150.00" in errors["/content/opening/cash"]
        assert "1,200.00" in errors["/content/opening/cash"]
    assert await written(hall) == before

    broken["opening_explanation"] = "上季度盘点少记库存现金 50.00 元，经监委会核对后补记。"
    receipt = await phone.post(SUBMISSIONS, json=third)
    assert receipt.status_code == 201, receipt.text
    found = {f["pointer"]: f for f in receipt.json()["findings"]}
    assert found["/opening/cash"]["severity"] == "warning"
    await approve(hall, third["id"], seed=2)
    disclosure = receipt.json()["disclosure_id"]
    page = (await hall.visitor().get(f"/api/v1/disclosures/{disclosure}")).json()
    assert page["explanation"] == broken["opening_explanation"]
    # People read it once, in the sentence that says what it explains.
    sheet = (await hall.visitor().get(f"/d/{disclosure}")).text.split(
        '<script type="application/json"'
    )
    told = "期初余额与上期期末不一致，原因：" + broken["opening_explanation"]
    assert sheet[0].count(told) == sheet[0].count("经监委会核对后补记") == 1


async def test_words_that_explain_no_break_are_no_explanation(hall: Hall) -> None:
    """The field may be filled although the balances agree: then nothing was let through by it."""
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall, content=accounts_of("2026-q3") | {"opening_explanation": "照旧"})
    assert (await phone.post(SUBMISSIONS, json=sent)).status_code == 201
    assert [r["explanation"] for r in await hall.rows("SELECT explanation FROM edition")] == [None]


@pytest.mark.one_engine
async def test_the_same_id_stands_for_one_content(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall)
    receipt = (await phone.post(SUBMISSIONS, json=sent)).json()
    before = await written(hall)
    others = (
        {"content": accounts_of("2026-q3") | {"prepared_by": "王五"}},
        {"reason": "更正"},
        {"publish": {"when": "at", "at": "2026-10-12T08:00:00+08:00"}},
        {"period": "2026Q2"},
    )
    for other in others:
        refused = await phone.post(SUBMISSIONS, json=sent | other)
        assert (problem_of(refused), refused.status_code) == ("same-id-other-content", 409)
        assert refused.json()["stored"] == receipt["content_hash"]
        assert refused.json()["received"] != receipt["content_hash"]
    assert await written(hall) == before


@pytest.mark.one_engine
async def test_a_second_submission_waits_for_the_first(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    await phone.post(SUBMISSIONS, json=submission(hall))
    before = await written(hall)
    second = await phone.post(SUBMISSIONS, json=submission(hall, id=new_id(hall.clock(), 8)))
    assert (problem_of(second), second.status_code) == ("already-in-review", 409)
    assert await written(hall) == before


@pytest.mark.one_engine
@pytest.mark.parametrize("reason", [None, "", "  \n"])
async def test_a_correction_says_why(hall: Hall, reason: str | None) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    first = submission(hall)
    await phone.post(SUBMISSIONS, json=first)
    await approve(hall, first["id"])
    before = await written(hall)
    again = submission(hall, id=new_id(hall.clock(), 8), reason=reason)
    refused = await phone.post(SUBMISSIONS, json=again)
    assert problem_of(refused) == "reason-needed"
    assert [e["pointer"] for e in refused.json()["errors"]] == ["/reason"]
    assert await written(hall) == before


@pytest.mark.one_engine
async def test_a_dry_run_finds_the_same_and_writes_nothing(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    before = await written(hall)
    wrong = _accounts("closing", "total", value=11171219)
    asked = {
        "division": VILLAGE_A,
        "category": "finance_quarterly",
        "schema_version": 1,
        "period": "2026Q3",
    }
    answer = await phone.post("/api/v1/checks", json=asked | wrong)
    blocking = [f for f in answer.json()["findings"] if f["severity"] == "blocking"]
    assert "/closing/total" in [f["pointer"] for f in blocking]
    for change, slug in (
        ({"period": "2026-09"}, "unknown-period"),
        ({"period": None}, "unknown-period"),
        ({"category": "horoscopes"}, "unknown-category"),
        ({"division": VILLAGE_B}, "not-allowed"),
        ({"schema_version": 9}, "unknown-schema-version"),
        ({"content": {}}, "schema-errors"),
    ):
        assert problem_of(await phone.post("/api/v1/checks", json=asked | wrong | change)) == slug
    assert await written(hall) == before
