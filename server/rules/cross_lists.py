"""Lists side by side: what two notices say of one name that they should not both say, for a person to look at.

A name is all that two notices share: numbers are never published, and the marks of payments differ from list to list so
that nobody can join them (rules/households.py). So nothing here is a verdict. Each finding says what is alike (the name and
the group, or the name alone) and that somebody has to ask.

Grounds: 社会救助暂行办法 (国务院令第649号) for what relief is given on; 特困人员认定办法 (民发〔2021〕43号) for support
that stands in place of a minimum living allowance; 最低生活保障审核确认办法 (民发〔2021〕57号) for the filing of relatives
of those who work on it or sit in the village committee; the once-only rule of 农村危房改造 (a household that never had it).
Numbers of articles are not given: they were not read in the text in force.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import Any, Literal

from msgspec import Struct

from server.rules.canonical import content_hash
from server.rules.categories import People
from server.rules.households import plain_name
from server.rules.values import Text

Kind = Literal["excluded", "twice", "staff", "relative", "paid_late", "not_received"]
Decision = Literal["fine", "ordered"]


_RELATIVE = re.compile(
    r"(?:主任|书记|委员|会计|报账员|文书|干部|组长|经办人|工作人员)(?:的|之)?"
    r"(?:近亲属|亲属|亲戚|父|母|妻|夫|配偶|子|女|儿|兄|弟|姐|妹|岳)"
)
_FILED = re.compile(r"备案")


class Notice(Struct, frozen=True):
    """A published notice: its village (or township), what it is called, what it says, whom it names."""

    disclosure_id: str
    division: str
    category: str
    title: str
    period_end: date
    content: Mapping[str, Any]
    people: People | None


class Paid(Struct, frozen=True):
    """A list of payments beside a notice that said when they would come; how many households say they did not."""

    notice: Notice
    paid_on: date
    not_received: int


class CrossFinding(Struct, frozen=True):
    """What somebody should look at. `key` stays the same as long as the same notices say the same of the same name."""

    key: str
    kind: Kind
    division: str
    text: Text
    notices: tuple[Notice, ...]


class _Named(Struct, frozen=True):
    notice: Notice
    name: str
    group: str
    post: str
    row: Mapping[str, Any]
    people: People

    @property
    def place(self) -> tuple[str, str, str]:
        """Whose list of what has which name."""
        return self.notice.division, self.notice.category, self.name


def standing(notices: Iterable[Notice]) -> list[Notice]:
    """Return the notices that hold: of a list that follows another only a village's newest."""
    found: dict[tuple[str, ...], Notice] = {}
    for each in notices:
        newest = each.people is not None and each.people.newest
        key = (each.division, each.category, "" if newest else each.disclosure_id)
        known = found.get(key)
        if known is None or known.period_end <= each.period_end:
            found[key] = each
    return list(found.values())


def cross_findings(notices: Iterable[Notice], paid: Iterable[Paid]) -> list[CrossFinding]:
    """Return what lists of a township say beside each other that somebody should look at."""
    holding = standing(notices)
    gone = _gone(holding)
    relief = [
        each
        for notice in holding
        for each in _names(notice, "relief")
        if notice.period_end >= gone.get(each.place, notice.period_end)
    ]
    staff = [each for notice in holding for each in _names(notice, "staff")]
    found = [*_together(relief), *_staff(relief, staff), *_relatives(relief), *_payments(paid)]
    return sorted(found, key=lambda each: (each.division, each.kind, each.text.zh))


def _names(
    notice: Notice, are: Literal["relief", "staff"], *, left: bool = False
) -> Iterator[_Named]:
    """Yield the names of a notice that are on its list, or those that it says have left."""
    people = notice.people
    if people is None or people.are != are:
        return
    for row in notice.content.get(people.rows, ()):
        name = plain_name(str(row.get(people.name, "")))
        if name and (row.get("change") == "left") is left:
            group = str(row.get(people.group, "")) if people.group else ""
            post = str(row.get(people.post, "")) if people.post else ""
            yield _Named(notice, name, group, post, row, people)


def _gone(notices: Iterable[Notice]) -> dict[tuple[str, str, str], date]:
    """Return when a name last left a list: what an older notice said of it holds no longer."""
    found: dict[tuple[str, str, str], date] = {}
    for notice in notices:
        for each in _names(notice, "relief", left=True):
            found[each.place] = max(notice.period_end, found.get(each.place, date.min))
    return found


def _together(relief: Sequence[_Named]) -> Iterator[CrossFinding]:
    """One name of a village on two lists of which a household may be on one, or twice on what is given once."""
    alike: dict[tuple[str, str], list[_Named]] = {}
    for each in relief:
        alike.setdefault((each.notice.division, each.name), []).append(each)
    for same in alike.values():
        seen: set[frozenset[str]] = set()
        for one, other in combinations(same, 2):
            pair = frozenset({one.notice.disclosure_id, other.notice.disclosure_id})
            kind = _kind_of(one, other)
            if len(pair) < 2 or pair in seen or kind is None:
                continue
            seen.add(pair)
            yield _of_two(kind, one, other)


def _kind_of(one: _Named, other: _Named) -> Kind | None:
    """Return what is said of a name on two lists; None: it may stand on both."""
    if one.notice.category == other.notice.category:
        return "twice" if one.people.once else None
    return "excluded" if other.notice.category in one.people.excludes else None


_WHY: dict[Kind, Text] = {
    "excluded": Text("这两项一般只能享受一项。", "A household usually has the one or the other."),
    "twice": Text("一户一般只享受一次。", "A household usually has this once."),
    "staff": Text(
        "干部本人或者近亲属享受救助，要备案。",
        "Relief for an official or a near relative has to be filed.",
    ),
}


def _of_two(kind: Kind, one: _Named, other: _Named) -> CrossFinding:
    group = one.group if one.group and one.group == other.group else ""
    alike = _alike(group)
    why = _WHY[kind]
    return _finding(
        kind,
        one.notice.division,
        (one.notice, other.notice),
        one.name,
        Text(
            f"{one.name}在两份名单上。{why.zh}{alike.zh}",
            f"{one.name} is on both lists. {why.en} {alike.en}",
        ),
    )


def _alike(group: str) -> Text:
    if group:
        return Text(
            f"同村同组（{group}）同名，请核对是不是同一户。",
            f"Same name, same village and group ({group}): please look whether it is one household.",
        )
    return Text(
        "只是同村同名，请核对是不是同一个人。",
        "Same name, same village, and no more than that: please look whether it is one person.",
    )


def _staff(relief: Sequence[_Named], staff: Sequence[_Named]) -> Iterator[CrossFinding]:
    """A name that gets relief on account of its income, and stands on a list of people who are paid for a post."""
    posts: dict[str, list[_Named]] = {}
    for each in staff:
        posts.setdefault(each.name, []).append(each)
    seen: set[tuple[str, str, str]] = set()
    for each in relief:
        if not each.people.by_income or _FILED.search(_remark(each)):
            continue
        for officer in posts.get(each.name, ()):
            if not _near(officer.notice.division, each.notice.division):
                continue
            place = (each.name, each.notice.disclosure_id, officer.notice.disclosure_id)
            if place in seen:
                continue
            seen.add(place)
            alike, why = _alike(""), _WHY["staff"]
            yield _finding(
                "staff",
                each.notice.division,
                (each.notice, officer.notice),
                each.name,
                Text(
                    f"救助名单上有{each.name}，人员名单上也有{each.name}（{officer.post}）。{why.zh}{alike.zh}",
                    f"{each.name} is on a relief list and on a staff list ({officer.post})."
                    f" {why.en} {alike.en}",
                ),
            )


def _near(staff: str, village: str) -> bool:
    """Say whether a list of staff is this village's or its township's."""
    return staff == village or (staff[9:] == "000" and staff[:9] == village[:9])


def _remark(each: _Named) -> str:
    return str(each.row.get("remark", ""))


def _relatives(relief: Sequence[_Named]) -> Iterator[CrossFinding]:
    """A row that itself says it is a relative of an official, and says nothing of a filing."""
    for each in relief:
        said = _remark(each)
        if _RELATIVE.search(said) and not _FILED.search(said):
            yield _finding(
                "relative",
                each.notice.division,
                (each.notice,),
                each.name,
                Text(
                    f"{each.name}的备注写着“{said}”，没有写备案。干部近亲属享受救助要备案，请查备案表。",
                    f"The remark on {each.name} reads ‘{said}’ and says nothing of a filing."
                    " Relief for a near relative of an official has to be filed: please look.",
                ),
            )


def _payments(paid: Iterable[Paid]) -> Iterator[CrossFinding]:
    """Money that came later than its notice said, or that households say did not come."""
    for each in paid:
        said = each.notice.content.get("pay_on")
        if isinstance(said, str) and each.paid_on > date.fromisoformat(said):
            days = (each.paid_on - date.fromisoformat(said)).days
            yield _finding(
                "paid_late",
                each.notice.division,
                (each.notice,),
                each.paid_on.isoformat(),
                Text(
                    f"公示写的是 {said} 发放，清册上是 {each.paid_on} 发的，晚了 {days} 天。",
                    f"The notice promised payment on {said}; the list says {each.paid_on}: {days} days later.",
                ),
            )
        if each.not_received:
            n = each.not_received
            yield _finding(
                "not_received",
                each.notice.division,
                (each.notice,),
                str(n),
                Text(
                    f"清册上写着 {each.paid_on} 已发，有 {n} 户说没有收到。",
                    f"The list says it was paid on {each.paid_on}; {n} households say it did not come.",
                ),
            )


def _finding(
    kind: Kind, division: str, notices: tuple[Notice, ...], what: str, text: Text
) -> CrossFinding:
    said = {
        "kind": kind,
        "division": division,
        "notices": sorted(each.disclosure_id for each in notices),
        "what": what,
    }
    return CrossFinding(content_hash(said).removeprefix("sha256:"), kind, division, text, notices)
