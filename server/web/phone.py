"""A shared phone: who is on it, a PIN of mine, handing it to the next person."""

from __future__ import annotations

from typing import Annotated

import msgspec

from server import problems
from server.commands import share_phone as sharing
from server.commands import switch_person as switching
from server.queries.people_on_phone import people_on_phone, phone_of
from server.rules.pins import MOST_PEOPLE
from server.storage.database import Reader
from server.web.asking import Answer, Ask
from server.web.cookies import phone_token
from server.web.sessions import signed_in
from server.web.wire import Id, In, Out

Pin = Annotated[
    str, msgspec.Meta(pattern=r"^[0-9]{4,6}$", max_length=6, description="4 to 6 digits")
]


class NewPin(In):
    """`old_pin` is asked for when there is one on this phone already."""

    pin: Pin
    old_pin: Pin | None = None


class Switch(In):
    """Whose turn it is, and that person's PIN."""

    account_id: Id
    pin: Pin


class PersonView(Out):
    """Somebody with a PIN on this phone; `here`: the phone is in their hands now."""

    account_id: str
    name: str
    role: str
    division_name: str
    here: bool


class PhoneView(Out):
    """The people who share this phone; nobody on a phone that is one person's own."""

    people: list[PersonView]
    most: int


async def get_phone(ask: Ask) -> PhoneView:
    """Answer who shares this phone: to whoever holds it, signed in or not."""
    phone_id = await _phone(ask, ask.db)
    session_id = ask.actor.session_id if ask.actor else None
    people = await people_on_phone(ask.db, phone_id, session_id, ask.now) if phone_id else []
    return PhoneView(
        people=[
            PersonView(
                account_id=each.account_id,
                name=each.name,
                role=each.role,
                division_name=each.division_name,
                here=each.here,
            )
            for each in people
        ],
        most=MOST_PEOPLE,
    )


async def set_pin(ask: Ask) -> Answer:
    """Choose my PIN on this phone, which makes it a shared one."""
    body: NewPin = ask.body
    token = await sharing.set_pin(
        ask.store,
        actor=ask.me,
        pin=body.pin,
        old=body.old_pin,
        phone_id=await _phone(ask, ask.store.reader),
        now=ask.now,
        address=ask.address,
    )
    return Answer(status=204, phone_token=token)


async def leave_phone(ask: Ask) -> Answer:
    """Stop sharing: my PIN goes, I stay signed in; the last one takes the phone's cookie along."""
    others = await sharing.leave_phone(ask.tx, actor=ask.me, now=ask.now, address=ask.address)
    return Answer(status=204, phone_token=None if others else "")


async def lock_phone(ask: Ask) -> Answer:
    """Put the phone down: it opens by a PIN again."""
    await switching.lock_phone(ask.tx, actor=ask.me, now=ask.now, address=ask.address)
    return Answer(status=204, token="")


async def switch_person(ask: Ask) -> Answer:
    """Open the session of the person whose PIN was typed."""
    body: Switch = ask.body
    phone_id = await _phone(ask, ask.store.reader)
    if phone_id is None:
        raise problems.not_found(
            problems.Say("这个人（可能已退出）", "such person; they may have left")
        )
    switched = await switching.switch_person(
        ask.store,
        phone_id=phone_id,
        account_id=body.account_id,
        pin=body.pin,
        present=ask.actor,
        now=ask.now,
        days=ask.house.settings.session_days,
        address=ask.address,
    )
    return await signed_in(ask, switched.actor, switched.token, must=False)


async def _phone(ask: Ask, db: Reader) -> str | None:
    return await phone_of(db, phone_token(ask.request, ask.house.settings))
