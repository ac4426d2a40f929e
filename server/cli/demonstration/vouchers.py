"""The photos of vouchers in an account of the demonstration: where their names stand, their hashes are to stand."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from server.cli.demonstration.pictures import Picture
from server.storage.photos import PhotoUse


def entries_of(content: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the entries of an account's lines with their pointers; other contents have none."""
    for group, lines in content.items():
        if not isinstance(lines, list):
            continue
        for line_at, line in enumerate(lines):
            for entry_at, entry in enumerate(line.get("entries", [])):
                yield f"/{group}/{line_at}/entries/{entry_at}", entry


def with_hashes(
    content: Mapping[str, Any], pictures: Sequence[tuple[Picture, PhotoUse]]
) -> dict[str, Any]:
    """Return the content with the photos' hashes where their names stood."""
    hashes: dict[str, list[str]] = {}
    for one, ref in pictures:
        hashes.setdefault(ref.pointer or "", []).append(one.sha256)
    copy: dict[str, Any] = json.loads(json.dumps(content))
    for pointer, entry in entries_of(copy):
        if "photos" in entry:
            entry["photos"] = hashes[pointer]
    return copy
