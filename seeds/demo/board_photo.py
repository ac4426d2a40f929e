"""Draw the demonstration's photos: `python -m seeds.demo.board_photo` writes seeds/demo/photos/.

Village notice boards with the very accounts posted on them, and two vouchers. The same seed draws the same
photo. Needs a Chinese font to be readable (Debian: fonts-noto-cjk); without one, letters become strokes.
The JPEGs carry what a telephone writes, capture time and GPS: the server must take it out of public copies.

    python -m seeds.demo.board_photo                         all of them
    python -m seeds.demo.board_photo board-cracked           one of them, as its glass looked when a villager asked about it
    python -m seeds.demo.board_photo 640425103205 2026Q3     one more board, for any village and quarter
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import ExifTags, Image
from PIL.TiffImagePlugin import IFDRational

from seeds.demo.posted_sheet import account_sheet, letter_sheet
from seeds.demo.voucher_photo import Voucher, voucher_photo
from seeds.demo.wall_scene import Posted, View, scene
from server.cli.demonstration.ledger import Ledger, Village, read_village
from server.rules.periods import label, parse_period

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
OUT = HERE / "photos"
LARGEST = 150_000
# The loader writes the moment a photo was 'taken' over this one, in the same nineteen letters.
TAKEN = "2026:10:12 09:30:00"
SITE = "https://gongshi.example.cn"
PANES = ("党务公开", "财务公开", "村务公开")

RULES = (
    "为推进村民自治，经村民会议讨论通过，制定本村规民约。",
    "爱护集体财产，集体收支每季度上墙公开，逐笔可查。",
    "邻里和睦，婚事新办，丧事简办，不攀比，不铺张。",
    "房前屋后各家包干，垃圾入池，柴草归垛。",
    "防汛防火听指挥，水窖机井有人管。",
)
MEETING = (
    "本季度村民代表会议应到二十四人，实到二十二人。",
    "议题一：集体门面续租，租金不变，二十二人赞成。",
    "议题二：巷道硬化工程进度款拨付，二十一人赞成，一人弃权。",
    "以上决定自张榜之日起执行，村务监督委员会跟踪检查。",
)
STANDING = ((40, 30), (-110, 96), (-70, -104), (90, -20))
VIEWS = {
    "left": View(
        "left",
        corners=((20, 10), (-210, 150), (-190, -160), (40, -30)),
        warmth=1.02,
        brightness=1.08,
    ),
    "right": View(
        "right",
        corners=((180, 130), (-20, 10), (-30, -20), (150, -150)),
        warmth=1.05,
        brightness=1.06,
    ),
    "front": View("front", corners=STANDING, warmth=1.0, brightness=1.1),
    "far": View(
        "far",
        corners=((0, 60), (-60, -40), (40, 60), (0, 0)),
        zoom=0.66,
        brightness=1.06,
        size=(800, 600),
    ),
    "dusk": View(
        "dusk",
        corners=((120, 30), (-20, 90), (-90, -60), (60, -90)),
        zoom=0.7,
        warmth=1.12,
        brightness=0.94,
        sun=False,
        size=(800, 600),
    ),
}
CRACKED = "board-cracked"
VIEWS[CRACKED] = View(
    CRACKED,
    corners=((60, 40), (-40, 70), (-60, -50), (70, -30)),
    zoom=1.5,
    brightness=1.05,
    hit=(1700, 860),
    size=(1200, 900),
)
VOUCHERS = {
    "voucher-printer": Voucher(
        "销 货 清 单",
        "0004217",
        "2026年7月15日",
        "友联村股份经济合作社",
        (("打印复印一体机", "1 台", 156000), ("打印纸（A4）", "6 包", 12000)),
        "科达办公用品店（虚构）",
    ),
    "voucher-power": Voucher(
        "水 电 费 收 据",
        "0011848",
        "2026年8月12日",
        "友联村股份经济合作社",
        (("第三季度电费", "1,624 度", 87210), ("第三季度水费", "82 方", 27640)),
        "供电所、供水站（虚构）",
    ),
}


def main(arguments: list[str]) -> None:
    """Draw what was asked for, or everything."""
    OUT.mkdir(exist_ok=True)
    drawn = list(_boards())
    if arguments == [CRACKED]:
        drawn = [(CRACKED, CRACKED)]
    elif arguments:
        drawn = [(f"board-{arguments[0]}-{arguments[1]}", "front")]
    for name, view in drawn:
        _write(name, scene(_posted(name), PANES, VIEWS[view]))
    if not arguments:
        for name, voucher in VOUCHERS.items():
            _write(name, voucher_photo(voucher, name))


def _boards() -> Iterator[tuple[str, str]]:
    yield "board-640425103207-2026Q3", "left"
    yield "board-640425103208-2026Q2", "front"
    yield "board-640425103208-2026Q3", "right"
    yield "board-far", "far"
    yield "board-dusk", "dusk"
    yield CRACKED, CRACKED


def _posted(name: str) -> list[Posted]:
    """Return the sheets of a board: the accounts in the middle, rules and a meeting beside them."""
    rules = letter_sheet("村规民约", RULES, "村民委员会（演示）")
    meeting = letter_sheet("村民代表会议决定", MEETING, "村务监督委员会（演示）")
    return [
        Posted(rules, 28, 110, 246, 0.7),
        Posted(_account(name), 350, 104, 296, -0.5),
        Posted(meeting, 700, 128, 240, 1.0),
    ]


def _account(name: str) -> Image.Image:
    parts = name.split("-")
    code, key = (parts[1], parts[2]) if len(parts) == 3 else ("640425103201", "2026Q2")
    village, ledger = villages()[code], Ledger(_json(HERE / "lines.json"))
    period = parse_period(key)
    content = ledger.account(village, period, year_so_far=False, follows=True)
    far = len(parts) != 3
    corrected = (
        "更正水电费一行：原写 1,184.50，应为 1,148.50"
        if (code, key) == ("640425103207", "2026Q3")
        else None
    )
    days = f"（{period.start.month}月{period.start.day}日—{period.end.month}月{period.end.day}日）"
    return account_sheet(
        content,
        item_labels(),
        village="" if far else village.name,
        period="本季度" if far else label(period).zh + days,
        address=SITE if far else f"{SITE}/C/{code}",
        correction=corrected,
    )


def villages() -> dict[str, Village]:
    """Return the demonstration's villages by code."""
    rows = _json(HERE / "villages.json")["villages"]
    return {row["code"]: read_village(row, row["name"]) for row in rows}


def item_labels() -> dict[str, str]:
    """Return the names of the account's items, as its view says them."""
    view = _json(ROOT / "schemas/categories/finance_quarterly/v1.view.json")
    rows = [
        row for section in view["sections"] if section["kind"] == "sum" for row in section["rows"]
    ]
    return {item["item"]: item["label"]["zh"] for row in rows for item in row.get("items", [])}


def _write(name: str, picture: Image.Image) -> None:
    """Save at the best quality that stays under the limit, with a telephone's metadata."""
    for quality in range(82, 30, -4):
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True, exif=_exif())
        if out.tell() <= LARGEST:
            break
    (OUT / f"{name}.jpg").write_bytes(out.getvalue())
    sys.stdout.write(f"{name}.jpg  {picture.width} x {picture.height}  {out.tell():,} bytes\n")


def _exif() -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Gongshilan"
    exif[ExifTags.Base.Model] = "drawn by seeds/demo/board_photo.py"
    exif[ExifTags.Base.DateTime] = TAKEN
    exif.get_ifd(ExifTags.IFD.Exif).update(
        {ExifTags.Base.DateTimeOriginal: TAKEN, ExifTags.Base.OffsetTimeOriginal: "+08:00"}
    )
    # The middle of Hong He township, not of any house.
    degrees = lambda d, m, s: (IFDRational(d), IFDRational(m), IFDRational(s))  # noqa: E731
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {1: "N", 2: degrees(35, 46, 0), 3: "E", 4: degrees(106, 41, 0)}
    )
    return exif


def _json(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return document


if __name__ == "__main__":
    main(sys.argv[1:])
