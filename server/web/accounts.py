"""Accounts: list, create, invite again, hand over, disable."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

import msgspec

from server.commands import change_handover as changing_handover
from server.commands import change_post as changing
from server.commands import change_term as changing_term
from server.commands import create_account as creating
from server.commands.disable_account import disable_account as disable
from server.commands.hand_over_account import Successor
from server.commands.hand_over_account import hand_over_account as hand_over
from server.commands.invite_account import invite_account
from server.external.qr_codes import qr_svg
from server.queries import posts
from server.queries.accounts import Listed, accounts_in_scope, listed
from server.rules.periods import local_date
from server.rules.permissions import ROLES, Role
from server.rules.places import name_in
from server.rules.values import Lang, Text
from server.storage.accounts import Account
from server.web.asking import Answer, Ask
from server.web.csv_files import csv_file
from server.web.etag import revision_tag
from server.web.wire import DivisionCode, Id, In, Limit, Out

MOST_LINES = 100_000
_COLUMNS = (
    Text("姓名", "name"),
    Text("身份", "role"),
    Text("区划代码", "division"),
    Text("管哪里", "place"),
    Text("用户名", "user name"),
    Text("职务", "post"),
    Text("状态", "state"),
    Text("第一天", "first day"),
    Text("从哪天起不再是", "ends on"),
    Text("前任", "succeeds"),
    Text("接任", "succeeded by"),
)

RoleName = Literal["accountant", "supervisor", "auditor", "editor", "administrator", "examiner"]
LoginName = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[^\s\u0000-\u001f\u007f]{2,40}$",
        description="2 to 40 characters of any script, no spaces",
    ),
]


PersonName = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
# 村监委会主任 and the like: it stands under what the person signs, and a rule may let certain posts not review.
Post = Annotated[str, msgspec.Meta(max_length=40)]


class AccountQuery(In):
    """`division`: that subtree only; `q`: part of a name or login."""

    division: DivisionCode | None = None
    q: Annotated[str, msgspec.Meta(max_length=40)] | None = None
    sort: Literal["login", "place", "newest"] = "login"


class AccountPageQuery(AccountQuery):
    """The same, in pages; `cursor`: as the last answer gave it."""

    cursor: Annotated[str, msgspec.Meta(max_length=80)] | None = None
    limit: Limit = 50


class NewAccount(In):
    """An account to be; the id is made by the client and makes sending twice harmless.

    `last_day`: an outside auditor's, who needs one; the account is closed at the midnight after it.
    """

    id: Id
    login: LoginName
    name: PersonName
    role: RoleName
    division: DivisionCode
    post: Post | None = None
    last_day: date | None = None


class LastDay(In):
    """Until when, that day included, an outside auditor may look."""

    last_day: date


class ChangedPost(In):
    """What office a person signs for from now on; null or empty: none."""

    post: Post | None


class PostQuery(In):
    """The place whose posts are wanted; without it my own area."""

    division: DivisionCode | None = None


class PostList(Out):
    """Posts to choose from, each with the categories that it may not review."""

    items: list[posts.Post]


class Handover(In):
    """Who takes a post over; the id is made by the client and makes sending twice harmless.

    `on`: their first day, from its first minute in Asia/Shanghai; without it they take over now.
    """

    id: Id
    login: LoginName
    name: PersonName
    on: date | None = None


class HandoverDay(In):
    """The first day of whoever takes a post over."""

    on: date


class AccountView(Out):
    """An account as administrators see it; the names of whoever had the post before and has it now or next.

    `starts_on`: the first day in office, `ends_on`: the first day on which the post is the successor's. `arranged`:
    that day is still to come and can be changed. `revision` is named by whoever changes the post, moves the day or calls it off.
    """

    id: str
    login: str
    name: str
    role: Role
    division: str
    division_name: str
    post: str | None
    created_at: datetime
    disabled_at: datetime | None
    has_password: bool
    passkeys: int
    succeeded_by: str | None
    succeeds: str | None
    starts_on: date | None
    ends_on: date | None
    arranged: bool
    revision: int


class AccountList(Out):
    """A page of accounts; `next` is the cursor of the following page."""

    items: list[AccountView]
    next: str | None


class Invited(Out):
    """An account and its one-time code, which is said this once.

    `link` opens the sign-in screen with the code behind the '#', which no server and no log sees; `qr` is that link as
    an SVG document.
    """

    account_id: str
    login: str
    name: str
    code: str
    expires_at: datetime
    link: str
    qr: str


async def list_accounts(ask: Ask) -> AccountList:
    """Answer the accounts in my area, by login."""
    query: AccountPageQuery = ask.query
    division = query.division or ask.me.division
    ask.must("manage_accounts", division)
    found = await accounts_in_scope(
        ask.db, division, q=query.q, sort=query.sort, after=query.cursor, limit=query.limit
    )
    return AccountList(items=[_view(each, ask.now) for each in found.items], next=found.next)


async def get_accounts_csv(ask: Ask) -> Answer:
    """The same as a file for a spreadsheet, whole."""
    query: AccountQuery = ask.query
    division = query.division or ask.me.division
    ask.must("manage_accounts", division)
    found = await accounts_in_scope(
        ask.db, division, q=query.q, sort=query.sort, after=None, limit=MOST_LINES
    )
    rows: list[tuple[object, ...]] = [tuple(each.pick(ask.lang) for each in _COLUMNS)]
    rows += [_csv_row(_view(each, ask.now), ask.lang) for each in found.items]
    return csv_file(rows, f"accounts-{division}-{ask.now:%Y%m%d}.csv")


def _csv_row(view: AccountView, lang: Lang) -> tuple[object, ...]:
    state = (
        Text("已停用", "disabled")
        if view.disabled_at
        else Text("在用", "in use")
        if view.has_password or view.passkeys
        else Text("还没设密码或指纹", "no password or passkey yet")
    )
    return (
        view.name,
        ROLES[view.role].pick(lang),
        view.division,
        name_in(view.division_name, lang),
        view.login,
        view.post or "",
        state.pick(lang),
        view.starts_on or "",
        view.ends_on or "",
        view.succeeds or "",
        view.succeeded_by or "",
    )


async def create_account(ask: Ask) -> Invited:
    """Create an account in my area and answer its one-time code."""
    body: NewAccount = ask.body
    wanted = creating.NewAccount(
        body.id, body.login, body.name, body.role, body.division, body.post, body.last_day
    )
    made = await creating.create_account(
        ask.tx, actor=ask.me, wanted=wanted, now=ask.now, address=ask.address
    )
    return _invited(ask, made.account, made.code, made.expires_at)


async def change_post(ask: Ask) -> Answer:
    """Change what office an account's person signs for."""
    body: ChangedPost = ask.body
    account = await changing.change_post(
        ask.tx,
        actor=ask.me,
        account_id=ask.path["id"],
        post=body.post,
        revision=ask.expected_revision(),
        now=ask.now,
        address=ask.address,
    )
    return await _edited(ask, account)


async def change_term(ask: Ask) -> Answer:
    """Change until when an outside auditor may look."""
    body: LastDay = ask.body
    account = await changing_term.change_term(
        ask.tx,
        actor=ask.me,
        account_id=ask.path["id"],
        last_day=body.last_day,
        revision=ask.expected_revision(),
        now=ask.now,
        address=ask.address,
    )
    return await _edited(ask, account)


async def list_posts(ask: Ask) -> PostList:
    """Answer the posts of my area, and those that a rule excludes from reviewing."""
    query: PostQuery = ask.query
    division = query.division or ask.me.division
    ask.must("manage_accounts", division)
    found = await posts.posts_in_scope(ask.db, ask.house.book, division, local_date(ask.now))
    return PostList(items=found)


async def invite_again(ask: Ask) -> Invited:
    """Answer a new one-time code; the earlier one ends."""
    return await _invite(ask, phone_lost=False)


async def phone_lost(ask: Ask) -> Invited:
    """Sign every device of an account out, forget its passkeys and its password, and answer a new one-time code."""
    return await _invite(ask, phone_lost=True)


async def _invite(ask: Ask, *, phone_lost: bool) -> Invited:
    made = await invite_account(
        ask.tx,
        actor=ask.me,
        account_id=ask.path["id"],
        phone_lost=phone_lost,
        now=ask.now,
        address=ask.address,
    )
    return _invited(ask, made.account, made.code, made.expires_at)


async def hand_over_account(ask: Ask) -> Invited:
    """End an account now or from a day on, and answer the one-time code of whoever takes its post over."""
    body: Handover = ask.body
    made = await hand_over(
        ask.tx,
        actor=ask.me,
        account_id=ask.path["id"],
        successor=Successor(body.id, body.login, body.name, body.on),
        now=ask.now,
        address=ask.address,
    )
    return _invited(ask, made.account, made.code, made.expires_at)


async def move_handover(ask: Ask) -> Answer:
    """Let whoever takes over begin on another day."""
    body: HandoverDay = ask.body
    account = await changing_handover.move_handover(
        ask.tx,
        actor=ask.me,
        account_id=ask.path["id"],
        on=body.on,
        revision=ask.expected_revision(),
        now=ask.now,
        address=ask.address,
    )
    return await _edited(ask, account)


async def call_off_handover(ask: Ask) -> Answer:
    """Let an account keep its post."""
    account = await changing_handover.call_off_handover(
        ask.tx,
        actor=ask.me,
        account_id=ask.path["id"],
        revision=ask.expected_revision(),
        now=ask.now,
        address=ask.address,
    )
    return await _edited(ask, account)


async def disable_account(ask: Ask) -> AccountView:
    """Disable an account and sign its devices out."""
    account = await disable(
        ask.tx, actor=ask.me, account_id=ask.path["id"], now=ask.now, address=ask.address
    )
    return _view(await listed(ask.db, account), ask.now)


async def _edited(ask: Ask, account: Account) -> Answer:
    view = _view(await listed(ask.db, account), ask.now)
    return Answer(view, headers={"ETag": revision_tag(account.revision)})


def _invited(ask: Ask, account: Account, code: str, expires_at: datetime) -> Invited:
    link = f"{ask.origin}/app/sign-in#code={code}"
    return Invited(
        account_id=account.id,
        login=account.login,
        name=account.name,
        code=code,
        expires_at=expires_at,
        link=link,
        qr=qr_svg(link),
    )


def _view(each: Listed, now: datetime) -> AccountView:
    account = each.account
    return AccountView(
        id=account.id,
        login=account.login,
        name=account.name,
        role=account.role,
        division=account.division,
        division_name=each.division_name,
        post=account.post,
        created_at=account.created_at,
        disabled_at=account.disabled_at,
        has_password=account.password_hash is not None,
        passkeys=each.passkeys,
        succeeded_by=each.succeeded_by,
        succeeds=each.succeeds,
        starts_on=local_date(account.starts_at) if account.starts_at else None,
        ends_on=local_date(account.ends_at) if account.ends_at else None,
        arranged=None not in (account.ends_at, account.succeeded_by) and not account.term.over(now),
        revision=account.revision,
    )
