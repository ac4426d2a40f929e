"""What we want to reach, and whether this run did: met, not met, or not measured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from bench import compliance, desk, phone, photos, reading, search
from bench.nation import Imported
from bench.posting import Mixed, Posting
from bench.processes import Quiet
from bench.rounds import Ratio, Seen, ratio
from bench.section import Verdict
from bench.sending import Sent
from bench.soak import Soaked
from bench.targets import Fleet, Target
from bench.uploads import Uploaded


@dataclass(slots=True)
class Results:
    """Everything one run measured; None where it was not."""

    fleet: Fleet
    targets: list[Target]
    wrong: list[str]
    quiet: Quiet
    rounds: int
    seconds: float
    quick: bool
    seen: dict[str, Seen] = field(default_factory=dict)
    rss: dict[str, float] = field(default_factory=dict)
    posting: dict[str, Posting] = field(default_factory=dict)
    mixed: Mixed | None = None
    uploads: Uploaded | None = None
    soaked: dict[str, Soaked] = field(default_factory=dict)
    sent: Sent | None = None
    nation: Imported | None = None
    # Seconds by part, and what went wrong in one that could not be ended.
    spent: dict[str, float] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)


def _at_most(limit: float) -> Callable[[float], bool]:
    return lambda value: value <= limit


def _at_least(limit: float) -> Callable[[float], bool]:
    return lambda value: value >= limit


def verdicts(results: Results) -> list[Verdict]:
    """Return every goal of this bench with its verdict, in the order of their numbers."""
    seen = results.seen
    found: list[Verdict] = []

    def compare(
        goal: str, above: list[float] | None, below: list[float] | None, *,
        least: float | None = None, most: float | None = None,
    ) -> None:  # fmt: skip
        sign, limit = ("≥", least) if least is not None else ("≤", most)
        assert limit is not None
        measured: Ratio | None = ratio(above, below) if above and below else None
        met = None
        if measured is not None:
            holds = _at_least(limit) if least is not None else _at_most(limit)
            met = holds(measured.middle)
        found.append(Verdict(goal, f"{sign} {limit:g}×", str(measured or "–"), met))

    def cpu(key: str) -> list[float] | None:
        return seen[key].cpu if key in seen else None

    def rate(key: str) -> list[float] | None:
        return seen[key].rates if key in seen else None

    hello = cpu("hello")
    compare("G1 cached village page, br: CPU beside uvicorn ‘hello’", cpu("br"), hello, most=1.25)
    compare(
        "G1 cached village page, plain: CPU beside uvicorn ‘hello’", cpu("plain"), hello, most=1.45
    )
    compare("G1 304: CPU beside uvicorn ‘hello’", cpu("304"), hello, most=1.0)
    found.append(Verdict("G1 requests/s beside nginx", "≥ 0.33×", "–", None))
    compare("G2 village page made anew: requests/s beside DRF", rate("made"), rate("drf"), least=12)
    compare(
        "G2 village page made anew: requests/s beside FastAPI",
        rate("made"),
        rate("fastapi"),
        least=10,
    )
    compare(
        "G2 village page made anew: requests/s beside DRF’s cache",
        rate("made"),
        rate("drf-cached"),
        least=2.5,
    )
    compare(
        "G2 disclosure page made anew: requests/s beside DRF",
        rate("d-made"),
        rate("d-drf"),
        least=15,
    )
    compare(
        "G3 cached: CPU of DRF’s own cache beside ours, same bytes",
        cpu("drf-cached"),
        cpu("plain"),
        least=10,
    )

    found += search.goals(None)
    found += compliance.goals(None)
    posts = results.posting
    ours = posts["ours"].rates if "ours" in posts else None
    found.append(Verdict("G6 durable posts beside naive Tortoise", "≥ 8×", "–", None))
    compare(
        "G6 durable posts/s beside DRF",
        ours,
        posts["drf"].rates if "drf" in posts else None,
        least=15,
    )
    tail = sorted(posts["ours"].p99)[len(posts["ours"].p99) // 2] if ours else None
    found.append(
        Verdict("G6 p99 of a post, 8 clients", "≤ 20 ms", f"{tail:.0f} ms" if tail else "–",
                tail <= 20 if tail else None)
    )  # fmt: skip
    mixed = results.mixed
    if mixed is not None:
        compare(f"G7 readers’ requests/s beside {_mean(mixed.posts):.0f} posts/s (100 asked)",
                mixed.beside, mixed.alone, least=0.9)  # fmt: skip
        compare("G7 readers’ p99 beside posts", mixed.beside_p99, mixed.alone_p99, most=1.5)
    found += [*reading.goals(None), *photos.goals(None)]
    rss = results.rss.get("ours")
    found.append(
        Verdict("G10 resident memory after load", "≤ 64 MB", f"{rss:.0f} MB" if rss else "–",
                rss <= 64 if rss else None)
    )  # fmt: skip
    starts = sorted(results.fleet.first_answers)
    first = starts[len(starts) // 2] if starts else None
    found.append(
        Verdict("G10 first answer after start", "≤ 0.6 s", f"{first:.2f} s" if first else "–",
                first <= 0.6 if first else None)
    )  # fmt: skip
    return found + phone.goals(None) + desk.goals(None)


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0
