"""The place: a brick wall, a framed notice board behind glass, daylight, and a telephone's camera."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter

from seeds.demo.cracked_glass import crack
from seeds.demo.ink import Pen

WIDE, HIGH = 2400, 1800
FRAME = (170, 250, 2230, 1560)
HEADER = 190
# Of three, between the frame and the bar of the sliding doors.
LAST_PANE = (1543, 488, 2184, 1512)


@dataclass(frozen=True, slots=True)
class Posted:
    """A sheet on the board: its picture, its place inside the frame in thousandths, and how askew it hangs."""

    sheet: Image.Image
    left: int
    top: int
    width: int
    turn: float = 0.0


@dataclass(frozen=True, slots=True)
class View:
    """Where the camera stands and what light there is; everything else comes from the seed."""

    seed: str
    # How far each corner of the picture moves inwards: top left, top right, bottom right, bottom left, in pixels.
    corners: tuple[tuple[float, float], ...] = ((0, 0), (0, 0), (0, 0), (0, 0))
    zoom: float = 1.0
    warmth: float = 1.0
    brightness: float = 1.0
    sun: bool = True
    # Where a stone hit the glass.
    hit: tuple[int, int] | None = None
    size: tuple[int, int] = (1600, 1200)


def noise(size: tuple[int, int], random: Random) -> Image.Image:
    """Return even grey noise; the same for the same generator."""
    return Image.frombytes("L", size, random.randbytes(size[0] * size[1]))


def blotches(size: tuple[int, int], random: Random, cells: int, low: int, high: int) -> Image.Image:
    """Return soft clouds of grey between two values."""
    small = noise((cells, max(2, cells * size[1] // size[0])), random)
    return small.resize(size, Image.Resampling.BICUBIC).point(
        lambda value: low + (high - low) * value // 255
    )


def scene(posted: Sequence[Posted], headings: Sequence[str], view: View) -> Image.Image:
    """Return the photograph."""
    random = Random(view.seed)
    wall = _wall(random)
    picture = wall.copy()
    _shadow_on_wall(picture)
    _board(picture, posted, headings, random)
    if view.hit:
        crack(picture, view.hit, LAST_PANE, random)
    _light(picture, random, view)
    return camera(_carried_on(picture, wall), random, view)


def _wall(random: Random) -> Image.Image:
    wall = Image.new("RGB", (WIDE, HIGH), (178, 170, 158))
    draw = ImageDraw.Draw(wall)
    brick_wide, brick_high, joint = 172, 56, 7
    for row in range(HIGH // brick_high + 1):
        for column in range(-1, WIDE // brick_wide + 2):
            left = column * brick_wide + (brick_wide // 2 if row % 2 else 0)
            top = row * brick_high
            tone = random.gauss(0, 9)
            burnt = -26 if random.random() < 0.07 else 0
            colour = tuple(int(c + tone + burnt + random.gauss(0, 3)) for c in (186, 128, 102))
            box = (left, top, left + brick_wide - joint, top + brick_high - joint)
            draw.rounded_rectangle(box, 3, fill=colour)
            draw.line(
                (left + 2, top + 1, left + brick_wide - joint - 2, top + 1),
                fill=tuple(min(255, c + 16) for c in colour),
                width=2,
            )
            draw.line(
                (left + 2, box[3] - 1, box[2] - 2, box[3] - 1),
                fill=tuple(max(0, c - 26) for c in colour),
                width=3,
            )
    draw.rectangle((0, HIGH - 92, WIDE, HIGH), fill=(139, 136, 130))
    draw.rectangle((0, HIGH - 98, WIDE, HIGH - 92), fill=(99, 95, 90))
    grain = (
        noise((WIDE, HIGH), random)
        .filter(ImageFilter.GaussianBlur(1.2))
        .point(lambda v: 190 + v * 65 // 255)
    )
    stains = blotches((WIDE, HIGH), random, 12, 216, 255)
    return ImageChops.multiply(
        ImageChops.multiply(wall, Image.merge("RGB", (grain,) * 3)),
        Image.merge("RGB", (stains,) * 3),
    )


def _shadow_on_wall(picture: Image.Image) -> None:
    left, top, right, bottom = FRAME
    shadow = Image.new("L", picture.size, 0)
    ImageDraw.Draw(shadow).rectangle((left + 22, top + 40, right + 46, bottom + 58), fill=150)
    _darken(picture, shadow.filter(ImageFilter.GaussianBlur(20)))


def _darken(
    picture: Image.Image, mask: Image.Image, colour: tuple[int, int, int] = (24, 20, 22)
) -> None:
    picture.paste(Image.new("RGB", picture.size, colour), (0, 0), mask)


def _metal(size: tuple[int, int], *, upright: bool) -> Image.Image:
    """Return brushed stainless steel: light along its length, dark at the edges."""
    stops = ((0.0, 128), (0.12, 214), (0.3, 236), (0.55, 188), (0.85, 158), (1.0, 96))
    across = size[0] if upright else size[1]
    values = bytearray()
    for index in range(across):
        place = index / max(1, across - 1)
        (a, low), (b, high) = next((p, q) for p, q in pairwise(stops) if place <= q[0])
        values.append(int(low + (high - low) * (place - a) / (b - a)))
    strip = Image.frombytes("L", (across, 1) if upright else (1, across), bytes(values))
    grey = strip.resize(size, Image.Resampling.NEAREST)
    return Image.merge(
        "RGB", (grey, grey.point(lambda v: min(255, v + 2)), grey.point(lambda v: min(255, v + 5)))
    )


def _board(
    picture: Image.Image, posted: Sequence[Posted], headings: Sequence[str], random: Random
) -> None:
    left, top, right, bottom = FRAME
    bar = 46
    for box, upright in (
        ((left, top, right, top + bar), False),
        ((left, bottom - bar, right, bottom), False),
        ((left, top, left + bar, bottom), True),
        ((right - bar, top, right, bottom), True),
    ):
        picture.paste(_metal((box[2] - box[0], box[3] - box[1]), upright=upright), box[:2])
    _roof(picture)
    _header(picture, random)
    inside = (left + bar, top + bar + HEADER, right - bar, bottom - bar)
    felt = Image.new("RGB", (inside[2] - inside[0], inside[3] - inside[1]), (38, 92, 74))
    weave = (
        noise(felt.size, random)
        .filter(ImageFilter.GaussianBlur(0.8))
        .point(lambda v: 212 + v * 43 // 255)
    )
    felt = ImageChops.multiply(felt, Image.merge("RGB", (weave,) * 3))
    faded = blotches(felt.size, random, 7, 0, 60)
    felt.paste(Image.new("RGB", felt.size, (120, 150, 128)), (0, 0), faded)
    _headings(felt, headings)
    for each in posted:
        _pin(felt, each, random)
    _panes(felt, len(headings))
    _depth(felt)
    picture.paste(felt, inside[:2])
    _glass(picture, inside, random)


def _roof(picture: Image.Image) -> None:
    """Put the little rain roof over the frame, and its shadow on what hangs below."""
    left, top, right, _ = FRAME
    roof = (
        (left - 74, top - 6),
        (left + 20, top - 104),
        (right - 20, top - 104),
        (right + 74, top - 6),
    )
    draw = ImageDraw.Draw(picture)
    draw.polygon(roof, fill=(139, 34, 36))
    for step in range(0, right - left + 40, 44):
        share = step / (right - left + 40)
        upper = left + 20 + share * (right - left - 40)
        lower = left - 74 + share * (right - left + 148)
        draw.line((upper, top - 104, lower, top - 6), fill=(112, 24, 27), width=6)
        draw.line((upper + 6, top - 104, lower + 7, top - 6), fill=(168, 58, 54), width=3)
    picture.paste(_metal((right - left + 152, 18), upright=False), (left - 76, top - 12))


def _header(picture: Image.Image, random: Random) -> None:
    left, top, right, _ = FRAME
    size = (right - left - 92, HEADER)
    header = Image.new("RGB", size, (176, 28, 32))
    shade = blotches(size, random, 9, 222, 255)
    header = ImageChops.multiply(header, Image.merge("RGB", (shade,) * 3))
    pen = Pen(header)
    words = "村务公开栏"
    step = 290
    start = size[0] / 2 - step * (len(words) - 1) / 2
    for index, letter in enumerate(words):
        pen.write(
            (start + index * step + 4, 147), letter, 132, (96, 8, 12), face="serif", anchor="ms"
        )
        pen.write(
            (start + index * step, 142), letter, 132, (252, 226, 138), face="serif", anchor="ms"
        )
    picture.paste(header, (left + 46, top + 46))


def _headings(felt: Image.Image, headings: Sequence[str]) -> None:
    pane = felt.width / len(headings)
    pen = Pen(felt)
    for index, words in enumerate(headings):
        middle = pane * (index + 0.5)
        half = pane * 0.30
        pen.draw.rounded_rectangle((middle - half, 18, middle + half, 78), 8, fill=(222, 190, 92))
        pen.draw.rounded_rectangle(
            (middle - half, 18, middle + half, 78), 8, outline=(160, 126, 48), width=3
        )
        pen.write((middle, 65), words, 46, (120, 16, 18), face="bold", anchor="ms")


def _pin(felt: Image.Image, each: Posted, random: Random) -> None:
    """Hang a sheet: shaded as paper that waves a little, its shadow, its four pins."""
    width = felt.width * each.width // 1000
    height = width * each.sheet.height // each.sheet.width
    paper = each.sheet.resize((width, height), Image.Resampling.LANCZOS)
    wave = blotches((width, height), random, 4, 226, 255)
    paper = ImageChops.multiply(paper, Image.merge("RGB", (wave,) * 3))
    layer = Image.new("RGBA", (width + 60, height + 60), (0, 0, 0, 0))
    layer.paste(paper, (30, 30))
    draw = ImageDraw.Draw(layer)
    for x, y in ((44, 44), (width + 16, 44), (44, height + 16), (width + 16, height + 16)):
        draw.ellipse((x - 7, y - 5, x + 11, y + 13), fill=(40, 40, 40, 110))
        draw.ellipse((x - 9, y - 9, x + 9, y + 9), fill=(198, 40, 44, 255))
        draw.ellipse((x - 5, y - 6, x + 1, y), fill=(244, 160, 158, 255))
    layer = layer.rotate(each.turn, Image.Resampling.BICUBIC)
    at = (felt.width * each.left // 1000 - 30, felt.height * each.top // 1000 - 30)
    shadow = (
        layer.getchannel("A").filter(ImageFilter.GaussianBlur(9)).point(lambda v: v * 130 // 255)
    )
    felt.paste(Image.new("RGB", layer.size, (8, 22, 18)), (at[0] + 12, at[1] + 16), shadow)
    felt.paste(layer, at, layer)


def _panes(felt: Image.Image, count: int) -> None:
    """Draw the sliding doors' bars between the panes, and the lock."""
    bar = 30
    for index in range(1, count):
        left = felt.width * index // count - bar // 2
        felt.paste(_metal((bar, felt.height), upright=True), (left, 0))
        ImageDraw.Draw(felt).line(
            (left + bar, 0, left + bar, felt.height), fill=(20, 40, 34), width=4
        )
        ImageDraw.Draw(felt).ellipse(
            (left + 6, felt.height // 2, left + 24, felt.height // 2 + 18), fill=(92, 90, 86)
        )


def _depth(felt: Image.Image) -> None:
    """Darken the inside edges: the roof's shadow above, the frame's beside."""
    mask = Image.new("L", felt.size, 0)
    draw = ImageDraw.Draw(mask)
    draw.rectangle((0, 0, felt.width, 46), fill=190)
    draw.rectangle((0, 0, 20, felt.height), fill=120)
    draw.rectangle((felt.width - 8, 0, felt.width, felt.height), fill=80)
    _darken(felt, mask.filter(ImageFilter.GaussianBlur(22)), (6, 16, 14))


def _glass(picture: Image.Image, inside: tuple[int, int, int, int], random: Random) -> None:
    """Lay the sky's reflection over the panes: slanted, soft, strongest away from the middle."""
    glare = Image.new("L", (inside[2] - inside[0], inside[3] - inside[1]), 0)
    draw = ImageDraw.Draw(glare)
    height = glare.height
    start = random.choice((-420, -250, glare.width - 620))
    for offset, width, strength in ((0, 260, 46), (330, 90, 34), (480, 40, 26)):
        left = start + offset
        draw.polygon(
            ((left + 520, 0), (left + 520 + width, 0), (left + width, height), (left, height)),
            fill=strength,
        )
    glare = glare.filter(ImageFilter.GaussianBlur(14))
    picture.paste(Image.new("RGB", glare.size, (236, 244, 252)), inside[:2], glare)


def _light(picture: Image.Image, random: Random, view: View) -> None:
    if view.sun:
        # Leaves of a tree behind the camera: soft spots of shade over one side.
        leaves = Image.new("L", (WIDE // 4, HIGH // 4), 0)
        draw = ImageDraw.Draw(leaves)
        side = random.choice((0, 1))
        for _ in range(190):
            x = abs(random.gauss(0, 150))
            x = x if side else WIDE / 4 - x
            y = random.uniform(-20, HIGH / 4)
            radius = random.uniform(6, 26)
            draw.ellipse(
                (x - radius, y - radius * 0.7, x + radius, y + radius * 0.7),
                fill=random.randrange(24, 64),
            )
        shade = leaves.filter(ImageFilter.GaussianBlur(4)).resize(
            picture.size, Image.Resampling.BICUBIC
        )
        _darken(picture, shade, (30, 28, 44))
    fall = Image.linear_gradient("L").resize(picture.size).point(lambda v: v * 30 // 255)
    _darken(picture, fall, (34, 26, 24))


def camera(picture: Image.Image, random: Random, view: View) -> Image.Image:
    """Return what the telephone saw of a picture that has half its size to spare on every side."""
    width, height = picture.width // 2, picture.height // 2
    corners = [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)]
    target = [(x + dx, y + dy) for (x, y), (dx, dy) in zip(corners, view.corners, strict=True)]
    out = (view.size[0] * 3 // 2, view.size[1] * 3 // 2)
    frame = [(0.0, 0.0), (float(out[0]), 0.0), (float(out[0]), float(out[1])), (0.0, float(out[1]))]
    middle = (sum(x for x, _ in target) / 4, sum(y for _, y in target) / 4)
    target = [
        (middle[0] + (x - middle[0]) / view.zoom, middle[1] + (y - middle[1]) / view.zoom)
        for x, y in target
    ]
    source = [(x + width // 2, y + height // 2) for x, y in target]
    seen = picture.transform(
        out, Image.Transform.PERSPECTIVE, _coefficients(frame, source), Image.Resampling.BICUBIC
    )
    seen = seen.resize(view.size, Image.Resampling.LANCZOS)
    vignette = (
        Image.radial_gradient("L").resize(view.size).point(lambda v: max(0, v - 120) * 60 // 135)
    )
    _darken(seen, vignette, (10, 10, 14))
    red, green, blue = seen.split()
    red = red.point(lambda v: min(255, int(v * view.warmth)))
    blue = blue.point(lambda v: min(255, int(v / view.warmth)))
    seen = ImageEnhance.Brightness(Image.merge("RGB", (red, green, blue))).enhance(view.brightness)
    seen = ImageEnhance.Contrast(seen).enhance(1.06).filter(ImageFilter.GaussianBlur(0.45))
    grain = (
        noise(view.size, random)
        .filter(ImageFilter.GaussianBlur(0.7))
        .point(lambda v: 128 + (v - 128) // 14)
    )
    return ImageChops.overlay(seen, Image.merge("RGB", (grain,) * 3))


def _carried_on(picture: Image.Image, wall: Image.Image) -> Image.Image:
    """Return the picture with wall beside and above it, and paving below."""
    width, height = picture.size
    half, part = width // 2, height // 2
    around = wall.resize(wall.size)
    _darken(
        around,
        Image.linear_gradient("L").resize(wall.size).point(lambda v: v * 30 // 255),
        (34, 26, 24),
    )
    wide = Image.new("RGB", (width * 2, height * 2), (132, 126, 118))
    mirrored = around.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    for left, piece in ((half - width, mirrored), (half + width, mirrored)):
        wide.paste(piece, (left, part))
        wide.paste(
            piece.crop((0, 0, width, part)).transpose(Image.Transpose.FLIP_TOP_BOTTOM), (left, 0)
        )
    wide.paste(
        around.crop((0, 0, width, part)).transpose(Image.Transpose.FLIP_TOP_BOTTOM), (half, 0)
    )
    wide.paste(picture, (half, part))
    ground = blotches((width * 2, part), Random("ground"), 40, 196, 255)
    paving = wide.crop((0, part + height, width * 2, height * 2))
    wide.paste(ImageChops.multiply(paving, Image.merge("RGB", (ground,) * 3)), (0, part + height))
    return wide


def _coefficients(
    frame: Sequence[tuple[float, float]], source: Sequence[tuple[float, float]]
) -> list[float]:
    """Return the eight numbers of the perspective that takes points of the frame to points of the source."""
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(frame, source, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for column in range(8):
        pivot = max(range(column, 8), key=lambda r: abs(rows[r][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        head = rows[column][column]
        rows[column] = [value / head for value in rows[column]]
        for other in range(8):
            if other != column:
                factor = rows[other][column]
                rows[other] = [
                    a - factor * b for a, b in zip(rows[other], rows[column], strict=True)
                ]
    return [row[8] for row in rows]
