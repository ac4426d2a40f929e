"""The tables of inspections and of what they order. Conventions: models.py."""

from __future__ import annotations

from typing import Any

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from server.storage.models import _code, _county, _id, _to, _uuid, _uuid_or_null


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


class Rectification(Model):
    """What a village is to put right until a day, and how it stands."""

    id = _id()
    county = _county()
    division = _code()
    inspection: Any = fields.ForeignKeyField(
        "storage.Inspection", related_name=False, on_delete=fields.RESTRICT, null=True
    )
    disclosure_id = _uuid_or_null()
    finding = fields.TextField()
    demand = fields.TextField()
    # As the policy named the measure then.
    measure = fields.CharField(max_length=64)
    measure_zh = fields.CharField(max_length=120)
    measure_en = fields.CharField(max_length=120)
    due_on = fields.CharField(max_length=10)
    ordered_by = _uuid()
    ordered_by_name = fields.CharField(max_length=60)
    ordered_at = fields.BigIntField()
    state = fields.CharField(max_length=12)
    level = fields.CharField(max_length=12)
    proved_at = fields.BigIntField(null=True)
    closed_at = fields.BigIntField(null=True)
    recovered = fields.BigIntField()
    revision = fields.IntField()

    class Meta:
        table = "rectification"
        indexes = (
            Index(fields=("division", "ordered_at"), name="rectification_by_division"),
            Index(fields=("inspection_id",), name="rectification_by_inspection"),
        )


class RectificationStep(Model):
    """What happened to an order: proof, return, escalation, closure. None is ever changed."""

    id = _id()
    county = _county()
    rectification = _to("Rectification")
    kind = fields.CharField(max_length=12)
    words = fields.TextField()
    disclosure_id = _uuid_or_null()
    measure = fields.CharField(max_length=64, null=True)
    measure_zh = fields.CharField(max_length=120, null=True)
    measure_en = fields.CharField(max_length=120, null=True)
    due_on = fields.CharField(max_length=10, null=True)
    recovered = fields.BigIntField(null=True)
    by = _uuid()
    by_name = fields.CharField(max_length=60)
    at = fields.BigIntField()

    class Meta:
        table = "rectification_step"
        indexes = (Index(fields=("rectification_id",), name="rectification_step_by_order"),)


class RectificationPhoto(Model):
    """A photo of a proof, in its order."""

    id = fields.BigIntField(primary_key=True)
    county = _county()
    step = _to("RectificationStep")
    photo = _to("Photo")
    position = fields.IntField()

    class Meta:
        table = "rectification_photo"
        unique_together = (("step_id", "position"),)
