"""Lists of payments for the township: what was loaded, how it compares with its notice, and what households say of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from server import problems
from server.external.household_keys import Keyring
from server.rules import pointers
from server.rules.disclosures import Disclosure, Edition, Stage, stage_at
from server.rules.listing import Wanted, said_by
from server.rules.payments import PaymentList
from server.rules.permissions import Actor, refusal
from server.rules.places import spoken_name
from server.rules.rulebook import Rulebook
from server.rules.values import Fen, Text
from server.storage import disclosures, divisions, editions, payments
from server.storage.database import Reader
from server.storage.listing import cursor_after
from server.storage.payments import Said

KeyState = Literal["newest", "older", "gone"]
PAGE = 100


class NoticeOf(Struct, frozen=True):
    """The notice of a village, category and period; `total` in fen, None where it states no such sum."""

    disclosure_id: str
    period: str
    title: str
    stage: Stage
    total: Fen | None


class ListLine(Struct, frozen=True):
    """A list as staff see it. `differs`: its total less the notice's, in fen; None without a notice's sum."""

    id: str
    division: str
    division_name: str
    category: str
    category_name: Text
    period: str
    purpose: str
    paid_on: date
    rows: int
    unasked: int
    total: Fen
    notice: NoticeOf | None
    differs: Fen | None
    yes: int
    no: int
    key_state: KeyState
    loaded_at: datetime
    loaded_by_name: str
    revision: int


class PaymentLists(Struct, frozen=True):
    """The lists of an area, last loaded first, at most a page; `next` is the cursor of the following page."""

    items: tuple[ListLine, ...]
    next: str | None


class CategoryChoice(Struct, frozen=True):
    """A category of which lists are loaded, and a village's notices of it, newest first."""

    key: str
    name: Text
    notices: tuple[NoticeOf, ...]


class PaymentChoices(Struct, frozen=True):
    """What a list for one village can be of."""

    division: str
    division_name: str
    categories: tuple[CategoryChoice, ...]


async def payment_lists(
    db: Reader,
    *,
    book: Rulebook,
    keys: Keyring,
    actor: Actor,
    wanted: Wanted,
    cursor: str | None,
    now: datetime,
    limit: int | None = None,
) -> PaymentLists:
    """Return a page of the lists of the actor's area, as wanted."""
    most = limit or PAGE
    categories = said_by(wanted.q, {key: each.name for key, each in book.categories.items()})
    found = await payments.lists_under(
        db, actor.division, wanted, categories=categories, after=cursor, limit=most + 1
    )
    lists = found[:most]
    last = lists[-1] if len(found) > most else None
    said = await payments.said_of(db, [each.id for each in lists])
    names = await divisions.names(db, {each.division for each in lists})
    notices: dict[tuple[str, str, str], NoticeOf] = {}
    for division in {each.division for each in lists}:
        keyed = {(e.category, e.period_key) for e in lists if e.division == division}
        about = [
            d
            for d in await disclosures.list_for_division(db, division)
            if (d.category, d.period_key) in keyed
        ]
        for notice, made in zip(about, await _notices(db, book, about, now), strict=True):
            if made is not None:
                notices[division, notice.category, notice.period_key] = made
    return PaymentLists(
        tuple(_line(e, book, keys, names, notices, said.get(e.id, Said(0, 0))) for e in lists),
        cursor_after(last.loaded_at, last.id, last.division) if last else None,
    )


async def payment_choices(
    db: Reader, *, book: Rulebook, actor: Actor, division: str, now: datetime
) -> PaymentChoices:
    """Return the categories and notices that a list of a village can belong to. Raises not_allowed, unknown_division."""
    if why := refusal(actor, "load_payments", division):
        raise problems.not_allowed(why)
    village = await divisions.get(db, division)
    if village is None or village.level != "village":
        raise problems.unknown_division(division)
    about = await disclosures.list_for_division(db, division)
    paid = [d for d in about if (c := book.categories.get(d.category)) and c.payments]
    found = await _notices(db, book, paid, now)
    made = {(d.category, d.id): n for d, n in zip(paid, found, strict=True) if n is not None}
    return PaymentChoices(
        division,
        spoken_name(village.name),
        tuple(
            CategoryChoice(key, each.name, tuple(n for (of, _), n in made.items() if of == key))
            for key, each in sorted(book.categories.items())
            if each.payments is not None
        ),
    )


async def notice_of(
    db: Reader, *, book: Rulebook, division: str, category: str, period: str | None, now: datetime
) -> NoticeOf | None:
    """Return the notice that a list belongs to, or None."""
    found = await disclosures.find(db, division, category, period) if period else None
    return (await _notices(db, book, [found], now))[0] if found else None


async def _notices(
    db: Reader, book: Rulebook, about: Sequence[Disclosure], now: datetime
) -> list[NoticeOf | None]:
    """Return each disclosure as a notice: its newest edition that was not returned or withdrawn."""
    all_editions = await editions.for_disclosures(db, [d.id for d in about])
    return [_notice(d, all_editions.get(d.id, ()), book, now) for d in about]


def _notice(
    of: Disclosure, found: Iterable[Edition], book: Rulebook, now: datetime
) -> NoticeOf | None:
    standing = [e for e in found if e.state in ("in_review", "approved")]
    if not standing:
        return None
    newest = standing[-1]
    where = book.categories[of.category].payments
    total = pointers.get(newest.content, where.total) if where and where.total else None
    stage = stage_at(newest, book.schedule_of(of).display, now)
    return NoticeOf(
        of.id, of.period_key, of.title, stage, total if isinstance(total, int) else None
    )


def _line(
    each: PaymentList,
    book: Rulebook,
    keys: Keyring,
    names: Mapping[str, str],
    notices: Mapping[tuple[str, str, str], NoticeOf],
    said: Said,
) -> ListLine:
    notice = notices.get((each.division, each.category, each.period_key))
    stated = notice.total if notice else None
    key = keys.get(each.key)
    state: KeyState = "gone" if key is None else "newest" if key == keys.newest else "older"
    category = book.categories.get(each.category)
    return ListLine(
        id=each.id,
        division=each.division,
        division_name=spoken_name(names.get(each.division, each.division)),
        category=each.category,
        category_name=category.name if category else Text(each.category, each.category),
        period=each.period_key,
        purpose=each.purpose,
        paid_on=each.paid_on,
        rows=each.rows,
        unasked=each.unasked,
        total=each.total,
        notice=notice,
        differs=None if stated is None else each.total - stated,
        yes=said.yes,
        no=said.no,
        key_state=state,
        loaded_at=each.loaded_at,
        loaded_by_name=each.loaded_by_name,
        revision=each.revision,
    )
