"""Legal sources: which text, in force between which days, and whether somebody read that very text."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from server.rules.documents import Fields
from server.rules.values import Text


class LegalBasis(Struct, frozen=True):
    """A legal source with the days, both included, between which it was in force.

    `verified`: somebody read that very text; otherwise it is second-hand or inferred, and `note` says how.
    """

    title: Text
    article: str
    effective_from: date
    effective_to: date | None
    verified: bool
    note: Text | None


def parse_legal_basis(f: Fields) -> LegalBasis:
    """Read one source of a policy. Raises BadDocument with the pointer of the wrong field."""
    basis = LegalBasis(
        title=f.sentence("title"),
        article=f.text("article", "") or "",
        effective_from=f.day("effective_from"),
        effective_to=f.day_or_null("effective_to"),
        verified=f.flag("verified"),
        note=f.sentence("note") if f.has("note") else None,
    )
    f.finish()
    return basis
