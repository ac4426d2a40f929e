"""Notice cards: what a list says about one disclosure, computed from its editions and a moment.

Lists, pages, feeds and posters all show the same card, so that no two surfaces can disagree about
what is open, how long it stays and whether it came in time.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Protocol, TypeVar

from msgspec import Struct

from server.rules import exposure
from server.rules.categories import Category
from server.rules.disclosures import (
    Disclosure,
    EditionHead,
    first_publication,
    judged_at,
    known_at,
    was_opened,
)
from server.rules.gists import figures
from server.rules.periods import Period, label, local_date
from server.rules.rulebook import Matter, Rulebook, period_of
from server.rules.urgency import UrgentMark, after_review, mark_of
from server.rules.values import Lang, Text
from server.rules.windows import (
    Displayed,
    Visibility,
    display_span,
    down_at,
    hides_at,
    visibility,
)


class Figure(Struct, frozen=True):
    """One number worth showing in a list: its label and an amount in fen."""

    label: Text
    amount: int


class NoticeCard(Struct, frozen=True):
    """A disclosure in a list. Moments are UTC; `days_left` counts calendar days in Asia/Shanghai, today included.

    `opened_at`: since when it hangs without a gap, corrections included. `urgent`: it was published before its review. `hides_at`: when the content leaves every public surface; None when it stays readable.
    """

    disclosure_id: str
    short: str
    title: str
    category: str
    category_name: Text
    icon: str
    publisher: str
    wording: str
    period: str
    period_label: Text
    stage: str
    opened_at: datetime | None
    first_opened_at: datetime | None
    must_stay_until: datetime | None
    comes_down_at: datetime | None
    hides_at: datetime | None
    days_left: int | None
    verdict: str | None
    late_days: int
    edition: int
    corrected: int
    figures: tuple[Figure, ...]
    photo: str | None
    urgent: UrgentMark | None = None


# Which edition the public sees, if there are several; the newest of a kind. What is not here it does not see.
_SEEN_FIRST = {Visibility.OPEN: 0, Visibility.ARCHIVED: 1, Visibility.WITHDRAWN: 2}


class Numbered(Displayed, Protocol):
    """An edition as far as it matters which one the public sees."""

    @property
    def number(self) -> int | None: ...


AnyNumbered = TypeVar("AnyNumbered", bound=Numbered)


def public_edition(
    editions: Sequence[AnyNumbered], book: Rulebook, matter: Matter, now: datetime
) -> AnyNumbered | None:
    """Return the edition the public sees now: the newest that is open or archived, else a withdrawn one, else None."""
    found = public_view(editions, book, matter, now)
    return found[0] if found else None


def known_edition(
    editions: Sequence[AnyNumbered], book: Rulebook, matter: Matter, now: datetime
) -> AnyNumbered | None:
    """Return the edition the public sees now, or else the last one it could read until its term was over: for those at work."""
    seen = public_edition(editions, book, matter, now)
    if seen is not None:
        return seen
    display = book.schedule_of(matter).display
    expired = [e for e in editions if visibility(e, display, now) is Visibility.EXPIRED]
    return max(expired, key=lambda e: e.number or 0, default=None)


def public_view(
    editions: Sequence[AnyNumbered], book: Rulebook, matter: Matter, now: datetime
) -> tuple[AnyNumbered, Visibility] | None:
    """Return the edition the public sees now, as public_edition does, and what may be seen of it."""
    display = book.schedule_of(matter).display
    best: tuple[AnyNumbered, Visibility] | None = None
    at = (len(_SEEN_FIRST), 0)
    for edition in editions:
        if edition.number is None:
            continue
        seen = visibility(edition, display, now)
        rank = _SEEN_FIRST.get(seen)
        if rank is not None and (rank, -edition.number) < at:
            best, at = (edition, seen), (rank, -edition.number)
    return best


def days_left(comes_down: datetime | None, now: datetime) -> int | None:
    """Return calendar days until a display may end, today included; 0 when it has ended, None when it has no end."""
    if comes_down is None:
        return None
    if comes_down <= now:
        return 0
    return (last_day(comes_down) - local_date(now)).days + 1


def last_day(exclusive: datetime) -> date:
    """Return the last calendar day in Asia/Shanghai before an exclusive end."""
    return local_date(exclusive - timedelta(microseconds=1))


def days_on_show(editions: Sequence[EditionHead], now: datetime) -> tuple[date, date] | None:
    """Return the first and the last day on which anything of a disclosure was on show; None where nothing ever was."""
    shown = [e for e in editions if was_opened(e, now)]
    opened = [local_date(e.opens_at) for e in shown if e.opens_at]
    if not opened:
        return None
    ended = [last_day(down) for e in shown if (down := down_at(e))]
    return min(opened), max([*opened, *ended])


def on_show_since(editions: Sequence[EditionHead], now: datetime) -> datetime | None:
    """Return since when a disclosure hangs without a gap: a correction in time does not start it anew."""
    stretches = exposure.runs([k for e in editions if (k := known_at(e, now))], now)
    return stretches[-1].opened_at if stretches else None


def verdict(
    first: EditionHead | None, book: Rulebook, disclosure: Disclosure
) -> tuple[str | None, int]:
    """Return ('on_time' | 'late' | None, days late) by the first publication; corrections never change it."""
    if first is None:
        return None, 0
    moment = judged_at(first, book.schedule_of(disclosure))
    due = book.due_of(disclosure)
    if moment is None:
        return None, 0
    if moment < due.due_before:
        return "on_time", 0
    return "late", (local_date(moment) - due.due_on).days


@lru_cache(maxsize=4096)
def short_code(disclosure_id: str) -> str:
    """Return the disclosure's short code for printing: its id's 128 bits in base 32, upper case, without padding (26 signs).

    Upper-case letters and digits keep the QR code in its alphanumeric mode, so that it prints with few modules.
    """
    return base64.b32encode(bytes.fromhex(disclosure_id.replace("-", ""))).decode().rstrip("=")


def disclosure_id_of(short: str) -> str | None:
    """Return the disclosure id a short code stands for, or None when it is not one."""
    try:
        raw = base64.b32decode(short.upper() + "=" * (-len(short) % 8))
    except (binascii.Error, ValueError):
        return None
    if len(raw) != 16:
        return None
    text = raw.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def notice_card(
    disclosure: Disclosure,
    editions: Sequence[EditionHead],
    book: Rulebook,
    now: datetime,
    lang: Lang,
    *,
    photo: str | None = None,
) -> NoticeCard | None:
    """Return the card of a disclosure as the public may see it now, or None when nothing of it is public."""
    edition = public_edition(editions, book, disclosure, now)
    if edition is None:
        return None
    return card_of(edition, disclosure, editions, book, now, lang, photo=photo)


def card_of(
    edition: EditionHead,
    disclosure: Disclosure,
    editions: Sequence[EditionHead],
    book: Rulebook,
    now: datetime,
    lang: Lang,
    *,
    photo: str | None = None,
) -> NoticeCard:
    """Return the card of a disclosure whose `edition` is the one the public sees now (`public_edition`)."""
    assert edition.opens_at is not None, "what the public sees was opened"
    category = book.categories[disclosure.category]
    schedule = book.schedule_of(disclosure)
    seen = visibility(edition, schedule.display, now)
    opened_at = on_show_since(editions, now) or edition.opens_at
    span = display_span(schedule.display, opened_at, book.calendar)
    until = span.until if span else None
    ends = edition.comes_down_at or until
    first = first_publication(editions, now)
    word, late = verdict(first, book, disclosure)
    after = after_review(editions, schedule.urgent, book.calendar, now)
    return NoticeCard(
        disclosure_id=disclosure.id,
        short=short_code(disclosure.id),
        title=title_of(category, period_of(disclosure), lang),
        category=category.key,
        category_name=category.name,
        icon=category.icon,
        publisher=category.publisher,
        wording=category.wording,
        period=disclosure.period_key,
        period_label=label(period_of(disclosure)),
        stage=stage_word(seen, until, now),
        opened_at=opened_at,
        first_opened_at=first.opens_at if first else None,
        must_stay_until=until,
        comes_down_at=edition.comes_down_at,
        hides_at=hides_at(edition, schedule.display),
        days_left=days_left(ends, now) if seen is Visibility.OPEN else None,
        verdict=word,
        late_days=late,
        edition=edition.number or 0,
        corrected=max((e.number or 0 for e in editions if was_opened(e, now)), default=1) - 1,
        figures=() if seen is Visibility.WITHDRAWN else figures_of(book, category, edition),
        photo=None if seen is Visibility.WITHDRAWN else photo,
        urgent=mark_of(after, gone=seen is Visibility.WITHDRAWN) if after else None,
    )


def stage_word(seen: Visibility, minimum_until: datetime | None, now: datetime) -> str:
    """Return 'open' while the minimum display runs, 'standing' after it until superseded, 'archived' or 'withdrawn'."""
    if seen is Visibility.OPEN and minimum_until is not None and minimum_until <= now:
        return "standing"
    return seen.value


def title_of(category: Category, period: Period, lang: Lang) -> str:
    """Return a disclosure's title: its period and the category's title, in the reader's language."""
    if lang == "zh":
        return f"{label(period).zh}{category.title.zh}"
    return f"{category.title.en}, {label(period).en}"


def titles_of(category: Category, period: Period) -> Text:
    """Return a disclosure's title in both languages."""
    return Text(zh=title_of(category, period, "zh"), en=title_of(category, period, "en"))


def figures_of(book: Rulebook, category: Category, edition: EditionHead) -> tuple[Figure, ...]:
    """Return the sums that an edition is known by, as its category names them."""
    view = book.papers[category.key, edition.schema_version].view
    return tuple(Figure(text, amount) for text, amount in figures(view, edition.gist))
