"""The tables of tallies: verdicts of a village's or a group's year in one line. They can be emptied at any time. Conventions: models.py."""

from __future__ import annotations

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from server.storage.models import _county, _place
from server.storage.place_code import TallyId


class Tally(Model):
    """A village's year, a sign per obligation: good for one version of the village and one rulebook, until the clock changes it."""

    # The place's code and the year.
    id = TallyId(primary_key=True)
    county = _county()
    division = _place()
    year = fields.IntField()
    shape = fields.CharField(max_length=32)
    signs = fields.TextField()
    judged_at = fields.BigIntField()
    holds_until = fields.BigIntField(null=True)
    version = fields.BigIntField()
    rules = fields.CharField(max_length=32)

    class Meta:
        table = "tally"
        indexes = (Index(fields=("division", "year"), name="tally_by_division"),)


class TallyShape(Model):
    """What the signs of some tallies are about, column by column: kept once under its hash."""

    id = fields.CharField(max_length=32, primary_key=True)
    county = _county()
    columns = fields.TextField()

    class Meta:
        table = "tally_shape"
