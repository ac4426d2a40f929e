"""The failures of the desk: what was asked is taken up or not, referred, put off, and its answer rated.

A leaf of the page `problems.py`, under the same rules; raised as `problems.…` like all others.
"""

# One problem is one paragraph here, so that the page can be read from top to bottom.
# fmt: off

from __future__ import annotations

from server.problem import Bilingual, Parts, Say, parts, places, problem

__all__ = [
    "classification_not_possible", "extension_not_possible", "ground_unknown", "rating_not_possible",
    "referral_not_possible", "refusal_not_possible", "site_notice_not_possible", "slip_not_possible", "words_too_long",
]


@problem(422, "不能这样归类", "It cannot be classified like this",
         "{reason}。",
         "Not possible: {reason}.")
def classification_not_possible(reason: Bilingual, pointer: str = "/kind") -> Parts:
    return parts(reason=reason, errors=places([(pointer, reason)]))

@problem(409, "现在不能不受理", "It can no longer be refused",
         "{reason}。",
         "Not possible: {reason}.")
def refusal_not_possible(reason: Bilingual) -> Parts:
    return parts(reason=reason)

@problem(422, "没有这个不受理理由", "There is no such ground",
         "当地的规定里有 {count} 个不受理理由，您选的不在其中，规定可能刚改过。请刷新后重新选。",
         "The policy in force here has {count} grounds and the one you chose is not among them, perhaps after a change. "
         "Reload and choose again.")
def ground_unknown(count: int) -> Parts:
    return parts(count=count, errors=places([("/ground", Say("没有这个理由", "no such ground"))]))

@problem(422, "不能这样转办", "It cannot be referred like this",
         "{reason}。",
         "Not possible: {reason}.")
def referral_not_possible(reason: Bilingual, pointer: str = "/office") -> Parts:
    return parts(reason=reason, errors=places([(pointer, reason)]))

@problem(422, "不能这样延长", "The answer cannot be put off like this",
         "{reason}。",
         "Not possible: {reason}.")
def extension_not_possible(reason: Bilingual) -> Parts:
    return parts(reason=reason, errors=places([("/days", reason)]))

@problem(409, "现在不能评价", "This answer cannot be rated now",
         "{reason}。",
         "Not possible: {reason}.")
def rating_not_possible(reason: Bilingual) -> Parts:
    return parts(reason=reason)

@problem(409, "这条通知现在不能这样办", "Not possible for this notice now",
         "{reason}。",
         "Not possible: {reason}.")
def site_notice_not_possible(reason: Bilingual) -> Parts:
    return parts(reason=reason)

@problem(422, "写得太长了", "Too long",
         "最多 {most} 个字，现在是 {count} 个，请写短一些。",
         "There may be {most} characters and there are {count}; make it shorter.")
def words_too_long(pointer: str, most: int, count: int) -> Parts:
    said = Say(f"最多 {most} 个字，现在是 {count} 个", f"{most} characters at most, now {count}")
    return parts(most=most, count=count, errors=places([(pointer, said)]))

@problem(409, "还没有这张单子", "There is no such slip yet",
         "{reason}。",
         "Not possible: {reason}.")
def slip_not_possible(reason: Bilingual) -> Parts:
    return parts(reason=reason)
