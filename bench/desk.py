"""The township's desk: a 20,000-row roster imported, beside openpyxl reading the same file; a county's bulletin; evidence packs.

`python -m bench.desk` measures and prints this alone, in two minutes; `--write` puts it into docs/benchmarks.md. Every work
runs in a process of its own, so that its memory is its own.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bench.desk_work import EXAMPLE, ROWS, VILLAGES, make_county, write_roster
from bench.section import Verdict, judged, run_alone

TITLE = "## The township's desk"
WORKS = {
    "openpyxl": "openpyxl reads the file (the limit)",
    "import": "the file read, every row checked, twenty villages' drafts on record",
    "bulletin": "a county's bulletin of a month",
    "pack-village": "evidence pack, a village's year",
    "pack-township": "evidence pack, a township's year (20 villages; a pack holds at most 60)",
}


@dataclass(slots=True)
class Seen:
    """Seconds and MB above the start of each work, round by round, and how large what came of it is."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    rose: dict[str, list[float]] = field(default_factory=dict)
    size: dict[str, float] = field(default_factory=dict)
    file_mb: float = 0.0
    absent: str = ""


def measure(folder: Path, given: argparse.Namespace) -> Seen:
    """Return what was measured."""
    seen = Seen()
    write_roster(folder / "roster.xlsx")
    seen.file_mb = (folder / "roster.xlsx").stat().st_size / 1e6
    content = json.loads(EXAMPLE.read_text("utf-8"))["content"]
    asyncio.run(make_county(f"sqlite://{folder / 'desk.db'}", content))
    database = (folder / "desk.db").read_bytes()
    for _ in range(given.rounds):
        for work in WORKS:
            (folder / "desk.db").write_bytes(database)
            for beside in folder.glob("desk.db-*"):
                beside.unlink()
            said = subprocess.run(
                [sys.executable, "-m", "bench.desk_work", work, str(folder)],
                capture_output=True, text=True, check=False,
            )  # fmt: skip
            if said.returncode:
                raise RuntimeError(f"{work}: {said.stderr[-800:]}")
            told = json.loads(said.stdout.splitlines()[-1])
            seen.seconds.setdefault(work, []).append(told["seconds"])
            seen.rose.setdefault(work, []).append(told["rose"])
            if "bytes" in told:
                seen.size[work] = told["bytes"] / 1e6
    return seen


def section(seen: Seen) -> str:
    """Return the section of the page."""
    lines = [
        f"A roster of {ROWS:,} rows for twenty villages ({seen.file_mb:.1f} MB as .xlsx); a county of {VILLAGES} villages with four quarters",
        "of real accounts each, without photos, on SQLite. Each work in a process of its own: seconds of its processor; memory is how far its peak rose above",
        "the process before the work. Median (smallest to largest).",
        "",
        "| work | seconds of the processor | MB of memory | result |",
        "| --- | ---: | ---: | ---: |",
    ]
    for work, words in WORKS.items():
        size = f"{seen.size[work]:.1f} MB" if work in seen.size else "–"
        lines.append(
            f"| {words} | {_spread(seen.seconds[work], 2)} | {_spread(seen.rose[work], 0)} | {size} |"
        )
    return "\n".join(lines)


def _spread(values: list[float], digits: int) -> str:
    if len(values) == 1:
        return f"{values[0]:.{digits}f}"
    return f"{median(values):.{digits}f} ({min(values):.{digits}f}–{max(values):.{digits}f})"


def goals(seen: Seen | None) -> list[Verdict]:
    """Return the goals and what was reached; None where nothing was measured."""
    times = share = None
    if seen:
        times = median(a / b for a, b in zip(seen.seconds["import"], seen.seconds["openpyxl"], strict=True))  # fmt: skip
        share = median(
            a / b for a, b in zip(seen.rose["import"], seen.rose["openpyxl"], strict=True)
        )
    name = f"a roster of {ROWS:,} rows, imported whole"
    return [
        judged(
            f"{name}: memory", "≤ 2 × openpyxl reading the file", share, 2, f"{share or 0:.1f} ×"
        ),
        judged(f"{name}: time", "≤ 3 × openpyxl reading the file", times, 3, f"{times or 0:.1f} ×"),
    ]


def main() -> None:
    """Measure, print, and write where that is asked for."""
    run_alone("bench.desk", __doc__, TITLE, measure, section, goals=goals)


if __name__ == "__main__":
    main()
