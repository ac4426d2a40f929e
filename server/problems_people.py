"""The failures about who is asking: signing in, passkeys, PINs, accounts, and what somebody may not do.

A leaf of the page `problems.py`, under the same rules; raised as `problems.…` like all others.
"""

# One problem is one paragraph here, so that the page can be read from top to bottom.
# fmt: off

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from server.problem import Bilingual, Parts, Say, parts, places, problem

__all__ = [
    "code_not_valid", "division_act_not_possible", "division_changed_meanwhile", "division_list_not_read", "handover_day", "handover_over", "handover_standing", "last_administrator", "login_taken", "no_pin_here", "not_allowed",
    "not_signed_in", "old_password_wrong", "other_division", "own_work", "passkey_known",
    "passkey_not_valid", "passkeys_not_here", "password_too_weak", "people_list_not_read", "people_rows_wrong", "phone_is_full",
    "pin_too_simple", "pin_used_up", "pin_wrong", "session_ended", "sign_in_failed",
    "someone_else_signed_in", "too_many_passkeys",
]


@problem(401, "需要登录", "Sign in first",
         "请登录后再试；已填写的内容会保留。",
         "Please sign in and try again; nothing you typed is lost.")
def not_signed_in() -> Parts:
    return parts(headers={"WWW-Authenticate": 'Cookie realm="gongshilan"'})

@problem(401, "登录没有成功", "Sign-in failed",
         "账号或密码不对。忘记密码时请向管理员要新的邀请码。",
         "The account or the password is wrong. Ask your administrator for a new invitation code.",
         keeps_writes=True)
def sign_in_failed() -> Parts:
    return parts(headers={"WWW-Authenticate": 'Cookie realm="gongshilan"'})

@problem(401, "邀请码无效", "The invitation code is not valid",
         "邀请码不对、已用过或已过期。请核对，或向管理员要新的邀请码。",
         "The code is wrong, used or expired. Check it, or ask your administrator for a new one.",
         keeps_writes=True)
def code_not_valid() -> Parts:
    return parts(headers={"WWW-Authenticate": 'Cookie realm="gongshilan"'})

@problem(401, "这台设备的登录已结束", "This device was signed out",
         "{reason}。写好还没发出的都留在这台手机里，重新登录就能接着用。",
         "It was signed out: {reason}. What was not sent is still in this phone; sign in again to go on.")
def session_ended(reason: Bilingual) -> Parts:
    return parts(reason=reason, headers={"WWW-Authenticate": 'Cookie realm="gongshilan"'})

@problem(401, "现在登录的是另一个人", "Somebody else is signed in now",
         "这台手机已换人使用，刚才的操作没有执行。请换回本人再试，写好的都在。",
         "This phone has changed hands; nothing was done. Switch back and try again, nothing is lost.")
def someone_else_signed_in() -> Parts:
    return parts(headers={"WWW-Authenticate": 'Cookie realm="gongshilan"'})

@problem(401, "通行密钥没有通过", "The passkey was not accepted",
         "没有通过核对，或等得太久（最多 {minutes} 分钟）。请再试一次，或用密码、邀请码登录。",
         "It could not be verified, or took longer than {minutes} minutes. Try again, or use password or code.",
         keeps_writes=True)
def passkey_not_valid(*, minutes: int = 5) -> Parts:
    return parts(minutes=minutes, headers={"WWW-Authenticate": 'Cookie realm="gongshilan"'})

@problem(409, "这个网址用不了通行密钥", "No passkeys at this address",
         "{reason}。",
         "No passkeys here: {reason}.")
def passkeys_not_here(reason: Bilingual) -> Parts:
    return parts(reason=reason)

@problem(409, "这把通行密钥已登记", "This passkey is registered already",
         "这台设备上已有登记过的通行密钥，直接用它登录就行。",
         "This device has a registered passkey: sign in with it.")
def passkey_known() -> Parts:
    return parts()

@problem(409, "通行密钥太多", "Too many passkeys",
         "一个账号最多 {most} 把通行密钥。请先去掉不用的。",
         "An account has at most {most} passkeys. Remove one you no longer use first.")
def too_many_passkeys(*, most: int) -> Parts:
    return parts(most=most)

@problem(422, "PIN 不能用", "This PIN cannot be used",
         "{reason}。请换一个。",
         "It is refused: {reason}. Choose another.")
def pin_too_simple(reason: Bilingual) -> Parts:
    return parts(reason=reason, errors=places([("/pin", reason)]))

@problem(403, "PIN 不对", "The PIN is wrong",
         "还可以再试 {left} 次，之后要用密码、通行密钥或邀请码重新登录。",
         "Tries left: {left}. After that, sign in again with password, passkey or code.",
         keeps_writes=True)
def pin_wrong(*, left: int) -> Parts:
    return parts(left=left)

@problem(401, "PIN 输错太多次", "The PIN was mistyped too often",
         "连续输错 {most} 次，请用密码、通行密钥或邀请码重新登录。写好的都在手机里。",
         "Mistyped {most} times in a row: sign in with password, passkey or code. Nothing is lost.",
         keeps_writes=True)
def pin_used_up(*, most: int) -> Parts:
    return parts(most=most, headers={"WWW-Authenticate": 'Cookie realm="gongshilan"'})

@problem(409, "还没有设 PIN", "There is no PIN yet",
         "请先设一个 PIN，再把手机交给别人。",
         "Choose a PIN first, then hand the phone over.")
def no_pin_here() -> Parts:
    return parts()

@problem(409, "这台手机人已满", "The phone is shared by enough people",
         "一台手机最多 {most} 人共用。请先让不再用的人退出登录。",
         "At most {most} people share a phone. Somebody who no longer uses it has to sign out first.")
def phone_is_full(*, most: int) -> Parts:
    return parts(most=most)

@problem(403, "没有这个权限", "Not allowed",
         "{reason}",
         "{reason}")
def not_allowed(reason: Bilingual) -> Parts:
    return parts(reason=reason)

@problem(403, "不在您的辖区", "Outside your area",
         "您的账号属于 {own}，不能办理 {asked} 的事项。",
         "Your account belongs to {own}; this matter belongs to {asked}.")
def other_division(*, own: str, asked: str) -> Parts:
    return parts(own=own, asked=asked)

@problem(403, "不能审议自己提交的内容", "You may not review your own work",
         "这份内容由您本人提交，请由另一位监委会成员审议。",
         "You submitted this yourself. Another member of the committee has to review it.")
def own_work() -> Parts:
    return parts()

@problem(422, "密码太简单", "The password is too weak",
         "密码至少 {minimum} 个字符，现在是 {length} 个；也不能和账号相同或太常见。",
         "Use at least {minimum} characters (now {length}), not the account's name, not a common one.")
def password_too_weak(*, minimum: int, length: int) -> Parts:
    weak = Say(f"至少 {minimum} 个字符", f"at least {minimum} characters")
    return parts(minimum=minimum, length=length, errors=places([("/password", weak)]))

@problem(403, "旧密码不对", "The old password is wrong",
         "请输入现在的密码；忘记时请向管理员要新的邀请码。",
         "Enter the present password. Ask your administrator for a new invitation if you forgot it.",
         keeps_writes=True)
def old_password_wrong() -> Parts:
    return parts(errors=places([("/old_password", Say("旧密码不对", "the old password is wrong"))]))

@problem(422, "交接的日子不行", "This day cannot be the day of the handover",
         "交接的日子要在 {first} 到 {last} 之间，现在填的是 {day}。",
         "Choose a day from {first} to {last}; you chose {day}.")
def handover_day(*, day: date, first: date, last: date) -> Parts:
    wrong = Say(f"要在 {first} 到 {last} 之间", f"a day from {first} to {last}")
    return parts(day=day, first=first, last=last, errors=places([("/on", wrong)]))

@problem(409, "交接已经约好了", "A handover is arranged already",
         "已约好从 {day} 起由{name}接任。要换日子或换人，请先改或取消这次交接。",
         "From {day} on the successor is {name}. Change that day, or call the handover off first.")
def handover_standing(*, day: date, name: str) -> Parts:
    return parts(day=day, name=name)

@problem(409, "交接已经过了那一天", "The day of the handover has passed",
         "岗位从 {day} 起已由{name}接任，不能再改。要再换人，请从{name}的账号交接。",
         "The post passed to {name} on {day} and this cannot be changed. Hand over the account of {name} instead.")
def handover_over(*, day: date, name: str) -> Parts:
    return parts(day=day, name=name)

@problem(409, "账号名已被使用", "This account name is taken",
         "请换一个账号名。",
         "Please choose another account name.")
def login_taken() -> Parts:
    return parts(errors=places([("/login", Say("已被使用", "taken"))]))

@problem(409, "这是最后一位管理员", "This is the last administrator",
         "停用后就没有人能管理账号了。请先添加另一位管理员。",
         "Without this account nobody could manage accounts. Add another administrator first.")
def last_administrator() -> Parts:
    return parts()

@problem(422, "这份名单读不出来", "This list of people could not be read",
         "{reason}。一个账号也没有建。",
         "{reason}. No account was made.")
def people_list_not_read(reason: Bilingual) -> Parts:
    return parts(reason=reason)

@problem(422, "名单里有几行不对", "Some rows of the list are wrong",
         "有 {count} 处不对，一个账号也没有建。请照着行号改好再选一次文件，或者只建没有问题的。",
         "Places that are wrong: {count}; no account was made. Correct them by their row numbers and choose the file again, or make only those that are right.")
def people_rows_wrong(count: int, found: Sequence[Mapping[str, object]]) -> Parts:
    return parts(count=count, errors=found)

@problem(422, "这份区划名单不能用", "This list of divisions cannot be used",
         "{reason}。什么都没有改。",
         "{reason}. Nothing was changed.")
def division_list_not_read(reason: Bilingual) -> Parts:
    return parts(reason=reason)

@problem(422, "这个区划不能这样改", "This division cannot be changed so",
         "{reason}。什么也没有改动。",
         "Not possible: {reason}. Nothing was changed.")
def division_act_not_possible(field: str, reason: Bilingual) -> Parts:
    return parts(reason=reason, errors=places([(f"/{field}", reason)] if field else []))

@problem(412, "这个区划刚被改过", "This division was changed meanwhile",
         "您看过以后，{code} 又被改过，不再是您看到的样子。请重新看一遍再改。什么也没有改动。",
         "Since you looked at it, {code} was changed and is not what you saw. Look again, then decide. Nothing was changed.")
def division_changed_meanwhile(code: str) -> Parts:
    return parts(code=code)
