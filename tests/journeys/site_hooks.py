"""A newspaper's program that is told what is published, and checks that it was told by us."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Any

from tests.cast import TOWNSHIP, ZHOU_BA, Hall
from tests.external.robot_server import Got, RobotServer
from tests.journeys.posting import new_id

KEY = b"a key of twenty-four byte"
SECRET = f"whsec_{base64.b64encode(KEY).decode()}"


async def add_site(hall: Hall, service: RobotServer, *, seed: int = 1, **changes: Any) -> str:
    """Let 周八 add a newspaper's program for the township, and return its id."""
    administrator = await hall.client_as(ZHOU_BA)
    body = {
        "id": new_id(hall.clock(), 800 + seed),
        "division": TOWNSHIP,
        "name": "县报",
        "robot": "site",
        "address": f"{service.address}/hook/{seed}",
        "secret": SECRET,
        **changes,
    }
    made = await administrator.post("/api/v1/webhooks", json=body)
    assert made.status_code == 201, made.text
    hall.clock.pass_(seconds=1)
    found: str = made.json()["id"]
    return found


def was_ours(got: Got) -> bool:
    """Check a message's signature as its receiver would, by the words of standardwebhooks.com alone."""
    name, seconds = got.headers["webhook-id"], got.headers["webhook-timestamp"]
    signed = b".".join([name.encode(), seconds.encode(), got.body])
    right = base64.b64encode(hmac.new(KEY, signed, hashlib.sha256).digest()).decode()
    return hmac.compare_digest(got.headers["webhook-signature"], f"v1,{right}")
