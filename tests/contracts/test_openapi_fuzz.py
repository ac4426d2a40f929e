"""The application keeps its own OpenAPI document: for a visitor, an accountant, an auditor and an administrator, in this process.

Schemathesis makes requests that the document allows and requests that it forbids; what comes back must be an answer
the document announces, in its shape. tests/web/test_fuzzing.py tries every shape over a real socket, as an editor.

Left out: 'valid data is accepted' and what belongs to it (the document says shape; our rules also ask for meaning, such
as a village in one's area) and 'the session is required' (this client is signed in; tests/attacks has that).
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from server.web.openapi import document
from server.web.routes import ENDPOINTS
from tests.cast import SITE, WANG_WU, ZHANG_SAN, ZHOU_BA, Hall, Person, hall
from tests.journeys.posting import approve, send_photo, submission
from tests.simulators import schemathesis_hooks as _registered  # noqa: F401 - it says what pieces are

__all__ = ["hall"]

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
# They end the session that all requests share, or hash a password each time; tests/web says how they answer.
LEFT_OUT = {
    *("sign_out_here", "sign_out_there", "disable_account", "hand_over_account", "phone_lost"),
    *("set_password", "set_pin", "lock_phone", "sign_in"),
}


def _schema() -> Any:
    described = document(ENDPOINTS)
    for operations in described["paths"].values():
        for operation in operations.values():
            operation.pop("security", None)  # the cookie is the client's
    config = SchemathesisConfig.from_path("tests/simulators/schemathesis.toml")
    return schemathesis.openapi.from_dict(described, config=config)


@cache
def _operations() -> list[APIOperation[Any, Any, Any, Any]]:
    """Return what can be called; read when the first test asks, not when a process only collects."""
    found = (each.ok() for each in _schema().get_all_operations())
    return [o for o in found if o.definition.raw["operationId"] not in LEFT_OUT]


def _cases(mode: GenerationMode) -> st.SearchStrategy[Case]:
    def able() -> st.SearchStrategy[Case]:
        some = [
            o for o in _operations() if mode.is_positive or o.body or o.query or o.path_parameters
        ]
        return st.sampled_from(some).flatmap(lambda o: o.as_strategy(generation_mode=mode))

    return st.deferred(able)


async def _try(hall: Hall, who: Person | None, case: Case, *, forbidden: bool) -> None:
    client = await hall.client_as(who) if who else hall.visitor()
    known = (await hall.rows("SELECT id FROM disclosure"))[0]["id"]
    if not forbidden and "id" in case.path_parameters:
        case.path_parameters["id"] = known  # most random ids are nobody's
    sent = case.as_transport_kwargs(base_url=SITE)
    sent.pop("cookies", None)
    if "json" in sent:
        sent["content"] = json.dumps(sent.pop("json"))
        sent["headers"] = {**sent["headers"], "Content-Type": "application/json"}
    sent["content"] = sent.pop("data", None) or sent.get("content")
    answer = await client.request(**{k: v for k, v in sent.items() if v is not None})
    case.validate_response(
        answer, checks=[*CHECKS, negative_data_rejection] if forbidden else CHECKS
    )


async def _something_to_find(hall: Hall) -> None:
    if await hall.rows("SELECT id FROM disclosure"):
        return
    phone = await hall.client_as(ZHANG_SAN)
    photo = await send_photo(phone)
    sent = submission(hall, photos=[{"sha256": photo, "role": "board"}])
    await phone.post("/api/v1/submissions", json=sent)
    await approve(hall, sent["id"])


WHO = [None, ZHANG_SAN, WANG_WU, ZHOU_BA]
BOUNDED = settings(
    max_examples=40,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.slow
@pytest.mark.parametrize("who", WHO, ids=lambda p: p.name if p else "visitor")
@BOUNDED
@given(case=_cases(GenerationMode.POSITIVE))
async def test_what_the_document_allows(hall: Hall, who: Person | None, case: Case) -> None:
    await _something_to_find(hall)
    await _try(hall, who, case, forbidden=False)


@pytest.mark.one_engine
@pytest.mark.slow
@pytest.mark.parametrize("who", WHO, ids=lambda p: p.name if p else "visitor")
@BOUNDED
@given(case=_cases(GenerationMode.NEGATIVE))
async def test_what_the_document_forbids(hall: Hall, who: Person | None, case: Case) -> None:
    await _something_to_find(hall)
    await _try(hall, who, case, forbidden=True)
