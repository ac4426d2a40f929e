"""What does my account say about me that the session does not?"""

from __future__ import annotations

from dataclasses import dataclass

from server.rules.permissions import Actor
from server.rules.places import spoken_name
from server.storage import accounts, divisions
from server.storage.database import Reader


@dataclass(frozen=True, slots=True)
class AboutMe:
    """The name of my division, and whether I still have to choose a password."""

    division_name: str
    must_set_password: bool


async def about_me(db: Reader, actor: Actor) -> AboutMe:
    """Return it; a division that was abolished is shown by its code."""
    division = await divisions.get(db, actor.division)
    account = await accounts.get(db, actor.account_id)
    return AboutMe(
        division_name=spoken_name(division.name) if division else actor.division,
        must_set_password=account is not None and account.password_hash is None,
    )
