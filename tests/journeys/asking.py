"""A villager's phone: it makes ids and secrets, does the work for a challenge, and asks."""

from __future__ import annotations

import hashlib
import io
from functools import cache
from pathlib import Path
from typing import Any

import httpx
from PIL import Image

from server.rules.proofs import zero_bits
from tests.cast import VILLAGE_A, WANG_WU, ZHANG_SAN, ZHAO_LIU, Hall, Person
from tests.journeys.posting import approve, new_id, submission

QUESTION = "办公费为什么比上季度多？"
ANSWER = "多出来的是换了一台打印机，发票在公开栏旁边可以看。"
CONTACT = "13912345678"


async def work(client: httpx.AsyncClient, subject: str) -> dict[str, Any]:
    """Return a fresh proof for something with this id."""
    given = (await client.get("/api/v1/challenge")).json()
    number = 0
    while zero_bits(f"{given['challenge']}:{subject}:{number}") < given["bits"]:
        number += 1
    return {"challenge": given["challenge"], "number": number}


def follow_of(number: int) -> str:
    """Return the secret of a private link."""
    return f"a-private-link-of-mine-{number:04d}"


def inquiry(number: int = 1, **changes: Any) -> dict[str, Any]:
    """Return a question as a phone sends it; `number` makes another one."""
    parts = {
        "division": VILLAGE_A,
        "kind": "question",
        "text": QUESTION,
        "follow": follow_of(number),
        "device": "a-phone-of-the-village",
    }
    return {name: value for name, value in {**parts, **changes}.items() if value is not None}


async def ask(
    hall: Hall, number: int = 1, *, proved: bool = True, address: str = "192.0.2.7", **changes: Any
) -> httpx.Response:
    """Ask something and return the answer; its id is `id_of(hall, number)` of now."""
    villager = hall.visitor(address)
    known = new_id(hall.clock(), 5000 + number)
    body = inquiry(number, **changes)
    if proved and "proof" not in body:
        body["proof"] = await work(villager, known)
    return await villager.put(f"/api/v1/inquiries/{known}", json=body)


@cache
def snapshot(seed: int) -> tuple[str, bytes]:
    """Return a small photo's hash and bytes, as the phone made it."""
    out = io.BytesIO()
    Image.effect_noise((64, 48), 40 + seed).convert("RGB").save(out, "JPEG")
    return hashlib.sha256(out.getvalue()).hexdigest(), out.getvalue()


def kept_files(hall: Hall) -> list[Path]:
    """Return every file in the folder of photos."""
    return [p for p in Path(hall.house.settings.photos).rglob("*") if p.is_file()]


async def send_ahead(
    hall: Hall,
    number: int = 1,
    photo: tuple[str, bytes] | None = None,
    *,
    address: str = "192.0.2.7",
    **headers: Any,
) -> httpx.Response:
    """Send a photo ahead of the question that `ask(hall, number)` will ask at this moment."""
    sha256, data = photo or snapshot(1)
    villager = hall.visitor(address)
    known = new_id(hall.clock(), 5000 + number)
    proof = await work(villager, f"{known}/{sha256}")
    said = {
        "Content-Type": "application/octet-stream",
        "Proof-Challenge": proof["challenge"],
        "Proof-Number": str(proof["number"]),
        "Asking-Device": "a-phone-of-the-village",
        **headers,
    }
    return await villager.put(
        f"/api/v1/inquiries/{known}/photos/{sha256}",
        content=data,
        headers={name: value for name, value in said.items() if value is not None},
    )


async def asked_with_photos(hall: Hall, number: int = 1, count: int = 1, **changes: Any) -> Any:
    """Ask something with photos and return the receipt."""
    photos = [snapshot(seed) for seed in range(1, count + 1)]
    for photo in photos:
        sent = await send_ahead(hall, number, photo)
        assert sent.status_code == 204, sent.text
    return await asked(hall, number, photos=[sha256 for sha256, _ in photos], **changes)


async def asked(hall: Hall, number: int = 1, **changes: Any) -> dict[str, Any]:
    """Ask something that is accepted and return its receipt."""
    answer = await ask(hall, number, **changes)
    assert answer.status_code == 201, answer.text
    receipt: dict[str, Any] = answer.json()
    return receipt


async def at_desk(
    hall: Hall, who: Person, inquiry_id: str, act: str, body: dict[str, Any]
) -> httpx.Response:
    """Let somebody at work read an inquiry and then do something with it."""
    client = await hall.client_as(who)
    read = await client.get(f"/api/v1/desk/inquiries/{inquiry_id}")
    assert read.status_code == 200, read.text
    return await client.post(
        f"/api/v1/desk/inquiries/{inquiry_id}/{act}",
        json=body,
        headers={"If-Match": read.headers["etag"]},
    )


async def let_through(hall: Hall, inquiry_id: str) -> None:
    """Let 赵六 let something through."""
    done = await at_desk(hall, ZHAO_LIU, inquiry_id, "look", {"decision": "let_through"})
    assert done.status_code == 200, done.text


async def answer(
    hall: Hall, inquiry_id: str, *, who: Person = ZHANG_SAN, seed: int = 1, **changes: Any
) -> None:
    """Let 张三 answer."""
    body = {"id": new_id(hall.clock(), 6000 + seed), "text": ANSWER, **changes}
    done = await at_desk(hall, who, inquiry_id, "answers", body)
    assert done.status_code == 200, done.text


async def publish(hall: Hall, inquiry_id: str, *, who: Person = ZHAO_LIU, **changes: Any) -> None:
    """Let 赵六 approve the answer."""
    done = await at_desk(hall, who, inquiry_id, "review", {"decision": "approve", **changes})
    assert done.status_code == 200, done.text


async def answered(hall: Hall, number: int = 1, **changes: Any) -> dict[str, Any]:
    """Ask, answer and publish; return the receipt."""
    receipt = await asked(hall, number, **changes)
    report = changes.get("kind") == "report"
    await answer(hall, receipt["id"], who=ZHAO_LIU if report else ZHANG_SAN, seed=number)
    await publish(hall, receipt["id"], who=WANG_WU if report else ZHAO_LIU)
    return receipt


async def accounts_on_view(hall: Hall) -> str:
    """Publish the third quarter's accounts and return their disclosure."""
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall)
    receipt = await phone.post("/api/v1/submissions", json=sent)
    assert receipt.status_code == 201, receipt.text
    await approve(hall, sent["id"])
    found: str = receipt.json()["disclosure_id"]
    return found


async def line_of(hall: Hall, disclosure: str, label: str = "办公") -> str:
    """Return where a line of a notice stands."""
    page = (await hall.visitor().get(f"/api/v1/disclosures/{disclosure}?lang=zh")).json()
    for section in page["sheet"]["sections"]:
        for row in section.get("rows", []):
            if row.get("label", "").startswith(label) and row["pointer"]:
                pointer: str = row["pointer"]
                return pointer
    raise AssertionError(f"no line {label}")


async def followed(hall: Hall, number: int = 1) -> dict[str, Any]:
    """Return an inquiry as its sender reads it."""
    found = await hall.visitor().get(f"/api/v1/follow-ups/{follow_of(number)}?lang=zh")
    assert found.status_code == 200, found.text
    assert found.headers["cache-control"] == "no-store"
    body: dict[str, Any] = found.json()
    return body


async def listed(hall: Hall, code: str = VILLAGE_A) -> list[dict[str, Any]]:
    """Return what a village was asked, as the public reads it."""
    found = await hall.visitor().get(f"/api/v1/villages/{code}/inquiries?lang=zh")
    items: list[dict[str, Any]] = found.json()["items"]
    return items
