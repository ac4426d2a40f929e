"""A part of docs/benchmarks.md that a command of its own measures and writes in the place of what stands there."""

from __future__ import annotations

import argparse
import re
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol, TypeVar

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"


class Seen(Protocol):
    """What was measured; `absent` says why nothing was."""

    absent: str


S = TypeVar("S", bound=Seen)


@dataclass(frozen=True, slots=True)
class Verdict:
    """One goal: what was wanted, what was seen."""

    goal: str
    wanted: str
    seen: str
    met: bool | None

    @property
    def word(self) -> str:
        return "not measured" if self.met is None else "met" if self.met else "**not met**"

    @property
    def row(self) -> str:
        """The goal as a line of the page's table."""
        return f"| {self.goal} | {self.wanted} | {self.seen} | {self.word} |"


def judged(goal: str, wanted: str, value: float | None, limit: float, said: str) -> Verdict:
    """Return the verdict on a value that must not be above a limit; None was not measured."""
    met = None if value is None else value <= limit
    return Verdict(goal, wanted, "–" if value is None else said, met)


def run_alone(
    module: str,
    described: str | None,
    title: str,
    measure: Callable[[Path, argparse.Namespace], S],
    section: Callable[[S], str],
    *,
    goals: Callable[[S], Sequence[Verdict]] = lambda _: (),
    more: Callable[[argparse.ArgumentParser], None] = lambda _: None,
) -> None:
    """Read the arguments, measure in a folder of its own, print, and write section and goals where that is asked for."""
    parser = argparse.ArgumentParser(prog=f"python -m {module}", description=described)
    parser.add_argument("--rounds", type=int, default=3, help="rounds, 1 to 10")
    parser.add_argument("--write", action="store_true", help="into docs/benchmarks.md as well")
    more(parser)
    given = parser.parse_args()
    if not 1 <= given.rounds <= 10:
        parser.error("1 to 10 rounds")
    with tempfile.TemporaryDirectory(prefix="gongshilan-bench-") as place:
        seen = measure(Path(place), given)
    said = f"`python -m {module}`, {datetime.now(UTC).date()}."
    body = section(seen) if seen.absent else f"{section(seen)}\n\n{said}"
    reached = goals(seen)
    print("\n".join([body, "", *(each.row for each in reached)]))
    if given.write and not seen.absent:
        page = with_section(PAGE.read_text("utf-8"), title, body)
        PAGE.write_text(with_goals(page, reached), "utf-8")


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


def section_of(page: str, title: str) -> str | None:
    """Return what stands under a title, or None."""
    found = re.search(rf"\n{re.escape(title)}\n+(.*?)\s*(?=\n## |\Z)", page, re.DOTALL)
    return found[1] if found else None


def with_goals(page: str, reached: Sequence[Verdict]) -> str:
    """Return a page whose table of goals says this of these goals; those that it did not have come last."""
    table = re.search(r"(?<=\n## Goals\n\n)(?:\|.*\n)+", page)
    if table is None:
        return page
    rows = table[0].splitlines()
    for each in reached:
        start = f"| {each.goal} | "
        rows = [each.row if row.startswith(start) else row for row in rows]
        rows += [] if each.row in rows else [each.row]
    return page[: table.start()] + "\n".join(rows) + "\n" + page[table.end() :]


def goal_in(page: str, goal: str) -> str | None:
    """Return the line that stands for a goal in a page, or None."""
    start = f"| {goal} | "
    return next((line for line in page.split("\n") if line.startswith(start)), None)
