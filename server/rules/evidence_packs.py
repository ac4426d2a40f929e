"""Evidence packs: the list of what is in one, its seal, and what can be worked out again from it.

    index.html            everything, to be read without a network
    manifest.json         every file with its SHA-256 and its bytes
    SHA256SUMS            the same for `sha256sum -c`
    seal.txt              the manifest's hash, signed with the key of the receipts
    key.txt               that key, public
    pack.json  obligations.json  rules.json  words.json
    notices/<id>.json     a notice: its editions with their moments, signatures, events
    editions/<id>.json    what an edition promised: this file's SHA-256 is the content hash
    receipts/<id>.txt     the signed receipt of an edition
    inquiries/<code>.json what was asked in a village and answered, as the public reads it
    photos/<hash>.jpg     the public copy of a photo

Nothing is in a pack that is not named here or in evidence_entries.py.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from msgspec import Struct

from server.rules.periods import local_date

FORMAT = "gongshilan-evidence/v1"
MANIFEST, SUMS, SEAL, KEY, PAGE = (
    *("manifest.json", "SHA256SUMS", "seal.txt", "key.txt"),
    "index.html",
)
UNLISTED = frozenset({MANIFEST, SUMS, SEAL})
"""What the manifest cannot list: itself, and what is made of it."""
MOST_VILLAGES = 60
MOST_NOTICES = 1000
MOST_BYTES = 256 * 1024 * 1024
_SEAL = re.compile(
    re.escape(FORMAT) + r"\nmade (?P<made>[0-9TZ:.-]+)\nmanifest (?P<sha256>[0-9a-f]{64})\n"
)


class PackedFile(Struct, frozen=True):
    """One file of a pack: where it lies, the SHA-256 of it in hex, how many bytes."""

    path: str
    sha256: str
    bytes: int


class Verdict(Struct, frozen=True):
    """On time, late or missing, worked out again from the moments in a pack."""

    state: str
    late_days: int | None


def stamp(moment: datetime | None) -> str | None:
    """Return a moment as a pack and a receipt spell it: UTC, milliseconds."""
    if moment is None:
        return None
    at = moment.astimezone(UTC)
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}Z"


def spelled(document: object) -> bytes:
    """Return a document of a pack as its file: sorted and indented, so that people can read it, ending in a newline."""
    return (json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def manifest_of(files: Iterable[PackedFile], made_at: datetime) -> bytes:
    """Return the manifest: the files by their paths."""
    listed = sorted(files, key=lambda f: f.path)
    return spelled(
        {
            "format": FORMAT,
            "made_at": stamp(made_at),
            "files": [{"path": f.path, "sha256": f.sha256, "bytes": f.bytes} for f in listed],
        }
    )


def files_in(manifest: bytes) -> list[PackedFile]:
    """Return the files that a manifest lists. Raises ValueError for what is no manifest of ours."""
    found = json.loads(manifest)
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise ValueError(f"the manifest does not say that it is {FORMAT}")
    try:
        return [PackedFile(f["path"], f["sha256"], int(f["bytes"])) for f in found["files"]]
    except (KeyError, TypeError) as error:
        raise ValueError(f"the manifest is not whole: {error}") from None


def sums_of(files: Iterable[PackedFile], manifest_sha256: str) -> bytes:
    """Return what `sha256sum -c` reads."""
    listed = [(f.path, f.sha256) for f in files] + [(MANIFEST, manifest_sha256)]
    return "".join(f"{sha256}  {path}\n" for path, sha256 in sorted(listed)).encode()


def seal_of(manifest_sha256: str, made_at: datetime) -> str:
    """Return the text that seals a pack once it is signed."""
    return f"{FORMAT}\nmade {stamp(made_at)}\nmanifest {manifest_sha256}\n"


def sealed(text: str) -> str | None:
    """Return the manifest's hash that a seal names; None for another text."""
    found = _SEAL.fullmatch(text)
    return found["sha256"] if found else None


def edition_judged_at(edition: Mapping[str, Any], grace_hours: int) -> datetime | None:
    """Return the moment that judges an edition of a pack, from its moments; the same as `disclosures.judged_at`."""
    opens = _at(edition["opens_at"])
    received, planned = _at(edition["received_at"]), _at(edition["planned_at"])
    arrived = _at(edition["committed_at"]) or received
    if opens is None or received is None or arrived is None:
        return None
    if opens <= max(received, planned or received) + timedelta(hours=grace_hours):
        return max(arrived, planned or arrived)
    return opens


def first_opened(editions: Sequence[Mapping[str, Any]], now: datetime) -> Mapping[str, Any] | None:
    """Return the edition of a notice that villagers could read first; None while there is none."""
    found = []
    for edition in editions:
        opens, gone = _at(edition["opens_at"]), _at(edition["withdrawn_at"])
        if opens is not None and opens <= now and (gone is None or gone > opens):
            found.append((opens, edition["number"] or 0, edition["id"], edition))
    return min(found, key=lambda each: each[:3])[3] if found else None


def verdict_again(
    obligation: Mapping[str, Any],
    editions: Sequence[Mapping[str, Any]],
    grace_hours: int,
    now: datetime,
) -> Verdict | None:
    """Return the verdict that an obligation's due moment and its editions lead to; None where nothing is decided yet.

    Exempt and not yet due are not decided by moments of editions, so they are left alone.
    """
    if obligation["exempt"] is not None:
        return None
    due_on, due_before = date.fromisoformat(obligation["due_on"]), _at(obligation["due_before"])
    first = first_opened(editions, now)
    moment = edition_judged_at(first, grace_hours) if first is not None else None
    if due_before is None or (moment is None and now < due_before):
        return None
    if moment is None:
        until = _at(obligation.get("lifted_at")) or now  # older packs know of none
        return Verdict("missing", (local_date(until) - due_on).days)
    if moment < due_before:
        return Verdict("on_time", None)
    return Verdict("late", (local_date(moment) - due_on).days)


def _at(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
