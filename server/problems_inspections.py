"""The failures of inspections: a list that cannot be drawn, a visit that was written already, an order that cannot be closed.

A leaf of the page `problems.py`, under the same rules; raised as `problems.…` like all others.
"""

# One problem is one paragraph here, so that the page can be read from top to bottom.
# fmt: off

from __future__ import annotations

from server.problem import Bilingual, Parts, Say, parts, places, problem

__all__ = ["counts_not_possible", "nothing_to_draw", "too_many_to_draw", "visit_is_written"]


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
