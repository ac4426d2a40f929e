"""Where reminders go, over HTTP: chat groups of a place, other sites, and the device somebody is signed in on."""

from __future__ import annotations

import secrets
from typing import Annotated, Literal

import msgspec

from server import problems
from server.commands.add_webhook import add_webhook
from server.commands.remove_webhook import remove_webhook
from server.commands.subscribe_push import subscribe_push
from server.commands.try_webhook import try_webhook
from server.commands.unsubscribe_push import unsubscribe_push
from server.external import robots, site_hooks, webpush
from server.external.addresses import read_target
from server.problems import Say
from server.queries.webhooks_in_scope import WebhookLine, WebhookLines, webhooks_in_scope
from server.rules.deliveries import WHY, Outcome
from server.rules.values import Lang, Text, uuid7_at
from server.storage import push_subscriptions
from server.storage.push_subscriptions import Subscription
from server.storage.webhooks import Webhook
from server.web.asking import Ask
from server.web.wire import DivisionCode, Id, In, Out

NO_KEYS = Say(
    "浏览器给的密钥不完整，请关掉提醒再打开一次",
    "the browser's keys are incomplete; switch reminders off and on again",
)

NO_SECRET = Say(
    "签名密钥要以 whsec_ 开头，后面是 24 到 64 个字节的 base64",
    "the signing secret must be whsec_ and the base64 of 24 to 64 bytes",
)


class WebhookQuery(In):
    """`division`: that subtree only."""

    division: DivisionCode | None = None


class NewWebhook(In):
    """A group's robot; the address as the chat service gave it, the secret where the robot wants signatures.

    Or another site's program (`site`), told of each publication: its secret is `whsec_` and the base64 of 24 to 64
    bytes, made by the client, and signs each message as standardwebhooks.com says.
    """

    id: Id
    division: DivisionCode
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    robot: Literal["dingtalk", "wecom", "feishu", "site"]
    address: Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]
    secret: Annotated[str, msgspec.Meta(min_length=1, max_length=200)] | None = None


class Tried(Out):
    """What came of a test message: `why` is null when it arrived, `code` the robot's own number."""

    arrived: bool
    why: Text | None
    code: int | None


class PushState(Out):
    """Reminders on the device somebody is signed in on: whether they are on, and the key a browser needs to subscribe."""

    on: bool
    endpoint_hash: str | None
    key: str


class NewSubscription(In):
    """What the browser's push manager gave, and the language the reminders are to have."""

    id: Id
    endpoint: Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]
    p256dh: Annotated[str, msgspec.Meta(max_length=100)]
    auth: Annotated[str, msgspec.Meta(max_length=40)]
    lang: Lang


async def list_webhooks(ask: Ask) -> WebhookLines:
    """The groups in my area and what went to them lately."""
    query: WebhookQuery = ask.query
    division = query.division or ask.me.division
    ask.must("manage_webhooks", division)
    return await webhooks_in_scope(ask.db, division, ask.now)


async def post_webhook(ask: Ask) -> WebhookLine:
    """Let a group have the reminders of a place."""
    body: NewWebhook = ask.body
    if body.robot == "site":
        _must_sign(body.secret or "")
    kept = await add_webhook(
        ask.tx,
        actor=ask.me,
        now=ask.now,
        address=ask.address,
        rules=ask.house.outward,
        webhook=Webhook(
            id=body.id,
            division=body.division,
            name=body.name.strip(),
            robot=body.robot,
            address=body.address.strip(),
            secret=(body.secret or "").strip() or None,
            created_by=ask.me.account_id,
            created_at=ask.now,
            removed_at=None,
        ),
    )
    lines = await webhooks_in_scope(ask.tx, kept.division, ask.now)
    return next(line for line in lines.items if line.id == kept.id)


def _must_sign(secret: str) -> None:
    try:
        site_hooks.key_of(secret.strip())
    except site_hooks.BadSecret as error:
        raise problems.wrong_type("/secret", NO_SECRET) from error


async def delete_webhook(ask: Ask) -> None:
    """Stop the reminders to a group."""
    await remove_webhook(
        ask.tx, actor=ask.me, webhook_id=ask.path["id"], now=ask.now, address=ask.address
    )


async def try_out(ask: Ask) -> Tried:
    """Send a test message now, and answer what the robot said."""

    async def say(hook: Webhook, text: str) -> Outcome:
        rules = ask.house.outward
        if hook.robot == "site":
            document = {"type": "test", "timestamp": ask.now.isoformat(), "data": {"text": text}}
            message_id = uuid7_at(ask.now, secrets.token_bytes(10))
            return await site_hooks.tell(
                hook.address, hook.secret or "", message_id, document, rules=rules, now=ask.now
            )
        return await robots.say(
            hook.robot, hook.address, hook.secret, text, rules=rules, now=ask.now
        )

    outcome = await try_webhook(
        ask.store,
        actor=ask.me,
        webhook_id=ask.path["id"],
        now=ask.now,
        address=ask.address,
        site=ask.house.name,
        lang=ask.lang,
        say=say,
    )
    return Tried(
        arrived=outcome.arrived, why=WHY[outcome.why] if outcome.why else None, code=outcome.code
    )


async def get_push(ask: Ask) -> PushState:
    """Whether this device gets reminders."""
    found = await push_subscriptions.for_session(ask.db, ask.me.session_id, ask.now)
    return PushState(
        on=found is not None,
        endpoint_hash=found.endpoint_hash if found else None,
        key=ask.house.sender.public_key,
    )


async def put_push(ask: Ask) -> None:
    """Switch reminders on for this device."""
    body: NewSubscription = ask.body
    target = read_target(body.endpoint, ask.house.outward)
    if isinstance(target, Text):
        raise problems.address_not_allowed(target, "/endpoint")
    try:
        webpush.read_keys(body.p256dh, body.auth)
    except webpush.BadSubscription as error:
        raise problems.wrong_type("/p256dh", NO_KEYS) from error
    await subscribe_push(
        ask.tx,
        actor=ask.me,
        now=ask.now,
        address=ask.address,
        subscription=Subscription(
            id=body.id,
            county=ask.me.division[:6],
            account_id=ask.me.account_id,
            session_id=ask.me.session_id,
            endpoint=body.endpoint,
            endpoint_hash=webpush.endpoint_hash(body.endpoint),
            p256dh=body.p256dh,
            auth=body.auth,
            lang=body.lang,
            created_at=ask.now,
        ),
    )


async def delete_push(ask: Ask) -> None:
    """Switch reminders off for this device."""
    await unsubscribe_push(ask.tx, actor=ask.me, now=ask.now, address=ask.address)
