"""Telling another site's program what was published, signed as standardwebhooks.com says.

Three headers: `webhook-id` (the same at every attempt, so that nothing is taken twice), `webhook-timestamp` (seconds)
and `webhook-signature` (`v1,` and the HMAC-SHA256 of id, timestamp and body, a dot between them). Libraries in most
languages check them.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from server.external import notify
from server.external.addresses import OutwardRules
from server.rules.deliveries import ARRIVED, Outcome, wait_asked

_PREFIX = "whsec_"
_LEAST, _MOST = 24, 64


class BadSecret(ValueError):
    """The secret is not whsec_ and the base64 of 24 to 64 bytes."""


def key_of(secret: str) -> bytes:
    """Return the key that a secret spells; raises BadSecret."""
    try:
        key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadSecret("not base64") from error
    if not secret.startswith(_PREFIX) or not _LEAST <= len(key) <= _MOST:
        raise BadSecret("wrong prefix or length")
    return key


def signature_of(secret: str, message_id: str, seconds: int, body: bytes) -> str:
    """Return the signature of a message; raises BadSecret."""
    signed = f"{message_id}.{seconds}.".encode() + body
    digest = hmac.new(key_of(secret), signed, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


async def tell(
    address: str,
    secret: str,
    message_id: str,
    document: Mapping[str, Any],
    *,
    rules: OutwardRules,
    now: datetime,
) -> Outcome:
    """Post a document, and return what came of it. 410 means that nothing is wanted there any more."""
    body = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    seconds = int(now.timestamp())
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "webhook-id": message_id,
        "webhook-timestamp": str(seconds),
        "webhook-signature": signature_of(secret, message_id, seconds, body),
    }
    try:
        answer = await notify.post(address, body, headers, rules=rules)
    except notify.Refused:
        return Outcome("address_refused", final=True)
    except notify.NoAnswer:
        return Outcome("no_answer")
    if 200 <= answer.status < 300:
        return ARRIVED
    wait = wait_asked(answer.retry_after, now)
    if answer.status == 429:
        return Outcome("too_often", answer.status, wait=wait)
    return Outcome("http_status", answer.status, final=answer.status == 410, wait=wait)
