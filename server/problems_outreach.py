"""The failures of outreach: a record that cannot be, and one whose place was taken already.

A leaf of the page `problems.py`, under the same rules; raised as `problems.…` like all others.
"""

# One problem is one paragraph here, so that the page can be read from top to bottom.
# fmt: off

from __future__ import annotations

from server.problem import Bilingual, Parts, parts, places, problem

__all__ = ["outreach_not_possible", "outreach_replaced"]


@problem(422, "这条宣传记录不能这样记", "This record of outreach is not possible",
         "{reason}。改好标出的一栏再保存，写的都还在。",
         "Not possible: {reason}. Change the field that is marked and save again; what you wrote is still there.")
def outreach_not_possible(pointer: str, reason: Bilingual) -> Parts:
    return parts(reason=reason, errors=places([(pointer, reason)]))

@problem(409, "这一条已经更正过了", "This record was corrected already",
         "已经有一条新记录代替了它。请打开最新的一条，从那里更正。",
         "A later record has taken its place. Open the newest one and correct it from there.")
def outreach_replaced() -> Parts:
    return parts()
