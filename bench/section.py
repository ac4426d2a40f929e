"""A part of docs/benchmarks.md that a command of its own measures and writes in the place of what stands there."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"


class Seen(Protocol):
    """What was measured; `absent` says why nothing was."""

    absent: str


S = TypeVar("S", bound=Seen)


def run_alone(
    module: str,
    described: str | None,
    title: str,
    measure: Callable[[Path, int], S],
    section: Callable[[S], str],
) -> None:
    """Read --rounds and --write, measure in a folder of its own, print, and write where that is asked for."""
    parser = argparse.ArgumentParser(prog=f"python -m {module}", description=described)
    parser.add_argument("--rounds", type=int, default=3, help="rounds, 1 to 10")
    parser.add_argument("--write", action="store_true", help="into docs/benchmarks.md as well")
    arguments = parser.parse_args()
    if not 1 <= arguments.rounds <= 10:
        parser.error("1 to 10 rounds")
    with tempfile.TemporaryDirectory(prefix="gongshilan-bench-") as place:
        seen = measure(Path(place), arguments.rounds)
    body = section(seen)
    print(body)
    if arguments.write and not seen.absent:
        PAGE.write_text(with_section(PAGE.read_text("utf-8"), title, body), "utf-8")


def with_section(page: str, title: str, body: str) -> str:
    """Return a page with this section in the place of the one of that title, or before the remarks at the end."""
    begin = page.find(f"\n{title}\n")
    if begin < 0:
        begin = end = page.find("\n## Remarks\n")
        if begin < 0:
            return f"{page.rstrip()}\n\n{title}\n\n{body}\n"
    else:
        end = page.find("\n## ", begin + 1)
        end = len(page) if end < 0 else end
    rest = page[end:].lstrip("\n")
    return f"{page[:begin].rstrip()}\n\n{title}\n\n{body}\n" + (f"\n{rest}" if rest else "")
