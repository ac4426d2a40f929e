"""The three robots: what each is sent, how it is signed, and what its answers mean."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from ipaddress import ip_network

import pytest

from server.external import robots
from server.external.addresses import OutwardRules
from server.rules.deliveries import ARRIVED, WHY, Outcome
from tests.cast import at
from tests.external.robot_server import Got, RobotServer, dingtalk, feishu, robot_server

NOW = at("2026-10-14 08:00+08:00")
HERE = OutwardRules(networks=(ip_network("127.0.0.0/8"),))


@pytest.fixture
def service() -> Iterator[RobotServer]:
    with robot_server() as found:
        yield found


async def say(service: RobotServer, robot: robots.Robot, secret: str | None = None) -> Outcome:
    path = "/robot/send?access_token=abc" if robot == "dingtalk" else "/hook/abc"
    return await robots.say(
        robot, service.address + path, secret, "【公示栏】还没有公开：红河村", rules=HERE, now=NOW
    )


async def test_dingtalk_takes_a_signed_text(service: RobotServer) -> None:
    service.reply = dingtalk("SEC1")
    assert await say(service, "dingtalk", "SEC1") == ARRIVED
    assert service.got[0].path.startswith(
        "/robot/send?access_token=abc&timestamp=1791936000000&sign="
    )
    assert service.texts() == ["【公示栏】还没有公开：红河村"]
    assert service.got[0].headers["content-type"].startswith("application/json")


async def test_dingtalk_refuses_another_secret(service: RobotServer) -> None:
    service.reply = dingtalk("SEC1")
    assert (await say(service, "dingtalk", "SEC2")).why == "signature"
    assert (await say(service, "dingtalk")).why == "signature"


async def test_feishu_takes_a_signed_text(service: RobotServer) -> None:
    service.reply = feishu("s")
    assert await say(service, "feishu", "s") == ARRIVED
    assert service.got[0].json["timestamp"] == "1791936000"
    assert (await say(service, "feishu", "t")).why == "signature"


async def test_wecom_takes_a_text(service: RobotServer) -> None:
    assert await say(service, "wecom") == ARRIVED
    assert service.got[0].json == {
        "msgtype": "text",
        "text": {"content": "【公示栏】还没有公开：红河村"},
    }


def answering(status: int, answer: object) -> Callable[[Got], tuple[int, bytes]]:
    body = answer if isinstance(answer, bytes) else json.dumps(answer, ensure_ascii=False).encode()
    return lambda got: (status, body)


@pytest.mark.parametrize(
    ("robot", "status", "answer", "expected"),
    [
        ("dingtalk", 200, {"errcode": 310000, "errmsg": "keywords not in content"}, ("keyword", 310000, False)),
        ("dingtalk", 200, {"errcode": 310000, "errmsg": "description:关键词不匹配"}, ("keyword", 310000, False)),
        ("dingtalk", 200, {"errcode": 310000, "errmsg": "ip 1.2.3.4 not in whitelist"}, ("sender_address", 310000, False)),
        ("dingtalk", 200, {"errcode": 300005, "errmsg": "token is not exist"}, ("no_such_robot", 300005, True)),
        ("dingtalk", 200, {"errcode": 130101, "errmsg": "send too fast"}, ("too_often", 130101, False)),
        ("wecom", 200, {"errcode": 93000, "errmsg": "invalid webhook url"}, ("no_such_robot", 93000, True)),
        ("wecom", 200, {"errcode": 45009, "errmsg": "api freq out of limit"}, ("too_often", 45009, False)),
        ("wecom", 200, {"errcode": 40001, "errmsg": "?"}, ("robot_refused", 40001, False)),
        ("feishu", 200, {"code": 19024, "msg": "Key Words Not Found"}, ("keyword", 19024, False)),
        ("feishu", 200, {"code": 19022, "msg": "Ip Not Allowed"}, ("sender_address", 19022, False)),
        ("feishu", 400, {"code": 9499, "msg": "Bad Request"}, ("robot_refused", 9499, False)),
        ("feishu", 200, {"code": 19001, "msg": "param invalid"}, ("no_such_robot", 19001, True)),
        ("feishu", 200, {"code": True}, ("not_understood", 200, False)),
        ("wecom", 200, b"<html>captive</html>", ("not_understood", 200, False)),
        ("wecom", 200, b"[]", ("not_understood", 200, False)),
        ("wecom", 502, b"bad gateway", ("http_status", 502, False)),
        ("wecom", 404, b"", ("http_status", 404, True)),
    ],
)  # fmt: skip
async def test_an_answer_of_200_is_not_yet_a_message_that_arrived(
    service: RobotServer,
    robot: robots.Robot,
    status: int,
    answer: object,
    expected: tuple[str, int, bool],
) -> None:
    service.reply = answering(status, answer)
    found = await say(service, robot)
    assert (found.why, found.code, found.final) == expected
    assert found.why in WHY


async def test_nobody_at_home(service: RobotServer) -> None:
    gone = service.address.rsplit(":", 1)[0] + ":9"
    found = await robots.say("wecom", gone + "/x", None, "x", rules=HERE, now=NOW)
    assert found == Outcome("no_answer")
