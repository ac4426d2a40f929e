"""Attack: make the server fetch what only it can reach — its own network, its cloud's secrets, its own ports.

Addresses are typed in by administrators (chat groups) and come from browsers (push services): both are
somebody else's word.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from ipaddress import ip_address, ip_network
from typing import Any

import pytest

from server.external import notify
from server.external.addresses import Address, OutwardRules, Target, read_target, refused_address
from server.rules.values import Text
from tests.cast import TOWNSHIP, ZHANG_SAN, ZHOU_BA, Hall, problem_of
from tests.external.robot_server import robot_server
from tests.journeys.posting import new_id

pytestmark = pytest.mark.one_engine

PUBLIC = OutwardRules()
LAN = OutwardRules(networks=(ip_network("10.8.0.0/16"),))
HERE = OutwardRules(networks=(ip_network("127.0.0.0/8"),))

INSIDE = [
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254",
    "100.100.100.200", "100.64.0.1", "192.0.0.8", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
    "::1", "::", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2002:a00:1::1",
    "2001:0:4136:e378:8000:63bf:80ff:fffe",
]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_nothing_inside_is_connected_to(address: str) -> None:
    assert isinstance(refused_address(ip_address(address), "https", PUBLIC), Text)


@pytest.mark.parametrize("address", ["1.1.1.1", "223.5.5.5", "2400:3200::1", "::ffff:223.5.5.5"])
def test_the_internet_is(address: str) -> None:
    assert refused_address(ip_address(address), "https", PUBLIC) is None
    assert isinstance(refused_address(ip_address(address), "http", LAN), Text), "https only"


def test_a_listed_network_is_open_also_by_http_and_nothing_beside_it() -> None:
    assert refused_address(ip_address("10.8.3.4"), "http", LAN) is None
    assert refused_address(ip_address("::ffff:10.8.3.4"), "http", LAN) is None
    assert isinstance(refused_address(ip_address("10.9.0.1"), "http", LAN), Text)
    everything = OutwardRules(networks=(ip_network("0.0.0.0/0"), ip_network("::/0")))
    for secret in ("169.254.169.254", "::ffff:169.254.169.254", "100.100.100.200", "fe80::1"):
        assert isinstance(refused_address(ip_address(secret), "http", everything), Text), secret


@pytest.mark.parametrize(
    "address",
    [
        "http://oapi.dingtalk.com/robot/send",
        "ftp://oapi.dingtalk.com/",
        "file:///etc/passwd",
        "gopher://oapi.dingtalk.com/",
        "//oapi.dingtalk.com/",
        "oapi.dingtalk.com",
        "https://",
        "https:///x",
        "https://user:secret@oapi.dingtalk.com/",
        "https://oapi.dingtalk.com@10.0.0.1/",
        "https://oapi.dingtalk.com\\@10.0.0.1/",
        "https://oapi.dingtalk.com:99999/",
        "https://oapi.dingtalk.com/\r\nX-Injected: 1",
        "https://oapi.dingtalk.com/ x",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[fe80::1%25eth0]/",
        "https://127.0.0.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://" + "a" * 1000,
    ],
)
def test_an_address_that_cannot_be_meant_is_refused_as_typed(address: str) -> None:
    assert isinstance(read_target(address, PUBLIC), Text)


def test_the_list_of_hosts_means_the_hosts_and_what_is_below_them() -> None:
    rules = OutwardRules(hosts=("dingtalk.com",))
    assert isinstance(read_target("https://oapi.dingtalk.com/x?y=1", rules), Target)
    for other in (
        "https://evildingtalk.com/",
        "https://dingtalk.com.evil.test/",
        "https://evil.test/",
    ):
        assert isinstance(read_target(other, rules), Text), other


async def _post(address: str, rules: OutwardRules, lookup: Any = notify.look_up) -> notify.Answer:
    return await notify.post(address, b"{}", {}, rules=rules, lookup=lookup)


@pytest.mark.parametrize(
    "host", ["localhost", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.0.0.1."]
)
async def test_other_spellings_of_this_machine_lead_nowhere(host: str) -> None:
    with robot_server() as service:
        with pytest.raises((notify.Refused, notify.NoAnswer)):
            await _post(f"https://{host}:{service.port}/", PUBLIC)
        assert service.got == []


async def test_one_bad_address_among_good_ones_is_enough() -> None:
    async def lookup(host: str, port: int) -> list[Address]:
        return [ip_address("223.5.5.5"), ip_address("10.0.0.1")]

    with pytest.raises(notify.Refused):
        await _post("https://two-faced.test/", PUBLIC, lookup)


async def test_the_name_is_looked_up_once_and_the_checked_address_is_connected_to() -> None:
    """Rebinding: a name that is public when it is checked and internal when it is used."""
    asked: list[str] = []

    async def lookup(host: str, port: int) -> list[Address]:
        asked.append(host)
        return [ip_address("127.0.0.1")]

    with robot_server() as service:
        # The system's own look-up does not know this name: had it been asked, there would be no answer.
        answer = await _post(f"http://rebinding.invalid:{service.port}/x", HERE, lookup)
        assert answer.status == 200
        assert asked == ["rebinding.invalid"]
        assert service.got[0].headers["host"] == f"rebinding.invalid:{service.port}"


async def test_a_redirect_is_an_answer_and_not_a_way() -> None:
    with robot_server() as inner, robot_server() as outer:
        outer.reply = lambda got: (307, f"{inner.address}/secrets".encode())
        answer = await _post(outer.address, HERE)
        assert answer.status == 307
        assert inner.got == []


async def test_an_endless_answer_is_cut() -> None:
    with robot_server() as service:
        service.reply = lambda got: (200, b"x" * 5_000_000)
        answer = await _post(service.address, HERE)
        assert len(answer.body) == notify.MOST_BYTES


async def test_a_server_that_never_answers_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notify, "SECONDS", 0.5)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        began = time.monotonic()
        with pytest.raises(notify.NoAnswer):
            await _post(f"http://127.0.0.1:{silent.getsockname()[1]}/", HERE)
        assert time.monotonic() - began < 5


async def test_a_server_that_drips_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each byte in time, the whole never: the limit is on the whole."""
    monkeypatch.setattr(notify, "SECONDS", 1.0)

    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        with contextlib.suppress(ConnectionError):
            while not writer.is_closing():
                writer.write(b".")
                await writer.drain()
                await asyncio.sleep(0.05)
        writer.close()

    server = await asyncio.start_server(drip, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    began = time.monotonic()
    with pytest.raises(notify.NoAnswer):
        await _post(f"http://127.0.0.1:{port}/", HERE)
    assert time.monotonic() - began < 5
    server.close()
    await server.wait_closed()
    await asyncio.sleep(0.2)  # what drips notices that nobody listens


async def test_no_proxy_of_the_environment_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with robot_server() as proxy, robot_server() as service:
        monkeypatch.setenv("HTTP_PROXY", proxy.address)
        monkeypatch.setenv("ALL_PROXY", proxy.address)
        await _post(service.address, HERE)
        assert proxy.got == []


@pytest.mark.parametrize(
    "address", ["https://127.0.0.1/", "http://oapi.dingtalk.com/", "https://[::ffff:10.0.0.1]/x"]
)
async def test_over_http_it_is_a_problem_and_nothing_is_kept(hall: Hall, address: str) -> None:
    administrator = await hall.client_as(ZHOU_BA)
    body = {
        "id": new_id(hall.clock(), 1),
        "division": TOWNSHIP,
        "name": "群",
        "robot": "wecom",
        "address": address,
    }
    answer = await administrator.post("/api/v1/webhooks", json=body)
    assert problem_of(answer) == "address-not-allowed"
    assert answer.json()["errors"][0]["pointer"] == "/address"
    assert await hall.rows("SELECT id FROM webhook") == []


async def test_a_name_that_leads_inside_tells_nothing_about_what_is_there(hall: Hall) -> None:
    """The test button must not become a port scanner: open or closed, the words are the same."""
    administrator = await hall.client_as(ZHOU_BA)
    answers = []
    with robot_server() as service:
        for seed, port in enumerate((service.port, 9), 1):
            made = await administrator.post(
                "/api/v1/webhooks",
                json={
                    "id": new_id(hall.clock(), seed),
                    "division": TOWNSHIP,
                    "name": "群",
                    "robot": "wecom",
                    "address": f"https://localhost:{port}/",
                },
            )
            assert made.status_code == 201
            tried = await administrator.post(f"/api/v1/webhooks/{made.json()['id']}/test")
            answers.append(tried.json())
        assert service.got == []
    assert answers[0] == answers[1]
    assert answers[0]["arrived"] is False


async def test_an_accountant_cannot_name_an_address_at_all(hall: Hall) -> None:
    accountant = await hall.client_as(ZHANG_SAN)
    refused = await accountant.post("/api/v1/webhooks", json={})
    assert problem_of(refused) == "not-allowed"
