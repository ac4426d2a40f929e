"""The table of short links: what is printed on paper stays what it is for good."""

from __future__ import annotations

from tortoise import fields

from server.storage.models import _county, _to
from server.storage.table import Table


class ShortLink(Table):
    """Seven signs that name a disclosure for good, whatever becomes of it."""

    signs = fields.CharField(max_length=7, primary_key=True)
    county = _county()
    disclosure = _to("Disclosure")

    class Meta:
        table = "short_link"
        unique_together = (("disclosure",),)
