"""The failures of inspections: a list that cannot be drawn, a visit that was written already, an order that cannot be closed.

A leaf of the page `problems.py`, under the same rules; raised as `problems.…` like all others.
"""

# One problem is one paragraph here, so that the page can be read from top to bottom.
# fmt: off

from __future__ import annotations

from server.problem import Bilingual, Parts, Say, parts, places, problem

__all__ = [
    "counts_not_possible", "exemption_not_possible", "measure_unknown", "nothing_to_draw", "rectification_not_possible", "term_too_long",
    "too_many_to_draw", "visit_is_written",
]


@problem(422, "没有可抽的对象", "There is nothing to draw from",
         "这个范围里有 0 个可抽的对象，至少要有 1 个。请把时间放宽，或者改为抽村。",
         "There are 0 items in this range and 1 is needed. Choose a longer span, or draw villages.")
def nothing_to_draw() -> Parts:
    return parts(errors=places([("/first", Say("这段时间里没有", "nothing in this span"))]))

@problem(422, "可抽的对象太多", "There is too much to draw from",
         "这个范围里有 {count} 个对象，一次最多从 {most} 个里抽。请按乡镇抽，或者把时间缩短。",
         "There are {count} items in this range and {most} is the limit. Draw for one township, or choose a shorter span.")
def too_many_to_draw(count: int, most: int) -> Parts:
    return parts(count=count, most=most, errors=places([("/division", Say("范围太大", "too wide"))]))

@problem(422, "人数对不上", "The counts do not fit",
         "{reason}。",
         "Not possible: {reason}.")
def counts_not_possible(pointer: str, reason: Bilingual) -> Parts:
    return parts(reason=reason, errors=places([(pointer, reason)]))

@problem(409, "这一处已经记过了", "This visit is written already",
         "{day} 已经有人报过这一处的检查结果，不能再改。您这次写的还在手机上；有新情况，请在整改里补充，或者另抽一次。",
         "What was found here was sent on {day} and stands. What you wrote is still on your phone: add what is new to the order, or draw again.")
def visit_is_written(day: str) -> Parts:
    return parts(day=day)

@problem(409, "这张整改单现在不能这样办", "Not possible for this order now",
         "{reason}。",
         "Not possible: {reason}.")
def rectification_not_possible(reason: Bilingual) -> Parts:
    return parts(reason=reason)

@problem(409, "这一件现在不能这样办", "Not possible for this exemption now",
         "{reason}。",
         "Not possible: {reason}.")
def exemption_not_possible(reason: Bilingual) -> Parts:
    return parts(reason=reason)

@problem(422, "没有这种处理", "There is no such measure",
         "当地的规定里有 {count} 种处理，您选的不在其中，规定可能刚改过。请刷新后重新选。",
         "The policy in force here has {count} measures and the one you chose is not among them, perhaps after a change. "
         "Reload and choose again.")
def measure_unknown(count: int) -> Parts:
    return parts(count=count, errors=places([("/measure", Say("没有这种处理", "no such measure"))]))

@problem(422, "期限太长", "The term is too long",
         "整改期限最多 {most} 个工作日，现在写的是 {days} 个。请改短，或者先让村里报一次，再退回改期。",
         "A village has {most} working days at most and {days} are written. Make it shorter, or have the village report "
         "first and set a new day then.")
def term_too_long(days: int, most: int) -> Parts:
    said = Say(f"最多 {most} 个工作日，现在是 {days} 个", f"{most} working days at most, now {days}")
    return parts(days=days, most=most, errors=places([("/days", said)]))
