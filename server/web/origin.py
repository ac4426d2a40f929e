"""Where a request comes from: the address behind trusted proxies, and the page that sent a write."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

from server import problems
from server.rules.passkeys import Site, site_of
from server.rules.values import Text
from server.settings import Network, Settings

UNKNOWN = "unknown"


def client_address(peer: str | None, forwarded: str | None, trusted: tuple[Network, ...]) -> str:
    """Return the client's address.

    X-Forwarded-For is read from the right and only as far as each hop is a trusted proxy: what stands
    further left was written by somebody who may lie. An entry that is no address ends the walk.
    """
    address = _address(peer)
    if address is None:
        return UNKNOWN
    hops = [part.strip() for part in (forwarded or "").split(",") if part.strip()]
    while hops and any(address in network for network in trusted):
        nearer = _address(hops.pop())
        if nearer is None:
            break
        address = nearer
    return str(address)


def _address(text: str | None) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address((text or "").strip("[]"))
    except ValueError:
        return None
    # ::ffff:10.0.0.1 is the same machine as 10.0.0.1
    return getattr(address, "ipv4_mapped", None) or address


def refuse_foreign_origin(headers: Mapping[str, str], settings: Settings) -> None:
    """Refuse a write that a page of another site sent; raise cross_origin.

    Browsers say it in Sec-Fetch-Site and in Origin; each that is present must be ours. A client that
    sends neither is no browser and brings nobody's cookie along.
    """
    site = headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        raise problems.cross_origin()
    origin = headers.get("origin")
    if origin is None:
        return
    parts = urlsplit(origin) if origin != "null" else None
    ours = {headers.get("host", "").lower()}
    if settings.public_url:
        ours.add(urlsplit(settings.public_url).netloc.lower())
    if parts is None or parts.scheme not in ("http", "https") or parts.netloc.lower() not in ours:
        raise problems.cross_origin()


def passkey_site(origin: str) -> Site | Text:
    """Return the site that passkeys are bound to at this public address, or why there are none."""
    parts = urlsplit(origin)
    host = (parts.hostname or "").lower()
    return site_of(parts.scheme, host, parts.port, is_number=_address(host) is not None)
