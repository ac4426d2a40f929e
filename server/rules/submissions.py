"""What a phone sends: a posting's content with everything that is promised about it, and the hash of that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, Protocol

from msgspec import Struct

from server.rules.canonical import content_hash
from server.rules.gate import Override


class Posting(Protocol):
    """As much of a posting as says where it belongs: a submission's, or a commitment's to one."""

    @property
    def id(self) -> str: ...
    @property
    def division(self) -> str: ...
    @property
    def category(self) -> str: ...
    @property
    def period(self) -> str | None: ...
    @property
    def event_on(self) -> date | None: ...
    @property
    def occurrence_id(self) -> str | None: ...


class PhotoPlace(Protocol):
    """A photo's place in a posting, as far as it is promised."""

    @property
    def sha256(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def caption(self) -> str | None: ...
    @property
    def pointer(self) -> str | None: ...


class Submission(Struct, frozen=True):
    """What was sent, already decoded: ids and hashes as text, moments aware, money inside content in fen."""

    id: str
    division: str
    category: str
    schema_version: int
    content: dict[str, Any]
    composed_at: datetime
    period: str | None = None
    event_on: date | None = None
    occurrence_id: str | None = None
    photos: Sequence[PhotoPlace] = ()
    publish_at: datetime | None = None
    publish_until: datetime | None = None
    reason: str | None = None
    # Why it is to be published before its review, where the schedule allows that.
    urgent_reason: str | None = None
    # Not part of the hash: the words stay what they were, a second person says whether they may stand.
    overrides: tuple[Override, ...] = ()

    def hash(self) -> str:
        """Return the hash of everything this submission promises, photos included."""
        return content_hash(self.promised())

    def promised(self) -> dict[str, Any]:
        """Return everything this submission promises: whoever holds its canonical bytes can compute the hash."""
        return {
            "category": self.category,
            "content": self.content,
            "division": self.division,
            "event_on": self.event_on.isoformat() if self.event_on else None,
            "period": self.period,
            "photos": [
                {"caption": p.caption, "pointer": p.pointer, "role": p.role, "sha256": p.sha256}
                for p in self.photos
            ],
            "occurrence": self.occurrence_id,
            "publish_at": self.publish_at.astimezone(UTC).isoformat() if self.publish_at else None,
            "publish_until": self.publish_until.astimezone(UTC).isoformat()
            if self.publish_until
            else None,
            "reason": self.reason,
            "schema_version": self.schema_version,
            # Left out where there is none: receipts of before promise the same hash.
            **({"urgent_reason": self.urgent_reason} if self.urgent_reason is not None else {}),
        }
