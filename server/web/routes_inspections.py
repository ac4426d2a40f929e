"""The part of the list for inspections: lists drawn by a seed that anyone can check, and what was found on the spot."""

from __future__ import annotations

from server.problems import Say
from server.queries.draws import DrawList, DrawPage, PublicDraw, PublicDraws
from server.web import inspections
from server.web.asking import ANYONE, Endpoint

API = "/api/v1"
TAG = "inspections"

INSPECTIONS: list[Endpoint] = [
    Endpoint(method="GET", path=f"{API}/draws", handler=inspections.list_public_draws, who=ANYONE,
             summary=Say("抽过哪些检查名单，谁都可以重抽一遍核对", "Every list drawn for inspection, for anyone to draw again"),
             query=inspections.DrawsQuery, answer=PublicDraws, tag=TAG, conditional=True),
    Endpoint(method="GET", path=f"{API}/draws/{{id}}", handler=inspections.get_public_draw, who=ANYONE,
             summary=Say("一份检查名单是怎么抽出来的", "How one list was drawn"), answer=PublicDraw, tag=TAG,
             conditional=True),
    Endpoint(method="GET", path=f"{API}/draws/{{id}}/record", handler=inspections.get_record, who=ANYONE,
             summary=Say("抽取时的公开记录，它的 SHA-256 就是种子", "The record it was drawn from: its SHA-256 is the seed"),
             media_type="text/plain", tag=TAG, conditional=True),
    Endpoint(method="GET", path=f"{API}/inspections", handler=inspections.list_draws, who="see_inspections",
             summary=Say("辖区内的检查名单", "The lists drawn in my area"), query=inspections.PageQuery, answer=DrawList,
             tag=TAG),
    Endpoint(method="POST", path=f"{API}/inspections", handler=inspections.post_draw, who="draw_inspections",
             summary=Say("抽一份检查名单", "Draw a list for inspection"), body=inspections.DrawBody, answer=DrawPage,
             status=201, tag=TAG,
             raises=("unknown-division", "reason-needed", "content-has-errors", "nothing-to-draw", "too-many-to-draw",
                     "same-id-other-content")),
    Endpoint(method="GET", path=f"{API}/inspections/{{id}}", handler=inspections.get_draw, who="see_inspections",
             summary=Say("一份检查名单和检查结果", "A list and what was found"), answer=DrawPage, tag=TAG),
    Endpoint(method="PUT", path=f"{API}/inspections/{{id}}/items/{{rank}}/visit", handler=inspections.put_visit,
             who="visit_on_the_spot", summary=Say("报现场检查结果", "Write what was found on the spot"),
             body=inspections.VisitBody, answer=DrawPage, tag=TAG,
             raises=("counts-not-possible", "reason-needed", "content-has-errors", "unknown-photo", "visit-is-written")),
]  # fmt: skip
