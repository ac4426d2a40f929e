"""Policies over HTTP: those of an area, what a new one would change, putting it in force and taking it back."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated, Any

import msgspec

from server import problems
from server.commands.end_policy import end_policy, ending_weighed, let_policy_go_on
from server.commands.put_policy_in_force import MOST_REASON, put_policy_in_force, weighed
from server.commands.take_back_policy import take_back_policy
from server.queries.policies_in_scope import PolicyList, policies_in_scope, policy_document
from server.queries.policy_preview import RulesPreview, preview_ending, preview_policy
from server.rules.documents import BadDocument
from server.rules.json_text import read_json
from server.web.asking import Answer, Ask
from server.web.csv_files import attachment
from server.web.wire import In

MOST_TEXT = 200_000
FileText = Annotated[str, msgspec.Meta(min_length=1, max_length=MOST_TEXT)]
FileName = Annotated[str, msgspec.Meta(max_length=120)]
PolicyName = Annotated[
    str,
    msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=64, description="Name of a policy"),
]
Reason = Annotated[str, msgspec.Meta(max_length=MOST_REASON)]


class PolicyText(In):
    """The text of a policy's file, the file's name ('' where a form wrote it), and the policies that it ends."""

    text: FileText
    file: FileName = ""
    ends: Annotated[list[PolicyName], msgspec.Meta(max_length=20)] = msgspec.field(
        default_factory=list
    )


class NewPolicy(PolicyText, kw_only=True):
    """The same, and why."""

    reason: Reason


class TakingBack(In):
    """Why it is taken back."""

    reason: Reason


class LastDay(In):
    """The last day on which a policy holds."""

    last_day: date


class Ending(LastDay, kw_only=True):
    """The same, and why."""

    reason: Reason


async def list_policies(ask: Ask) -> PolicyList:
    """Every policy that touches my area."""
    actor = ask.must("see_rules", ask.me.division)
    return await policies_in_scope(ask.db, book=ask.house.book, actor=actor, now=ask.now)


async def get_policy_file(ask: Ask) -> Answer:
    """The document of a policy, as a file that can be changed and sent again under another name."""
    ask.must("see_rules", ask.me.division)
    name = ask.path["policy"]
    doc = await policy_document(ask.db, name=name)
    text = json.dumps(doc, ensure_ascii=False, indent=2) + "\n"
    return Answer(text.encode(), media_type="application/json", headers=attachment(f"{name}.json"))


async def preview_rules(ask: Ask) -> RulesPreview:
    """What a policy would change; nothing is kept."""
    body: PolicyText = ask.body
    policy, ended = await weighed(
        ask.db,
        book=ask.house.book,
        actor=ask.me,
        now=ask.now,
        doc=read_document(body.text, body.file),
        file=body.file,
        ends=body.ends,
    )
    return await preview_policy(ask.db, book=ask.house.book, policy=policy, ended=ended)


async def post_policy(ask: Ask) -> PolicyList:
    """Put a policy in force from its first day."""
    body: NewPolicy = ask.body
    await put_policy_in_force(
        ask.tx,
        book=ask.house.book,
        actor=ask.me,
        now=ask.now,
        address=ask.address,
        doc=read_document(body.text, body.file),
        file=body.file,
        reason=body.reason,
        ends=body.ends,
    )
    return await policies_in_scope(ask.tx, book=ask.house.book, actor=ask.me, now=ask.now)


async def post_taking_back(ask: Ask) -> PolicyList:
    """Take a policy back before its first day."""
    body: TakingBack = ask.body
    await take_back_policy(
        ask.tx,
        actor=ask.me,
        now=ask.now,
        address=ask.address,
        name=ask.path["policy"],
        reason=body.reason,
    )
    return await policies_in_scope(ask.tx, book=ask.house.book, actor=ask.me, now=ask.now)


async def preview_policy_ending(ask: Ask) -> RulesPreview:
    """What changes when a policy ends and none follows; nothing is kept."""
    body: LastDay = ask.body
    policy = await ending_weighed(
        ask.db,
        book=ask.house.book,
        actor=ask.me,
        now=ask.now,
        name=ask.path["policy"],
        last=body.last_day,
    )
    return await preview_ending(ask.db, book=ask.house.book, policy=policy, last=body.last_day)


async def post_policy_ending(ask: Ask) -> PolicyList:
    """Let a policy end on a day without one that follows."""
    body: Ending = ask.body
    await end_policy(
        ask.tx,
        book=ask.house.book,
        actor=ask.me,
        now=ask.now,
        address=ask.address,
        name=ask.path["policy"],
        last=body.last_day,
        reason=body.reason,
    )
    return await policies_in_scope(ask.tx, book=ask.house.book, actor=ask.me, now=ask.now)


async def post_policy_going_on(ask: Ask) -> PolicyList:
    """Let a policy go on after all, before its last day has passed."""
    body: TakingBack = ask.body
    await let_policy_go_on(
        ask.tx,
        book=ask.house.book,
        actor=ask.me,
        now=ask.now,
        address=ask.address,
        name=ask.path["policy"],
        reason=body.reason,
    )
    return await policies_in_scope(ask.tx, book=ask.house.book, actor=ask.me, now=ask.now)


def read_document(text: str, file: str) -> Any:
    """Return what a policy's file says; raise policy_not_valid with the line and column at which it breaks."""
    try:
        return read_json(text)
    except BadDocument as error:
        raise problems.policy_not_valid(file, [(error.pointer, error.text)]) from None
