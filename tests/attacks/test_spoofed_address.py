"""An address that the client wrote itself is not its address; only a trusted proxy's word counts."""

from __future__ import annotations

from ipaddress import ip_network
from pathlib import Path

import pytest

from server.web.origin import client_address
from tests.cast import ZHANG_SAN, opened

TRUSTED = (ip_network("10.0.0.0/8"), ip_network("fd00::/8"))


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("203.0.113.5", None, "203.0.113.5"),
        ("203.0.113.5", "8.8.8.8", "203.0.113.5"),  # nobody trusted said so
        ("10.0.0.1", "203.0.113.5", "203.0.113.5"),
        (
            "10.0.0.1",
            "8.8.8.8, 203.0.113.5",
            "203.0.113.5",
        ),  # the left one is the client's own word
        ("10.0.0.1", "203.0.113.5, 10.0.0.2", "203.0.113.5"),
        ("10.0.0.1", "rubbish", "10.0.0.1"),
        ("10.0.0.1", "203.0.113.5\r\nX-Evil: 1", "10.0.0.1"),
        ("::ffff:10.0.0.1", "203.0.113.5", "203.0.113.5"),
        ("fd00::1", "2001:db8::9", "2001:db8::9"),
        (None, "203.0.113.5", "unknown"),
    ],
)
def test_client_address(peer: str | None, forwarded: str | None, address: str) -> None:
    assert client_address(peer, forwarded, TRUSTED) == address


async def test_events_hold_the_true_address(database_url: str, photo_root: Path) -> None:
    async with opened(database_url, photo_root, trusted_proxies=TRUSTED) as hall:
        zhang = await hall.client_as(ZHANG_SAN, address="10.0.0.1")
        headers = {"X-Forwarded-For": "1.2.3.4, 203.0.113.5"}
        await zhang.delete("/api/v1/sessions/current", headers=headers)
        (event,) = await hall.rows("SELECT address FROM event")
        assert event["address"] == "203.0.113.5"
