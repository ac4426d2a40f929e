"""Checks of meetings and their decisions: enough people, votes that add up, and what became of what was decided.

Ground: 村民委员会组织法 (2018 text) art. 22 (the assembly: more than half of the adults, or representatives of two thirds of
the households) and art. 26 (representatives: two thirds of them, decided by more than half of those present). Shares
are params, because provinces and kinds of meetings differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from server.rules import pointers
from server.rules.findings import Check, CheckContext, Content, Found
from server.rules.values import Text


def quorum(content: Content, context: CheckContext) -> Iterable[Found]:
    """Enough people came. params: rows, due, present, kind, shares {kind: {least: [2, 3], more: false}}.

    `more`: more than the share is needed, not just as much.
    """
    params = context.params
    for at, row in pointers.find(content, params["rows"] + "/*"):
        due, present = row[params["due"]], row[params["present"]]
        share = params["shares"].get(row[params["kind"]])
        if share is None:
            continue
        part, whole = share["least"]
        least = due * part // whole + 1 if share.get("more") else -(-due * part // whole)
        if present < least:
            yield Found(
                f"{at}/{params['present']}",
                Text(
                    f"应到 {due} 人，至少要到 {least} 人才能开会，实到 {present} 人，差 {least - present} 人。",
                    f"Of {due} entitled, at least {least} must come; {present} came, {least - present} too few.",
                ),
                expected=least,
                actual=present,
            )


def majority(content: Content, context: CheckContext) -> Iterable[Found]:
    """What was passed has more than half of those present. params: rows, present, agreed, result, passed."""
    params = context.params
    for at, row in pointers.find(content, params["rows"] + "/*"):
        if row[params["result"]] != params["passed"]:
            continue
        present, agreed = row[params["present"]], row[params["agreed"]]
        least = present // 2 + 1
        if agreed < least:
            yield Found(
                f"{at}/{params['agreed']}",
                Text(
                    f"实到 {present} 人，过半数是 {least} 人，赞成只有 {agreed} 人，不能写“通过”。",
                    f"{present} came; more than half is {least}, and only {agreed} agreed: it was not passed.",
                ),
                expected=least,
                actual=agreed,
            )


def followed_up(content: Content, context: CheckContext) -> Iterable[Found]:
    """Each decision of last time that was not carried out yet is told of again. params: rows, identity, called, state, done."""
    if context.previous is None:
        return
    params = context.params
    now = {_who(row, params) for _, row in pointers.find(content, params["rows"] + "/*")}
    for _, row in pointers.find(context.previous, params["rows"] + "/*"):
        who = _who(row, params)
        if row.get(params["state"]) not in params["done"] and who not in now:
            said = row.get(params["called"], "")
            yield Found(
                params["rows"],
                Text(
                    f"上期的决定“{said}”还没有办完，本期没有写办到哪一步。请加一行，写明实施情况。",
                    f"The decision “{said}” of last time was not carried out yet, and this notice does not say how far"
                    " it came. Add a row for it.",
                ),
            )


def _who(row: Mapping[str, Any], params: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(row.get(field, "")) for field in params["identity"])


CHECKS: dict[str, Check] = {
    "decisions.quorum": quorum,
    "decisions.majority": majority,
    "decisions.followed_up": followed_up,
}
