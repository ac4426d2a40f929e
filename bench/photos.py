"""A photo's public copies: ours beside a naive Pillow pipeline and beside decoding and encoding alone.

`python -m bench.photos` measures and prints this, in about half a minute; `--write` puts it into docs/benchmarks.md in
the place of what stands there. Processor time counts, not the clock: who else uses the machine changes little.

Naive is what a tutorial shows: the photo is opened, turned and made smaller for each size and format by itself. The floor
decodes once and encodes the six copies that ours made: no pipeline can leave that out. It decodes the whole photo: at half
the size the small print of a notice board loses six decibels.
"""

from __future__ import annotations

import io
import math
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from statistics import median

from PIL import Image, ImageChops, ImageDraw, ImageOps, ImageStat

from bench.processes import Quiet, wait_until_idle
from bench.rounds import ratio
from bench.section import Verdict, run_alone
from server.external.images import JPEG_QUALITY, SIZES, WEBP_QUALITY, derivatives

TITLE = "## Public copies of a photo"
POINTS = (4000, 3000)
FASTER, OF_FLOOR, CLOSE_DB, SAME_BYTES = 3.5, 0.8, 0.5, 0.05
FORMATS = {
    "webp": ("WEBP", {"quality": WEBP_QUALITY, "method": 4}),
    "jpg": ("JPEG", {"quality": JPEG_QUALITY, "optimize": True, "progressive": True}),
}
WAYS = {
    "naive": "Pillow as a tutorial shows it",
    "ours": "ours",
    "floor": "decoding once and encoding, nothing else",
}


@dataclass(slots=True)
class Copied:
    """Seconds of the processor for six copies by each way, round by round; bytes and decibels of each copy."""

    absent: str = ""
    photo: int = 0
    quiet: Quiet = field(default_factory=Quiet)
    seconds: dict[str, list[float]] = field(default_factory=lambda: {way: [] for way in WAYS})
    sizes: dict[str, dict[str, int]] = field(default_factory=dict)
    close: dict[str, dict[str, float]] = field(default_factory=dict)

    @property
    def worst(self) -> float:
        """How many decibels the worst of our copies is behind the naive one."""
        return max(
            self.close["naive"][name] - self.close["ours"][name] for name in self.close["ours"]
        )

    @property
    def heavier(self) -> float:
        """By what part all of our copies are heavier than the naive ones."""
        return sum(self.sizes["ours"].values()) / sum(self.sizes["naive"].values()) - 1


def measure_photos(*, rounds: int = 5) -> Copied:
    """Return what was measured; the ways take turns, and what they made is compared before."""
    photo = _photo()
    made = derivatives(photo)
    ready = {name: _pixels(copy) for name, copy in made.items()}
    ways: dict[str, Callable[[], object]] = {
        "naive": lambda: naive(photo),
        "ours": lambda: derivatives(photo),
        "floor": lambda: _floor(photo, ready),
    }
    seen = Copied(photo=len(photo))
    for way, copies in (("naive", naive(photo)), ("ours", made)):
        seen.sizes[way] = {name: len(copy) for name, copy in copies.items()}
        seen.close[way] = {name: _decibels(photo, name, copy) for name, copy in copies.items()}
    for number in range(rounds):
        for way in list(WAYS) if number % 2 == 0 else list(WAYS)[::-1]:
            wait_until_idle(seen.quiet, at_most=0.5)
            began = time.process_time()
            ways[way]()
            seen.seconds[way].append(time.process_time() - began)
    return seen


def naive(photo: bytes) -> dict[str, bytes]:
    """Return the same six copies, each made from the whole photo by itself."""
    made = {}
    for size in SIZES:
        for ending, (kind, options) in FORMATS.items():
            picture = _whole(photo, size)
            out = io.BytesIO()
            picture.save(out, kind, **options)
            made[f"{size}.{ending}"] = out.getvalue()
    return made


def _whole(photo: bytes, size: int) -> Image.Image:
    """Return the photo as exactly as it can be at a size."""
    picture = ImageOps.exif_transpose(Image.open(io.BytesIO(photo))).convert("RGB")
    picture.thumbnail((size, size), Image.Resampling.LANCZOS, reducing_gap=None)
    return picture


def _floor(photo: bytes, ready: Mapping[str, Image.Image]) -> None:
    picture = Image.open(io.BytesIO(photo))
    picture.load()
    for name, pixels in ready.items():
        kind, options = FORMATS[name.partition(".")[2]]
        pixels.save(io.BytesIO(), kind, **options)


def _pixels(copy: bytes) -> Image.Image:
    return Image.open(io.BytesIO(copy)).convert("RGB")


def _decibels(photo: bytes, name: str, copy: bytes) -> float:
    """Return how close a copy comes to the exact one of its size (PSNR)."""
    exact = _whole(photo, int(name.partition(".")[0]))
    apart = ImageStat.Stat(ImageChops.difference(exact, _pixels(copy)))
    error = sum(apart.sum2) / (exact.width * exact.height * 3)
    return 10 * math.log10(255**2 / error)


def _photo() -> bytes:
    """A notice board as a phone takes it: twelve million points, light that falls off, sheets full of lines, grain."""
    dice = random.Random(9)
    picture = Image.radial_gradient("L").resize(POINTS).point(lambda value: 215 - value // 2)
    picture = Image.merge(
        "RGB", (picture, picture.point(lambda v: v * 0.97), picture.point(lambda v: v * 0.9))
    )
    draw = ImageDraw.Draw(picture)
    for left, top in ((x, y) for x in range(200, 3800, 1200) for y in (250, 1600)):
        draw.rectangle((left, top, left + 1000, top + 1200), fill=(238, 236, 226))
        for line in range(40):
            for sign in range(30):
                x, y = left + 40 + sign * 31, top + 40 + line * 28
                for _ in range(4):
                    ends = [(x + dice.randrange(22), y + dice.randrange(20)) for _ in range(2)]
                    draw.line(ends, fill=(40, 40, 52), width=2)
    grain = Image.effect_noise((POINTS[0] // 2, POINTS[1] // 2), 14).resize(POINTS)
    picture = ImageChops.overlay(picture, Image.merge("RGB", (grain, grain, grain)))
    exif = Image.Exif()
    exif[0x0112] = 6  # held upright
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=90, exif=exif)
    return out.getvalue()


def section(seen: Copied) -> str:
    """Return the results as Markdown, without their heading."""
    heads = ["six copies of a photo", "ms of the processor", "÷ ours", "bytes", "dB, worst copy"]
    rows = [f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}"]
    for way, title in WAYS.items():
        size = f"{sum(seen.sizes[way].values()):,}" if way in seen.sizes else "–"
        close = f"{min(seen.close[way].values()):.2f}" if way in seen.close else "–"
        rows.append(
            f"| {title} | {median(seen.seconds[way]) * 1000:.0f} | {ratio(seen.seconds[way], seen.seconds['ours'])} | {size} | {close} |"
        )
    rows += [
        "",
        (
            f"A photo of {POINTS[0]} × {POINTS[1]} points and {seen.photo:,} bytes; long sides {', '.join(map(str, SIZES))}, each as WebP and JPEG."
            " Decibels are those against the whole photo made smaller exactly (PSNR)."
            f" No copy of ours is more than {max(0.0, seen.worst):.2f} dB behind the naive one; all together they have {seen.heavier:+.1%} of its bytes."
            " Copies are made in a thread of their own, off the event loop."
        ),
    ]
    return "\n".join(rows)


def goals(seen: Copied | None) -> list[Verdict]:
    """Return the verdicts; copies that are worse or heavier than the naive ones meet nothing."""
    names = (
        (
            f"G9 photo copies: naive Pillow beside ours, same bytes within {CLOSE_DB} dB",
            f"≥ {FASTER}×",
        ),
        ("G9 photo copies: decoding and encoding alone beside ours", f"≥ {OF_FLOOR}×"),
    )
    if seen is None or seen.absent:
        return [Verdict(goal, wanted, "–", None) for goal, wanted in names]
    same = seen.worst <= CLOSE_DB and seen.heavier <= SAME_BYTES
    found = []
    for (goal, wanted), way, least in zip(
        names, ("naive", "floor"), (FASTER, OF_FLOOR), strict=True
    ):
        measured = ratio(seen.seconds[way], seen.seconds["ours"])
        reached = measured is not None and measured.middle >= least and same
        found.append(Verdict(goal, wanted, str(measured), reached))
    return found


def main() -> None:
    """Measure, print, and write where that is asked for."""
    run_alone(
        "bench.photos",
        __doc__,
        TITLE,
        lambda _, given: measure_photos(rounds=given.rounds),
        section,
        goals=goals,
    )


if __name__ == "__main__":
    main()
