"""A chat service of our own: it answers like DingTalk, WeCom and Feishu, their refusals too, and keeps what it got."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Reply = tuple[int, bytes] | tuple[int, bytes, dict[str, str]]


@dataclass
class Got:
    """One request as it arrived."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found


@dataclass
class RobotServer:
    """The server's address and what it got; `reply` decides what it answers."""

    port: int = 0
    got: list[Got] = field(default_factory=list)
    reply: Callable[[Got], Reply] = lambda got: (200, b'{"errcode":0,"errmsg":"ok"}')

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def texts(self) -> list[str]:
        """What the group read."""
        return [
            (g.json.get("text") or {}).get("content") or g.json["content"]["text"] for g in self.got
        ]


def dingtalk(secret: str) -> Callable[[Got], Reply]:
    """Answer as DingTalk does for a robot that wants signatures."""

    def reply(got: Got) -> Reply:
        asked = parse_qs(urlsplit(got.path).query)
        millis, sign = asked.get("timestamp", [""])[0], asked.get("sign", [""])[0]
        right = hmac.new(secret.encode(), f"{millis}\n{secret}".encode(), hashlib.sha256).digest()
        if not hmac.compare_digest(sign, base64.b64encode(right).decode()):
            return 200, json.dumps(
                {
                    "errcode": 310000,
                    "errmsg": "description:机器人发送签名不匹配;solution:请确认签名和生成签名的时间戳必须都放在调用的网址中",
                }
            ).encode()
        assert got.json["msgtype"] == "text"
        return 200, b'{"errcode":0,"errmsg":"ok"}'

    return reply


def feishu(secret: str) -> Callable[[Got], Reply]:
    """Answer as Feishu does for a robot that wants signatures."""

    def reply(got: Got) -> Reply:
        text = f"{got.json.get('timestamp')}\n{secret}"
        right = base64.b64encode(hmac.new(text.encode(), b"", hashlib.sha256).digest()).decode()
        if got.json.get("sign") != right:
            return (
                200,
                b'{"code":19021,"msg":"sign match fail or timestamp is not within one hour from current time"}',
            )
        assert got.json["msg_type"] == "text"
        return 200, b'{"StatusCode":0,"StatusMessage":"success","code":0,"data":{},"msg":"success"}'

    return reply


@contextmanager
def robot_server() -> Iterator[RobotServer]:
    """Run the server on a free port of this machine."""
    state = RobotServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            got = Got(self.path, {k.lower(): v for k, v in self.headers.items()}, body)
            state.got.append(got)
            status, answer, *more = state.reply(got)
            self.send_response(status)
            if status in (301, 302, 307):
                self.send_header("Location", answer.decode())
                answer = b""
            for name, value in (more[0] if more else {}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args: object) -> None:
            del args

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    state.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
