"""THE list: everything that can be called: method, path, handler, who may.

`who` is ANYONE, SIGNED_IN or an act of rules/permissions.ACTS. Where an act may be done (which
division) is asked by the handler or its command. The OpenAPI document is made from this list.

What villagers read stands in routes_reading.py, what people at work do in routes_work.py, photos
that come in pieces in routes_uploads.py, how people sign in and who gives them their accounts in
routes_people.py, which notices belong together in routes_matters.py, what villagers ask in routes_inquiries.py and what the
desk does with it in routes_desk.py, inspections in routes_inspections.py, outreach in routes_outreach.py, how they hear of what is new in routes_following.py, query points in routes_query_points.py, what households receive in
routes_payments.py, the township's ledgers in routes_ledgers.py, the trail of events in routes_administration.py, policies and calendars in routes_rules.py, what offices say in routes_site_notices.py; here is what every installation has: health and the
documents about the API itself.
"""

from __future__ import annotations

from server.problems import Say
from server.web import documents, health, installation, metrics
from server.web.asking import ANYONE, Endpoint
from server.web.routes_administration import ADMINISTRATION
from server.web.routes_desk import DESK
from server.web.routes_following import FOLLOWING
from server.web.routes_inquiries import INQUIRIES
from server.web.routes_inspections import INSPECTIONS
from server.web.routes_ledgers import LEDGERS
from server.web.routes_matters import MATTERS
from server.web.routes_outreach import OUTREACH
from server.web.routes_payments import PAYMENTS
from server.web.routes_people import PEOPLE
from server.web.routes_query_points import QUERY_POINTS
from server.web.routes_reading import PAGES, READING
from server.web.routes_reminders import REMINDERS
from server.web.routes_rules import RULES
from server.web.routes_site_notices import SITE_NOTICES
from server.web.routes_uploads import UPLOADING
from server.web.routes_work import WORK

API = "/api/v1"

INSTALLATION: list[Endpoint] = [
    Endpoint(
        method="GET",
        path=f"{API}/installation",
        handler=installation.installation,
        who=ANYONE,
        summary=Say(
            "这个网站是谁的、是否演示", "Whose site this is, and whether it is a demonstration"
        ),
        answer=installation.Installation,
        tag="installation",
        conditional=True,
    ),
    Endpoint(
        method="GET",
        path="/healthz",
        handler=health.healthz,
        who=ANYONE,
        summary=Say("进程在运行", "The process is alive"),
        answer=health.Health,
        tag="installation",
    ),
    Endpoint(
        method="GET",
        path="/metrics",
        handler=metrics.get_metrics,
        who=ANYONE,
        summary=Say("监控数字，要带口令", "Gauges, with the token"),
        tag="installation",
        media_type=metrics.MEDIA_TYPE,
        raises=("not-found",),
    ),
    Endpoint(
        method="GET",
        path="/readyz",
        handler=health.readyz,
        who=ANYONE,
        summary=Say("可以接待请求", "Requests can be served"),
        answer=health.Health,
        tag="installation",
    ),
]

DOCUMENTS: list[Endpoint] = [
    Endpoint(
        method="GET",
        path="/api",
        handler=documents.api_page,
        who=ANYONE,
        summary=Say("接口说明", "The API, readable"),
        media_type="text/html",
        conditional=True,
    ),
    Endpoint(
        method="GET",
        path="/api/openapi.json",
        handler=documents.openapi_json,
        who=ANYONE,
        summary=Say("OpenAPI 3.1 文件", "The OpenAPI 3.1 document"),
        conditional=True,
    ),
    Endpoint(
        method="GET",
        path="/problems",
        handler=documents.problems_page,
        who=ANYONE,
        summary=Say("所有错误的说明", "Every problem explained"),
        media_type="text/html",
        conditional=True,
    ),
    Endpoint(
        method="GET",
        path="/problems/{slug}",
        handler=documents.one_problem_page,
        who=ANYONE,
        summary=Say("一种错误的说明", "One problem explained"),
        media_type="text/html",
        conditional=True,
    ),
]

ENDPOINTS: list[Endpoint] = [
    *READING,
    *WORK,
    *MATTERS,
    *UPLOADING,
    *PEOPLE,
    *INQUIRIES,
    *DESK,
    *INSPECTIONS,
    *OUTREACH,
    *FOLLOWING,
    *PAYMENTS,
    *LEDGERS,
    *REMINDERS,
    *QUERY_POINTS,
    *ADMINISTRATION,
    *RULES,
    *SITE_NOTICES,
    *INSTALLATION,
    *DOCUMENTS,
    *PAGES,
]
