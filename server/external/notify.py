"""Sending to addresses that people typed in: the only home of httpx, and the door it goes out by.

The name is looked up here, every address it has is checked, and the connection is made to the address
that was checked: a name that answers differently a moment later (rebinding) leads nowhere. No proxy of
the environment, no redirect, a few seconds, a few kilobytes. httpx is loaded with the first message.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Mapping
from functools import cache
from ipaddress import ip_address

from msgspec import Struct

from server.external.addresses import Address, OutwardRules, Target, read_target, refused_address
from server.rules.values import Text

SECONDS = 10.0
MOST_BYTES = 64 * 1024

Lookup = Callable[[str, int], Awaitable[list[Address]]]


class Refused(Exception):
    """The address is not one we send to; `reason` says why in both languages."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


class NoAnswer(Exception):
    """The other side was not reached, or did not answer in time."""


class Answer(Struct, frozen=True):
    """A status, the beginning of a body, and when to come again as the other side put it."""

    status: int
    body: bytes
    retry_after: str | None = None


async def look_up(host: str, port: int) -> list[Address]:
    """Return every address of a host name; raises NoAnswer."""
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NoAnswer("the host name was not found") from error
    return list(dict.fromkeys(ip_address(str(each[4][0]).partition("%")[0]) for each in found))


async def post(
    address: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    rules: OutwardRules,
    lookup: Lookup = look_up,
) -> Answer:
    """Post bytes to an address and return the answer. Raises Refused and NoAnswer."""
    import httpx

    target = read_target(address, rules)
    if isinstance(target, Text):
        raise Refused(target)
    try:
        async with asyncio.timeout(SECONDS):
            found = await lookup(target.host, target.port)
            if not found:
                raise NoAnswer("the host name has no address")
            for each in found:
                if why := refused_address(each, target.scheme, rules):
                    raise Refused(why)
            return await _post_to(found[0], target, body, headers)
    except TimeoutError as error:
        raise NoAnswer(f"no answer within {SECONDS:.0f} seconds") from error
    except httpx.HTTPError as error:
        raise NoAnswer(type(error).__name__) from error


@cache
def _trusted() -> ssl.SSLContext:
    """Return whom this machine trusts, read once: to read it takes longer than all else about a message."""
    import httpx

    return httpx.create_ssl_context(trust_env=False)


async def _post_to(
    address: Address, target: Target, body: bytes, headers: Mapping[str, str]
) -> Answer:
    """Connect to this very address; the name stands in Host and is what the certificate must be for."""
    import httpx

    host = f"[{address}]" if address.version == 6 else str(address)
    url = httpx.URL(f"{target.scheme}://{host}:{target.port}{target.path}")
    async with (
        httpx.AsyncClient(
            verify=_trusted(), trust_env=False, follow_redirects=False, timeout=SECONDS
        ) as client,
        client.stream(
            "POST",
            url,
            content=body,
            headers={
                "User-Agent": "gongshilan",
                "Accept-Encoding": "identity",
                **headers,
                "Host": target.authority,
            },
            extensions={"sni_hostname": target.host},
        ) as answer,
    ):
        kept = bytearray()
        async for chunk in answer.aiter_raw():
            kept += chunk
            if len(kept) >= MOST_BYTES:
                break
        said = answer.headers.get("Retry-After")
        return Answer(answer.status_code, bytes(kept[:MOST_BYTES]), said)
