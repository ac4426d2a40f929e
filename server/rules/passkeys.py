"""Passkeys: how long a challenge stands, how many a person may have, where a browser can use one."""

from __future__ import annotations

from datetime import timedelta

from msgspec import Struct

from server.rules.values import Text

CHALLENGE_FOR = timedelta(minutes=5)
CHALLENGE_BYTES = 32
MOST_PASSKEYS = 10


class Site(Struct, frozen=True):
    """Where a passkey is made and used: the page's origin, and the name (rp id) it is bound to."""

    origin: str
    rp_id: str


NEEDS_HTTPS = Text(
    "这个网址不是 https 开头的，浏览器不让用通行密钥，请用密码登录",
    "this address does not begin with https, so browsers allow no passkeys; use a password",
)
NEEDS_A_NAME = Text(
    "这个网址是一串数字（IP 地址），浏览器不让用通行密钥，请用密码登录",
    "this address is an IP address, for which browsers allow no passkeys; use a password",
)


def site_of(scheme: str, host: str, port: int | None, *, is_number: bool) -> Site | Text:
    """Return the site that passkeys are bound to, or why they cannot be used at this address.

    `host` is lower case without port; `is_number` says that it is an IP address. Plain http counts as
    secure on 'localhost' only, as browsers have it.
    """
    local = host == "localhost" or host.endswith(".localhost")
    if is_number:
        return NEEDS_A_NAME if scheme == "https" else NEEDS_HTTPS
    if scheme != "https" and not local:
        return NEEDS_HTTPS
    usual = {"https": 443, "http": 80}.get(scheme)
    shown = "" if port is None or port == usual else f":{port}"
    return Site(f"{scheme}://{host}{shown}", host)


def went_back(stored: int, received: int) -> bool:
    """Say whether a sign counter proves that the key exists twice. Keys that do not count always say 0."""
    return (stored > 0 or received > 0) and received <= stored
