"""A stone hit the glass: cracks run out from one point, and a ring or two between them."""

from __future__ import annotations

from math import cos, pi, sin
from random import Random

from PIL import Image, ImageDraw, ImageFilter

RAYS = 12
RINGS = (0.16, 0.34, 0.62)
LONGEST = 620


def crack(
    picture: Image.Image, at: tuple[int, int], pane: tuple[int, int, int, int], random: Random
) -> None:
    """Draw the cracks over a picture, a bright edge beside a dark one as broken glass has; they end with the pane."""
    rays = [_ray(at, 2 * pi * n / RAYS + random.uniform(-0.16, 0.16), random) for n in range(RAYS)]
    lines = [*rays, *_rings(rays, random)]
    for shift, width, colour, soft in (
        (4, 5, (16, 24, 26), 2.6),
        (0, 3, (236, 244, 246), 0.8),
    ):
        mask = Image.new("L", picture.size, 0)
        draw = ImageDraw.Draw(mask)
        for line in lines:
            moved = [(x + shift, y + shift) for x, y in line]
            draw.line(moved, fill=210, width=width, joint="curve")
        x, y = at
        draw.ellipse((x - 16 + shift, y - 13 + shift, x + 15 + shift, y + 14 + shift), fill=235)
        mask = mask.filter(ImageFilter.GaussianBlur(soft))
        whole = Image.new("RGB", picture.size, colour)
        picture.paste(whole.crop(pane), pane[:2], mask.crop(pane))


def _ray(at: tuple[int, int], angle: float, random: Random) -> list[tuple[float, float]]:
    length = LONGEST * random.uniform(0.5, 1.0)
    points, (x, y) = [(float(at[0]), float(at[1]))], (float(at[0]), float(at[1]))
    steps = 9
    for _ in range(steps):
        angle += random.uniform(-0.13, 0.13)
        x += cos(angle) * length / steps
        y += sin(angle) * length / steps
        points.append((x, y))
    return points


def _rings(
    rays: list[list[tuple[float, float]]], random: Random
) -> list[list[tuple[float, float]]]:
    """Return pieces of rings, from one crack to the next; not every piece broke."""
    found = []
    for share in RINGS:
        for one, other in zip(rays, rays[1:] + rays[:1], strict=True):
            if random.random() < 0.4:
                found.append([ray[round(share * (len(ray) - 1))] for ray in (one, other)])
    return found
