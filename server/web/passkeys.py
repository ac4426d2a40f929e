"""Passkeys: make one, sign in with one, list, name and remove mine.

Bytes travel as base64url without padding; the app turns what browsers give into these few fields.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec

from server import problems
from server.commands import change_passkey as changing
from server.commands.challenge_passkey import challenge_to_register, challenge_to_sign_in
from server.commands.register_passkey import register_passkey
from server.commands.sign_in_by_passkey import sign_in_by_passkey as open_by_passkey
from server.external.passkeys import ALGORITHMS, Made, Signed, handle_of
from server.queries.my_passkeys import my_login, my_passkeys
from server.rules.passkeys import CHALLENGE_FOR, Site
from server.storage.passkeys import Passkey
from server.web.asking import Answer, Ask
from server.web.etag import revision_tag
from server.web.origin import passkey_site
from server.web.sessions import Device, arrival_of, signed_in
from server.web.wire import Id, In, Out

Bytes = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[A-Za-z0-9_-]+$", max_length=20_000, description="base64url without padding"
    ),
]
CredentialId = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]+$", max_length=1400)]
Handle = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]*$", max_length=100)]
Transport = Annotated[str, msgspec.Meta(pattern=r"^[a-z-]{1,16}$", max_length=16)]
Transports = Annotated[list[Transport], msgspec.Meta(max_length=6)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
TIMEOUT_MS = int(CHALLENGE_FOR.total_seconds() * 1000)


class KnownPasskey(Out):
    """A passkey I have already: its device is asked not to make a second one."""

    credential_id: str
    transports: list[str]


class PasskeyToMake(Out):
    """What navigator.credentials.create() needs; user verification and a discoverable key are preferred."""

    challenge_id: str
    challenge: str
    rp_id: str
    rp_name: str
    user_id: str
    user_name: str
    user_display_name: str
    algorithms: list[int]
    exclude: list[KnownPasskey]
    timeout_ms: int


class PasskeyToAsk(Out):
    """What navigator.credentials.get() needs."""

    challenge_id: str
    challenge: str
    rp_id: str
    timeout_ms: int


class MadePasskey(In):
    """What a device answered to PasskeyToMake."""

    challenge_id: Id
    credential_id: CredentialId
    client_data: Bytes
    attestation: Bytes
    name: Name
    transports: Transports = msgspec.field(default_factory=list)


class SignedChallenge(In):
    """What a device answered to PasskeyToAsk; and what to call this device."""

    challenge_id: Id
    credential_id: CredentialId
    client_data: Bytes
    authenticator_data: Bytes
    signature: Bytes
    user_handle: Handle | None = None
    device: Device = ""


class PasskeyName(In):
    """What its owner calls a passkey."""

    name: Name


class PasskeyView(Out):
    """A passkey of mine; its `revision` is named by whoever renames it."""

    id: str
    name: str
    created_at: datetime
    last_used_at: datetime | None
    revision: int


class PasskeyList(Out):
    """My passkeys, oldest first."""

    items: list[PasskeyView]


async def list_passkeys(ask: Ask) -> PasskeyList:
    """Answer my passkeys."""
    return PasskeyList(items=[_view(each) for each in await my_passkeys(ask.db, ask.me)])


async def begin_passkey(ask: Ask) -> PasskeyToMake:
    """Answer what my device needs to make a passkey."""
    site = _site(ask)
    challenge, known = await challenge_to_register(ask.tx, actor=ask.me, site=site, now=ask.now)
    return PasskeyToMake(
        challenge_id=challenge.id,
        challenge=challenge.challenge,
        rp_id=site.rp_id,
        rp_name=ask.house.name,
        user_id=handle_of(ask.me.account_id),
        user_name=await my_login(ask.db, ask.me),
        user_display_name=ask.me.name,
        algorithms=list(ALGORITHMS),
        exclude=[
            KnownPasskey(credential_id=each.credential_id, transports=list(each.transports))
            for each in known
        ],
        timeout_ms=TIMEOUT_MS,
    )


async def keep_passkey(ask: Ask) -> PasskeyView:
    """Keep the passkey that my device made."""
    body: MadePasskey = ask.body
    passkey = await register_passkey(
        ask.tx,
        actor=ask.me,
        challenge_id=body.challenge_id,
        made=Made(body.credential_id, body.client_data, body.attestation),
        transports=tuple(body.transports),
        name=body.name,
        site=_site(ask),
        now=ask.now,
        address=ask.address,
    )
    return _view(passkey)


async def begin_sign_in(ask: Ask) -> PasskeyToAsk:
    """Answer a challenge for whoever holds a passkey of this site."""
    site = _site(ask)
    challenge = await challenge_to_sign_in(ask.tx, site=site, now=ask.now, address=ask.address)
    return PasskeyToAsk(
        challenge_id=challenge.id,
        challenge=challenge.challenge,
        rp_id=site.rp_id,
        timeout_ms=TIMEOUT_MS,
    )


async def sign_in_by_passkey(ask: Ask) -> Answer:
    """Open a session by passkey; the cookie it came with, if any, stops working."""
    body: SignedChallenge = ask.body
    signed = Signed(
        body.credential_id,
        body.client_data,
        body.authenticator_data,
        body.signature,
        body.user_handle or None,
    )
    opened = await open_by_passkey(
        ask.tx,
        challenge_id=body.challenge_id,
        signed=signed,
        site=_site(ask),
        arrival=await arrival_of(ask, body.device),
    )
    return await signed_in(ask, opened.actor, opened.token, must=False)


async def rename_passkey(ask: Ask) -> Answer:
    """Call a passkey of mine something else."""
    body: PasskeyName = ask.body
    passkey = await changing.rename_passkey(
        ask.tx,
        actor=ask.me,
        passkey_id=ask.path["id"],
        name=body.name,
        revision=ask.expected_revision(),
        now=ask.now,
        address=ask.address,
    )
    return Answer(status=204, headers={"ETag": revision_tag(passkey.revision)})


async def remove_passkey(ask: Ask) -> Answer:
    """Remove a passkey of mine."""
    await changing.remove_passkey(
        ask.tx, actor=ask.me, passkey_id=ask.path["id"], now=ask.now, address=ask.address
    )
    return Answer(status=204)


def _site(ask: Ask) -> Site:
    site = passkey_site(ask.origin)
    if not isinstance(site, Site):
        raise problems.passkeys_not_here(site)
    return site


def _view(passkey: Passkey) -> PasskeyView:
    return PasskeyView(
        id=passkey.id,
        name=passkey.name,
        created_at=passkey.created_at,
        last_used_at=passkey.last_used_at,
        revision=passkey.revision,
    )
