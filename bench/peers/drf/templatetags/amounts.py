"""Amounts as a page shows them."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def yuan(fen: int | None) -> str:
    """Return fen as yuan: 123456 → 1,234.56."""
    return "" if fen is None else f"{fen / 100:,.2f}"
