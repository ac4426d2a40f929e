"""Who shares this phone?"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from server.external.passwords import token_hash
from server.rules.permissions import Role
from server.rules.places import spoken_name
from server.storage import accounts, divisions, phones, sessions
from server.storage.database import Reader


class PersonOnPhone(Struct, frozen=True):
    """Somebody with a PIN on this phone; `here`: the phone is in their hands now."""

    account_id: str
    name: str
    role: Role
    division_name: str
    here: bool


async def phone_of(db: Reader, token: str | None) -> str | None:
    """Return the id of the shared phone that this token belongs to, or None."""
    return await phones.by_token_hash(db, token_hash(token)) if token else None


async def people_on_phone(
    db: Reader, phone_id: str, session_id: str | None, now: datetime
) -> list[PersonOnPhone]:
    """Return the people of a phone, who came first first."""
    found = []
    for session in await sessions.on_phone(db, phone_id, now):
        account = await accounts.get(db, session.account_id)
        if account is None or account.ended(now):
            continue
        places = await divisions.names(db, [account.division])
        found.append(
            PersonOnPhone(
                account_id=account.id,
                name=account.name,
                role=account.role,
                division_name=spoken_name(places.get(account.division, account.division)),
                here=session.id == session_id,
            )
        )
    return found
