"""A browser spoken to over two pipes, in the words of the DevTools protocol: for engines that no driver of today knows."""

from __future__ import annotations

import json
import os
import select
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PATIENCE = 30.0
"""Seconds in which a browser answers, on a busy machine too."""


class Refused(AssertionError):
    """The browser did not do what it was told; its own words."""


class DevTools:
    """One browser's end of the wire. What it tells without being asked is heard while an answer is waited for."""

    def __init__(self, to: int, back: int) -> None:
        self._to, self._back = to, back
        self._rest = b""
        self._last = 0
        self._answers: dict[int, dict[str, Any]] = {}
        self.hears: Callable[[str, dict[str, Any]], None] = lambda method, params: None

    def send(self, method: str, session: str | None = None, **params: Any) -> dict[str, Any]:
        """Return the answer to one command; fails with the browser's own words."""
        self._last += 1
        message: dict[str, Any] = {"id": self._last, "method": method, "params": params}
        if session is not None:
            message["sessionId"] = session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        until = time.monotonic() + PATIENCE
        while self._last not in self._answers:
            if time.monotonic() > until:
                raise Refused(f"no answer to {method} in {PATIENCE:.0f} s")
            self.listen(0.2)
        answer = self._answers.pop(self._last)
        if "error" in answer:
            raise Refused(f"{method}: {answer['error']['message']}")
        result: dict[str, Any] = answer["result"]
        return result

    def listen(self, seconds: float) -> None:
        """Hear what the browser tells within some seconds, and be back at its first word."""
        if not select.select([self._back], [], [], seconds)[0]:
            return
        came = os.read(self._back, 1 << 20)
        if not came:
            raise Refused("the browser has gone")
        *whole, self._rest = (self._rest + came).split(b"\0")
        for each in whole:
            message = json.loads(each)
            if "id" in message:
                self._answers[message["id"]] = message
            else:
                self.hears(message["method"], message["params"])


@contextmanager
def speaking(command: Sequence[str | Path], log: Path) -> Iterator[DevTools]:
    """Run a Chromium until the visit is over; what it says of itself goes into `log`."""
    theirs_in, to = os.pipe()
    back, theirs_out = os.pipe()
    # The browser reads commands from its third file and writes answers into its fourth.
    wired = ["bash", "-c", f'exec "$@" 3<&{theirs_in} 4>&{theirs_out}', "chromium", *command]
    with log.open("wb") as said:
        process = subprocess.Popen(
            [*wired, "--remote-debugging-pipe"], pass_fds=(theirs_in, theirs_out), stderr=said
        )
    os.close(theirs_in)
    os.close(theirs_out)
    try:
        yield DevTools(to, back)
    finally:
        process.kill()
        process.wait()
        os.close(to)
        os.close(back)
