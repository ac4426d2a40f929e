"""The OpenAPI document: valid, complete, the same every time; every problem named exists."""

from __future__ import annotations

import re

import pytest
from openapi_spec_validator import validate

from server.problems import PROBLEMS
from server.web import openapi
from server.web.routes import ENDPOINTS
from tests.cast import Hall

pytestmark = pytest.mark.one_engine


def test_it_is_valid_openapi() -> None:
    validate(openapi.document(ENDPOINTS))


def test_it_is_the_same_every_time() -> None:
    assert openapi.write(ENDPOINTS) == openapi.write(ENDPOINTS)


def test_every_operation_has_a_name_of_its_own() -> None:
    document = openapi.document(ENDPOINTS)
    names = [op["operationId"] for path in document["paths"].values() for op in path.values()]
    assert len(names) == len(set(names)), sorted(n for n in names if names.count(n) > 1)


def test_every_problem_named_exists() -> None:
    for endpoint in ENDPOINTS:
        for slug in openapi.slugs_of(endpoint):
            assert slug in PROBLEMS, f"{endpoint.method} {endpoint.path} names {slug}"


def test_no_path_and_method_stands_twice() -> None:
    seen = [(endpoint.method, endpoint.path) for endpoint in ENDPOINTS]
    assert len(seen) == len(set(seen))


async def test_it_is_served(hall: Hall) -> None:
    response = await hall.visitor().get("/api/openapi.json")
    assert response.headers["content-type"].startswith("application/json")
    assert response.text == openapi.write(ENDPOINTS)


async def test_the_readable_page_names_every_operation(hall: Hall) -> None:
    page = (await hall.visitor(Accept="text/html").get("/api?lang=en")).text
    said = re.sub(r"<wbr>|</?(?:b|span|code)\b[^>]*>", "", page)
    for endpoint in ENDPOINTS:
        if openapi.is_documented(endpoint):
            assert f"{endpoint.method} {endpoint.path}" in said
    for slug in re.findall(r'href="/problems/([a-z-]+)"', page):
        assert slug in PROBLEMS
