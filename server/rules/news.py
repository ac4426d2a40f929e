"""News: what became public, told once to whoever wants to hear it, in words that name no person.

A notice and a correction are news from their opening second, an answer from its review, and what is due but missing
once its limit has passed. Nothing is news before villagers could read it: the same functions decide both.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Literal, Protocol

from msgspec import Struct

from server.rules.cards import titles_of
from server.rules.disclosures import Disclosure, EditionHead
from server.rules.inquiries import Inquiry
from server.rules.obligations import Obligation
from server.rules.periods import day_label
from server.rules.rulebook import Rulebook, period_of
from server.rules.values import Lang, Text
from server.rules.windows import is_public, visibility

Kind = Literal["notice", "corrected", "missing", "answer"]

# What a server that stood still did not tell in this time is old, and is let be.
STAYS_NEW = timedelta(days=1)
# Whoever waits for an answer is told of it for longer: as long as push services keep a message for a phone that is off.
ANSWERS_STAY_NEW = timedelta(days=28)

# What a site is told has a name that programs know it by.
EVENTS: Mapping[Kind, str] = {
    "notice": "notice.published",
    "corrected": "notice.corrected",
    "missing": "notice.missing",
    "answer": "answer.published",
}

_HEADS: Mapping[Kind, Text] = {
    "notice": Text("{village}有新公示", "{village}: a new notice"),
    "corrected": Text("{village}更正了一项公示", "{village}: a notice was corrected"),
    "missing": Text("{village}有一项到期没公开", "{village}: a notice is due and missing"),
    "answer": Text("您的提问有答复了", "Your question was answered"),
}
_MISSING = Text("{title}，应在{day}以前公开", "{title}, due by {day}")
_ANSWER = Text("{village} {number} 号，点开看答复", "{village}, number {number}: tap to read it")


class News(Struct, frozen=True):
    """Something to tell. `subject` is there once; `at`: since when it is public, UTC; `about`: the inquiry, or ''.

    `path` is where it is read. `title` says what it is about, `words` what a phone shows: title and body per language.
    """

    subject: str
    kind: Kind
    division: str
    village: str
    category: str
    about: str
    at: datetime
    path: str
    title: Text
    words: Mapping[Lang, Mapping[str, str]]

    @property
    def facts(self) -> dict[str, Any]:
        """What a site is told of it, beside its address."""
        return {
            "division": self.division,
            "village": self.village,
            "category": self.category or None,
            "title": {"zh": self.title.zh, "en": self.title.en},
        }


def stays_new(kind: Kind) -> timedelta:
    """Return how long something is worth telling from when it is first known."""
    return ANSWERS_STAY_NEW if kind == "answer" else STAYS_NEW


class Choices(Protocol):
    """What somebody wants to hear of a village; no category named: of all of them."""

    @property
    def notices(self) -> bool: ...
    @property
    def categories(self) -> tuple[str, ...]: ...
    @property
    def missing(self) -> bool: ...


def wants(choices: Choices, kind: Kind, category: str) -> bool:
    """Say whether somebody wants to hear this. An answer is wanted by whoever waits for it."""
    if kind == "answer":
        return True
    if kind == "missing":
        return choices.missing
    return choices.notices and (not choices.categories or category in choices.categories)


def of_edition(
    disclosure: Disclosure, edition: EditionHead, village: str, book: Rulebook, now: datetime
) -> News | None:
    """Return the news of an edition; None while the public may not read it, and when it may no more."""
    if not is_public(visibility(edition, book.schedule_of(disclosure).display, now)):
        return None
    assert edition.opens_at is not None, "what the public reads was opened"
    title = titles_of(book.categories[disclosure.category], period_of(disclosure))
    kind: Kind = "corrected" if edition.reason else "notice"
    return News(
        subject=edition.id,
        kind=kind,
        division=disclosure.division,
        village=village,
        category=disclosure.category,
        about="",
        at=edition.opens_at,
        path=f"/d/{disclosure.id}",
        title=title,
        words=_words(kind, village, title),
    )


def of_missing(owed: Obligation, village: str, book: Rulebook) -> News:
    """Return the news of an obligation whose limit has passed with nothing to read."""
    title = titles_of(book.categories[owed.category], owed.period)
    day = day_label(owed.due.due_on)
    return News(
        subject=missing_subject(owed),
        kind="missing",
        division=owed.division,
        village=village,
        category=owed.category,
        about="",
        at=owed.due.due_before,
        path=f"/v/{owed.division}",
        title=title,
        words=_words(
            "missing",
            village,
            Text(
                _MISSING.zh.format(title=title.zh, day=day.zh),
                _MISSING.en.format(title=title.en, day=day.en),
            ),
        ),
    )


def missing_subject(owed: Obligation) -> str:
    """Return the subject under which an obligation is told as missing: once, however long it stays so."""
    return f"{owed.division}|{owed.category}|{owed.period.key}|missing"


def of_answer(inquiry: Inquiry, village: str) -> News:
    """Return the news of an answer that the public may read; the question's own words are not told."""
    assert inquiry.published_at is not None, "it may be read"
    said = Text(
        _ANSWER.zh.format(village=village, number=inquiry.label),
        _ANSWER.en.format(village=village, number=inquiry.label),
    )
    return News(
        subject=f"{inquiry.id}|answer{'' if inquiry.round == 1 else inquiry.round}",
        kind="answer",
        division=inquiry.division,
        village=village,
        category="",
        about=inquiry.id,
        at=inquiry.published_at,
        path=f"/q/{inquiry.id}",
        title=Text(f"{inquiry.label} 号提问的答复", f"Answer to question {inquiry.label}"),
        words=_words("answer", village, said),
    )


def _words(kind: Kind, village: str, body: Text) -> dict[Lang, dict[str, str]]:
    head = _HEADS[kind]
    return {
        "zh": {"title": head.zh.format(village=village), "body": body.zh},
        "en": {"title": head.en.format(village=village), "body": body.en},
    }
