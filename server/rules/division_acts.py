"""A single act on a division: what stands in its way, and which was the last one that can be taken back.

Renamed, closed without a successor, merged into another, added; each from today or a past day on. Whatever is done to many
divisions at once, or above a township, is a list's (storage/division_import.py), and these acts go the same way.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Literal, Protocol

from msgspec import Struct

from server.rules.division_lives import Row
from server.rules.divisions import BadDivision, is_code, level_of, parent_of, read_division
from server.rules.places import spoken_name
from server.rules.values import Text

Kind = Literal["rename", "close", "merge", "add", "take_back"]
Field = Literal["", "on", "name", "code", "successor"]

ACTIONS: dict[str, Kind] = {
    "division.renamed": "rename",
    "division.closed": "close",
    "division.merged": "merge",
    "division.added": "add",
}
TAKEN_BACK = "division.taken_back"
# By hand; what stands above is changed by a list only.
_LEVELS = ("township", "village", "group")
# What can be merged into another of its kind, as people call it.
_MERGED = {"village": Text("村", "village"), "group": Text("村民小组", "village group")}


class Leading(Row, Protocol):
    """A division for a span of days, and the one that took its place."""

    @property
    def successor(self) -> str | None: ...


class Wanted(Struct, frozen=True):
    """What somebody wants to do to a code, as of a day. `name`: the new one; `successor`: the code it is merged into."""

    kind: Kind
    code: str
    on: date
    name: str = ""
    successor: str = ""


class Failure(Struct, frozen=True):
    """Why it is not possible, and which field says so; '' when it is the division itself."""

    field: Field
    text: Text


class Done(Struct, frozen=True):
    """An act on record: the number of its event, from which day it holds, and what it wrote down."""

    kind: Kind
    event: int
    on: date
    details: Mapping[str, Any]


class Since(Struct, frozen=True):
    """What happened in a division and below it since an act."""

    published: int = 0
    signed_in: int = 0
    other: int = 0


class Scene(Struct, frozen=True):
    """What is on record about a code and what it is to be tied to.

    `rows`: of the code, oldest first. `parent`, `successor`: as they stand today, with the first day of their lives.
    `below`: how many divisions stand under it. `leaning`: how many were merged into it. `done`: the last act that stands.
    `resting`: how many notices, accounts and query points belong to it.
    """

    today: date
    rows: Sequence[Leading]
    parent: tuple[Leading, date | None] | None = None
    successor: tuple[Leading, date | None] | None = None
    below: int = 0
    leaning: int = 0
    done: Done | None = None
    since: Since = Since()
    resting: int = 0

    @property
    def newest(self) -> Leading | None:
        """The row that stands, or stood last."""
        return self.rows[-1] if self.rows else None


class Recorded(Protocol):
    """An event."""

    @property
    def id(self) -> int: ...
    @property
    def action(self) -> str: ...
    @property
    def details(self) -> dict[str, Any]: ...


def last_act(events: Iterable[Recorded]) -> Done | None:
    """Return the last act that was not taken back, of a division's events, oldest first."""
    standing: list[Done] = []
    for event in events:
        if event.action == TAKEN_BACK and standing:
            standing.pop()
        elif (kind := ACTIONS.get(event.action)) is not None:
            on = date.fromisoformat(event.details["on"])
            standing.append(Done(kind, event.id, on, event.details))
    return standing[-1] if standing else None


def state_number(rows: Sequence[Leading]) -> int:
    """Return a number that is another one as soon as a code's newest row is another one; 0 for a code nobody had."""
    if not rows:
        return 0
    row = rows[-1]
    told = (row.name, row.parent, row.valid_from, row.valid_to, row.successor, len(rows))
    return zlib.crc32(repr(told).encode()) % 10**9


def failure(wanted: Wanted, scene: Scene) -> Failure | None:
    """Return what stands in the way of an act, the first of it; None when it can be done."""
    if wanted.kind == "take_back":
        why = _not_to_take_back(scene)
        return Failure("", why) if why else None
    if wanted.on > scene.today:
        return Failure(
            "on",
            Text(
                f"写的是 {wanted.on}，最晚是今天 {scene.today}，到那天再改",
                f"it says {wanted.on}; today, {scene.today}, is the latest. Do it on its day",
            ),
        )
    if wanted.kind == "add":
        return _not_to_add(wanted, scene)
    found = _not_standing(wanted, scene)
    if found is None and wanted.kind == "rename":
        found = _bad_name(wanted) or _same_name(wanted, scene)
    elif found is None and wanted.kind == "close":
        found = _not_to_close(scene)
    elif found is None:
        found = _not_to_merge(wanted, scene)
    return found


def _not_standing(wanted: Wanted, scene: Scene) -> Failure | None:
    row = scene.newest
    if row is None or row.valid_to is not None or row.level not in _LEVELS:
        return Failure(
            "",
            Text(
                "只能改现有的乡镇、村和村民小组；已经撤销的，或者县以上的，请按名单更新",
                "only a township, village or group that stands can be changed here; the rest is changed by a list",
            ),
        )
    if row.valid_from is not None and wanted.on <= row.valid_from:
        return Failure(
            "on",
            Text(
                f"它从 {row.valid_from} 起才是现在这样，日子要在这以后；上一次改错了，请先撤回上一次",
                f"it has stood like this since {row.valid_from}; choose a later day, or take the last change back first",
            ),
        )
    return None


def _bad_name(wanted: Wanted) -> Failure | None:
    try:
        read_division(1, {"code": wanted.code, "name": wanted.name})
    except BadDivision as error:
        return Failure("name" if is_code(wanted.code) else "code", error.text)
    return None


def _same_name(wanted: Wanted, scene: Scene) -> Failure | None:
    if scene.newest is None or scene.newest.name != wanted.name.strip():
        return None
    return Failure("name", Text("它现在就叫这个名称", "that is its name already"))


def _not_to_close(scene: Scene) -> Failure | None:
    # A village's groups end with it.
    if scene.below and scene.newest is not None and scene.newest.level == "township":
        return Failure(
            "",
            Text(
                f"下面还有 {scene.below} 个村，请先把它们撤销、合并，或者按名单更新",
                f"divisions that stand below it: {scene.below}. Close or merge them first, or use a list",
            ),
        )
    return None


def _not_to_merge(wanted: Wanted, scene: Scene) -> Failure | None:
    row = scene.newest
    if row is not None and row.level not in _MERGED:
        return Failure(
            "",
            Text(
                "只有村和村民小组能合并到别的",
                "only a village or a group can be merged into another",
            ),
        )
    kind = _MERGED[row.level if row is not None else "village"]
    if wanted.successor == wanted.code:
        return Failure("successor", Text("不能并入它自己", "it cannot be merged into itself"))
    if scene.successor is None:
        return Failure(
            "successor",
            Text(
                f"没有代码为“{wanted.successor[:14]}”的{kind.zh}，或者它已经撤销",
                f"no {kind.en} has the code {wanted.successor[:14]!r}, or it was closed",
            ),
        )
    into, first = scene.successor
    if row is not None and into.level != row.level:
        return Failure(
            "successor",
            Text(f"{into.name}不是{kind.zh}", f"{into.name} is not a {kind.en} but a {into.level}"),
        )
    if into.code[:6] != wanted.code[:6]:
        return Failure(
            "successor",
            Text(f"{into.name}不在同一个县", f"{into.name} lies in another county"),
        )
    if first is not None and first > wanted.on:
        return Failure(
            "successor",
            Text(
                f"{spoken_name(into.name)}从 {first} 起才有，那一天（{wanted.on}）还没有",
                f"{spoken_name(into.name)} stands since {first} only, not yet on {wanted.on}",
            ),
        )
    return None


def _not_to_add(wanted: Wanted, scene: Scene) -> Failure | None:
    if not is_code(wanted.code) or level_of(wanted.code) not in _LEVELS:
        return Failure(
            "code",
            Text(
                f"代码要 12 位数字：前 9 位是乡镇的，后 3 位是村的，不能都是 0；村民小组是村的 12 位再加 2 位，01 到 99。这里是“{wanted.code[:40]}”",
                "a code has 12 digits: 9 of the township, 3 of the village, not all zeros; a village group's has its village's "
                f"and two more, 01 to 99. This is {wanted.code[:40]!r}",
            ),
        )
    if (found := _bad_name(wanted)) is not None:
        return found
    row = scene.newest
    if row is not None and row.valid_to is None:
        return Failure(
            "code",
            Text(
                f"代码 {wanted.code} 已经是{row.name}的",
                f"the code {wanted.code} is taken: {row.name}",
            ),
        )
    if row is not None and row.valid_to is not None and wanted.on <= row.valid_to:
        return Failure(
            "on",
            Text(
                f"这个代码 {row.valid_to} 以前是{row.name}的，日子要在这以后",
                f"the code was {row.name}'s until {row.valid_to}; choose a later day",
            ),
        )
    if scene.parent is None:
        above = parent_of(wanted.code)
        return Failure(
            "code",
            Text(
                f"前几位应是一个现有的上级的代码，{above} 不在册，或者已经撤销",
                f"its first digits must be those of a division that stands; {above} does not",
            ),
        )
    above_row, first = scene.parent
    if first is not None and first > wanted.on:
        return Failure(
            "on",
            Text(
                f"{above_row.name}从 {first} 起才有，日子不能比它早",
                f"{above_row.name} stands since {first} only; choose that day or a later one",
            ),
        )
    return None


def _not_to_take_back(scene: Scene) -> Text | None:
    done = scene.done
    if done is None:
        return Text(
            "它没有可以撤回的改动；按名单改的，请把改之前导出的表再导入一次",
            "nothing done to it by hand can be taken back; after a list, import the table exported before it",
        )
    if not _as_left(done, scene):
        return Text(
            "上一次改过以后，它又按名单改过，不能单独撤回了",
            "it was changed by a list since, so this act cannot be taken back by itself",
        )
    since = scene.since
    if since.published or since.signed_in:
        return Text(
            f"那以后这里报送、审议或撤下过 {since.published} 次，登录过 {since.signed_in} 次，不能当作没有改过。"
            "请按现在的情况另改一次",
            f"since then, here: posted, reviewed or withdrawn {since.published} times, signed in {since.signed_in} times. "
            "It cannot be undone as if nothing had been; change it anew instead",
        )
    if done.kind == "add" and (scene.resting or scene.below or scene.leaning or since.other):
        return Text(
            "它已经有账号、公示、查询点，或者有别的村并了进来，不能当作没有设过。不要它了，请撤销它",
            "accounts, notices, query points or merged villages belong to it already. If it is not wanted, close it",
        )
    if done.kind in ("close", "merge") and scene.parent is None:
        return Text(
            "它的上级已经撤销，不能恢复到下面",
            "what it lay in was closed, so it cannot be put back there",
        )
    return None


def _as_left(done: Done, scene: Scene) -> bool:
    """Say whether a division still stands as an act left it."""
    row = scene.newest
    if row is None:
        return False
    if done.kind in ("close", "merge"):
        last = done.on - timedelta(days=1)
        return row.valid_to == last and row.successor == done.details.get("successor")
    named = done.details["new"] if done.kind == "rename" else done.details["name"]
    return row.valid_to is None and row.valid_from == done.on and row.name == named
