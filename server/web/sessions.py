"""Sessions: sign in and out, on which devices, who I am."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import msgspec

from server import problems
from server.commands.accept_invitation import accept_invitation
from server.commands.set_password import set_password as set_password_of
from server.commands.sign_in import sign_in as sign_in_with_password
from server.commands.sign_out import sign_out
from server.commands.sign_out import sign_out_others as end_others
from server.queries.me import about_me
from server.queries.my_sessions import my_sessions as sessions_of
from server.queries.people_on_phone import phone_of
from server.rules.periods import local_date
from server.rules.permissions import ACTS, Actor
from server.rules.values import Text
from server.storage.arrivals import Arrival
from server.web.asking import Answer, Ask
from server.web.cookies import phone_token
from server.web.transactions import transaction
from server.web.wire import In, Out

Password = Annotated[str, msgspec.Meta(max_length=200)]
Code = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
Login = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
Device = Annotated[
    str, msgspec.Meta(max_length=100, description="Words by which its owner knows it")
]


class SignIn(In):
    """Either `code`, or `login` and `password`; and what to call this device."""

    code: Code | None = None
    login: Login | None = None
    password: Password | None = None
    device: Device = ""


class ActorView(Out):
    """Who is signed in and what they may do."""

    account_id: str
    name: str
    role: str
    division: str
    division_name: str
    acts: list[str]


class SignedInView(Out):
    """The answer to signing in; the token itself is in the cookie only."""

    actor: ActorView
    must_set_password: bool


class Me(SignedInView):
    """Who I am on this device, by what else than a code I can sign in, and from when until when I am in office.

    `ends_on`: the first day on which my post is the successor's. `out`: why I can only look now; null in office.
    `revision`: of my account, named by whoever moves that day.
    """

    session_id: str
    has_password: bool
    passkeys: int
    starts_on: date | None
    ends_on: date | None
    successor: str | None
    out: Text | None
    revision: int


class SessionView(Out):
    """A device on which I am signed in; `waits`: somebody else has that shared phone, mine opens by my PIN."""

    id: str
    device: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    here: bool
    waits: bool
    has_pin: bool


class SessionList(Out):
    """My devices, the latest seen first."""

    items: list[SessionView]


class NewPassword(In):
    """`old_password` is asked for unless none was ever chosen since the last invitation."""

    password: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    old_password: Password | None = None


async def sign_in(ask: Ask) -> Answer:
    """Open a session by password or by code; the cookie it came with, if any, stops working."""
    body: SignIn = ask.body
    arrival = await arrival_of(ask, body.device)
    if body.code is not None and body.login is None and body.password is None:
        async with transaction(ask.store) as tx:
            accepted = await accept_invitation(tx, code=body.code, arrival=arrival)
        signed, token = accepted.actor, accepted.token
        must = accepted.must_set_password
    elif body.code is None and body.login is not None and body.password is not None:
        opened = await sign_in_with_password(
            ask.store, login=body.login, password=body.password, arrival=arrival
        )
        signed, token, must = opened.actor, opened.token, False
    else:
        either = problems.Say("给出邀请码，或账号和密码", "give code, or login and password")
        raise problems.wrong_type("", either)
    return await signed_in(ask, signed, token, must)


async def arrival_of(ask: Ask, device: str) -> Arrival:
    """Return where and when somebody signs in: on which device, in whose place, on which shared phone."""
    phone = phone_token(ask.request, ask.house.settings)
    return Arrival(
        device=device,
        address=ask.address,
        now=ask.now,
        days=ask.house.settings.session_days,
        replaces=ask.actor.session_id if ask.actor else None,
        phone_id=await phone_of(ask.store.reader, phone),
    )


async def signed_in(ask: Ask, actor: Actor, token: str, must: bool) -> Answer:
    """Return the answer to a sign-in, with the token for the cookie.

    `must`: by an invitation, after which a passkey or a password is chosen unless there is a passkey already.
    """
    about = await about_me(ask.store.reader, actor)
    view = _actor_view(actor, about.division_name)
    return Answer(
        SignedInView(actor=view, must_set_password=must and about.passkeys == 0), token=token
    )


async def my_sessions(ask: Ask) -> SessionList:
    """Answer the devices on which I am signed in."""
    found = await sessions_of(ask.db, ask.me, ask.now)
    return SessionList(
        items=[
            SessionView(
                id=each.id,
                device=each.device,
                created_at=each.created_at,
                last_seen_at=each.last_seen_at,
                expires_at=each.expires_at,
                here=each.id == ask.me.session_id,
                waits=each.parked_at is not None,
                has_pin=each.has_seat,
            )
            for each in found
        ]
    )


async def sign_out_here(ask: Ask) -> Answer:
    """End this session and remove the cookie; without a session only the cookie goes."""
    if ask.actor is not None:
        await _end(ask, ask.actor, ask.actor.session_id)
    return Answer(status=204, token="")


async def sign_out_there(ask: Ask) -> Answer:
    """End the session of another device of mine."""
    await _end(ask, ask.me, ask.path["id"])
    here = ask.path["id"] == ask.me.session_id
    return Answer(status=204, token="" if here else None)


async def sign_out_others(ask: Ask) -> Answer:
    """End every session of mine but this one."""
    await end_others(ask.tx, actor=ask.me, now=ask.now, address=ask.address)
    return Answer(status=204)


async def _end(ask: Ask, actor: Actor, session_id: str) -> None:
    await sign_out(ask.tx, actor=actor, session_id=session_id, now=ask.now, address=ask.address)


async def me(ask: Ask) -> Me:
    """Answer who is signed in on this device."""
    about = await about_me(ask.db, ask.me)
    return Me(
        actor=_actor_view(ask.me, about.division_name),
        # On a demonstration people come back by their reusable code.
        must_set_password=about.must_set_password and not ask.house.demo,
        session_id=ask.me.session_id,
        has_password=about.has_password,
        passkeys=about.passkeys,
        starts_on=local_date(about.term.starts_at) if about.term.starts_at else None,
        ends_on=local_date(about.term.ends_at) if about.term.ends_at else None,
        successor=about.successor,
        out=ask.me.out.why if ask.me.out else None,
        revision=about.revision,
    )


async def set_password(ask: Ask) -> Answer:
    """Choose or change my password; my other devices are signed out."""
    body: NewPassword = ask.body
    await set_password_of(
        ask.store,
        actor=ask.me,
        old=body.old_password,
        new=body.password,
        now=ask.now,
        address=ask.address,
    )
    return Answer(status=204)


def _actor_view(actor: Actor, division_name: str) -> ActorView:
    return ActorView(
        account_id=actor.account_id,
        name=actor.name,
        role=actor.role,
        division=actor.division,
        division_name=division_name,
        acts=[act for act, roles in ACTS.items() if actor.role in roles],
    )
