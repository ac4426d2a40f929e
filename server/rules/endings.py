"""Why a sign-in ended, in words for whoever holds the phone.

Only a device that once had a valid token is told: it learns about its own session, not about the account.
"""

from __future__ import annotations

from typing import Literal

from server.rules.values import Text

# 'here': signed out on the device itself; 'replaced': somebody signed in on the same device.
Ending = Literal[
    "here",
    "replaced",
    "elsewhere",
    "lost",
    "handed_over",
    "called_off",
    "disabled",
    "time_over",
    "password",
    "pin",
]

_WORDS: dict[str, Text] = {
    "elsewhere": Text("您在另一台设备上让它退出了", "you signed it out from another device"),
    "lost": Text(
        "乡镇按手机丢失处理，让您的所有设备退出了",
        "the township was told that a phone was lost and signed all your devices out",
    ),
    "handed_over": Text("您的岗位已交接给接任的人", "your post was handed over to your successor"),
    "called_off": Text("交接取消了", "the handover was called off"),
    "disabled": Text("这个账号已停用", "the account was disabled"),
    "time_over": Text("这个账号的查看期限到了", "the last day of this account has passed"),
    "password": Text("您在另一台设备上改了密码", "you changed the password on another device"),
    "pin": Text("PIN 连续输错，要重新登录", "the PIN was mistyped too often in a row"),
}


def ending_words(why: str | None) -> Text | None:
    """Return the words for an ending; None where the person at the device ended it and knows."""
    return _WORDS.get(why or "")
