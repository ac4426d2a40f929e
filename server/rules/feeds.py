"""What a feed tells: one entry for every edition that may be read now, and for every one that was taken down.

An entry follows its edition's visibility and nothing else: it is there from the opening second, says that the
edition was withdrawn from that second on, and is gone when the edition is hidden or its term is over.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from msgspec import Struct

from server.rules.cards import title_of
from server.rules.disclosures import Disclosure, EditionHead
from server.rules.gists import figures
from server.rules.places import Place
from server.rules.rulebook import Rulebook, period_of
from server.rules.values import Lang, Text, yuan
from server.rules.windows import Visibility, is_told, visibility

Kind = Literal["published", "corrected", "withdrawn"]

_HEADS: dict[Kind, Text] = {
    "published": Text("", ""),
    "corrected": Text("更正：", "Corrected: "),
    "withdrawn": Text("已撤回：", "Withdrawn: "),
}
_CORRECTED = Text("更正原因：{reason}", "Why it was corrected: {reason}")
_WITHDRAWN = Text("撤回原因：{reason}", "Why it was withdrawn: {reason}")
_URGENT = Text("急事先公布，审议随后进行", "Urgent: published before its review")


class FeedEntry(Struct, frozen=True):
    """One edition as a feed tells of it. `updated_at`: when it opened, or when it was taken down. Moments are UTC."""

    disclosure_id: str
    edition: int
    kind: Kind
    title: str
    lines: tuple[str, ...]
    village: str
    category_name: str
    opened_at: datetime
    updated_at: datetime


class Feed(Struct, frozen=True):
    """A place's newest entries, newest first; `category_name` where it tells of one category alone."""

    place: Place
    category_name: str | None
    entries: tuple[FeedEntry, ...]


def seen_at(
    rows: Iterable[tuple[Disclosure, EditionHead]], book: Rulebook, now: datetime
) -> list[tuple[Disclosure, EditionHead, Visibility]]:
    """Return the rows of which the public may know something now, in their order, with what it may see."""
    judged = ((d, e, visibility(e, book.schedule_of(d).display, now)) for d, e in rows)
    return [row for row in judged if is_told(row[2])]


def entry_of(
    disclosure: Disclosure,
    edition: EditionHead,
    seen: Visibility,
    village: str,
    book: Rulebook,
    lang: Lang,
) -> FeedEntry:
    """Return the entry of an edition of which the public sees `seen`, which is something."""
    assert edition.opens_at is not None, "what the public sees was opened"
    gone = seen is Visibility.WITHDRAWN
    kind: Kind = "withdrawn" if gone else "corrected" if edition.reason else "published"
    category = book.categories[disclosure.category]
    lines = []
    if gone:
        lines.append(_WITHDRAWN.pick(lang).format(reason=edition.withdrawn_reason or ""))
    else:
        if edition.reason:
            lines.append(_CORRECTED.pick(lang).format(reason=edition.reason))
        if edition.urgent_reason and edition.reviewed_at is None:
            lines.append(_URGENT.pick(lang))
        view = book.papers[category.key, edition.schema_version].view
        lines += [_figure(label, fen, lang) for label, fen in figures(view, edition.gist)]
    title = title_of(category, period_of(disclosure), lang)
    return FeedEntry(
        disclosure_id=disclosure.id,
        edition=edition.number or 0,
        kind=kind,
        title=f"{_HEADS[kind].pick(lang)}{village}{' ' if lang == 'en' else ''}{title}",
        lines=tuple(lines),
        village=village,
        category_name=category.name.pick(lang),
        opened_at=edition.opens_at,
        updated_at=edition.withdrawn_at if gone and edition.withdrawn_at else edition.opens_at,
    )


def _figure(label: Text, fen: int, lang: Lang) -> str:
    return f"{label.zh}：{yuan(fen)} 元" if lang == "zh" else f"{label.en}: {yuan(fen)} yuan"
