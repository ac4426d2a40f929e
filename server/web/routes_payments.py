"""The part of the list for what households receive: asking for one's own, and the township's lists."""

from __future__ import annotations

from server.commands.load_payments import Loaded
from server.problems import Say
from server.queries.household_log import HouseholdLog
from server.queries.payment_lists import PaymentChoices, PaymentLists
from server.queries.payments_not_received import NotReceivedList
from server.web import household_pages, list_files, payments, reading
from server.web.asking import ANYONE, Endpoint
from server.web.listing import ListPageQuery, ListQuery

API = "/api/v1"
TAG = "payments"
FILE = ("not-allowed", "unknown-category", "unknown-division", "spreadsheet-not-xlsx", "spreadsheet-encrypted",
        "spreadsheet-damaged", "spreadsheet-unsafe", "spreadsheet-has-personal-numbers", "payment-list-not-read")  # fmt: skip

PAYMENTS: list[Endpoint] = [
    Endpoint(method="GET", path="/v/{code}/household", handler=household_pages.household_page, who=ANYONE,
             summary=Say("我家领了多少", "What my household received"), query=reading.PageQuery,
             media_type="text/html"),
    Endpoint(method="POST", path="/v/{code}/household", handler=household_pages.send_form, who=ANYONE,
             summary=Say("查一查", "Look it up"), body=household_pages.HouseholdForm, form=True,
             media_type="text/html"),
    Endpoint(method="POST", path="/v/{code}/household/received", handler=household_pages.say_form, who=ANYONE,
             summary=Say("收到没有", "Whether it came"), body=household_pages.ReceivedForm, form=True,
             media_type="text/html"),
    Endpoint(method="GET", path=f"{API}/payment-lists", handler=payments.get_lists, who="see_payments",
             summary=Say("录入的发放清册", "The lists of payments that were loaded"), query=ListPageQuery,
             answer=PaymentLists, tag=TAG),
    Endpoint(method="GET", path=f"{API}/payment-lists.csv", handler=list_files.get_payments_csv, who="see_payments",
             summary=Say("录入的发放清册（CSV）", "The same as CSV"), query=ListQuery,
             media_type="text/csv", tag=TAG, raises=("parameter-not-valid",)),
    Endpoint(method="GET", path=f"{API}/payment-lists/choices", handler=payments.get_choices, who="load_payments",
             summary=Say("一个村的清册可以对应哪些公示", "What a village's list can belong to"),
             query=payments.DivisionQuery, answer=PaymentChoices, tag=TAG, raises=("not-allowed", "unknown-division")),
    Endpoint(method="POST", path=f"{API}/payment-lists/preview", handler=payments.preview, who="load_payments",
             summary=Say("读一份清册，不保存", "Read a list and say what it would do, store nothing"), body=bytes,
             raw="spreadsheet", query=payments.ListQuery, answer=payments.PaymentPreview, tag=TAG, transaction=False,
             raises=FILE),
    Endpoint(method="POST", path=f"{API}/payment-lists", handler=payments.load, who="load_payments",
             summary=Say("录入一份清册，或用更正过的换下", "Load a list, or put a corrected one in its place"), body=bytes,
             raw="spreadsheet", query=payments.ListQuery, answer=Loaded, tag=TAG, transaction=False,
             raises=(*FILE, "payment-rows-wrong")),
    Endpoint(method="POST", path=f"{API}/payment-lists/{{id}}/removal", handler=payments.remove, who="load_payments",
             summary=Say("撤下录错的清册", "Take a list down that should not be there"), body=payments.RemovalBody,
             status=204, tag=TAG, raises=("not-allowed", "reason-needed", "content-has-errors")),
    Endpoint(method="GET", path=f"{API}/payment-lists/{{id}}/not-received", handler=payments.get_not_received,
             who="see_not_received", summary=Say("哪几笔说没有收到", "Which payments are said not to have come"),
             answer=NotReceivedList, tag=TAG, raises=("not-allowed",)),
    Endpoint(method="GET", path=f"{API}/household-log", handler=payments.get_log, who="see_payments",
             summary=Say("村民查询的次数", "How often households asked"), answer=HouseholdLog, tag=TAG),
]  # fmt: skip
