"""The failures about lists of payments, and about households that ask for theirs.

A leaf of the page `problems.py`, under the same rules; raised as `problems.…` like all others.
"""

# One problem is one paragraph here, so that the page can be read from top to bottom.
# fmt: off

from __future__ import annotations

from collections.abc import Mapping, Sequence

from server.problem import Bilingual, Parts, parts, problem, try_later

__all__ = [
    "household_limited", "ledger_has_findings", "ledger_not_matched", "payment_list_not_read", "payment_rows_wrong",
    "said_too_often",
]


@problem(422, "这份清册读不出来", "This list could not be read",
         "{reason}。什么都没有存。",
         "{reason}. Nothing was kept.")
def payment_list_not_read(reason: Bilingual) -> Parts:
    return parts(reason=reason)

@problem(422, "清册里有几行不对", "Some rows of the list are wrong",
         "有 {count} 处不对，一行都没有存。请照着行号改好，再选一次文件。",
         "Places that are wrong: {count}; no row was kept. Correct them by their row numbers and choose the file again.")
def payment_rows_wrong(count: int, found: Sequence[Mapping[str, object]]) -> Parts:
    return parts(count=count, errors=found)

@problem(422, "台账里有地方不对", "Something in the ledger is wrong",
         "有 {count} 处不对，什么都没有导入。请照着行号改好，再选一次文件。",
         "Places that are wrong: {count}; nothing was imported. Correct them by their row numbers and choose the file again.")
def ledger_has_findings(count: int, found: Sequence[Mapping[str, object]]) -> Parts:
    return parts(count=count, errors=found)

@problem(422, "还不知道哪一列是什么", "Which column is which is not known",
         "没有认出表头，什么都没有导入。请先选好工作表、表头在第几行、每一列是什么。",
         "The headings were not recognised and nothing was imported. Choose the sheet, the row of its headings and each column first.")
def ledger_not_matched() -> Parts:
    return parts()

@problem(429, "这个名字今天查错的次数太多", "This name was tried too often",
         "为了防止别人乱猜，这个名字暂时不能查，大约 {wait}后可以再查。着急的话，请带身份证到村里或乡镇查。",
         "So that nobody can guess, this name has to wait for about {wait}. If it is urgent, the village or "
         "the township looks it up for you.", keeps_writes=True)
def household_limited(*, retry_after: float) -> Parts:
    return try_later(retry_after)

@problem(429, "这一笔改得太多次了", "This payment was answered too often",
         "“这笔钱到了吗”一天最多改 {most} 次，先按上一次答的记着，大约 {wait}后可以再改。说不清的，请到村里或乡镇当面说。",
         "Whether a payment came can be changed {most} times a day. What was said last stands, and can be changed again in about "
         "{wait}. If it is more than a yes or a no, the village or the township listens.")
def said_too_often(*, most: int, retry_after: float) -> Parts:
    return try_later(retry_after, most=most)
