"""Attack: use the photos of questions as a place to keep or hand out files, read another's, or serve something else."""

from __future__ import annotations

import hashlib
import io

import pytest
from PIL import Image

from server.rules.throttling import ASKING_PHOTO_DEVICE
from tests.attacks.test_photo_metadata import COPIES, SECRETS, jpeg, png
from tests.cast import (
    LI_SI,
    SUN_QI,
    WANG_WU,
    ZHANG_SAN,
    ZHAO_LIU,
    ZHOU_BA,
    Hall,
    Person,
    problem_of,
    work_of,
)
from tests.journeys.asking import (
    accounts_on_view,
    answer,
    asked,
    asked_with_photos,
    follow_of,
    kept_files,
    publish,
    send_ahead,
    snapshot,
    work,
)
from tests.journeys.posting import new_id
from tests.journeys.surfaces import answers

MINE = f"/api/v1/follow-ups/{follow_of(1)}/photos"


@pytest.mark.one_engine
async def test_a_photo_costs_work_of_its_own_and_each_phone_has_an_end(hall: Hall) -> None:
    with work_of(12):
        known = new_id(hall.clock(), 5001)
        sha256, data = snapshot(1)
        stranger = hall.visitor()
        # Work for the question, or for another photo, is none for this one; and a good one is good once.
        for subject in (known, f"{known}/{snapshot(2)[0]}"):
            proof = await work(stranger, subject)
            refused = await send_ahead(
                hall,
                **{
                    "Proof-Challenge": proof["challenge"],
                    "Proof-Number": str(proof["number"]),
                },
            )
            assert problem_of(refused) == "proof-not-valid"
        proof = await work(stranger, f"{known}/{sha256}")
        said = {
            "Content-Type": "application/octet-stream",
            "Proof-Challenge": proof["challenge"],
            "Proof-Number": str(proof["number"]),
        }
        address = f"/api/v1/inquiries/{known}/photos/{sha256}"
        broken = await stranger.put(address, content=data[:50], headers=said)
        assert problem_of(broken) == "hash-mismatch"
        assert problem_of(await stranger.put(address, content=data, headers=said)) == "proof-used"
    taken = 0
    while (
        sent := await send_ahead(hall, 1, (f"{taken:064x}", b"no bytes of that"))
    ).status_code != 429:
        assert problem_of(sent) == "hash-mismatch"
        taken += 1
    assert taken == ASKING_PHOTO_DEVICE.capacity
    assert int(sent.headers["retry-after"]) == 100
    neighbour = await send_ahead(hall, 2, **{"Asking-Device": "the-neighbours-phone"})
    assert neighbour.status_code == 204
    assert len(kept_files(hall)) == len(COPIES)
    keys = str(await hall.rows("SELECT key FROM throttle"))
    assert "192.0.2.7" not in keys
    assert "a-phone-of-the-village" not in keys


@pytest.mark.one_engine
async def test_a_photo_is_seen_nowhere_before_its_question_and_by_nobody_else_after(
    hall: Hall,
) -> None:
    disclosure = await accounts_on_view(hall)
    assert (await send_ahead(hall)).status_code == 204
    known = new_id(hall.clock(), 5001)
    names = [f"{n}/{name}" for n in (1, 2) for name in COPIES]
    for name in names:
        unseen = await hall.visitor().get(f"/api/v1/inquiries/{known}/photos/{name}")
        assert problem_of(unseen) == "not-found"
    receipt = await asked(hall, photos=[snapshot(1)[0]], disclosure_id=disclosure, kind="report")
    assert receipt["id"] == known

    async def refused(address: str, who: Person | None) -> None:
        client = hall.visitor() if who is None else await hall.client_as(who)
        found = await client.get(address)
        assert found.status_code in (401, 403, 404), (address, who)
        assert b"WEBP" not in found.content
        assert found.headers["cache-control"] == "no-store"

    desk = f"/api/v1/desk/inquiries/{known}/photos/1/320.webp"
    # A report may be about the village: its own accountant does not see it, nor does anybody of another place.
    for who in (None, ZHANG_SAN, SUN_QI, LI_SI, ZHOU_BA):
        await refused(desk, who)
    for who in (None, ZHANG_SAN, WANG_WU):
        await refused(f"/api/v1/inquiries/{known}/photos/1/320.webp", who)
        await refused(f"/api/v1/photos/{snapshot(1)[0]}/320.webp", who)
        await refused(f"/api/v1/follow-ups/{follow_of(2)}/photos/1/320.webp", who)
    for name in ("original", "320.svg", "320.html", "../1/320.webp", "2/320.webp", "4/320.webp"):
        await refused(f"{MINE}/1/{name}" if "/" not in name else f"{MINE}/{name}", None)
    seen = await (await hall.client_as(WANG_WU)).get(desk)
    assert (seen.status_code, seen.headers["cache-control"]) == (200, "private, no-store")
    picture = seen.content
    await answer(hall, known, who=ZHAO_LIU)
    for address, found in (await answers(hall, disclosure)).items():
        assert picture not in found.content, address
        assert found.status_code == 404 or "/photos/1/" not in found.text, address


@pytest.mark.parametrize("data", [jpeg(), png()], ids=["a JPEG", "a PNG"])
async def test_kept_are_pixels_and_no_file_of_the_senders(hall: Hall, data: bytes) -> None:
    photo = (hashlib.sha256(data).hexdigest(), data)
    assert (await send_ahead(hall, 1, photo)).status_code == 204
    receipt = await asked(hall, photos=[photo[0]])
    await answer(hall, receipt["id"])
    await publish(hall, receipt["id"], shown_photos=[1])
    kept = {path.read_bytes() for path in kept_files(hall)}
    assert len(kept_files(hall)) == len(COPIES)
    assert data not in kept
    for copy in kept:
        assert not any(secret in copy for secret in SECRETS)
        assert copy.endswith(b"\xff\xd9") or copy.startswith(b"RIFF")
        with Image.open(io.BytesIO(copy)) as picture:
            assert not picture.getexif()
            assert "icc_profile" not in picture.info
    assert "captured" not in str(await hall.rows("SELECT * FROM inquiry_photo"))
    for address in (f"{MINE}/1", f"/api/v1/inquiries/{receipt['id']}/photos/1"):
        for name in COPIES:
            shown = await hall.visitor().get(f"{address}/{name}")
            assert shown.content in kept
            assert shown.headers["content-type"] in ("image/webp", "image/jpeg")
            assert shown.headers["x-content-type-options"] == "nosniff"


@pytest.mark.one_engine
async def test_what_a_browser_would_run_is_never_kept(hall: Hall) -> None:
    script = b"<script>alert(1)</script>"
    for data in (
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<html>" + script,
        b"GIF89a/*" + script,
        b"PK\x03\x04" + script,
    ):
        photo = (hashlib.sha256(data).hexdigest(), data)
        for media_type in ("image/svg+xml", "text/html"):
            said = await send_ahead(hall, 1, photo, **{"Content-Type": media_type})
            assert problem_of(said) == "unsupported-media-type"
        assert problem_of(await send_ahead(hall, 1, photo)) == "photo-not-image"
    whole = snapshot(1)[1] + script  # a picture and a page in one file
    both = (hashlib.sha256(whole).hexdigest(), whole)
    assert (await send_ahead(hall, 1, both)).status_code == 204
    await asked(hall, photos=[both[0]])
    for name in COPIES:
        assert script not in (await hall.visitor().get(f"{MINE}/1/{name}")).content


async def test_another_question_cannot_take_it(hall: Hall) -> None:
    """Photos that wait belong to the id they were sent for; knowing a hash opens nothing."""
    assert (await send_ahead(hall, 1)).status_code == 204
    stolen = await hall.visitor().put(
        f"/api/v1/inquiries/{new_id(hall.clock(), 5002)}",
        json={
            "division": "640425103200",
            "kind": "question",
            "text": "给我看看这张照片",
            "follow": follow_of(2),
            "photos": [snapshot(1)[0]],
        },
    )
    assert problem_of(stolen) == "unknown-photo"
    await asked_with_photos(hall, 3)
    assert len(await hall.rows("SELECT id FROM inquiry_photo WHERE kept_until IS NULL")) == 1
