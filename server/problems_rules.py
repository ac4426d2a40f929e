"""The failures of rules that a county sets: a policy that cannot be put in force, one that is already, a year's calendar that cannot be.

A leaf of the page `problems.py`, under the same rules; raised as `problems.…` like all others.
"""

# One problem is one paragraph here, so that the page can be read from top to bottom.
# fmt: off

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from server.problem import Bilingual, Parts, Say, parts, places, problem

__all__ = [
    "calendar_not_valid", "policy_begins_too_early", "policy_end_not_possible", "policy_not_to_end", "policy_not_valid", "policy_runs_already",
    "policy_there_already",
]


@problem(422, "这份规定不能用", "This policy cannot be put in force",
         "{file}：{where}：{reason}。共 {count} 处要改，什么也没有改动。",
         "{file}: {where}: {reason}. Places to put right: {count}; nothing was changed.")
def policy_not_valid(file: str, found: Iterable[tuple[str, Bilingual]]) -> Parts:
    at = list(found)
    where, reason = at[0]
    return parts(file=file or Say("这份规定", "the policy"), where=where, reason=reason, count=len(at),
                 errors=places([("/" + pointer.lstrip("/"), text) for pointer, text in at]))

@problem(422, "开始的日子太早", "It would begin too early",
         "写的是从 {first} 起，最早只能从 {earliest} 起：已经到期的不能用新规定改判。请把开始的日子改到 {earliest} 或以后。",
         "It would begin on {first}; the earliest day is {earliest}, because no rule changes what is past. Choose {earliest} or later.")
def policy_begins_too_early(first: date, earliest: date) -> Parts:
    return parts(first=first.isoformat(), earliest=earliest.isoformat(),
                 errors=places([("/valid_from", Say("太早", "too early"))]))

@problem(409, "已经有这个代号的规定", "There is a policy of this name",
         "代号“{name}”已经用了，那一份从 {first} 起施行。施行过的规定不改写：请换一个代号，另立一份。",
         "The name “{name}” is taken by a policy that begins on {first}. What was in force is not rewritten: choose another name.")
def policy_there_already(name: str, first: date) -> Parts:
    return parts(name=name, first=first.isoformat(), errors=places([("/id", Say("已经用了", "taken"))]))

@problem(409, "已经施行，不能撤回", "It is in force and cannot be taken back",
         "“{name}”从 {first} 起已经施行，只能在那一天以前撤回。要改，请另立一份新的，从以后的一天起。",
         "“{name}” has been in force since {first} and could be taken back before that day only. To change it, put a new one in force from a later day.")
def policy_runs_already(name: str, first: date) -> Parts:
    return parts(name=name, first=first.isoformat())

@problem(422, "这份规定不能由它来结束", "It cannot end this policy",
         "“{name}”不能在 {last} 结束：{reason}。",
         "“{name}” cannot end on {last}: {reason}.")
def policy_not_to_end(name: str, last: date, reason: Bilingual) -> Parts:
    return parts(name=name, last=last.isoformat(), reason=reason, errors=places([("/ends", reason)]))

@problem(422, "这份规定不能这样结束", "This policy cannot end like this",
         "“{name}”：{reason}。什么也没有改动。",
         "“{name}”: {reason}. Nothing was changed.")
def policy_end_not_possible(name: str, reason: Bilingual) -> Parts:
    return parts(name=name, reason=reason, errors=places([("/last_day", reason)]))

@problem(422, "这份放假通知不能用", "This year's notice cannot be used",
         "{file}：{where}：{reason}。什么也没有改动。",
         "{file}: {where}: {reason}. Nothing was changed.")
def calendar_not_valid(file: str, where: str, reason: Bilingual) -> Parts:
    return parts(file=file or Say("这份通知", "the notice"), where=where or "/", reason=reason,
                 errors=places([("/" + where, reason)]))
