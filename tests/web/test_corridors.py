"""Whoever goes by the words of a path arrives where whoever tries every door arrives."""

from __future__ import annotations

import re

import pytest
from starlette.routing import Match, Route

from server.web.corridors import Corridors
from server.web.endpoint import doors
from server.web.routes import ENDPOINTS

DOORS = doors(ENDPOINTS)
WAYS = Corridors(DOORS)


def _asked(path: str, **more: object) -> dict[str, object]:
    return {"type": "http", "method": "GET", "path": path, **more}


def _tried_in_turn(path: str) -> Route | None:
    return next((r for r in DOORS if r.matches(_asked(path))[0] is Match.FULL), None)


def test_every_door_is_found() -> None:
    for route in DOORS:
        path = re.sub(r"{\w+(:path)?}", "640425103200", route.path)
        match, child = WAYS.matches(_asked(path))
        assert (match, child["route"]) == (Match.FULL, route), path
        assert route is _tried_in_turn(path), f"{path}: two doors for one path"


@pytest.mark.parametrize(
    "path",
    ["", "/", "/v", "/v/", "/nothing/here", "/api/v1", "/api/v1/divisions/", "//v/640425103200"],
)
def test_what_leads_nowhere_leads_nowhere(path: str) -> None:
    found = WAYS.matches(_asked(path))[1].get("route")
    assert found is _tried_in_turn(path)


def test_below_a_prefix_the_path_is_read_without_it() -> None:
    match, child = WAYS.matches(_asked("/village/api/v1/categories", root_path="/village"))
    assert match is Match.FULL
    assert child["route"].path == "/api/v1/categories"
    assert WAYS.matches({"type": "websocket", "path": "/"})[0] is Match.NONE
