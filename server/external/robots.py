"""The three chat services' robots: how each wants a text, how it is signed, and what its answers mean.

A robot answers 200 whatever happened; whether the text was taken is a number in the body.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import datetime
from typing import Any, Literal
from urllib.parse import urlencode

from msgspec import Struct

from server.external import notify
from server.external.addresses import OutwardRules
from server.rules.deliveries import ARRIVED, Outcome

Robot = Literal["dingtalk", "wecom", "feishu"]


async def say(
    robot: Robot,
    address: str,
    secret: str | None,
    text: str,
    *,
    rules: OutwardRules,
    now: datetime,
    lookup: notify.Lookup = notify.look_up,
) -> Outcome:
    """Let a robot say a text, and return what came of it."""
    request = request_of(robot, address, secret, text, now)
    headers = {"Content-Type": "application/json; charset=utf-8"}
    try:
        answer = await notify.post(
            request.address, request.body, headers, rules=rules, lookup=lookup
        )
    except notify.Refused:
        return Outcome("address_refused", final=True)
    except notify.NoAnswer:
        return Outcome("no_answer")
    return outcome_of(robot, answer.status, answer.body)


class Request(Struct, frozen=True):
    """What is to be posted where."""

    address: str
    body: bytes


def request_of(robot: Robot, address: str, secret: str | None, text: str, now: datetime) -> Request:
    """Return the request that makes a robot say a text, signed where it has a secret."""
    if robot == "dingtalk":
        return Request(_signed_address(address, secret, now), _json(_text("msgtype", text)))
    if robot == "feishu":
        said: dict[str, Any] = {"msg_type": "text", "content": {"text": text}}
        if secret:
            seconds = str(int(now.timestamp()))
            # Here the key is the text to be signed, and what is signed is empty.
            said |= {"timestamp": seconds, "sign": _hmac(f"{seconds}\n{secret}", "")}
        return Request(address, _json(said))
    return Request(address, _json(_text("msgtype", text)))


def _text(kind: str, text: str) -> dict[str, Any]:
    return {kind: "text", "text": {"content": text}}


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _signed_address(address: str, secret: str | None, now: datetime) -> str:
    if not secret:
        return address
    millis = str(int(now.timestamp() * 1000))
    signature = urlencode({"timestamp": millis, "sign": _hmac(secret, f"{millis}\n{secret}")})
    return f"{address}{'&' if '?' in address else '?'}{signature}"


def _hmac(key: str, text: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()


# What the numbers mean, as far as somebody can do something about it.
_KNOWN: dict[Robot, dict[int, str]] = {
    "dingtalk": {130101: "too_often", 130102: "too_often", 300005: "no_such_robot", 400101: "no_such_robot",
                 400102: "no_such_robot", 400105: "robot_refused", 410100: "too_often"},
    "wecom": {45009: "too_often", 93000: "no_such_robot", 93008: "no_such_robot"},
    "feishu": {11232: "too_often", 19001: "no_such_robot", 19002: "robot_refused", 19021: "signature",
               19022: "sender_address", 19024: "keyword", 9499: "robot_refused"},
}  # fmt: skip
# DingTalk answers every breach of its three protections with one number; the message says which.
_DINGTALK_SECURITY = 310000


def outcome_of(robot: Robot, status: int, body: bytes) -> Outcome:
    """Return what a robot's answer means."""
    try:
        answer = json.loads(body)
    except ValueError:
        answer = None
    number = _number(robot, answer) if isinstance(answer, dict) else None
    if number == 0 and status == 200:
        return ARRIVED
    if number is None:
        why = "not_understood" if status == 200 else "http_status"
        return Outcome(why, status, final=status in (404, 410))
    assert isinstance(answer, dict)
    if robot == "dingtalk" and number == _DINGTALK_SECURITY:
        why = _dingtalk_security(str(answer.get("errmsg", "")))
    else:
        why = _KNOWN[robot].get(number, "robot_refused")
    # An address that leads to no robot will lead to none in an hour either.
    return Outcome(why, number, final=why == "no_such_robot")


def _number(robot: Robot, answer: dict[str, Any]) -> int | None:
    names = ("code", "StatusCode") if robot == "feishu" else ("errcode",)
    for name in names:
        found = answer.get(name)
        if isinstance(found, int) and not isinstance(found, bool):
            return found
    return None


def _dingtalk_security(message: str) -> str:
    if "keyword" in message or "关键词" in message:
        return "keyword"
    if "ip" in message.lower().split() or "whitelist" in message or "白名单" in message:
        return "sender_address"
    return "signature"
