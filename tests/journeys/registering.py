"""What a phone with a weak signal sends first: the registration of a posting that it keeps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx
import msgspec

from server.web.submissions import SubmissionBody, submission_of


def hash_of(sent: Mapping[str, Any]) -> str:
    """Return the hash a submission will have, as the phone works it out."""
    body = msgspec.json.decode(msgspec.json.encode(dict(sent)), type=SubmissionBody)
    return submission_of(body).hash()


def registration(sent: Mapping[str, Any], **changes: Any) -> dict[str, Any]:
    """Return the body of the commitment to a submission."""
    publish = sent.get("publish") or {}
    body = {
        "division": sent["division"],
        "category": sent["category"],
        "schema_version": sent["schema_version"],
        "content_hash": hash_of(sent),
        "photos": [photo["sha256"] for photo in sent.get("photos", [])],
        "composed_at": sent["composed_at"],
        "period": sent.get("period"),
        "event_on": sent.get("event_on"),
        "occurrence_id": sent.get("occurrence_id"),
        "publish_at": publish.get("at") if publish.get("when") == "at" else None,
    }
    return {**{k: v for k, v in body.items() if v is not None}, **changes}


async def register(
    phone: httpx.AsyncClient, sent: Mapping[str, Any], **changes: Any
) -> httpx.Response:
    """Send the commitment to a submission and return the answer, whatever it is."""
    return await phone.put(f"/api/v1/commitments/{sent['id']}", json=registration(sent, **changes))
