"""The tables, as Markdown: what is printed is what docs/benchmarks.md says."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from statistics import median

from bench import compliance, desk, kiosk, lighthouse, phone, photos, reading, search
from bench.goals import Results, verdicts
from bench.rounds import ratio
from bench.section import goal_in, section_of
from bench.sending import sending_table
from bench.soak import soak_table
from bench.targets import Target
from bench.uploads import uploads_table

HEAD = """# Benchmarks

Written by `make bench` ({date}{quick}); do not edit by hand. What is measured and how: [bench/README.md](../bench/README.md).

One run on {cores} cores, Python {python}, {rounds} alternating rounds of {seconds:g} s for each target; each server is one process on one
core, the load comes from another. Ratios are taken inside a round and shown as *median (smallest–largest)*; other numbers are
medians. Trust ratios and CPU per request before requests per second: {noise}
"""


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines)


# What a command of its own measures: its title, and the command.
APART = {
    search.TITLE: "bench.search",
    reading.TITLE: "bench.reading",
    lighthouse.TITLE: "bench.lighthouse",
    photos.TITLE: "bench.photos",
    compliance.TITLE: "bench.compliance",
    phone.TITLE: "bench.phone",
    kiosk.TITLE: "bench.kiosk",
    desk.TITLE: "bench.desk",
}


def document(results: Results, before: str = "") -> str:
    """Return the whole page; what commands of their own measured is taken over from the page before, with its day."""
    village = [each for each in results.targets if not each.key.startswith("d-")]
    detail = [each for each in results.targets if each.key.startswith("d-")]
    parts = [
        _head(results),
        "## Goals\n",
        "\n".join([table(("goal", "wanted", "seen", ""), []), *_goals(results, before)]),
        "\nG4, G5, G8, G9 and the form are measured by commands of their own, on the day that stands below their tables.",
        f"\n## Village page: 20 disclosures, {_size(results, 'plain')}\n",
        _reading(results, village, "hello", "drf"),
        f"\n## Disclosure page: the table of a quarter’s accounts, {_size(results, 'd-plain')}\n",
        _reading(results, detail, "hello", "d-drf"),
        "\n## Memory and start\n",
        _memory(results),
        "\n## Durable posts, eight clients\n",
        _posts(results),
        "\n## Readers beside posts\n",
        _mixed(results),
        "\n## The evening before the limit\n",
        soak_table(results.soaked),
        "\n## Photos in pieces\n",
        uploads_table(results.uploads) if results.uploads else "Not measured.",
        "\n## One posting on the line\n",
        sending_table(results.sent) if results.sent else "Not measured: no Chromium.",
        "\n## The whole country\n",
        _nation(results),
        *(
            f"\n{title}\n\n{section_of(before, title) or f'Not measured: `python -m {command} --write`.'}"
            for title, command in APART.items()
        ),
        "",
        "\n".join(_remarks(results)),
    ]
    return "\n".join(part for part in parts if part is not None).rstrip() + "\n"


def _goals(results: Results, before: str) -> list[str]:
    # What this run should have measured and did not is never filled from an older one.
    modules = (search, reading, photos, compliance, phone, desk)
    apart = {each.goal for of in modules for each in of.goals(None)}
    return [
        (goal_in(before, each.goal) if each.goal in apart else None) or each.row
        for each in verdicts(results)
    ]


def _head(results: Results) -> str:
    quiet = results.quiet
    noise = "the machine was idle between all targets."
    if quiet.gave_up:
        noise = f"the machine was not idle before {quiet.gave_up} of the measurements, others were using it too."
    return HEAD.format(
        date=datetime.now(UTC).date(),
        quick=", --quick" if results.quick else "",
        cores=os.cpu_count(),
        python=platform.python_version(),
        rounds=results.rounds,
        seconds=results.seconds,
        noise=noise,
    )


def _size(results: Results, key: str) -> str:
    answer = next((t.answer for t in results.targets if t.key == key), None)
    return f"{len(answer.body) / 1000:.1f} KB of JSON" if answer else "JSON"


def _reading(results: Results, targets: list[Target], limit: str, peer: str) -> str:
    rows = []
    base, other = results.seen.get(limit), results.seen.get(peer)
    for target in targets:
        seen = results.seen.get(target.key)
        if seen is None or not seen.rates:
            rows.append(
                (target.name, results.fleet.absent.get(target.server, "not measured"), *[""] * 6)
            )
            continue
        beside_limit = ratio(seen.cpu, base.cpu) if base else None
        beside_peer = ratio(seen.rates, other.rates) if other else None
        rows.append(
            (
                target.name,
                f"{len(target.answer.body):,}" if target.answer else "",
                f"{median(seen.rates):,.0f}",
                f"{median(seen.cpu):,.0f}",
                f"{median(seen.p50):.1f}",
                f"{median(seen.p99):.1f}",
                str(beside_limit or "–"),
                str(beside_peer or "–"),
            )
        )
    return table(
        ("who answers", "bytes", "requests/s", "CPU µs a request", "p50 ms", "p99 ms",
         "CPU ÷ uvicorn ‘hello’", "requests/s ÷ DRF"), rows,
    )  # fmt: skip


def _memory(results: Results) -> str:
    names = {
        "ours": "ours", "raw": "raw Starlette", "drf": "Django REST Framework (gunicorn and one worker)",
        "fastapi": "FastAPI + SQLAlchemy",
    }  # fmt: skip
    rows = []
    for key, name in names.items():
        server = results.fleet.servers.get(key)
        if server is None:
            rows.append((name, results.fleet.absent.get(key, "not measured"), "", ""))
            continue
        first = median(results.fleet.first_answers) if key == "ours" else server.first_answer
        rows.append(
            (name, f"{results.fleet.idle_rss[key]:.0f}", f"{results.rss[key]:.0f}", f"{first:.2f}")
        )
    return table(("process", "idle MB", "after load MB", "first answer s"), rows)


def _posts(results: Results) -> str:
    names = {
        "ours": "ours: session, schema, checks, hash, event, receipt",
        "drf": "Django REST Framework: rows only",
        "fastapi": "FastAPI + SQLAlchemy: rows only",
    }
    rows = []
    ours = results.posting.get("ours")
    for key, name in names.items():
        seen = results.posting.get(key)
        if seen is None or not seen.rates:
            rows.append((name, results.fleet.absent.get(key, "not measured"), *[""] * 4))
            continue
        beside = ratio(ours.rates, seen.rates) if ours else None
        rows.append(
            (name, f"{median(seen.rates):,.0f}", f"{median(seen.cpu):.1f}", f"{median(seen.p50):.0f}",
             f"{median(seen.p99):.0f}", str(beside or "–"))
        )  # fmt: skip
    note = (
        "\n\nA disclosure with 30 lines and 3 photo rows; SQLite in WAL mode with `synchronous=FULL` for everybody. "
        "A naive Tortoise peer: not measured."
    )
    head = ("who receives", "posts/s", "CPU ms a post", "p50 ms", "p99 ms", "ours ÷ this")
    return table(head, rows) + note


def _mixed(results: Results) -> str:
    mixed = results.mixed
    if mixed is None or not mixed.beside:
        return "not measured"
    rows = [
        ("readers alone", f"{median(mixed.alone):,.0f}", f"{median(mixed.alone_p99):.1f}", "–", "–"),
        (f"beside {median(mixed.posts):.0f} posts/s", f"{median(mixed.beside):,.0f}",
         f"{median(mixed.beside_p99):.1f}", str(ratio(mixed.beside, mixed.alone)),
         str(ratio(mixed.beside_p99, mixed.alone_p99))),
    ]  # fmt: skip
    return table(
        ("cached village page", "requests/s", "p99 ms", "requests/s ÷ alone", "p99 ÷ alone"), rows
    )


def _nation(results: Results) -> str:
    nation = results.nation
    if nation is None:
        return "not measured"
    return table(
        ("`gongshilan divisions import`", "rows", "seconds", "peak MB"),
        [
            ("into an empty database", f"{nation.rows:,}", f"{nation.seconds:.1f}", f"{nation.peak_mb:.0f}"),
            ("the same list again: nothing changes", f"{nation.rows:,}", f"{nation.again_seconds:.1f}" if nation.again_seconds else "not measured", ""),
        ],
    ) + f"\n\nA made-up country of the real size; the database has {nation.database_mb:.0f} MB afterwards."  # fmt: skip


def _spent(results: Results) -> str:
    return ", ".join(f"{part} {seconds:.0f}" for part, seconds in results.spent.items())


def _remarks(results: Results) -> list[str]:
    found = [
        "\n## Remarks\n",
        f"- The run took {sum(results.spent.values()):.0f} s: {_spent(results)}.",
    ]
    found += [f"- {each}" for each in results.broken]
    found.append("- nginx, Wagtail: not measured (not part of this bench).")
    found += [f"- Bodies: {each}" for each in results.wrong]
    if not results.wrong:
        found.append(
            "- Bodies were compared before the load: everybody answers the same page, but for the moment of asking; "
            "caches were seen to hit, and the others to answer anew."
        )
    slack = [k for k, s in results.seen.items() if s.share and median(s.share) < 0.8]
    if slack:
        found.append(
            f"- The server’s core was less than 80 % busy for: {', '.join(slack)}. There requests/s say little; CPU does."
        )
    for key, seen in results.seen.items():
        if seen.wrong:
            found.append(f"- {key}: {seen.wrong} answers were not as expected.")
    for key, posts in results.posting.items():
        if posts.wrong:
            found.append(
                f"- Posts of {key}: {posts.wrong} were refused and are not counted: {posts.first_wrong}"
            )
    return found
