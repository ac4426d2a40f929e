"""The failures about matters: notices that tell of one thing together.

A leaf of the page `problems.py`, under the same rules; raised as `problems.…` like all others.
"""

# One problem is one paragraph here, so that the page can be read from top to bottom.
# fmt: off

from __future__ import annotations

from server.problem import Parts, Say, parts, places, problem

__all__ = [
    "already_in_matter", "matter_full", "matter_name_not_right", "matter_of_other_village", "notice_in_too_many_matters",
    "notice_not_let_through",
]


@problem(422, "这件事的名字不对", "The matter's name is not right",
         "给这件事起个名字，1 到 {most} 个字，现在是 {count} 个字。比如：二组村道硬化。",
         "Give the matter a name of 1 to {most} characters; it has {count}.")
def matter_name_not_right(*, count: int, most: int) -> Parts:
    here = Say(f"请写 1 到 {most} 个字", f"1 to {most} characters")
    return parts(count=count, most=most, errors=places([("/name", here)]))

@problem(422, "不是同一个村的公示", "The notice is another village's",
         "这件事是 {matter} 的，这项公示是 {notice} 的。只能把同一个村的公示连在一起。",
         "The matter is of {matter}, the notice of {notice}. Only notices of one village belong together.")
def matter_of_other_village(*, matter: str, notice: str) -> Parts:
    here = Say("是别的村的公示", "the notice is another village's")
    return parts(matter=matter, notice=notice, errors=places([("/disclosure_id", here)]))

@problem(409, "这项公示已经在这件事里了", "The notice is in this matter already",
         "这项公示已经在“{name}”里了，一项公示在一件事里只出现一次。要换阶段，请先移出，再加进来。",
         "It is in “{name}” already, and stands in a matter once. To change its phase, take it out and add it again.")
def already_in_matter(name: str) -> Parts:
    return parts(name=name)

@problem(409, "这件事里的公示太多了", "The matter has too many notices",
         "“{name}”里已有 {count} 项公示，最多 {most} 项。请先移出不要的，或者另起一件事。",
         "“{name}” has {count} notices, and {most} at most. Take one out first, or begin another matter.")
def matter_full(name: str, *, count: int, most: int) -> Parts:
    return parts(name=name, count=count, most=most)

@problem(409, "这项公示关联的事太多了", "The notice is in too many matters",
         "这项公示已在 {count} 件事里，最多 {most} 件。请先从其中一件移出。",
         "It is in {count} matters, and {most} at most. Take it out of one first.")
def notice_in_too_many_matters(*, count: int, most: int) -> Parts:
    return parts(count=count, most=most)

@problem(409, "这项公示还没有通过审议", "The notice was not let through yet",
         "还没有通过审议的公示不能关联。等审议通过，再把它加进来；不必等到公开那天。",
         "A notice can be linked once its review let it through, and need not be open yet. Wait for the review.")
def notice_not_let_through() -> Parts:
    return parts()
