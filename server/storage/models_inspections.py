"""The tables of inspections and of what they order. Conventions: models.py."""

from __future__ import annotations

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from server.storage.models import _code, _county, _id, _to, _uuid


class Draw(Model):
    """A list drawn for spot checks: with the items it was drawn from, so that anyone can draw it again."""

    id = _id()
    county = _county()
    division = _code()
    kind = fields.CharField(max_length=12)
    purpose = fields.CharField(max_length=60)
    first_day = fields.CharField(max_length=10)
    last_day = fields.CharField(max_length=10)
    share_permille = fields.IntField()
    detect_permille = fields.IntField()
    # One id a line.
    population = fields.TextField()
    size = fields.IntField()
    record_lines = fields.IntField()
    seed = fields.CharField(max_length=64)
    drawn_by = _uuid()
    drawn_by_name = fields.CharField(max_length=60)
    drawn_at = fields.BigIntField()

    class Meta:
        table = "draw"
        indexes = (Index(fields=("division", "drawn_at"), name="draw_by_division"),)


class Inspection(Model):
    """One drawn item, named after its draw and its place in it: what was found stands here once somebody was there."""

    id = fields.CharField(max_length=44, primary_key=True)
    county = _county()
    draw = _to("Draw")
    rank = fields.IntField()
    division = _code()
    item = fields.CharField(max_length=36)
    ticket = fields.CharField(max_length=64)
    published = fields.CharField(max_length=8, null=True)
    accurate = fields.CharField(max_length=8, null=True)
    complete = fields.CharField(max_length=8, null=True)
    timely = fields.CharField(max_length=8, null=True)
    note = fields.TextField(null=True)
    asked = fields.IntField(null=True)
    knew = fields.IntField(null=True)
    satisfied = fields.IntField(null=True)
    composed_at = fields.BigIntField(null=True)
    received_at = fields.BigIntField(null=True)
    visited_by = fields.CharField(max_length=36, null=True)
    visited_by_name = fields.CharField(max_length=60, null=True)

    class Meta:
        table = "inspection"
        unique_together = (("draw_id", "rank"),)
        indexes = (Index(fields=("division", "received_at"), name="inspection_by_division"),)


class InspectionPhoto(Model):
    """A photo of a visit, in its order."""

    id = fields.BigIntField(primary_key=True)
    county = _county()
    inspection = _to("Inspection")
    photo = _to("Photo")
    position = fields.IntField()

    class Meta:
        table = "inspection_photo"
        unique_together = (("inspection_id", "position"),)
