"""What an accountant's phone sends, for stories that are about what happens next."""

from __future__ import annotations

import hashlib
import io
import json
from copy import deepcopy
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import httpx
from PIL import Image

from server.rules.values import uuid7_at
from tests.cast import LI_SI, VILLAGE_A, Hall

EXAMPLES = Path("schemas/categories/finance_quarterly/examples/v1")
ALL_FIVE = {"process": True, "decision": True, "result": True, "scope": True, "form": True}


def new_id(now: datetime, seed: int = 0) -> str:
    """Return a UUIDv7 of a moment; the same seed makes the same id."""
    return uuid7_at(now, seed.to_bytes(10, "big"))


def accounts_of(quarter: str) -> dict[str, Any]:
    """Return the accounts of a quarter from the category's own good examples: '2026-q3'."""
    content: dict[str, Any] = json.loads((EXAMPLES / f"good-{quarter}.json").read_text("utf-8"))[
        "content"
    ]
    for group in ("income", "other_receipts", "expense", "other_payments"):
        for line in content[group]:
            for entry in line.get("entries", []):
                entry.pop("photos", None)
    return deepcopy(content)


@cache
def board_photo(seed: int = 1) -> tuple[str, bytes]:
    """Return a photo's hash and bytes, with a capture time and a comment in its metadata."""
    picture = Image.effect_noise((640, 480), 40 + seed).convert("RGB")
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = "2026:10:09 08:30:00"
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif, comment=b"taken at home")
    data = out.getvalue()
    return hashlib.sha256(data).hexdigest(), data


async def send_photo(phone: httpx.AsyncClient, division: str = VILLAGE_A, seed: int = 1) -> str:
    """Send a photo and return its hash."""
    sha256, data = board_photo(seed)
    answer = await phone.put(
        f"/api/v1/photos/{sha256}?division={division}",
        content=data,
        headers={"Content-Type": "application/octet-stream"},
    )
    assert answer.status_code in (200, 201), answer.text
    return sha256


def submission(hall: Hall, **changes: Any) -> dict[str, Any]:
    """Return the third quarter's accounts of village A as the phone sends them."""
    now = hall.clock()
    return {
        "id": new_id(now, 7),
        "division": VILLAGE_A,
        "category": "finance_quarterly",
        "schema_version": 1,
        "content": accounts_of("2026-q3"),
        "period": "2026Q3",
        "photos": [],
        "composed_at": (now - timedelta(hours=1)).isoformat(),
        **changes,
    }


async def approve(hall: Hall, submission_id: str, *, seed: int = 1) -> dict[str, Any]:
    """Let 李四 approve a submission, having read it."""
    supervisor = await hall.client_as(LI_SI)
    read = await supervisor.get(f"/api/v1/submissions/{submission_id}")
    assert read.status_code == 200, read.text
    answer = await supervisor.post(
        f"/api/v1/submissions/{submission_id}/review",
        json={"id": new_id(hall.clock(), 1000 + seed), "decision": "approve", "points": ALL_FIVE},
        headers={"If-Match": read.headers["etag"]},
    )
    assert answer.status_code == 200, answer.text
    decided: dict[str, Any] = answer.json()
    return decided
