"""The part of the list for reminders: chat groups of a place, and the device somebody is signed in on."""

from __future__ import annotations

from server.problems import Say
from server.queries.webhooks_in_scope import WebhookLine, WebhookLines
from server.web import reminders
from server.web.asking import Endpoint

API = "/api/v1"

REMINDERS: list[Endpoint] = [
    Endpoint(method="GET", path=f"{API}/webhooks", handler=reminders.list_webhooks, who="manage_webhooks",
             summary=Say("哪些群收提醒", "The groups that get reminders"), query=reminders.WebhookQuery,
             answer=WebhookLines, tag="reminders", raises=("not-allowed",)),
    Endpoint(method="POST", path=f"{API}/webhooks", handler=reminders.post_webhook, who="manage_webhooks",
             summary=Say("让一个群收提醒", "Let a group have reminders"), body=reminders.NewWebhook,
             answer=WebhookLine, status=201, tag="reminders",
             raises=("not-allowed", "unknown-division", "address-not-allowed", "same-id-other-content")),
    Endpoint(method="DELETE", path=f"{API}/webhooks/{{id}}", handler=reminders.delete_webhook,
             who="manage_webhooks", summary=Say("不再发到这个群", "Stop reminders to a group"), status=204,
             tag="reminders", raises=("not-found",)),
    Endpoint(method="POST", path=f"{API}/webhooks/{{id}}/test", handler=reminders.try_out, who="manage_webhooks",
             summary=Say("发一条测试消息", "Send a test message"), answer=reminders.Tried, tag="reminders",
             transaction=False, raises=("not-found", "too-many-attempts")),
    Endpoint(method="GET", path=f"{API}/push", handler=reminders.get_push, who="take_reminders",
             summary=Say("这台设备是否收提醒", "Whether this device gets reminders"), answer=reminders.PushState,
             tag="reminders"),
    Endpoint(method="PUT", path=f"{API}/push", handler=reminders.put_push, who="take_reminders",
             summary=Say("在这台设备上收提醒", "Switch reminders on for this device"),
             body=reminders.NewSubscription, status=204, tag="reminders",
             raises=("address-not-allowed",)),
    Endpoint(method="DELETE", path=f"{API}/push", handler=reminders.delete_push, who="take_reminders",
             summary=Say("这台设备不再收提醒", "Switch reminders off for this device"), status=204, tag="reminders"),
]  # fmt: skip
