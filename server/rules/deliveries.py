"""Deliveries: one message to one recipient, tried again for a while, and the words for why it did not arrive."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final, Literal

from msgspec import Struct

from server.rules.values import Text

# To a group's robot, to the device of somebody at work, to a villager's device, to another site's program.
Channel = Literal["webhook", "push", "subscriber", "site"]
State = Literal["waiting", "sending", "sent", "failed"]

_DEVICES: Final[tuple[Channel, ...]] = ("push", "subscriber")
# Minutes until the next attempt, after the first, the second … The last is the cap and the end.
_WAITS = (1, 5, 15, 60, 60)
MOST_ATTEMPTS = len(_WAITS) + 1
# Another site's program may be down over a weekend; after so long nothing more is sent there.
_SITE_WAITS = (1, 5, 30, 120, 360, 720)
SITE_LASTS = timedelta(days=3)
# What this server's own settings do not allow is nobody else's doing: it is kept, and looked at again this often.
_HELD_FOR = timedelta(hours=1)
# A worker that took a message and was killed: after this long another one takes it.
LEASE = timedelta(minutes=2)


class Outcome(Struct, frozen=True):
    """What came of one attempt: `why` is a key of WHY, or None when it arrived; `code` is the robot's or HTTP's number.

    `final`: trying again would not help. `wait`: how long the other side asked to be left alone.
    """

    why: str | None
    code: int | None = None
    final: bool = False
    wait: timedelta | None = None

    @property
    def arrived(self) -> bool:
        """The message was taken."""
        return self.why is None


ARRIVED = Outcome(None)

WHY: Mapping[str, Text] = {
    "address_refused": Text(
        "网址不在允许的范围内，没有发出", "The address is not allowed; nothing was sent"
    ),
    "no_answer": Text("对方没有回应", "There was no answer"),
    "http_status": Text("对方的服务器出错", "The other server answered with an error"),
    "not_understood": Text("对方的回答看不懂", "The answer could not be understood"),
    "keyword": Text(
        "机器人要求消息里有关键词，请把“公示栏”加进它的关键词",
        "The robot wants its keyword in every message: add 公示栏 to its keywords",
    ),
    "signature": Text(
        "签名没有通过，请核对加签密钥", "The signature was not accepted; check the signing secret"
    ),
    "sender_address": Text(
        "机器人不接受本服务器的 IP，请加进它的 IP 白名单",
        "The robot does not take messages from this server; add its address to the robot's list",
    ),
    "no_such_robot": Text(
        "没有这个机器人，它可能已从群里移除，请换新的网址",
        "There is no such robot; it may have left the group. Enter its new address",
    ),
    "too_often": Text("发得太快，过一会儿再发", "Too many messages; it will be tried again"),
    "robot_refused": Text("机器人没有收下", "The robot did not take the message"),
    "too_large": Text("消息太长，对方不收", "The message is too long for the other side"),
    "device_gone": Text("这台设备已不接收提醒", "This device no longer takes reminders"),
    "recipient_gone": Text("接收的一方已经取消", "The recipient was removed"),
    "stopped": Text(
        "对方三天没有收下，已经停发", "Nothing was taken for three days; sending has stopped"
    ),
    "expired": Text("过了当天的时间，没有再发", "The day was over; it was not sent any more"),
}


def next_try(
    attempts: int,
    now: datetime,
    channel: Channel = "webhook",
    why: str | None = None,
    wait: timedelta | None = None,
) -> datetime | None:
    """Return when to try again after so many attempts, not before the `wait` that was asked for; None: no more.

    A site is tried until its message expires, and so is a device that may not be written to (`why`), a villager's or one of
    the staff's.
    """
    again = _next_try(attempts, now, channel, why)
    return again if again is None or wait is None else max(again, now + wait)


def _next_try(attempts: int, now: datetime, channel: Channel, why: str | None) -> datetime | None:
    if channel in _DEVICES and why == "address_refused":
        return now + _HELD_FOR
    if channel == "site":
        wait = _SITE_WAITS[min(attempts, len(_SITE_WAITS)) - 1]
        return now + timedelta(minutes=wait)
    if attempts >= MOST_ATTEMPTS:
        return None
    return now + timedelta(minutes=_WAITS[max(0, attempts - 1)])


# Nothing is kept as long as this: who asks for more is not asked again.
_LONGEST_WAIT = timedelta(days=30)


def wait_asked(retry_after: str | None, now: datetime) -> timedelta | None:
    """Return how long a Retry-After asks to wait, in seconds or up to a date (RFC 9110, 10.2.3); None: it does not say."""
    said = (retry_after or "").strip()
    if said.isascii() and said.isdigit():
        return timedelta(seconds=min(int(said[:9]), _LONGEST_WAIT.total_seconds()))
    try:
        day = parsedate_to_datetime(said)
    except ValueError:
        return None
    until = day if day.tzinfo else day.replace(tzinfo=UTC)
    return min(max(timedelta(), until - now), _LONGEST_WAIT)
