"""The failures about what villagers ask, and about what they want to be told.

A leaf of the page `problems.py`, under the same rules; raised as `problems.…` like all others.
"""

# One problem is one paragraph here, so that the page can be read from top to bottom.
# fmt: off

from __future__ import annotations

from server.problem import Bilingual, Parts, Say, parts, places, problem

__all__ = [
    "answer_not_possible", "inquiry_is_sent", "inquiry_photos_not_right", "inquiry_text_not_right", "line_unknown",
    "own_answer", "proof_not_valid", "proof_used", "push_service_not_allowed", "rating_closed", "rating_says_nothing", "too_many_subscriptions",
    "topic_not_open",
]


@problem(422, "问题的长短不合适", "The question is too short or too long",
         "{reason}。",
         "Please {reason}.")
def inquiry_text_not_right(reason: Bilingual) -> Parts:
    return parts(reason=reason, errors=places([("/text", reason)]))

@problem(422, "附的照片不合适", "These photos cannot come with it",
         "{reason}。",
         "Not possible: {reason}.")
def inquiry_photos_not_right(reason: Bilingual) -> Parts:
    return parts(reason=reason, errors=places([("/photos", reason)]))

@problem(409, "这条提问已经提交，不能再加照片", "This question was sent already and takes no more photos",
         "照片要在提交以前附上。还有照片要给工作人员看，请另外提一条，写明是哪一号提问的照片。",
         "Photos come before the question is sent. To show another one, ask again and name the number of the first question.")
def inquiry_is_sent() -> Parts:
    return parts()

@problem(422, "公开的内容里没有这一行", "The notice has no such line",
         "这项公开现在有 {count} 行可以问，您选的不在其中，可能刚更正过。请刷新后重新选，或者不选行直接问。",
         "This notice has {count} lines that can be asked about; the one you chose is not among them, perhaps after a "
         "correction. Reload and choose again, or ask without a line.")
def line_unknown(count: int) -> Parts:
    return parts(count=count, errors=places([("/pointer", Say("没有这一行", "no such line"))]))

@problem(422, "这次没有提交上去", "The phone's proof was not accepted",
         "{reason}。写好的内容还在，请再提交一次；还不行，就刷新页面再提交。",
         "Not accepted: {reason}. Reload the page and send it again; what you typed is still there.")
def proof_not_valid(reason: Bilingual) -> Parts:
    return parts(reason=reason, errors=places([("/proof", reason)]))

@problem(409, "这一页已经提交过一次", "This proof was used before",
         "同一页只能提交一次。写好的内容还在，请再提交一次；还不行，就刷新页面再提交。",
         "One proof is good for one submission. Reload the page and send it again; what you typed is still there.")
def proof_used() -> Parts:
    return parts(errors=places([("/proof", Say("已经用过", "used before"))]))

@problem(409, "现在不能联名", "This topic cannot be signed now",
         "{reason}。",
         "Not possible: {reason}.")
def topic_not_open(reason: Bilingual) -> Parts:
    return parts(reason=reason)

@problem(422, "不能这样答复", "This answer is not possible",
         "{reason}。",
         "Not possible: {reason}.")
def answer_not_possible(reason: Bilingual, pointer: str = "/takes_up") -> Parts:
    return parts(reason=reason, errors=places([(pointer, reason)]))

@problem(403, "不能审核自己写的答复", "Nobody reviews an answer of their own",
         "这条答复是您写的，请由另一位同事审核。",
         "You wrote this answer; somebody else has to review it.")
def own_answer() -> Parts:
    return parts()

@problem(409, "这项公开不再收评议", "This notice takes no more ratings",
         "这项公开已经结束，不再收评议；结束以前的评议都还算数。可以到村的首页评议正在公开的事项。",
         "This notice has ended and takes no more ratings; those given before still count. Rate what is on show now, from "
         "the village's page.")
def rating_closed() -> Parts:
    return parts()

@problem(422, "还没有选", "Nothing was chosen",
         "{reason}。",
         "Please {reason}.")
def rating_says_nothing() -> Parts:
    reason = Say("五个问题至少有一个要选“是”或“不是”，现在选了 0 个；说不清的可以空着",
                 "answer at least one of the five questions with yes or no, now it is 0; what you cannot say may stay open")
    return parts(reason=reason, errors=places([("/points", reason)]))

@problem(409, "订阅太多了", "Too many subscriptions",
         "已有 {count} 份订阅，最多 {most} 份。请先取消用不到的，或者改用这个村的订阅源和日历。",
         "There are {count} subscriptions, {most} at most. End one that is not needed, or use the village's feed and "
         "calendar instead.")
def too_many_subscriptions(count: int, most: int) -> Parts:
    return parts(count=count, most=most)

@problem(422, "这个推送服务不能用", "This push service is not used",
         "{reason}。这个浏览器收不了通知，可以改用这个村的订阅源和日历。",
         "Not possible: {reason}. This browser cannot be told; use the village's feed and calendar instead.")
def push_service_not_allowed(reason: Bilingual) -> Parts:
    return parts(reason=reason, errors=places([("/endpoint", reason)]))
