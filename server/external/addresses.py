"""Addresses we send to because somebody typed them in: which are allowed, before and after the name is looked up.

A server that fetches what people name can be turned against its own network. So only https to the
public internet is allowed, the networks an operator lists excepted; and what counts is the address
that is connected to, not the name.
"""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from msgspec import Struct

from server.rules.values import Text

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# Where cloud hosts keep secrets for their own machines; no setting opens these.
_METADATA: tuple[Network, ...] = (
    ip_network("169.254.0.0/16"),
    ip_network("fe80::/10"),
    ip_network("100.100.100.200/32"),
    ip_network("fd00:ec2::254/128"),
)
# Set aside by IANA; not every Python 3 knows all of them as such.
_SET_ASIDE: tuple[Network, ...] = (ip_network("192.0.0.0/24"), ip_network("192.88.99.0/24"))
_NAT64 = IPv6Network("64:ff9b::/96")


class OutwardRules(Struct, frozen=True):
    """What an operator allows beyond https to the public internet.

    `networks`: private networks that may be reached too, there also by http. `hosts`: when it names
    any, no other host is reached; a name stands for what lies below it as well.
    """

    networks: tuple[Network, ...] = ()
    hosts: tuple[str, ...] = ()


class Target(Struct, frozen=True):
    """An address taken apart: where to connect, and the path with its query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """The Host header: the port is named where it is not the scheme's own."""
        usual = 443 if self.scheme == "https" else 80
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == usual else f"{host}:{self.port}"


def read_target(address: str, rules: OutwardRules) -> Target | Text:
    """Return where an address leads, or why it is refused. Nothing is looked up."""
    if len(address) > 1000 or any(c.isspace() or not c.isprintable() for c in address):
        return Text("网址里有空格，或太长", "the address has blanks in it or is too long")
    if "\\" in address:
        return Text("网址里有反斜杠", "the address has a backslash in it")
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        return Text("网址写得不对", "the address cannot be read")
    if parts.scheme not in ("https", "http") or not host:
        return Text("网址要以 https:// 开头", "the address must begin with https://")
    if "@" in parts.netloc:
        return Text("网址里不能带用户名", "the address may not carry a user name")
    if parts.scheme == "http" and not rules.networks:
        return Text("网址要以 https:// 开头", "the address must begin with https://")
    try:
        ascii_host = host.encode("idna").decode("ascii") if not host.isascii() else host
    except UnicodeError:
        return Text("主机名写得不对", "the host name cannot be read")
    if rules.hosts and not any(_is_below(ascii_host, allowed) for allowed in rules.hosts):
        return Text(
            f"只能发往：{'、'.join(rules.hosts)}", f"only {', '.join(rules.hosts)} may be reached"
        )
    if (literal := _literal(ascii_host)) and (why := refused_address(literal, parts.scheme, rules)):
        return why
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, ascii_host, port or (443 if parts.scheme == "https" else 80), path)


def _is_below(host: str, allowed: str) -> bool:
    name = allowed.lower().strip(".")
    return host.lower().rstrip(".") == name or host.lower().rstrip(".").endswith(f".{name}")


def _literal(host: str) -> Address | None:
    try:
        return ip_address(host.partition("%")[0])
    except ValueError:
        return None


def refused_address(address: Address, scheme: str, rules: OutwardRules) -> Text | None:
    """Return why a looked-up address may not be connected to; None when it may."""
    # An address of IPv6 that stands for one of IPv4 is as good as that one.
    meant = _carried(address) or [address]
    if any(_listed(each, _METADATA) for each in (address, *meant)):
        return _INSIDE
    if all(_listed(each, rules.networks) for each in meant):
        return None
    if not all(_is_public(each) for each in meant):
        return _INSIDE
    if scheme != "https":
        return Text(
            "外网地址要以 https:// 开头", "an address on the internet must begin with https://"
        )
    return None


_INSIDE = Text(
    "这个网址指向内部网络，不能发往那里",
    "this address leads into an internal network, which is not reached",
)


def _listed(address: Address, networks: Sequence[Network]) -> bool:
    return any(address.version == network.version and address in network for network in networks)


def _carried(address: Address) -> list[Address]:
    """Return the IPv4 addresses that an IPv6 address stands for: mapped, 6to4, Teredo, NAT64, compatible."""
    if isinstance(address, IPv4Address):
        return []
    found: list[Address] = []
    if address.ipv4_mapped is not None:
        found.append(address.ipv4_mapped)
    if address.sixtofour is not None:
        found.append(address.sixtofour)
    if address.teredo is not None:
        found += address.teredo
    low = int(address) & 0xFFFF_FFFF
    if address in _NAT64 or (int(address) >> 32 == 0 and low > 1):
        found.append(IPv4Address(low))
    return found


def _is_public(address: Address) -> bool:
    set_aside = address.is_multicast or address.is_unspecified or address.is_reserved
    return address.is_global and not set_aside and not _listed(address, _SET_ASIDE)
