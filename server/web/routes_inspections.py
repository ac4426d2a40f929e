"""The part of the list for inspections: lists drawn by a seed that anyone can check, what was found, and how it is put right."""

from __future__ import annotations

from server.external.spreadsheets import MEDIA_TYPE as XLSX
from server.problems import Say
from server.queries.draws import DrawList, DrawPage, PublicDraw, PublicDraws
from server.queries.rectifications import OrderingChoices, OrderList, OrderPage
from server.web import circulars, inspections, list_files, rectifications
from server.web.asking import ANYONE, Endpoint
from server.web.listing import ListPageQuery, ListQuery

API = "/api/v1"
TAG = "inspections"
ORDER = f"{API}/rectifications/{{id}}"
STEP = (
    "rectification-not-possible",
    "edited-meanwhile",
    "reason-needed",
    "content-has-errors",
    "same-id-other-content",
)

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
             summary=Say("辖区内的检查名单", "The lists drawn in my area"), query=ListPageQuery, answer=DrawList,
             tag=TAG),
    Endpoint(method="GET", path=f"{API}/inspections.csv", handler=list_files.get_draws_csv, who="see_inspections",
             summary=Say("辖区内的检查名单（CSV）", "The same as CSV"), query=ListQuery,
             media_type="text/csv", tag=TAG, raises=("parameter-not-valid",)),
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
    Endpoint(method="GET", path=f"{API}/rectifications", handler=rectifications.list_orders, who="see_rectifications",
             summary=Say("辖区内要整改的事", "What is to be put right in my area"), query=ListPageQuery,
             answer=OrderList, tag=TAG),
    Endpoint(method="GET", path=f"{API}/rectifications.csv", handler=list_files.get_orders_csv, who="see_rectifications",
             summary=Say("辖区内要整改的事（CSV）", "The same as CSV"), query=ListQuery,
             media_type="text/csv", tag=TAG, raises=("parameter-not-valid",)),
    Endpoint(method="GET", path=f"{API}/rectification-choices", handler=rectifications.get_ordering_choices,
             who="see_inspections", summary=Say("开整改单可以选什么", "What an order can say"),
             answer=OrderingChoices, tag=TAG),
    Endpoint(method="POST", path=f"{API}/rectifications", handler=rectifications.post_order, who="order_rectification",
             summary=Say("开一张整改单", "Order something to be put right"), body=rectifications.OrderBody,
             answer=OrderPage, status=201, tag=TAG,
             raises=("unknown-division", "measure-unknown", "term-too-long", "reason-needed", "content-has-errors",
                     "same-id-other-content")),
    Endpoint(method="GET", path=ORDER, handler=rectifications.get_order, who="see_rectifications",
             summary=Say("一张整改单", "One order"), answer=OrderPage, tag=TAG),
    Endpoint(method="POST", path=f"{ORDER}/proof", handler=rectifications.post_proof, who="prove_rectification",
             summary=Say("报整改情况", "Send proof that it was put right"), body=rectifications.ProofBody,
             answer=OrderPage, tag=TAG, if_match=True, raises=(*STEP, "unknown-photo")),
    Endpoint(method="POST", path=f"{ORDER}/return", handler=rectifications.post_return, who="close_rectification",
             summary=Say("没有通过，退回再改", "Send a proof back with a new day"), body=rectifications.ReturnBody,
             answer=OrderPage, tag=TAG, if_match=True, raises=(*STEP, "term-too-long")),
    Endpoint(method="POST", path=f"{ORDER}/escalation", handler=rectifications.post_escalation,
             who="order_rectification", summary=Say("上报县里", "Take it up to the county"),
             body=rectifications.EscalationBody, answer=OrderPage, tag=TAG, if_match=True,
             raises=(*STEP, "measure-unknown")),
    Endpoint(method="POST", path=f"{ORDER}/closure", handler=rectifications.post_closure, who="close_rectification",
             summary=Say("验收办结", "Accept a proof and close the order"), body=rectifications.ClosureBody,
             answer=OrderPage, tag=TAG, if_match=True, raises=STEP),
    Endpoint(method="GET", path="/desk/circulars/{circular}", handler=circulars.circular_page, who="see_inspections",
             summary=Say("月通报、季考评、村年度情况，可打印", "The month's bulletin, the quarter's assessment, a village's year, to print"),
             query=circulars.CircularQuery, media_type="text/html", raises=("not-found", "too-many-villages")),
    Endpoint(method="GET", path=f"{API}/circulars/{{circular}}/table.xlsx", handler=circulars.circular_xlsx,
             who="see_inspections", summary=Say("通报、考评、年度情况（XLSX）", "The same as a workbook"),
             query=circulars.CircularQuery, media_type=XLSX, tag=TAG, raises=("not-found", "too-many-villages")),
]  # fmt: skip
