"""Attack: JSON nested or widened until a stack, a hash table or a validator gives in."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cast import ZHANG_SAN, Hall, problem_of
from tests.journeys.posting import accounts_of, submission
from tests.journeys.written import written

pytestmark = pytest.mark.one_engine

JSON = {"Content-Type": "application/json"}


def _nested(depth: int, opening: str, closing: str, inside: str = "0") -> str:
    return opening * depth + inside + closing * depth


SHAPES = {
    "lists": _nested(50_000, "[", "]"),
    "objects": _nested(50_000, '{"a":', "}"),
    "both": _nested(30_000, '[{"a":', "}]"),
    "just below the stack": _nested(900, "[", "]"),
    "a little": _nested(200, '{"a":', "}"),
    "many keys": "{" + ",".join(f'"k{i}":1' for i in range(30_000)) + "}",
    "one key, again and again": "{" + ",".join(['"k":1'] * 60_000) + "}",
    "a long number": "1" * 200_000,
    "a number beyond all": "1e999999",
    "half a pair": '"\\ud800"',
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
async def test_refused_and_nothing_is_written(hall: Hall, shape: str) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    before = await written(hall)
    good = submission(hall)
    for field in ("content", "prepared_by"):
        body: dict[str, Any] = dict(good)
        if field == "content":
            body["content"] = "?"
        else:
            body["content"] = accounts_of("2026-q3") | {field: "?"}
        raw = json.dumps(body).replace('"?"', shape).encode()
        for path in ("/api/v1/submissions", "/api/v1/checks"):
            answer = await phone.post(path, content=raw, headers=JSON)
            assert problem_of(answer) in (
                "malformed-json",
                "wrong-type",
                "schema-errors",
                "unknown-field",
                "body-too-large",
            )
            assert len(answer.content) < 200_000  # a refusal is not an amplifier
    assert await written(hall) == before
