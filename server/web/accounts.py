"""Accounts: list, create, invite again, disable."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from server.commands import create_account as creating
from server.commands.disable_account import disable_account as disable
from server.commands.invite_account import invite_account
from server.queries.accounts import accounts_in_scope
from server.storage.accounts import Account
from server.web.asking import Ask
from server.web.wire import DivisionCode, Id, In, Limit, Out, ShortText

RoleName = Literal["accountant", "supervisor", "auditor", "editor", "administrator"]
LoginName = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[^\s\u0000-\u001f\u007f]{2,40}$",
        description="2 to 40 characters of any script, no spaces",
    ),
]


class AccountQuery(In):
    """`division`: that subtree only; `q`: part of a name or login; `cursor`: as the last answer gave it."""

    division: DivisionCode | None = None
    q: Annotated[str, msgspec.Meta(max_length=40)] | None = None
    cursor: Annotated[str, msgspec.Meta(max_length=80)] | None = None
    limit: Limit = 50


class NewAccount(In):
    """An account to be; the id is made by the client and makes sending twice harmless."""

    id: Id
    login: LoginName
    name: ShortText
    role: RoleName
    division: DivisionCode


class AccountView(Out):
    """An account as administrators see it."""

    id: str
    login: str
    name: str
    role: str
    division: str
    division_name: str
    created_at: datetime
    disabled_at: datetime | None
    has_password: bool


class AccountList(Out):
    """A page of accounts; `next` is the cursor of the following page."""

    items: list[AccountView]
    next: str | None


class Invited(Out):
    """An account and its one-time code, which is said this once."""

    account_id: str
    login: str
    name: str
    code: str
    expires_at: datetime


async def list_accounts(ask: Ask) -> AccountList:
    """Answer the accounts in my area, by login."""
    query: AccountQuery = ask.query
    division = query.division or ask.me.division
    ask.must("manage_accounts", division)
    found = await accounts_in_scope(
        ask.db, division, q=query.q, after=query.cursor, limit=query.limit
    )
    return AccountList(
        items=[_view(account, name) for account, name in found.items], next=found.next
    )


async def create_account(ask: Ask) -> Invited:
    """Create an account in my area and answer its one-time code."""
    body: NewAccount = ask.body
    wanted = creating.NewAccount(body.id, body.login, body.name, body.role, body.division)
    made = await creating.create_account(
        ask.tx, actor=ask.me, wanted=wanted, now=ask.now, address=ask.address
    )
    return _invited(made.account, made.code, made.expires_at)


async def invite_again(ask: Ask) -> Invited:
    """Answer a new one-time code; the earlier one ends."""
    made = await invite_account(
        ask.tx, actor=ask.me, account_id=ask.path["id"], now=ask.now, address=ask.address
    )
    return _invited(made.account, made.code, made.expires_at)


async def disable_account(ask: Ask) -> AccountView:
    """Disable an account and sign its devices out."""
    account = await disable(
        ask.tx, actor=ask.me, account_id=ask.path["id"], now=ask.now, address=ask.address
    )
    return _view(account, "")


def _invited(account: Account, code: str, expires_at: datetime) -> Invited:
    return Invited(
        account_id=account.id,
        login=account.login,
        name=account.name,
        code=code,
        expires_at=expires_at,
    )


def _view(account: Account, division_name: str) -> AccountView:
    return AccountView(
        id=account.id,
        login=account.login,
        name=account.name,
        role=account.role,
        division=account.division,
        division_name=division_name,
        created_at=account.created_at,
        disabled_at=account.disabled_at,
        has_password=account.password_hash is not None,
    )
