"""Signatures under an edition as those at work read them: who, for which body, when, what was decided and said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from server.rules.values import Text


class NoteLine(Struct, frozen=True):
    """What a reviewer wrote beside one line: a pointer into the content."""

    pointer: str
    text: str


class Signature(Struct, frozen=True):
    """A review that was given: for which body, and in what post there."""

    reviewer_name: str
    body: Text
    post: str | None
    decision: str
    points: Mapping[str, bool]
    reason: str | None
    decided_at: datetime
    step: str | None
    notes: tuple[NoteLine, ...]
