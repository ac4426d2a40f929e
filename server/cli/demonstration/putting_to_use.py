"""The demonstration's policies: which categories of the catalogue are in use, imported as an administrator would."""

from __future__ import annotations

from datetime import datetime, timedelta

from server.cli.demonstration import catalogue_story, examples_story
from server.cli.demonstration.moments import Moments
from server.commands.import_policy import import_policy
from server.rules.schedules import parse_policy
from server.storage.database import Tx
from server.web.house import House

RECORDED_BEFORE = timedelta(days=40)


async def put_to_use(tx: Tx, house: House, *, now: datetime) -> None:
    """Import the rules by which the county and a village use more of the catalogue; the house reads them at once."""
    book = house.book
    when = Moments(now, book)
    docs = [*catalogue_story.policies(when), *examples_story.policies(when)]
    for doc in docs:
        await import_policy(tx, doc, now=now - RECORDED_BEFORE)
    used = [*book.policies, *(parse_policy(doc) for doc in docs)]
    house.book = book.under(used)
