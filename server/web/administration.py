"""What administrators and auditors look at: the trail of events, and who may do what."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Annotated

import msgspec

from server import problems
from server.problems import Say
from server.queries.event_trail import Trail, event_trail, seen_by
from server.rules.event_words import EVENT_WORDS
from server.rules.periods import SHANGHAI, day_start
from server.rules.permissions import ACT_WORDS, ACTS, ROLES
from server.rules.places import name_in
from server.rules.values import Text
from server.storage import events
from server.storage.events import Wanted
from server.web.asking import Answer, Ask
from server.web.csv_files import csv_file
from server.web.wire import DivisionCode, In, Limit, Out

MOST_LINES = 20_000
_COLUMNS = (
    Text("编号", "number"),
    Text("时间（北京时间）", "time (UTC+8)"),
    Text("谁", "who"),
    Text("身份", "role"),
    Text("做了什么", "what"),
    Text("代号", "action"),
    Text("地方", "place"),
    Text("区划代码", "division"),
    Text("对象", "subject"),
    Text("来自", "from"),
    Text("细节", "details"),
)
Action = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[a-z_]+\.[a-z_]*$", max_length=60,
        description="An action ('account.created'), or a noun with its dot for all of its actions ('account.')",
    ),
]  # fmt: skip


class TrailQuery(In):
    """An area (by default one's own), days (both included, in Asia/Shanghai), an action, an account, a subject."""

    division: DivisionCode | None = None
    first: date | None = None
    last: date | None = None
    action: Action | None = None
    actor: Annotated[str, msgspec.Meta(max_length=36)] | None = None
    subject: Annotated[str, msgspec.Meta(max_length=80)] | None = None


class TrailPageQuery(TrailQuery):
    """The same, in pages: `before` is the number that the page before gave as `next`."""

    before: Annotated[int, msgspec.Meta(ge=1)] | None = None
    limit: Limit = 50


class ActionWords(Out):
    """An action that events name, and what it is called."""

    action: str
    words: Text


class ActionList(Out):
    """Every action, in the order of their names."""

    items: list[ActionWords]


class RoleView(Out):
    """A role, and how it is called."""

    role: str
    words: Text


class ActView(Out):
    """Something that can be done, how it is called, and the roles that may do it in the area they are bound to."""

    act: str
    words: Text
    roles: list[str]


class RoleTable(Out):
    """Roles × acts."""

    roles: list[RoleView]
    acts: list[ActView]


async def get_trail(ask: Ask) -> Trail:
    """Answer what happened in an area, newest first."""
    query: TrailPageQuery = ask.query
    return await event_trail(ask.db, _wanted(ask, query), before=query.before, limit=query.limit)


async def get_trail_csv(ask: Ask) -> Answer:
    """The same as a file for a spreadsheet: all of it, or a refusal that says how much it would be."""
    query: TrailQuery = ask.query
    wanted = _wanted(ask, query)
    there = await events.count(ask.db, wanted)
    if there > MOST_LINES:
        raise problems.parameter_not_valid(
            "first",
            Say(
                f"一次最多导出 {MOST_LINES} 条，这里有 {there} 条。请把日期范围缩小，分几次导出",
                f"at most {MOST_LINES} lines leave at once, and these are {there}; choose fewer days",
            ),
        )
    found = await event_trail(ask.db, wanted, before=None, limit=MOST_LINES)
    rows: list[tuple[object, ...]] = [tuple(each.pick(ask.lang) for each in _COLUMNS)]
    for line in found.items:
        cells = (
            line.id,
            line.at.astimezone(SHANGHAI).isoformat(sep=" ", timespec="seconds"),
            line.name.pick(ask.lang),
            line.role.pick(ask.lang) if line.role else "",
            line.words.pick(ask.lang),
            line.action,
            name_in(line.division_name, ask.lang),
            line.division,
            line.subject,
            line.address,
            json.dumps(line.details, ensure_ascii=False) if line.details else "",
        )
        rows.append(cells)
    return csv_file(rows, f"events-{wanted.scope}-{ask.now:%Y%m%d}.csv")


async def list_actions(ask: Ask) -> ActionList:
    """Answer what events can be about."""
    ask.must("see_events", ask.me.division)
    return ActionList(
        items=[ActionWords(action=a, words=w) for a, w in sorted(EVENT_WORDS.items())]
    )


async def get_roles(_: Ask) -> RoleTable:
    """Answer who may do what; where is said by the place an account is bound to."""
    return RoleTable(
        roles=[RoleView(role=role, words=words) for role, words in ROLES.items()],
        acts=[
            ActView(act=act, words=ACT_WORDS[act], roles=list(roles)) for act, roles in ACTS.items()
        ],
    )


def _wanted(ask: Ask, query: TrailQuery) -> Wanted:
    scope = query.division or ask.me.division
    ask.must("see_events", scope)
    if query.first and query.last and query.first > query.last:
        raise problems.parameter_not_valid(
            "first",
            Say(
                f"开始日期 {query.first} 晚于结束日期 {query.last}",
                f"the span begins on {query.first}, after its end on {query.last}",
            ),
        )
    return seen_by(
        ask.me,
        Wanted(
            scope,
            first=day_start(query.first) if query.first else None,
            last=day_start(query.last + timedelta(days=1)) if query.last else None,
            action=query.action,
            actor=query.actor,
            subject=query.subject,
        ),
    )
