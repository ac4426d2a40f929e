"""The part of the list for hearing of what is new without an account: a village's news, and the answer to a question."""

from __future__ import annotations

from server.problems import Say
from server.queries.subscriptions import SubscriptionLine, Subscriptions
from server.web import following, reading
from server.web.asking import ANYONE, Endpoint

API = "/api/v1"
TAG = "subscriptions"
REFUSED = ("push-service-not-allowed", "wrong-type", "too-many-attempts", "too-many-subscriptions")

FOLLOWING: list[Endpoint] = [
    Endpoint(method="GET", path="/v/{code}/follow", handler=following.follow, who=ANYONE,
             summary=Say("有新公示告诉我", "Tell me of new notices"), query=reading.PageQuery, conditional=True,
             media_type="text/html"),
    Endpoint(method="GET", path="/u/{ticket}", handler=following.stop_page, who=ANYONE,
             summary=Say("不再收通知", "Stop being told"), query=reading.PageQuery, media_type="text/html"),
    Endpoint(method="POST", path="/u/{ticket}", handler=following.stop, who=ANYONE,
             summary=Say("不再收通知，点一下就停", "Stop being told, with one tap"), media_type="text/html"),
    Endpoint(method="PUT", path=f"{API}/villages/{{code}}/subscription", handler=following.put_subscription,
             who=ANYONE, summary=Say("这台设备收一个村的通知", "Let a device hear of a village"),
             body=following.WhatOf, answer=SubscriptionLine, tag=TAG, raises=("unknown-division", *REFUSED)),
    Endpoint(method="PUT", path=f"{API}/follow-ups/{{follow}}/subscription", handler=following.put_awaited,
             who=ANYONE, summary=Say("提问有了答复告诉这台设备", "Let a device hear of the answer to a question"),
             body=following.Where, answer=SubscriptionLine, tag=TAG, raises=REFUSED),
    Endpoint(method="GET", path=f"{API}/subscriptions/{{device}}", handler=following.get_subscriptions, who=ANYONE,
             summary=Say("一台设备收哪些通知", "What a device has sent to it"), answer=Subscriptions, tag=TAG),
]  # fmt: skip
