"""The cast is at hand in every test of this folder."""

from __future__ import annotations

from tests.cast import hall

__all__ = ["hall"]
