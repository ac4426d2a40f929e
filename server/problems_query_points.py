"""The failures about query points: pairing a device, and what it says afterwards.

A leaf of the page `problems.py`, under the same rules; raised as `problems.…` like all others.
"""

# One problem is one paragraph here, so that the page can be read from top to bottom.
# fmt: off

from __future__ import annotations

from server.problem import Bilingual, Parts, Say, parts, places, problem, try_later

__all__ = [
    "heartbeat_not_signed", "heartbeat_replayed", "heartbeat_says_too_much", "pairing_code_not_valid",
    "pairing_key_not_valid", "query_point_gone", "too_many_heartbeats", "too_many_query_points",
]


@problem(422, "配对码无效", "The pairing code is not valid",
         "配对码不对、已用过，或超过了 {minutes} 分钟。请核对 8 位数字，或让乡镇重新取一个配对码。",
         "The code is wrong, used, or older than {minutes} minutes. Check its 8 digits, or ask the township for a new one.",
         keeps_writes=True)
def pairing_code_not_valid(*, minutes: int) -> Parts:
    here = Say("配对码不对或已过期", "wrong or expired")
    return parts(minutes=minutes, errors=places([("/code", here)]))

@problem(422, "设备的密钥不能用", "The device's key cannot be used",
         "{reason}。请在这台设备上重新配对，它会另做一把密钥。",
         "Not possible: {reason}. Pair again on this device; it makes another key.")
def pairing_key_not_valid(reason: Bilingual) -> Parts:
    return parts(reason=reason, errors=places([("/public_key", reason)]))

@problem(410, "这个查询点已停用", "This query point is gone",
         "这个查询点没有登记，或已经停用。要继续用这台设备，请让乡镇登记查询点并重新配对。",
         "It is not registered, or was retired. To go on with this device, have the township register it and pair it anew.")
def query_point_gone() -> Parts:
    return parts()

@problem(401, "不是这台设备签的名", "Not signed by this device",
         "签名和登记的设备对不上，这次没有记录。如果换过设备，请让乡镇取一个配对码重新配对。",
         "The signature is not that of the paired device; nothing was kept. After a change of device, pair it anew.")
def heartbeat_not_signed() -> Parts:
    return parts(headers={"WWW-Authenticate": 'Query-Point-Signature realm="gongshilan"'})

@problem(409, "这次报告已经收过", "This heartbeat was heard before",
         "收到的序号是 {received}，最近一次是 {last}。请从 {next} 接着报。",
         "It has number {received}, and number {last} was heard already. Go on with {next}.")
def heartbeat_replayed(*, received: int, last: int) -> Parts:
    return parts(received=received, last=last, next=last + 1)

@problem(422, "屏幕内容只能写公开网页的路径", "Only a public page may be named",
         "on_screen 只能是公开网页的路径（如 /v/640425103200），不带问号后面的内容，最多 {most} 个字符；搜索的字不要写进来。",
         "on_screen takes the path of a public page (such as /v/640425103200) without a query, {most} characters at most; "
         "nothing that was typed.")
def heartbeat_says_too_much(*, most: int) -> Parts:
    here = Say("不是公开网页的路径", "not the path of a public page")
    return parts(most=most, errors=places([("/on_screen", here)]))

@problem(429, "报平安太密了", "Heartbeats come too fast",
         "一个查询点每 {every} 分钟报一次平安就够，刚才连着报了 {most} 次以上，这次没有记录。请在 {wait}后再报。",
         "One heartbeat every {every} minutes is enough, and more than {most} came in a row; this one was not kept. "
         "Send the next in {wait}.")
def too_many_heartbeats(*, every: int, most: int, retry_after: float) -> Parts:
    return try_later(retry_after, every=every, most=most)

@problem(409, "这里的查询点太多了", "Too many query points here",
         "这里已有 {count} 个查询点，最多 {most} 个。请先停用不再用的。",
         "There are {count} query points here, and {most} at most. Retire one that is no longer used first.")
def too_many_query_points(*, count: int, most: int) -> Parts:
    return parts(count=count, most=most)
