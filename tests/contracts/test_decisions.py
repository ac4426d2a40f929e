"""Decisions are numbered one after the other, and each says its own number."""

from __future__ import annotations

from tests.contracts.repository import ROOT

FOLDER = ROOT / "docs" / "decisions"


def test_numbers() -> None:
    files = sorted(FOLDER.glob("*.md"))
    numbers = [int(path.name[:4]) for path in files]
    assert numbers == list(range(1, len(files) + 1)), (
        "two decisions have one number, or one is left out: rename the newest file in docs/decisions/"
    )
    for number, path in zip(numbers, files, strict=True):
        first = path.read_text("utf-8").splitlines()[0]
        assert first.startswith(f"# {number}. "), f"{path.name} begins with '# {number}. Its title'"
