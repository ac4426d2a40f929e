"""ETags: If-None-Match on public reads, If-Match on edits (RFC 9110 §13)."""

from __future__ import annotations

import re

from server import problems

_TAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"')


def matches(header: str | None, etag: str | None) -> bool:
    """Return whether an If-None-Match header names this ETag (weak comparison)."""
    if header is None or etag is None:
        return False
    if header.strip() == "*":
        return True
    return etag.removeprefix("W/") in (tag.removeprefix("W/") for tag in _TAG.findall(header))


def weak(*parts: object) -> str:
    """Return a weak ETag made of the parts: the body may be compressed, its meaning is the same."""
    return 'W/"' + "-".join(str(part) for part in parts) + '"'


def revision_tag(revision: int) -> str:
    """Return the ETag of something that counts its revisions."""
    return f'"r{revision}"'


def expected_revision(header: str | None) -> int:
    """Return the revision that If-Match names; raise precondition_required without one."""
    found = re.fullmatch(r'\s*(?:W/)?"r(\d{1,9})"\s*', header or "")
    if found is None:
        raise problems.precondition_required()
    return int(found[1])
