"""What the front end's build made, by the names that it gave its files."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

from msgspec import Struct


class Assets(Struct, frozen=True):
    """Addresses of what the front end's build made.

    `reader_style` is what stands in `reader_css`: a page carries it, so that it is painted with its first bytes and need
    not wait for a second answer.
    """

    reader_js: str = ""
    reader_css: tuple[str, ...] = ()
    reader_style: str = ""
    print_css: tuple[str, ...] = ()
    asking_js: str = ""
    asking_css: tuple[str, ...] = ()
    following_js: str = ""
    household_css: tuple[str, ...] = ()
    staff_js: str = ""
    staff_css: tuple[str, ...] = ()
    poster_css: tuple[str, ...] = ()
    slip_css: tuple[str, ...] = ()
    kiosk_js: str = ""
    kiosk_css: tuple[str, ...] = ()

    @property
    def style_hash(self) -> str:
        """How a Content-Security-Policy names the style that stands in the pages; '' where there is none (CSP level 2)."""
        if not self.reader_style:
            return ""
        digest = hashlib.sha256(self.reader_style.encode()).digest()
        return f"'sha256-{base64.b64encode(digest).decode()}'"


def assets_from(dist: Path) -> Assets:
    """Reads the names that the build gave its files; empty names where there is no build."""
    manifest = dist / ".vite" / "manifest.json"
    if not manifest.is_file():
        return Assets()
    entries: dict[str, dict[str, Any]] = json.loads(manifest.read_text(encoding="utf-8"))

    def styles(name: str) -> tuple[str, ...]:
        entry = entries.get(name, {})
        shared = [css for key in entry.get("imports", []) for css in styles(key)]
        return tuple(dict.fromkeys([*shared, *(f"/{css}" for css in entry.get("css", []))]))

    def script(name: str) -> str:
        return f"/{entries[name]['file']}" if name in entries else ""

    def alone(name: str) -> tuple[str, ...]:
        return (f"/{entries[name]['file']}",) if name in entries else ()

    def text(addresses: tuple[str, ...]) -> str:
        return "".join((dist / each[1:]).read_text(encoding="utf-8").strip() for each in addresses)

    reader_css = styles("src/reader.tsx")
    return Assets(
        script("src/reader.tsx"),
        reader_css,
        text(reader_css),
        alone("src/style/print.css"),
        script("src/asking.ts"),
        styles("src/asking.ts"),
        script("src/following.ts"),
        alone("src/style/household.css"),
        script("src/staff.tsx"),
        styles("src/staff.tsx"),
        alone("src/style/poster.css"),
        alone("src/style/slip.css"),
        script("src/kiosk.tsx"),
        styles("src/kiosk.tsx"),
    )
