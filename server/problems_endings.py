"""The failures about what was public and is no longer read: a whole notice, or one of its editions.

A leaf of the page `problems.py`, under the same rules; raised as `problems.…` like all others.
"""

# One problem is one paragraph here, so that the page can be read from top to bottom.
# fmt: off

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from server.problem import Bilingual, Parts, Problem, parts, problem

__all__ = [
    "edition_no_longer_public", "edition_not_there", "notice_ended", "notice_no_longer_public", "notice_over",
]


@problem(404, "没有这一版", "There is no such edition",
         "这项内容没有第 {edition} 版，能看的是第 {editions} 版。",
         "There is no edition {edition} of it. To be read: {editions}.")
def edition_not_there(*, edition: int, editions: Iterable[int]) -> Parts:
    return parts(edition=edition, editions=tuple(editions))

@problem(410, "公示已经结束", "This notice has ended",
         "{village}的“{notice}”从 {first} 公示到 {last}，已经结束，按规定不再显示内容。这个网址一直有效；有疑问，请找村务监督委员会。",
         "“{notice}” of {village} was posted from {first} to {last} and has ended; by the rules its content is no longer "
         "shown. This address stays valid. Questions go to the village supervision committee.")
def notice_ended(*, village: str, notice: Bilingual, first: date, last: date, division: str) -> Parts:
    return parts(village=village, notice=notice, first=first, last=last, division=division)

@problem(410, "公开查阅的期限过了", "No longer open to the public",
         "{village}的“{notice}”从 {first} 公开到 {last}。按规定，公开结束后可以查阅 {term}，到 {until} 为止，现在不再显示内容。"
         "内容没有删除，要查阅，请找{office}。这个网址一直有效。",
         "“{notice}” of {village} was posted from {first} to {last}. By the rules it could be read for {term} after that, "
         "until {until}; its content is no longer shown. Nothing was deleted: to see it, ask {office}. This address stays valid.")
def notice_no_longer_public(*, village: str, notice: Bilingual, first: date, last: date, term: Bilingual, until: date,
                            office: str, division: str) -> Parts:
    return parts(village=village, notice=notice, first=first, last=last, term=term, until=until, office=office,
                 division=division)

@problem(410, "这一版公开查阅的期限过了", "This edition is no longer open to the public",
         "第 {edition} 版按规定可以查阅到 {until}，现在不再显示内容。能看的是第 {editions} 版。",
         "Edition {edition} could be read until {until} by the rules; its content is no longer shown. To be read: {editions}.")
def edition_no_longer_public(*, edition: int, until: date, editions: Iterable[int]) -> Parts:
    return parts(edition=edition, until=until, editions=tuple(editions))


class Over(Protocol):
    """What is said of a notice that is over: `rules.tombstones.Ending` is one."""

    @property
    def division(self) -> str: ...
    @property
    def village(self) -> str: ...
    @property
    def office(self) -> str: ...
    @property
    def notice(self) -> Bilingual: ...
    @property
    def first(self) -> date: ...
    @property
    def last(self) -> date: ...
    @property
    def term(self) -> Bilingual | None: ...
    @property
    def until(self) -> date | None: ...


def notice_over(over: Over) -> Problem:
    """Return the refusal for a notice that is over: hidden as it came down, or when its term to be read was over."""
    if over.term is None or over.until is None:
        return notice_ended(
            village=over.village, notice=over.notice, first=over.first, last=over.last, division=over.division,
        )
    return notice_no_longer_public(
        village=over.village, notice=over.notice, first=over.first, last=over.last, term=over.term, until=over.until,
        office=over.office, division=over.division,
    )
