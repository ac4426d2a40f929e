"""Categories in use over HTTP: how each stands in an area, what turning one would change, and turning it from a day on."""

from __future__ import annotations

from datetime import date
from typing import Any

from server import problems
from server.commands.put_policy_in_force import put_policy_in_force, weighed
from server.queries.categories_in_use import CategoryUses, categories_in_use
from server.queries.policy_preview import RulesPreview, preview_policy
from server.rules.putting_to_use import switch_document
from server.web.asking import Ask
from server.web.policies import Reason
from server.web.wire import DivisionCode, In


class Turning(In):
    """Whether it is put to use or out of use, in which place, from which day on."""

    division: DivisionCode
    in_use: bool
    first: date


class NewTurning(Turning, kw_only=True):
    """The same, and why."""

    reason: Reason


async def list_uses(ask: Ask) -> CategoryUses:
    """How every category stands in my area."""
    ask.must("see_rules", ask.me.division)
    return await _uses(ask)


async def preview_use(ask: Ask) -> RulesPreview:
    """What turning a category would change; nothing is kept."""
    policy, ended = await weighed(
        ask.db,
        book=ask.house.book,
        actor=ask.me,
        now=ask.now,
        doc=_document(ask),
        file="",
        ends=(),
    )
    return await preview_policy(ask.db, book=ask.house.book, policy=policy, ended=ended)


async def post_use(ask: Ask) -> CategoryUses:
    """Put a category to use, or out of use, from a day on."""
    body: NewTurning = ask.body
    await put_policy_in_force(
        ask.tx,
        book=ask.house.book,
        actor=ask.me,
        now=ask.now,
        address=ask.address,
        doc=_document(ask),
        file="",
        reason=body.reason,
    )
    return await _uses(ask)


def _document(ask: Ask) -> dict[str, Any]:
    body: Turning = ask.body
    key = ask.path["category"]
    category = ask.house.categories.get(key)
    if category is None:
        raise problems.unknown_category(key, sorted(ask.house.categories))
    return switch_document(key, category.name, body.division, in_use=body.in_use, first=body.first)


async def _uses(ask: Ask) -> CategoryUses:
    folder = ask.house.settings.schemas / "categories"
    shipped = {path.name for path in folder.iterdir()}
    return await categories_in_use(
        ask.db, book=ask.house.book, actor=ask.me, now=ask.now, shipped=shipped
    )
