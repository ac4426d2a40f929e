"""Query points over HTTP: the township's register, the pairing of a device, and its heartbeats."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import msgspec

from server import problems
from server.commands.change_query_point import change_query_point
from server.commands.create_query_point import create_query_point
from server.commands.hear_query_point import hear_query_point
from server.commands.pair_query_point import pair_query_point
from server.commands.renew_pairing_code import renew_pairing_code
from server.commands.retire_query_point import retire_query_point
from server.queries.query_points_in_scope import PointLines, query_points_in_scope
from server.rules.places import place_of
from server.rules.query_points import (
    MOST_VOLUME,
    USUAL_VOLUME,
    Heartbeat,
    Kind,
    Missed,
    Network,
    QueryPoint,
)
from server.storage import divisions
from server.storage.pairing_codes import Issued
from server.web.asking import Answer, Ask
from server.web.etag import revision_tag
from server.web.wire import DivisionCode, Headers, Id, In, Out

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
PlaceText = Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
Volume = Annotated[int, msgspec.Meta(ge=0, le=MOST_VOLUME)]
Aware = Annotated[datetime, msgspec.Meta(tz=True)]
Code = Annotated[
    str,
    msgspec.Meta(min_length=1, max_length=40, description="8 digits; blanks and hyphens between them are passed over"),
]  # fmt: skip
PublicKey = Annotated[
    str,
    msgspec.Meta(
        min_length=1, max_length=100, description="The raw point of a P-256 key, 65 bytes as base64url"
    ),
]  # fmt: skip
Seq = Annotated[int, msgspec.Meta(ge=1, le=2**53 - 1)]
# A hundred years: a clock whose battery is empty says 1970.
Skew = Annotated[int, msgspec.Meta(ge=-(10**13), le=10**13)]


NO_MOMENT = problems.Say(
    "这个时刻不在公历 1 年到 9999 年之间", "it lies outside the years 1 to 9999"
)


class PointQuery(In):
    """`division`: that subtree only."""

    division: DivisionCode | None = None


class NewPoint(In):
    """A query point to be; the id is made by the client and makes sending twice harmless."""

    id: Id
    division: DivisionCode
    name: Name
    place: PlaceText
    kind: Kind
    volume: Volume = USUAL_VOLUME


class ChangedPoint(In):
    """What a point is called from now on, where it stands, what it is, and how loud."""

    name: Name
    place: PlaceText
    kind: Kind
    volume: Volume


class PairingCode(Out):
    """A query point and its pairing code, which is said this once."""

    id: str
    name: str
    code: str
    expires_at: datetime


class Pairing(In):
    """The code as somebody typed it, and the public half of a key that never leaves the device."""

    code: Code
    public_key: PublicKey


class PointPlace(Out):
    """The division of a point; `path`: the names above it, outermost first."""

    code: str
    name: str
    path: tuple[str, ...]


class PairedPoint(Out):
    """What a device is from now on."""

    id: str
    name: str
    place: str
    kind: Kind
    volume: int
    division: PointPlace
    server_now: datetime


class BatteryIn(In):
    """As the browser says it: 0 to 1."""

    level: Annotated[float, msgspec.Meta(ge=0, le=1)]
    charging: bool


class MissedIn(In):
    """The first and the last heartbeat of a stretch that could not be sent, by the clock of `at`."""

    first: Aware = msgspec.field(name="from")
    last: Aware = msgspec.field(name="to")


class BeatHeaders(Headers):
    """ECDSA P-256 SHA-256 over 'gongshilan heartbeat v1', the point's id and the body, a newline after the first two."""

    query_point_signature: Annotated[
        str,
        msgspec.Meta(min_length=1, max_length=120, description="r and s, 64 bytes as base64url"),
    ]


class Beat(In):
    """What a device says of itself. `at` is its own clock; `seq` is greater than in any heartbeat before."""

    at: Aware
    seq: Seq
    on_screen: Annotated[
        str, msgspec.Meta(max_length=400, description="Path of the public page shown, no query")
    ]
    contents_as_of: Aware | None
    skew_ms: Skew
    battery: BatteryIn | None
    network: Network
    version: Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z._+-]{1,40}$", max_length=40)]
    missed: Annotated[list[MissedIn], msgspec.Meta(max_length=200)]


class Heard(Out):
    """When a heartbeat reached us, and the point as the township has it."""

    received_at: datetime
    server_now: datetime
    name: str
    place: str
    kind: Kind
    volume: int
    retired: bool


async def list_points(ask: Ask) -> PointLines:
    """The query points in my area, and how each stands."""
    query: PointQuery = ask.query
    division = query.division or ask.me.division
    ask.must("see_query_points", division)
    return await query_points_in_scope(ask.db, division, ask.now)


async def post_point(ask: Ask) -> PairingCode:
    """Put a query point into the register and answer its pairing code."""
    body: NewPoint = ask.body
    issued = await create_query_point(
        ask.tx,
        actor=ask.me,
        point=QueryPoint(
            id=body.id,
            division=body.division,
            name=body.name.strip(),
            place=body.place.strip(),
            kind=body.kind,
            volume=body.volume,
            created_by=ask.me.account_id,
            created_at=ask.now,
        ),
        mark=ask.house.signer.mark,
        now=ask.now,
        address=ask.address,
    )
    return _said(issued)


async def put_point(ask: Ask) -> Answer:
    """Say something else about a query point."""
    body: ChangedPoint = ask.body
    point = await change_query_point(
        ask.tx,
        actor=ask.me,
        point_id=ask.path["id"],
        name=body.name.strip(),
        place=body.place.strip(),
        kind=body.kind,
        volume=body.volume,
        revision=ask.expected_revision(),
        now=ask.now,
        address=ask.address,
    )
    lines = await query_points_in_scope(ask.tx, point.division, ask.now)
    line = next(line for line in lines.items if line.id == point.id)
    return Answer(line, headers={"ETag": revision_tag(point.revision)})


async def post_code(ask: Ask) -> PairingCode:
    """A new pairing code for a point; the earlier one ends."""
    return _said(
        await renew_pairing_code(
            ask.tx,
            actor=ask.me,
            point_id=ask.path["id"],
            mark=ask.house.signer.mark,
            now=ask.now,
            address=ask.address,
        )
    )


def _said(issued: Issued) -> PairingCode:
    return PairingCode(
        id=issued.point.id, name=issued.point.name, code=issued.code, expires_at=issued.expires_at
    )


async def delete_point(ask: Ask) -> None:
    """Retire a query point."""
    await retire_query_point(
        ask.tx, actor=ask.me, point_id=ask.path["id"], now=ask.now, address=ask.address
    )


async def post_pairing(ask: Ask) -> PairedPoint:
    """Pair a device with the point whose code it was given."""
    body: Pairing = ask.body
    point = await pair_query_point(
        ask.tx,
        code=body.code,
        public_key=body.public_key,
        mark=ask.house.signer.mark,
        now=ask.now,
        address=ask.address,
    )
    place = place_of(await divisions.line_that_stood(ask.tx, point.division))
    return PairedPoint(
        id=point.id,
        name=point.name,
        place=point.place,
        kind=point.kind,
        volume=point.volume,
        division=PointPlace(code=place.code, name=place.name, path=place.path),
        server_now=ask.now,
    )


async def post_heartbeat(ask: Ask) -> Heard:
    """Hear a device: what it shows, how old that is, and when it could not be heard."""
    body: Beat = ask.body
    headers: BeatHeaders = ask.headers
    point = await hear_query_point(
        ask.store,
        point_id=ask.path["id"],
        body=ask.sent,
        signature=headers.query_point_signature,
        beat=Heartbeat(
            received_at=ask.now,
            at=_utc(body.at, "/at"),
            seq=body.seq,
            on_screen=body.on_screen,
            contents_as_of=_utc(body.contents_as_of, "/contents_as_of")
            if body.contents_as_of
            else None,
            skew_ms=body.skew_ms,
            battery=round(body.battery.level * 100) if body.battery else None,
            charging=body.battery.charging if body.battery else None,
            network=body.network,
            version=body.version,
            missed=tuple(
                Missed(_utc(each.first, f"/missed/{n}/from"), _utc(each.last, f"/missed/{n}/to"))
                for n, each in enumerate(body.missed)
            ),
        ),
    )
    return Heard(
        received_at=ask.now,
        server_now=ask.now,
        name=point.name,
        place=point.place,
        kind=point.kind,
        volume=point.volume,
        retired=False,
    )


def _utc(moment: datetime, at: str) -> datetime:
    """Return a moment in UTC. Raises wrong_type for one that no calendar has there: the year 0 or 10000."""
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise problems.wrong_type(at, NO_MOMENT) from error
