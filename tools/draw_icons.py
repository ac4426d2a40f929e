"""Draws the web app's icons into pwa/public: the seal 公示 on paper.

    python tools/draw_icons.py

It needs Chromium and a Song-style Chinese font (Debian: chromium, fonts-noto-cjk); the pictures are
committed, so nobody needs to run it to build. The SVG carries outlines, not text: phones without the
font show the same seal.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTCollection
from PIL import Image

PUBLIC = Path(__file__).parents[1] / "pwa" / "public"
FONT = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc"
PAPER, RED, WHITE = "#FAF7F0", "#A61C1C", "#FFFFFF"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--hide-scrollbars",
    "--force-device-scale-factor=1",
]
SEAL = (
    "M4 2.2 17 1.4l16 .5 14.6-.3c2 .1 2.9 1 2.8 2.9l.5 17-.6 20 .4 22-.3 19.6c-.1 2.4-1 3.3-3 3.2l-15.4.5"
    "-14-.6-13.6.4c-2.3 0-3.2-.9-3.1-2.9L.9 64l.5-21L1 20l.4-15.2c0-1.8.8-2.5 2.6-2.6Z"
)


def outline(sign: str, middle: float, baseline: float, size: float) -> str:
    """One character as an SVG path, centred on `middle`."""
    font = next(f for f in TTCollection(FONT).fonts if "SC" in f["name"].getDebugName(1))
    glyphs = font.getGlyphSet()
    name = font.getBestCmap()[ord(sign)]
    scale = size / font["head"].unitsPerEm
    pen = SVGPathPen(glyphs, ntos=lambda value: f"{value:.1f}".rstrip("0").rstrip("."))
    left = middle - glyphs[name].width * scale / 2
    glyphs[name].draw(TransformPen(pen, (scale, 0, 0, -scale, left, baseline)))
    return str(pen.getCommands())


def drawing(*, height: float, corner: float, turned: bool) -> str:
    """The seal on paper in a square of 100: `height` of it is seal, `corner` rounds the paper."""
    scale = height / 88
    x, y = 50 - 26 * scale, 50 - 44 * scale
    turn = "rotate(-2.5 50 50)" if turned else ""
    signs = outline("公", 26, 39.5, 34) + outline("示", 26, 75.5, 34)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">'
        f'<rect width="100" height="100" rx="{corner}" fill="{PAPER}"/>'
        f'<g transform="{turn} translate({x:.2f} {y:.2f}) scale({scale:.4f})">'
        f'<path fill="{RED}" d="{SEAL}"/>'
        f'<path fill="none" stroke="{WHITE}" stroke-width="1.6" d="M5.6 6.2h40.8v75.6H5.6Z"/>'
        f'<path fill="{WHITE}" d="{signs}"/></g></svg>\n'
    )


def picture(svg: str, size: int, target: Path) -> None:
    """The drawing as a small PNG of few colours."""
    with tempfile.TemporaryDirectory() as folder:
        page, shot = Path(folder) / "icon.html", Path(folder) / "icon.png"
        page.write_text(
            "<style>html,body{margin:0;background:transparent}svg{display:block;width:100vw}</style>"
            + svg,
            "utf-8",
        )
        subprocess.run(
            [
                "/usr/bin/chromium",
                *FLAGS,
                "--default-background-color=00000000",
                f"--window-size={size},{size}",
                f"--screenshot={shot}",
                page.as_uri(),
            ],
            check=True,
            capture_output=True,
        )
        drawn = Image.open(shot).convert("RGBA").quantize(48, method=Image.Quantize.FASTOCTREE)
        drawn.save(target, optimize=True)


def main() -> None:
    """Draw all of them."""
    PUBLIC.mkdir(parents=True, exist_ok=True)
    plain = drawing(height=84, corner=18, turned=True)
    (PUBLIC / "icon.svg").write_text(plain, "utf-8")
    for size in (192, 512):
        picture(plain, size, PUBLIC / f"icon-{size}.png")
    # A launcher may cut a maskable icon to a circle of 80 %: the seal stays inside, the paper fills.
    picture(drawing(height=62, corner=0, turned=True), 512, PUBLIC / "icon-maskable-512.png")


if __name__ == "__main__":
    main()
