"""Create the accounts of a sheet at once, each with its one-time code; and give new codes to those who have not come yet."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import astuple, replace

from server import problems
from server.external import passwords
from server.rules.account_batches import Judged, StandingPlace, judge_people, logins_for
from server.rules.account_sheets import PeopleRead, WantedPerson
from server.rules.accounts import refusal_to_manage
from server.rules.canonical import content_hash
from server.rules.invitations import BYTES, code_from, plain_code
from server.rules.periods import day_start
from server.rules.permissions import Actor, covers, refusal, scope_prefix
from server.rules.places import spoken_name
from server.rules.values import uuid7_at
from server.rules.wrong_rows import WrongRow
from server.storage import account_batches, accounts, divisions, events, invitations, passkeys
from server.storage.account_batches import AccountBatch
from server.storage.accounts import Account
from server.storage.database import Tx
from server.storage.invitations import Invitation

_ROWS_NAMED = 50


class Slip(Struct, frozen=True):
    """Somebody's account with its code, which is said once. `phone`: as the sheet said it; it is stored nowhere."""

    account: Account
    division_name: str
    code: str
    expires_at: datetime
    phone: str | None = None


class BatchMade(Struct, frozen=True):
    """The slips of a batch; who has signed in meanwhile and needs none; the rows that were left out."""

    id: str
    slips: tuple[Slip, ...]
    signed_in: tuple[str, ...]
    left_out: tuple[WrongRow, ...]


async def create_accounts(
    tx: Tx,
    *,
    actor: Actor,
    batch_id: str,
    read: PeopleRead,
    only_right: bool,
    now: datetime,
    address: str,
) -> BatchMade:
    """Store the accounts of a sheet's rows: of all, or of none; with `only_right`, of those that nothing stands against.

    The same sheet under the same id again makes nobody twice and answers fresh codes: the first answer may have been
    lost on its way. Raises not_allowed, people_rows_wrong, same_id_other_content.
    """
    if why := refusal(actor, "manage_accounts", actor.division):
        raise problems.not_allowed(why)
    await tx.alone(f"accounts {actor.division[:6]}")
    digest = content_hash([_told(person) for person in read.people])
    phones = {(p.name, p.role): p.phone for p in read.people if p.phone}
    if known := await account_batches.get(tx, batch_id):
        if known.digest != digest or known.made_by != actor.account_id:
            raise problems.same_id_other_content(batch_id, stored=known.digest, received=digest)
        made = await _renewed(tx, known, actor=actor, now=now, address=address)
        slips = tuple(
            replace(s, phone=phones.get((s.account.name, s.account.role))) for s in made.slips
        )
        return replace(made, slips=slips)
    judged = await _judged(tx, read, actor, now)
    wrong = tuple(sorted((*read.wrong, *judged.wrong), key=lambda one: one.row))
    if not judged.right or (wrong and not only_right):
        found = [
            {"row": w.row, "column": w.column, "detail": w.text.as_dict()}
            for w in wrong[:_ROWS_NAMED]
        ]
        raise problems.people_rows_wrong(len(wrong), found)
    logins = await _logins(tx, judged.right)
    slips = tuple([
        await _create(tx, each, login, actor=actor, now=now, address=address)
        for each, login in zip(judged.right, logins, strict=True)
    ])  # fmt: skip
    batch = AccountBatch(
        batch_id, actor.division, actor.account_id, now, digest, tuple(s.account.id for s in slips)
    )
    await account_batches.insert(tx, batch)
    await _record(tx, "account_batch.created", batch, len(slips), actor, now, address)
    return BatchMade(batch_id, slips, (), wrong)


async def renew_codes(
    tx: Tx, *, actor: Actor, batch_id: str, now: datetime, address: str
) -> BatchMade:
    """Give everybody of a batch who has not signed in yet a new code; the earlier ones end. Raises not_found, not_allowed."""
    batch = await account_batches.get(tx, batch_id)
    if batch is None or not covers(actor.division, batch.division):
        raise problems.not_found(problems.Say("这一批账号", "such batch of accounts"))
    return await _renewed(tx, batch, actor=actor, now=now, address=address)


def _told(person: WantedPerson) -> list[object]:
    """Return what a row says, for the digest: a telephone number leaves no trace, not even as a hash."""
    said = astuple(replace(person, phone=None))
    return [each.isoformat() if hasattr(each, "isoformat") else each for each in said]


async def _judged(tx: Tx, read: PeopleRead, actor: Actor, now: datetime) -> Judged:
    places = [StandingPlace(*each) for each in await divisions.standing_below(tx, actor.division)]
    known = await accounts.standing(tx, scope_prefix(actor.division), now)
    return judge_people(read.people, actor=actor, places=places, known=known, now=now)


async def _logins(tx: Tx, right: Sequence[tuple[WantedPerson, StandingPlace]]) -> list[str]:
    """Return a user name for each person that nobody has, in this sheet either."""
    wanted = [logins_for(person, place) for person, place in right]
    used = await accounts.taken(tx, (login for each in wanted for login in each))
    chosen: list[str] = []
    for each in wanted:
        free = next((login for login in each if login not in used), None)
        login = free or f"{each[-1][:34]}{secrets.randbelow(10**6):06}"
        used.add(login)
        chosen.append(login)
    return chosen


async def _create(
    tx: Tx,
    wanted: tuple[WantedPerson, StandingPlace],
    login: str,
    *,
    actor: Actor,
    now: datetime,
    address: str,
) -> Slip:
    person, place = wanted
    ends_at = day_start(person.last_day + timedelta(days=1)) if person.last_day else None
    account = Account(
        id=uuid7_at(now, secrets.token_bytes(10)),
        county=place.code[:6],
        login=login,
        name=person.name,
        role=person.role,
        division=place.code,
        password_hash=None,
        disabled_at=None,
        created_at=now,
        post=person.post,
        ends_at=ends_at,
    )
    if not await accounts.insert(tx, account):
        raise problems.login_taken()
    code, invitation = await _invited(tx, account, actor, now)
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="account.created",
        subject=account.id,
        division=account.division,
        address=address,
        details={"role": account.role, "invitation": invitation.id},
    )
    return Slip(account, spoken_name(place.name), code, invitation.expires_at, person.phone)


async def _invited(tx: Tx, account: Account, actor: Actor, now: datetime) -> tuple[str, Invitation]:
    code = code_from(secrets.token_bytes(BYTES))
    invitation = await invitations.issue(
        tx, account, passwords.token_hash(plain_code(code)), now=now, by=actor.account_id
    )
    return code, invitation


async def _renewed(
    tx: Tx, batch: AccountBatch, *, actor: Actor, now: datetime, address: str
) -> BatchMade:
    found = await accounts.of_ids(tx, batch.members)
    keys = await passkeys.counts(tx, list(found))
    names = await divisions.names(tx, {each.division for each in found.values()})
    slips: list[Slip] = []
    come: list[str] = []
    for member in batch.members:
        account = found[member]
        if account.ended(now) or refusal_to_manage(actor, account.role, account.division):
            continue
        if account.password_hash is not None or keys.get(member):
            come.append(account.name)
            continue
        await invitations.end_all(tx, member, now)
        code, invitation = await _invited(tx, account, actor, now)
        place = spoken_name(names.get(account.division, account.division))
        slips.append(Slip(account, place, code, invitation.expires_at))
    await _record(tx, "account_batch.renewed", batch, len(slips), actor, now, address)
    return BatchMade(batch.id, tuple(slips), tuple(come), ())


async def _record(
    tx: Tx, action: str, batch: AccountBatch, count: int, actor: Actor, now: datetime, address: str
) -> None:
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action=action,
        subject=batch.id,
        division=batch.division,
        address=address,
        details={"accounts": count},
    )
