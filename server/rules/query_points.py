"""Query points: the kiosks and screens in public places, how one is paired, and when one is silent.

A point says every ten minutes that it stands there and what it shows. What it shows is named by the address of a public
page and never by anything that somebody typed: `is_public_page` lets nothing else through.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

from server.rules.values import Text

Kind = Literal["kiosk", "screen"]
# fmt: off
Network = Literal["online", "slow", "offline", "unknown", "wifi", "ethernet", "cellular", "4g", "3g", "2g", "slow-2g"]
# fmt: on
State = Literal["unpaired", "heard", "silent", "retired"]

KINDS: dict[Kind, Text] = {
    "kiosk": Text("触摸查询机", "touch kiosk"),
    "screen": Text("滚动显示屏", "rotating screen"),
}
MOST_VOLUME, USUAL_VOLUME = 10, 6
# In one village or township.
MOST_POINTS = 20

HEARTBEAT_EVERY = timedelta(minutes=10)
# Three heartbeats were due and none came.
SILENT_AFTER = 3 * HEARTBEAT_EVERY
RAW_KEPT = timedelta(days=400)

CODE_DIGITS = 8
CODE_VALID = timedelta(minutes=30)
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")

_ID = r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
_PUBLIC_PAGE = re.compile(
    r"/(?:|offline|search|kiosk|kiosk/(?:home|notice|pair|search|slides)"
    r"|v/[0-9]{12}(?:/(?:answers|ask|data|past))?"
    rf"|d/{_ID}(?:/(?:difference|editions|poster))?"
    rf"|q/{_ID}"
    r"|[CcSs]/[0-9A-Za-z]{5,12})",
    re.ASCII,
)
MOST_PATH = 200

SIGNED = "gongshilan heartbeat v1"


class QueryPoint(Struct, frozen=True, kw_only=True):
    """A device in a public place, as the register has it. `key_id` and `public_key`: of the device that is paired now.

    `revision` counts changes of what the township says about it.
    """

    id: str
    division: str
    name: str
    place: str
    kind: Kind
    volume: int
    created_by: str
    created_at: datetime
    paired_at: datetime | None = None
    heard_at: datetime | None = None
    retired_at: datetime | None = None
    key_id: str | None = None
    public_key: str | None = None
    code_expires_at: datetime | None = None
    code_used_at: datetime | None = None
    revision: int = 1

    @property
    def described(self) -> tuple[str, str, str, str, int]:
        """What the township says about it: the same id with other words is another point."""
        return (self.division, self.name, self.place, self.kind, self.volume)


class Missed(Struct, frozen=True):
    """A stretch, both ends included, in which a device ran and could not be heard; by its own clock."""

    first: datetime
    last: datetime


class Heartbeat(Struct, frozen=True, kw_only=True):
    """What a device said about itself. `at`, `skew_ms` and `missed` are the device's word; `received_at` is ours.

    `battery` is a percentage, None where there is no battery. `contents_as_of`: how old what it shows is.
    """

    received_at: datetime
    at: datetime
    seq: int
    on_screen: str
    contents_as_of: datetime | None
    skew_ms: int
    battery: int | None
    charging: bool | None
    network: Network
    version: str
    missed: tuple[Missed, ...] = ()

    @property
    def ahead(self) -> timedelta:
        """How far the device's clock was ahead of ours when this arrived, its way here included."""
        return self.at - self.received_at


def code_from(number: int) -> str:
    """Return the pairing code of a random number below 10**8, in two groups: '0471 9062'."""
    if not 0 <= number < 10**CODE_DIGITS:
        raise ValueError(f"a pairing code has {CODE_DIGITS} digits")
    digits = f"{number:0{CODE_DIGITS}}"
    return f"{digits[:4]} {digits[4:]}"


def plain_code(typed: str) -> str | None:
    """Return the eight digits of a code as somebody typed it, with blanks, hyphens or full-width digits; else None."""
    digits = re.sub(r"[\s\-－]", "", typed.translate(_FULL_WIDTH))
    return digits if re.fullmatch(rf"[0-9]{{{CODE_DIGITS}}}", digits, re.ASCII) else None


def code_stands(point: QueryPoint, now: datetime) -> bool:
    """Say whether a point's newest code may still be used at a moment."""
    expires = point.code_expires_at
    return expires is not None and now < expires and point.code_used_at is None


def is_public_page(path: str) -> bool:
    """Say whether a path is the address of a public page, and nothing more: no query, no words."""
    return len(path) <= MOST_PATH and _PUBLIC_PAGE.fullmatch(path) is not None


def signed_bytes(point_id: str, body: bytes) -> bytes:
    """Return what a device signs of a heartbeat: its purpose, its point, and the body as it is sent."""
    return f"{SIGNED}\n{point_id}\n".encode() + body


def wrong_stretch(missed: Missed) -> bool:
    """Say whether a stretch ends before it begins."""
    return missed.last < missed.first


def state(point: QueryPoint, now: datetime) -> State:
    """Return how a point stands at a moment. One that was just paired has as long to speak as any other."""
    if point.retired_at is not None and point.retired_at <= now:
        return "retired"
    if point.key_id is None:
        return "unpaired"
    return "heard" if silent_since(point, now) is None else "silent"


def silent_since(point: QueryPoint, now: datetime) -> datetime | None:
    """Return when a paired point was last heard, or paired, if more than three heartbeats are missing since."""
    if point.retired_at is not None or point.paired_at is None:
        return None
    last = max(point.paired_at, point.heard_at or point.paired_at)
    return last if now - last > SILENT_AFTER else None
