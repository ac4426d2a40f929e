"""The tables of query points: the register, the keys of its devices, and what they said. Conventions: models.py."""

from __future__ import annotations

from tortoise import fields
from tortoise.indexes import Index

from server.storage.models import _code, _county, _id, _to, _uuid, _uuid_or_null
from server.storage.table import Table


class QueryPoint(Table):
    """A kiosk or a screen in a public place. Its newest pairing code is kept as a mark that only the site's key can make."""

    id = _id()
    county = _county()
    division = _code()
    name = fields.CharField(max_length=60)
    place = fields.CharField(max_length=120)
    kind = fields.CharField(max_length=8)
    volume = fields.IntField()
    code_mark = fields.CharField(max_length=64, null=True, unique=True)
    code_expires_at = fields.BigIntField(null=True)
    code_used_at = fields.BigIntField(null=True)
    # The device that is paired now: a row of query_point_key.
    key_id = _uuid_or_null()
    created_by = _uuid()
    created_at = fields.BigIntField()
    paired_at = fields.BigIntField(null=True)
    heard_at = fields.BigIntField(null=True)
    retired_at = fields.BigIntField(null=True)
    # Counts changes of what the township says about it.
    revision = fields.IntField(db_default=1)

    class Meta:
        table = "query_point"
        indexes = (Index(fields=("division",), name="query_point_by_division"),)


class QueryPointKey(Table):
    """The public key of a device, and the number of its newest heartbeat. A key is paired once, ever."""

    id = _id()
    county = _county()
    point = _to("QueryPoint")
    public_key = fields.CharField(max_length=100, unique=True)
    seq = fields.BigIntField()
    paired_at = fields.BigIntField()
    replaced_at = fields.BigIntField(null=True)

    class Meta:
        table = "query_point_key"


class QueryPointHeartbeat(Table):
    """The newest heartbeat of a point in each ten minutes."""

    id = fields.BigIntField(generated=True, primary_key=True)
    county = _county()
    point = _to("QueryPoint")
    key_id = _uuid()
    # Ten minutes each, counted through the days: rules/uptime.slot_number.
    slot = fields.BigIntField()
    received_at = fields.BigIntField()
    at = fields.BigIntField()
    seq = fields.BigIntField()
    on_screen = fields.CharField(max_length=200)
    contents_as_of = fields.BigIntField(null=True)
    skew_ms = fields.BigIntField()
    battery = fields.IntField(null=True)
    charging = fields.BooleanField(null=True)
    network = fields.CharField(max_length=12)
    version = fields.CharField(max_length=40)

    class Meta:
        table = "query_point_heartbeat"
        unique_together = (("point", "slot"),)
        indexes = (Index(fields=("slot",), name="query_point_heartbeat_by_slot"),)


class QueryPointDay(Table):
    """A day of a point, 144 bits each as hex: in which ten minutes it was heard, or said later that it ran."""

    id = fields.BigIntField(generated=True, primary_key=True)
    county = _county()
    point = _to("QueryPoint")
    day = fields.CharField(max_length=10)
    heard = fields.CharField(max_length=36)
    claimed = fields.CharField(max_length=36)

    class Meta:
        table = "query_point_day"
        unique_together = (("point", "day"),)
