"""The tables of outreach: what was done so that people hear of a notice, whom it reached, and how often pages were opened. Conventions: models.py."""

from __future__ import annotations

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from server.storage.models import _code, _county, _id, _to, _uuid, _uuid_or_null


class PageView(Model):
    """How often a kind of a village's pages was opened on a day: a number, and nothing of who opened it."""

    id = fields.BigIntField(primary_key=True)
    county = _county()
    division = _code()
    day = fields.CharField(max_length=10)
    kind = fields.CharField(max_length=8)
    views = fields.BigIntField()

    class Meta:
        table = "page_view"
        unique_together = (("division", "day", "kind"),)


class Outreach(Model):
    """A letter, a broadcast, a visiting day: written once, replaced by a later record and never changed."""

    id = _id()
    county = _county()
    division = _code()
    kind = fields.CharField(max_length=12)
    stage = fields.CharField(max_length=8)
    first_day = fields.CharField(max_length=10)
    last_day = fields.CharField(max_length=10)
    from_time = fields.CharField(max_length=5, null=True)
    until_time = fields.CharField(max_length=5, null=True)
    place = fields.CharField(max_length=60)
    households = fields.IntField(null=True)
    people = fields.IntField(null=True)
    counted_by = fields.CharField(max_length=60)
    note = fields.TextField()
    recorded_by = _uuid()
    recorded_by_name = fields.CharField(max_length=60)
    recorded_at = fields.BigIntField()
    # The record whose place this one takes.
    replaces = _uuid_or_null()

    class Meta:
        table = "outreach"
        unique_together = (("replaces",),)
        indexes = (Index(fields=("division", "recorded_at"), name="outreach_by_division"),)


class OutreachReach(Model):
    """A village that a record says was reached: all of it, or some of its groups, one a line."""

    id = fields.BigIntField(primary_key=True)
    county = _county()
    outreach = _to("Outreach")
    division = _code()
    village_groups = fields.TextField()
    groups_total = fields.IntField(null=True)

    class Meta:
        table = "outreach_reach"
        unique_together = (("outreach_id", "division"),)
        indexes = (Index(fields=("division",), name="outreach_reach_by_division"),)


class OutreachPhoto(Model):
    """A photo of what was done, in its order."""

    id = fields.BigIntField(primary_key=True)
    county = _county()
    outreach = _to("Outreach")
    photo = _to("Photo")
    position = fields.IntField()

    class Meta:
        table = "outreach_photo"
        unique_together = (("outreach_id", "position"),)
        indexes = (Index(fields=("photo_id",), name="outreach_photo_by_photo"),)


class OutreachNotice(Model):
    """A notice that a record tells of, in its order."""

    id = fields.BigIntField(primary_key=True)
    county = _county()
    outreach = _to("Outreach")
    disclosure = _to("Disclosure")
    position = fields.IntField()

    class Meta:
        table = "outreach_notice"
        unique_together = (("outreach_id", "position"),)
