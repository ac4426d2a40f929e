"""Phone and server work out the same hash: both walk schemas/vectors/content_hash.json.

A commitment promises this hash before the content arrives; a phone that spelled one value differently could
never complete it.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

import msgspec
import pytest

from server.web.submissions import SubmissionBody, submission_of
from tests.contracts.repository import text

VECTORS: list[dict[str, Any]] = json.loads(text("schemas/vectors/content_hash.json"))


@pytest.mark.parametrize("vector", VECTORS, ids=[v["name"] for v in VECTORS])
def test_the_hash_is_what_the_vector_says(vector: dict[str, Any]) -> None:
    raw = json.dumps(vector["submission"], ensure_ascii=False).encode()
    assert submission_of(msgspec.json.decode(raw, type=SubmissionBody)).hash() == vector["hash"]


def test_one_of_them_by_hand() -> None:
    """The canonical bytes as RFC 8785 has them, written out here by a person."""
    least = VECTORS[0]
    spelled = (
        '{"category":"finance_quarterly","content":{},"division":"640425103200","event_on":null,'
        '"occurrence":null,"period":null,"photos":[],"publish_at":null,"publish_until":null,'
        '"reason":null,"schema_version":1}'
    )
    assert least["hash"] == f"sha256:{hashlib.sha256(spelled.encode()).hexdigest()}"


def test_they_tell_apart_what_differs_and_only_that() -> None:
    by_name = {v["name"]: v["hash"] for v in VECTORS}
    same = {
        by_name["published at a moment, in the village's own zone"],
        by_name["the same moment in UTC has the same hash"],
    }
    assert len(same) == 1
    assert (
        by_name["id and the moment of writing are not part of it"] == by_name["the least there is"]
    )
    assert len(set(by_name.values())) == len(VECTORS) - 2
