"""A reader's phone with Chromium 78 (October 2019): the oldest engine in which chat apps open a link, and a notice is read.

Today's driver cannot speak to it, so the phone has few words of its own: open, ask, tap, wait.
"""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.e2e.devtools import PATIENCE, DevTools, Refused, speaking
from tests.e2e.old_phone import old_chromium
from tests.e2e.reader_browser import PHONE

MAJOR = "78"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--lang=zh-CN",
]


class OldReader:
    """One page on the phone. `wrong` gathers what breaks in its scripts and what its policy forbids."""

    def __init__(self, devtools: DevTools, session: str) -> None:
        self._devtools, self._session = devtools, session
        self._loaded = False
        self.wrong: list[str] = []
        devtools.hears = self._hear

    def tell(self, method: str, **params: Any) -> dict[str, Any]:
        """Return the answer to one of the protocol's commands to this page."""
        return self._devtools.send(method, self._session, **params)

    def before(self, script: str) -> None:
        """Run a script on every page before its own: what this phone has, or lacks."""
        self.tell("Page.addScriptToEvaluateOnNewDocument", source=script)

    def open(self, address: str) -> None:
        """Go to an address and wait until it has loaded."""
        self._loaded = False
        failed = self.tell("Page.navigate", url=address).get("errorText")
        assert not failed, f"{address}: {failed}"
        self._wait_for_load()

    def ask(self, expression: str) -> Any:
        """Return what a line of script is worth on the page, awaited; a string, number, list or the like."""
        found = self.tell(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in found:
            raise Refused(f"{expression}: {found['exceptionDetails']}")
        return found["result"].get("value")

    def until(self, expression: str) -> None:
        """Wait until a line of script is true on the page; fails after half a minute."""
        end = time.monotonic() + PATIENCE
        while not self.ask(expression):
            assert time.monotonic() < end, f"not within {PATIENCE:.0f} s: {expression}"
            self._devtools.listen(0.05)

    def text(self, selector: str) -> str:
        """Return the words that are seen of the first element, blanks as one."""
        return " ".join(
            str(self.ask(f"document.querySelector({json.dumps(selector)}).innerText")).split()
        )

    def seen(self, selector: str) -> bool:
        """Return whether the first such element takes room on the page."""
        return bool(
            self.ask(
                f"(e => !!e && e.getClientRects().length > 0)(document.querySelector({json.dumps(selector)}))"
            )
        )

    def tap(self, selector: str, *, leaves: bool = False) -> None:
        """Put a finger on the first such element, where it must lie open; `leaves`: wait for the next page."""
        spot = self.ask(
            f"""(e => {{
              e.scrollIntoView({{block: 'center'}});
              const box = e.getClientRects()[0];
              const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
              const on = document.elementFromPoint(x, y);
              return {{x, y, on: e.contains(on) ? '' : (on || document.body).outerHTML.slice(0, 120)}};
            }})(document.querySelector({json.dumps(selector)}))"""
        )
        assert not spot["on"], f"{selector} lies under {spot['on']}"
        self._loaded = False
        point = {"x": spot["x"], "y": spot["y"]}
        self.tell("Input.dispatchTouchEvent", type="touchStart", touchPoints=[point])
        self.tell("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])
        if leaves:
            self._wait_for_load()

    def back(self) -> None:
        """Press the phone's own back button."""
        self.ask("history.back()")

    def look(self, path: Path) -> None:
        """Write a picture of the whole page."""
        high = self.ask("document.documentElement.scrollHeight")
        self._size(max(PHONE["height"], int(high)))
        shot = self.tell("Page.captureScreenshot", format="png")
        self._size(PHONE["height"])
        path.write_bytes(base64.b64decode(shot["data"]))

    def _size(self, height: int) -> None:
        self.tell(
            "Emulation.setDeviceMetricsOverride",
            width=PHONE["width"],
            height=height,
            deviceScaleFactor=2,
            mobile=True,
        )

    def _wait_for_load(self) -> None:
        end = time.monotonic() + PATIENCE
        while not self._loaded:
            assert time.monotonic() < end, "the page did not load"
            self._devtools.listen(0.2)

    def _hear(self, method: str, params: dict[str, Any]) -> None:
        if method == "Page.loadEventFired":
            self._loaded = True
        elif method == "Runtime.exceptionThrown":
            details = params["exceptionDetails"]
            self.wrong.append(details.get("exception", {}).get("description") or details["text"])
        elif method == "Log.entryAdded" and params["entry"]["level"] == "error":
            self.wrong.append(f"{params['entry']['text']} {params['entry'].get('url', '')}")


@contextmanager
def old_reading(folder: Path) -> Iterator[OldReader]:
    """Take the phone in hand, with nothing on it yet; skips where the engine cannot run."""
    profile = f"--user-data-dir={folder / 'profile'}"
    with speaking([old_chromium(MAJOR), *FLAGS, profile], folder / "browser.log") as devtools:
        version = devtools.send("Browser.getVersion")["product"]
        assert f"/{MAJOR}." in version, version
        target = devtools.send("Target.createTarget", url="about:blank")["targetId"]
        session = devtools.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        phone = OldReader(devtools, session)
        for domain in ("Page", "Runtime", "Log", "Network"):
            phone.tell(f"{domain}.enable")
        phone.tell("Emulation.setTouchEmulationEnabled", enabled=True, maxTouchPoints=1)
        phone._size(PHONE["height"])
        yield phone
