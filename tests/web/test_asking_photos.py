"""Photos with a question: sent ahead, kept only with it, seen by who may, made public one by one, and gone in time."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image

from server.commands.forget_inquiry_photos import forget_inquiry_photos
from server.rules.inquiry_photos import FORGOTTEN_AFTER, WAITS
from server.web.body import STREAM_SECONDS
from tests.cast import SITE, VILLAGE_A, ZHANG_SAN, ZHAO_LIU, Hall, opened, problem_of
from tests.journeys.asking import (
    QUESTION,
    accounts_on_view,
    answer,
    ask,
    asked,
    asked_with_photos,
    at_desk,
    follow_of,
    kept_files,
    publish,
    send_ahead,
    snapshot,
    work,
)
from tests.journeys.posting import new_id
from tests.journeys.written import written

MINE = f"/api/v1/follow-ups/{follow_of(1)}/photos"


async def public(hall: Hall, inquiry_id: str, photo: int) -> httpx.Response:
    return await hall.visitor().get(f"/api/v1/inquiries/{inquiry_id}/photos/{photo}/320.webp")


@pytest.mark.one_engine
async def test_from_the_phone_to_the_public_page(hall: Hall) -> None:
    disclosure = await accounts_on_view(hall)
    receipt = await asked_with_photos(hall, count=2, disclosure_id=disclosure)
    again = await ask(hall, photos=[snapshot(1)[0], snapshot(2)[0]])
    assert problem_of(again) == "same-id-other-content"  # without the notice it is another question
    known = receipt["id"]

    mine = await hall.visitor().get(f"/f/{follow_of(1)}?lang=zh")
    assert "您附了 2 张照片" in mine.text
    assert f'src="{MINE}/2/320.jpg"' in mine.text
    shown = await hall.visitor().get(f"{MINE}/2/320.webp")
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/webp")
    assert shown.headers["cache-control"] == "private, no-store"
    assert "etag" not in shown.headers
    zhang = await hall.client_as(ZHANG_SAN)
    page = (await zhang.get(f"/api/v1/desk/inquiries/{known}")).json()
    assert [each["photo"] for each in page["photos"]] == [1, 2]
    at_work = await zhang.get(f"/api/v1/desk/inquiries/{known}/photos/1/960.jpg")
    assert (at_work.status_code, at_work.headers["cache-control"]) == (200, "private, no-store")

    await answer(hall, known)
    wrong = {"decision": "approve", "shown_photos": [3]}
    refused = await at_desk(hall, ZHAO_LIU, known, "review", wrong)
    assert (problem_of(refused), refused.json()["errors"][0]["pointer"]) == (
        "wrong-type",
        "/shown_photos",
    )
    assert "有 2 张照片，没有第 3 张" in refused.text
    before = await hall.visitor().get(f"/v/{VILLAGE_A}/answers")
    await publish(hall, known, shown_photos=[2])
    await publish(hall, known, shown_photos=[2])  # the same verdict twice is one
    assert problem_of(
        await at_desk(hall, ZHAO_LIU, known, "review", {"decision": "approve", "shown_photos": [1]})
    ) == ("already-decided")
    assert problem_of(await public(hall, known, 1)) == "not-found"
    seen = await public(hall, known, 2)
    assert (seen.status_code, seen.headers["cache-control"]) == (200, "public, no-cache")
    etag = {"If-None-Match": seen.headers["etag"]}
    same = await hall.visitor().get(f"/api/v1/inquiries/{known}/photos/2/320.webp", headers=etag)
    assert same.status_code == 304
    list_now = await hall.visitor().get(
        f"/v/{VILLAGE_A}/answers", headers={"If-None-Match": before.headers["etag"]}
    )
    for text in (list_now.text, (await hall.visitor().get(f"/q/{known}")).text):
        assert f"/api/v1/inquiries/{known}/photos/2/320.jpg" in text
        assert f"/api/v1/inquiries/{known}/photos/1/" not in text
    assert (await hall.visitor().get(f"{MINE}/1/320.webp")).status_code == 200
    page = (await zhang.get(f"/api/v1/desk/inquiries/{known}")).json()
    assert page["shown_photos"] == [2]
    (event,) = await hall.rows("SELECT details FROM event WHERE action = 'inquiry.published'")
    assert '"photos":[2]' in str(event["details"]).replace(" ", "")


async def test_what_no_question_names_is_gone_within_the_hour(hall: Hall) -> None:
    assert (
        FORGOTTEN_AFTER.total_seconds() > STREAM_SECONDS
    )  # under no request that may still name it
    for seed in (1, 2):
        assert (await send_ahead(hall, 1, snapshot(seed))).status_code == 204
    again = await send_ahead(hall, 1, snapshot(1))  # a lost answer: the same photo is here already
    assert again.status_code == 204
    await asked(hall, 1, photos=[snapshot(1)[0]])
    assert len(kept_files(hall)) == 12
    late = new_id(hall.clock(), 5001)
    hall.clock.now += WAITS
    gone = await hall.visitor().put(
        f"/api/v1/inquiries/{late}/photos/{snapshot(3)[0]}",
        content=snapshot(3)[1],
        headers={
            "Content-Type": "application/octet-stream",
            "Proof-Challenge": "x",
            "Proof-Number": "1",
        },
    )
    assert problem_of(gone) == "inquiry-is-sent"
    hall.clock.now += FORGOTTEN_AFTER
    assert await forget_inquiry_photos(hall.store, hall.house.blobs, now=hall.clock()) == 1
    assert len(kept_files(hall)) == 6
    assert (await hall.visitor().get(f"{MINE}/1/320.webp")).status_code == 200

    held = await asked_with_photos(hall, 2, text="看这里 www.example.cn")
    refuse = {"decision": "refuse", "reason": "这是广告"}
    assert (await at_desk(hall, ZHAO_LIU, held["id"], "look", refuse)).status_code == 200
    theirs = f"/api/v1/follow-ups/{follow_of(2)}/photos/1/320.webp"
    assert (await hall.visitor().get(theirs)).status_code == 404
    hall.clock.now += FORGOTTEN_AFTER
    assert await forget_inquiry_photos(hall.store, hall.house.blobs, now=hall.clock()) == 1
    assert len(kept_files(hall)) == 6


def _png(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("1", (width, height)).save(out, "PNG")
    return out.getvalue()


JPEG = snapshot(1)[1]
NOT_PHOTOS: list[tuple[str, bytes, dict[str, Any], str]] = [
    ("a PDF with another name", b"%PDF-1.7\n" + bytes(200), {}, "photo-is-pdf"),
    ("half of one", JPEG[: len(JPEG) // 2], {}, "photo-truncated"),
    ("nothing", b"", {}, "photo-not-image"),
    ("a bomb: few bytes, many pixels", _png(9000, 8000), {}, "photo-too-many-pixels"),
    ("more bytes than a photo has", bytes(300_001), {}, "photo-too-large"),
    ("no work", JPEG, {"Proof-Number": "0", "Proof-Challenge": "mine"}, "proof-not-valid"),
    ("not a word of work", JPEG, {"Proof-Challenge": None}, "parameter-not-valid"),
    ("sent as a form", JPEG, {"Content-Type": "image/jpeg"}, "unsupported-media-type"),
    ("packed", JPEG, {"Content-Encoding": "gzip"}, "unsupported-media-type"),
]


@pytest.mark.one_engine
async def test_each_that_is_no_photo_is_refused_by_its_name(
    database_url: str, photo_root: Path
) -> None:
    async with opened(database_url, photo_root, max_photo_bytes=300_000) as hall:
        for what, data, headers, slug in NOT_PHOTOS:
            photo = (hashlib.sha256(data).hexdigest(), data)
            sent = await send_ahead(hall, 1, photo, **headers)
            assert problem_of(sent) == slug, what
        other = await send_ahead(hall, 1, (snapshot(2)[0], JPEG))
        assert problem_of(other) == "hash-mismatch"
        assert kept_files(hall) == []


@pytest.mark.one_engine
async def test_a_question_is_refused_whole_where_its_photos_are_not_right(hall: Hall) -> None:
    here, absent = snapshot(1)[0], snapshot(2)[0]
    assert (await send_ahead(hall, 1)).status_code == 204
    before = await written(hall)
    rows: list[tuple[dict[str, Any], str, str]] = [
        ({"photos": [here, absent]}, "unknown-photo", "/photos/1"),
        ({"photos": [here, here]}, "inquiry-photos-not-right", "/photos"),
        (
            {"photos": [here, *(f"{n:064x}" for n in range(3))]},
            "inquiry-photos-not-right",
            "/photos",
        ),
        ({"photos": [here], "kind": "topic"}, "inquiry-photos-not-right", "/photos"),
        ({"photos": ["A" * 64]}, "wrong-type", "/photos/0"),
        ({"photos": [here] * 21}, "wrong-type", "/photos"),
        ({"photos": [here], "text": "啊"}, "inquiry-text-not-right", "/text"),
    ]
    for changes, slug, pointer in rows:
        refused = await ask(hall, 1, **changes)
        assert (problem_of(refused), refused.json()["errors"][0]["pointer"]) == (slug, pointer)
        assert await written(hall) == before
    # Nothing of it cost the photo: the question that is right has it.
    assert (await ask(hall, 1, photos=[here])).status_code == 201


@pytest.mark.one_engine
async def test_the_pages_form_names_them_too(hall: Hall) -> None:
    villager = hall.visitor("192.0.2.7", Origin=SITE)
    form = f"/v/{VILLAGE_A}/ask"
    page = (await villager.get(f"{form}?lang=zh")).text
    assert "照片（可以不附，最多 3 张）" in page
    assert "只是附不了照片" in page
    assert (await send_ahead(hall, 1)).status_code == 204
    known = new_id(hall.clock(), 5001)
    proof = await work(villager, known)
    data = {"id": known, "follow": follow_of(1), "kind": "question", "text": QUESTION, **proof}
    missing = await villager.post(form, data={**data, "photos": f"{snapshot(2)[0]}"})
    assert missing.status_code == 422
    assert "1 张照片还没有收到" in missing.text
    sent = await villager.post(form, data={**data, "photos": snapshot(1)[0]})
    assert sent.status_code == 303
    assert f"{MINE}/1/320.jpg" in (await villager.get(sent.headers["location"])).text
