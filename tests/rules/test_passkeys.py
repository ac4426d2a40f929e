"""Where browsers allow passkeys, and when a counter proves that a key exists twice."""

from __future__ import annotations

import pytest

from server.rules.passkeys import NEEDS_A_NAME, NEEDS_HTTPS, Site, site_of, went_back


@pytest.mark.parametrize(
    ("scheme", "host", "port", "is_number", "expected"),
    [
        ("https", "gongshi.cn", None, False, Site("https://gongshi.cn", "gongshi.cn")),
        ("https", "gongshi.cn", 443, False, Site("https://gongshi.cn", "gongshi.cn")),
        ("https", "gongshi.cn", 8443, False, Site("https://gongshi.cn:8443", "gongshi.cn")),
        ("http", "localhost", 8000, False, Site("http://localhost:8000", "localhost")),
        ("http", "gongshi.cn", None, False, NEEDS_HTTPS),
        ("http", "localhost.evil.cn", None, False, NEEDS_HTTPS),
        ("http", "10.0.0.2", 8000, True, NEEDS_HTTPS),
        ("https", "10.0.0.2", None, True, NEEDS_A_NAME),
    ],
)
def test_site(scheme: str, host: str, port: int | None, is_number: bool, expected: object) -> None:
    assert site_of(scheme, host, port, is_number=is_number) == expected


@pytest.mark.parametrize(
    ("stored", "received", "back"),
    [(0, 0, False), (0, 1, False), (5, 6, False), (5, 5, True), (5, 4, True), (5, 0, True)],
)
def test_counter(stored: int, received: int, back: bool) -> None:
    assert went_back(stored, received) is back
