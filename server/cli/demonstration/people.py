"""Who acts in the demonstration: two people in each village, and the township's and the county's.

Names repeat: six placeholders stand for everybody. Five accounts have a code that anyone may use.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random

from msgspec import Struct

from server.cli.demonstration.acts import Who
from server.cli.demonstration.ledger import Village
from server.external.passwords import token_hash
from server.queries.demo_codes import KEY as CODES_KEY
from server.rules.invitations import plain_code
from server.rules.permissions import ROLES, Actor, Role
from server.rules.places import spoken_name
from server.rules.values import uuid7_at
from server.storage import accounts, divisions, installation, invitations
from server.storage.accounts import Account
from server.storage.database import Tx
from server.storage.invitations import Invitation

COUNTY = "640425000000"
TOWNSHIP = "640425103000"
# The village whose people a visitor becomes.
OWN_VILLAGE = "640425103208"
# Whom a visitor may become.
CODES: dict[Who, str] = {
    (OWN_VILLAGE, "accountant"): "DEMO-ACCT-0001",
    (OWN_VILLAGE, "supervisor"): "DEMO-SPVR-0001",
    (TOWNSHIP, "auditor"): "DEMO-ADTR-0001",
    (TOWNSHIP, "editor"): "DEMO-EDTR-0001",
    (COUNTY, "administrator"): "DEMO-ADMN-0001",
}


class Code(Struct, frozen=True):
    """A code for the sign-in page and the terminal."""

    code: str
    role: Role
    name: str
    division: str
    division_name: str


def everybody(villages: Iterable[Village]) -> dict[Who, Account]:
    """Return the accounts by (division, role); `created_at` is set when they are written."""
    people: list[tuple[str, Role, str, str]] = [
        (COUNTY, "administrator", "周八", "county-administrator"),
        (COUNTY, "auditor", "李四", "county-auditor"),
        (COUNTY, "editor", "吴九", "county-editor"),
        (TOWNSHIP, "auditor", "王五", "honghe-auditor"),
        (TOWNSHIP, "editor", "赵六", "honghe-editor"),
    ]
    for village in villages:
        number = village.code[-3:]
        people.append(
            (village.code, "accountant", village.accountant, f"village-{number}-accountant")
        )
        people.append(
            (village.code, "supervisor", village.supervisor, f"village-{number}-supervisor")
        )
    return {
        (division, role): _account(division, role, name, login)
        for division, role, name, login in people
    }


# What those who sign are, as it stands under a notice.
_POSTS: dict[Role, str] = {"supervisor": "村监委会主任", "auditor": "农经站"}


def _account(division: str, role: Role, name: str, login: str) -> Account:
    epoch = datetime.fromisoformat("2024-01-01T00:00:00+00:00")
    return Account(
        id=uuid7_at(epoch, Random(login).randbytes(10)),
        county=division[:6],
        login=login,
        name=name,
        role=role,
        division=division,
        password_hash=None,
        disabled_at=None,
        created_at=epoch,
        post=_POSTS.get(role),
    )


def actor_of(account: Account) -> Actor:
    """Return the account as somebody who acts."""
    return Actor(account.id, account.name, account.role, account.division, "demonstration")


async def settle(tx: Tx, people: Iterable[Account], now: datetime) -> list[Code]:
    """Write the accounts, and the five codes with the hashes that sign-in compares."""
    found: list[Code] = []
    for account in people:
        await accounts.insert(tx, account)
        code = CODES.get((account.division, account.role))
        if code is None:
            continue
        invitation = Invitation(
            id=uuid7_at(now, Random(code).randbytes(10)),
            code_hash=token_hash(plain_code(code)),
            account_id=account.id,
            expires_at=now + timedelta(days=3650),
            used_at=None,
            reusable=True,
            created_by=None,
        )
        await invitations.insert(tx, invitation, county=account.county)
        place = await divisions.get(tx, account.division)
        name = spoken_name(place.name) if place else account.division
        found.append(Code(code, account.role, account.name, account.division, name))
    found.sort(key=lambda each: list(ROLES).index(each.role))
    listed = [
        {
            "code": each.code,
            "role": each.role,
            "name": each.name,
            "division": each.division,
            "division_name": each.division_name,
        }
        for each in found
    ]
    await installation.set_value(tx, CODES_KEY, json.dumps(listed, ensure_ascii=False))
    return found
