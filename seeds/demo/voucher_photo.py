"""A photographed voucher: a sales slip on a desk, fictional from top to bottom and marked 演示."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from seeds.demo.ink import Pen
from seeds.demo.wall_scene import View, blotches, camera, noise
from server.rules.values import capitals, yuan


@dataclass(frozen=True, slots=True)
class Voucher:
    """What is written on a slip; money in fen."""

    title: str
    number: str
    day: str
    payer: str
    rows: Sequence[tuple[str, str, int]]
    seller: str

    @property
    def total(self) -> int:
        """The sum at its foot."""
        return sum(amount for _, _, amount in self.rows)


def voucher_photo(voucher: Voucher, seed: str) -> Image.Image:
    """Return the photograph of a slip on a wooden desk."""
    random = Random(seed)
    picture = _desk(random)
    slip = _slip(voucher)
    layer = Image.new("RGBA", (slip.width + 160, slip.height + 160), (0, 0, 0, 0))
    wave = blotches(slip.size, random, 5, 218, 255)
    layer.paste(ImageChops.multiply(slip, Image.merge("RGB", (wave,) * 3)), (80, 80))
    layer = layer.rotate(random.uniform(-3.5, 3.5), Image.Resampling.BICUBIC)
    shadow = (
        layer.getchannel("A").filter(ImageFilter.GaussianBlur(16)).point(lambda v: v * 150 // 255)
    )
    at = ((picture.width - layer.width) // 2, (picture.height - layer.height) // 2)
    picture.paste(Image.new("RGB", layer.size, (20, 12, 8)), (at[0] + 14, at[1] + 20), shadow)
    picture.paste(layer, at, layer)
    lamp = Image.linear_gradient("L").rotate(90).resize(picture.size).point(lambda v: v * 74 // 255)
    picture.paste(Image.new("RGB", picture.size, (18, 14, 20)), (0, 0), lamp)
    view = View(
        seed,
        corners=((90, 40), (-50, 70), (-10, -10), (20, -30)),
        warmth=1.04,
        brightness=1.04,
        size=(1280, 960),
    )
    wide = Image.new("RGB", (picture.width * 2, picture.height * 2), (120, 80, 48))
    wide.paste(picture, (picture.width // 2, picture.height // 2))
    return camera(wide, random, view)


def _desk(random: Random) -> Image.Image:
    size = (2000, 1500)
    desk = Image.new("RGB", size, (164, 112, 70))
    grain = noise((60, 1500), random).resize(size, Image.Resampling.BICUBIC)
    grain = grain.filter(ImageFilter.GaussianBlur(2)).point(lambda v: 196 + v * 59 // 255)
    bands = blotches(size, random, 6, 214, 255)
    desk = ImageChops.multiply(desk, Image.merge("RGB", (grain,) * 3))
    return ImageChops.multiply(desk, Image.merge("RGB", (bands,) * 3))


def _slip(voucher: Voucher) -> Image.Image:
    wide, high = 1500, 940
    slip = Image.new("RGB", (wide, high), (249, 246, 238))
    _watermark(slip)
    pen = Pen(slip)
    brown = (120, 62, 34)
    pen.write((wide / 2, 104), voucher.title, 62, brown, face="serif", anchor="ms")
    pen.draw.line((wide / 2 - 260, 122, wide / 2 + 260, 122), fill=brown, width=3)
    pen.draw.line((wide / 2 - 260, 129, wide / 2 + 260, 129), fill=brown, width=3)
    pen.write((wide - 80, 104), f"No. {voucher.number}", 34, (176, 30, 34), anchor="rs")
    pen.write((80, 190), f"付款单位：{voucher.payer}", 34, brown)
    pen.write((wide - 80, 190), voucher.day, 34, (34, 40, 84), anchor="rs")
    top, step = 220, 84
    columns = (80, 760, 1080, wide - 80)
    rows = [("品名或项目", "数量", "金额（元）"), *((a, b, yuan(c)) for a, b, c in voucher.rows)]
    rows += [("", "", "")] * (5 - len(rows))
    for index, row in enumerate(rows):
        y = top + index * step
        for column, words in enumerate(row):
            left, right = columns[column], columns[column + 1]
            pen.draw.rectangle((left, y, right, y + step), outline=brown, width=3)
            ink = brown if index == 0 else (34, 40, 84)
            if column == 2 and index:
                pen.write((right - 24, y + 56), words, 40, ink, anchor="rs")
            else:
                pen.write(
                    ((left + right) / 2, y + 56), words, 38, ink, anchor="ms", fit=right - left - 20
                )
    foot = top + len(rows) * step
    pen.draw.rectangle((80, foot, wide - 80, foot + step), outline=brown, width=3)
    pen.write((104, foot + 56), "合计（大写）", 36, brown)
    pen.write((330, foot + 56), capitals(voucher.total), 42, (34, 40, 84), fit=640)
    pen.write(
        (wide - 104, foot + 56),
        f"¥ {yuan(voucher.total)}",
        44,
        (34, 40, 84),
        face="bold",
        anchor="rs",
    )
    pen.write((80, foot + step + 70), f"收款：{voucher.seller}", 34, brown)
    pen.write((760, foot + step + 70), "经手：孙七　　证明：周八　　审批：王五", 34, (34, 40, 84))
    pen.draw.rounded_rectangle((250, 486, 660, 606), 12, outline=(196, 40, 44), width=6)
    pen.write((455, 566), "演示数据专用章", 46, (196, 40, 44), face="serif", anchor="ms")
    return slip


def _watermark(slip: Image.Image) -> None:
    layer = Image.new("RGBA", (2000, 2000), (0, 0, 0, 0))
    pen = Pen(layer)
    for y in range(0, 2000, 230):
        for x in range(0, 2000, 420):
            pen.write(
                (x + (y // 230 % 2) * 210, y + 80),
                "演示 DEMO",
                50,
                (214, 196, 168, 130),
                face="bold",
            )
    layer = layer.rotate(24, Image.Resampling.BICUBIC)
    slip.paste(layer, (-250, -530), layer)
    ImageDraw.Draw(slip).rectangle(
        (0, 0, slip.width - 1, slip.height - 1), outline=(206, 198, 180), width=2
    )
