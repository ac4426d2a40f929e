"""The sheets on the board, drawn flat: a quarterly account, a notice with a table, a letter.

An account's sheet follows the A3 poster: 收 | 付 side by side, opening + in − out = closing across the
top, the closing balance in capitals, a seal (演示专用: no office's seal is imitated) and the village's QR code.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

import segno
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from seeds.demo.ink import Pen
from server.rules.values import capitals, yuan

WIDTH, HEIGHT = 1000, 1414
INK, SOFT, RULE, RED = (27, 25, 24), (92, 86, 80), (156, 146, 132), (190, 30, 36)
PAPER = (250, 248, 242)
MARGIN = 46
GROUPS = (
    ("income", "本期收入"),
    ("other_receipts", "其他收款"),
    ("expense", "本期支出"),
    ("other_payments", "其他付款"),
)


def account_sheet(
    content: Mapping[str, Any],
    labels: Mapping[str, str],
    *,
    village: str,
    period: str,
    address: str,
    correction: str | None = None,
) -> Image.Image:
    """Return the sheet of a quarterly account; `labels` name the items, `correction` is the red strip."""
    sheet = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = Pen(sheet)
    right = WIDTH - MARGIN
    pen.write((MARGIN, 66), "宁夏 彭阳县 红河镇", 24, SOFT)
    pen.draw.rounded_rectangle((right - 124, 40, right, 76), 5, outline=SOFT, width=2)
    pen.write((right - 62, 67), "演示数据", 24, SOFT, anchor="ms")
    pen.write((MARGIN, 158), f"{village}财务收支公开", 76, INK, face="serif", fit=right - MARGIN)
    pen.write((MARGIN, 212), period, 34)
    pen.write((right, 212), "单位：元", 34, anchor="rs")
    _rule(pen, 228, 4)
    top = 228
    if correction:
        pen.draw.rounded_rectangle((MARGIN, 240, MARGIN + 250, 280), 5, fill=(170, 26, 32))
        pen.write(
            (MARGIN + 125, 269),
            "第 2 版，替换第 1 版",
            23,
            (255, 252, 248),
            face="bold",
            anchor="ms",
        )
        pen.write((MARGIN + 266, 269), correction, 23, fit=right - MARGIN - 270)
        top = 290
        _rule(pen, top, 2)
    received = content["subtotals"]["income"] + content["subtotals"]["other_receipts"]
    paid = content["subtotals"]["expense"] + content["subtotals"]["other_payments"]
    opening = content["opening"]["cash"] + content["opening"]["bank"]
    quarters = ((0, "期初余额", opening), (1, "＋ 本季收进", received), (2, "－ 本季付出", paid))
    step = (right - MARGIN) / 4
    for column, words, amount in (*quarters, (3, "＝ 期末余额", content["closing"]["total"])):
        left = MARGIN + column * step
        pen.write((left + 8, top + 36), words, 25, SOFT)
        pen.write((left + 8, top + 80), yuan(amount), 40, face="bold", fit=step - 20)
        if column:
            pen.draw.line((left, top + 14, left, top + 88), fill=RULE, width=2)
    top += 102
    _rule(pen, top, 4)
    bottom = _two_columns(pen, content, labels, top, 1010)
    total = content["closing"]["total"]
    pen.write((MARGIN, bottom + 48), "期末余额大写", 26, SOFT)
    pen.write(
        (MARGIN + 172, bottom + 48), capitals(total), 34, face="serif", fit=right - MARGIN - 180
    )
    cash, bank = yuan(content["closing"]["cash"]), yuan(content["closing"]["bank"])
    pen.write((MARGIN, bottom + 92), f"其中：库存现金 {cash}　银行存款 {bank}", 26)
    _rule(pen, bottom + 110, 2)
    signatures = (
        "村民委员会主任",
        "集体经济组织负责人",
        "村务监督委员会主任",
        "主管会计（报账员）",
    )
    for row, (words, name) in enumerate(
        zip(signatures, ("孙七", "周八", "李四", content["prepared_by"]), strict=True)
    ):
        line = bottom + 158 + row * 46
        pen.write((MARGIN, line), words, 25)
        pen.draw.line((MARGIN + 262, line + 4, MARGIN + 470, line + 4), fill=SOFT, width=2)
        _by_hand(sheet, name, (MARGIN + 286, line - 48), row)
    _paste_qr(sheet, address, (right - 236, bottom + 124), 236)
    pen.write((right - 118, bottom + 388), "扫码看凭证和往期", 25, anchor="ms", face="bold")
    _stamp(sheet, (MARGIN + 455, bottom + 140), 190)
    return sheet


def _two_columns(
    pen: Pen, content: Mapping[str, Any], labels: Mapping[str, str], top: float, limit: float
) -> float:
    """Draw 收 | 付 with their lines and totals; return where the table ends."""
    middle, right = WIDTH / 2, WIDTH - MARGIN
    sides = [
        [row for group in half for row in _rows(content, labels, group)]
        for half in (GROUPS[:2], GROUPS[2:])
    ]
    count = max(len(side) for side in sides)
    height = min(46.0, (limit - top - 100) / count)
    size = int(height * 0.66)
    pen.write((MARGIN, top + 42), "收", 36, face="serif")
    pen.write((middle + 14, top + 42), "付", 36, face="serif")
    start = top + 54
    for side, (left, end) in zip(sides, ((MARGIN, middle - 8), (middle + 8, right)), strict=True):
        for index in range(count):
            y = start + index * height
            pen.draw.line((left, y, end, y), fill=RULE, width=1)
            if index >= len(side):
                continue
            label, amount, is_group = side[index]
            if is_group:
                pen.draw.rectangle((left, y + 1, end, y + height - 1), fill=(241, 234, 218))
            face = "bold" if is_group else "sans"
            indent = 6 if is_group else 24
            base = y + height * 0.74
            pen.write((end - 4, base), yuan(amount), size, face=face, anchor="rs")
            room = end - left - indent - 14 - pen.width(yuan(amount), size, face)
            pen.write((left + indent, base), label, size, face=face, fit=room)
    end = start + count * height
    pen.draw.line((middle, top + 4, middle, end + 52), fill=RED, width=2)
    _rule(pen, end, 4)
    sums = content["subtotals"]
    for left, edge, words, amount in (
        (MARGIN, middle - 8, "收进合计", sums["income"] + sums["other_receipts"]),
        (middle + 14, right, "付出合计", sums["expense"] + sums["other_payments"]),
    ):
        pen.write((left, end + 40), words, 32, face="bold")
        pen.write((edge - 4, end + 40), yuan(amount), 32, face="bold", anchor="rs")
    _rule(pen, end + 52, 4)
    return end + 52


def _rows(
    content: Mapping[str, Any], labels: Mapping[str, str], group: tuple[str, str]
) -> list[tuple[str, int, bool]]:
    key, name = group
    lines = [
        (line.get("label") or labels.get(line["item"], line["item"]), line["amount"], False)
        for line in content[key]
    ]
    return [(name, content["subtotals"][key], True), *lines]


def notice_sheet(title: str, rows: Sequence[Sequence[str]], words: Sequence[str]) -> Image.Image:
    """Return a notice: title, some sentences and a ruled table."""
    sheet = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = Pen(sheet)
    pen.write((WIDTH / 2, 150), title, 62, RED, face="serif", anchor="ms", fit=WIDTH - 2 * MARGIN)
    _rule(pen, 186, 4)
    for index, sentence in enumerate(words):
        pen.write((MARGIN + 20, 250 + index * 52), sentence, 32, fit=WIDTH - 2 * MARGIN - 40)
    top = 280 + len(words) * 52
    height = min(72, (1120 - top) / max(1, len(rows)))
    columns = len(rows[0])
    step = (WIDTH - 2 * MARGIN) / columns
    for index, row in enumerate(rows):
        y = top + index * height
        if index == 0:
            pen.draw.rectangle((MARGIN, y, WIDTH - MARGIN, y + height), fill=(241, 234, 218))
        for column, cell in enumerate(row):
            left = MARGIN + column * step
            pen.draw.rectangle((left, y, left + step, y + height), outline=SOFT, width=2)
            face = "bold" if index == 0 else "sans"
            pen.write(
                (left + step / 2, y + height * 0.66),
                cell,
                30,
                face=face,
                anchor="ms",
                fit=step - 10,
            )
    pen.write((WIDTH - MARGIN - 20, 1230), "红河镇人民政府（演示）", 34, anchor="rs")
    pen.write((WIDTH - MARGIN - 20, 1284), "有不同意见请打 0954-0000000", 30, anchor="rs")
    _stamp(sheet, (WIDTH - 330, 1120), 190)
    return sheet


def letter_sheet(title: str, paragraphs: Sequence[str], signed: str) -> Image.Image:
    """Return a page of running text: a title, paragraphs, who signed, the seal."""
    sheet = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = Pen(sheet)
    pen.write((WIDTH / 2, 150), title, 62, INK, face="serif", anchor="ms", fit=WIDTH - 2 * MARGIN)
    y = 240
    across = (WIDTH - 2 * MARGIN - 40) // 36
    for paragraph in paragraphs:
        words = "　　" + paragraph
        while words:
            # A full stop or comma hangs over rather than begin a line.
            end = across + (words[across : across + 1] in tuple("，。；"))
            pen.write((MARGIN + 20, y), words[:end], 36)
            words = words[end:]
            y += 58
        y += 14
    y = min(y + 60, HEIGHT - 120)
    pen.write((WIDTH - MARGIN - 30, y), signed, 36, anchor="rs")
    _stamp(sheet, (WIDTH - 340, y - 120), 190)
    return sheet


def _rule(pen: Pen, y: float, width: int) -> None:
    pen.draw.line((MARGIN, y, WIDTH - MARGIN, y), fill=INK, width=width)


def _paste_qr(sheet: Image.Image, address: str, at: tuple[float, float], size: int) -> None:
    code = segno.make(address, error="m", micro=False)
    rows = [[bool(module) for module in row] for row in code.matrix]
    module = size // len(rows)
    draw = ImageDraw.Draw(sheet)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                left, top = at[0] + x * module, at[1] + y * module
                draw.rectangle((left, top, left + module - 1, top + module - 1), fill=INK)


def _by_hand(sheet: Image.Image, name: str, at: tuple[float, float], turn: int) -> None:
    """Sign: the name in blue-black, a little askew."""
    layer = Image.new("RGBA", (170, 70), (255, 255, 255, 0))
    Pen(layer).write((85, 52), name, 42, (36, 44, 92), face="sans", anchor="ms")
    layer = layer.rotate(-4 + 3 * (turn % 3), Image.Resampling.BICUBIC)
    sheet.paste(layer, (int(at[0]), int(at[1])), layer)


def _stamp(sheet: Image.Image, at: tuple[float, float], size: int) -> None:
    """Press the round seal: ring, star, 演示专用 around; unevenly inked, and the print shows through."""
    seal = Image.new("L", (size * 2, size * 2), 0)
    draw = ImageDraw.Draw(seal)
    middle = float(size)
    draw.ellipse((6, 6, 2 * size - 6, 2 * size - 6), outline=255, width=9)
    points = []
    for corner in range(10):
        radius = size * (0.30 if corner % 2 == 0 else 0.12)
        angle = math.pi * corner / 5 - math.pi / 2
        points.append((middle + radius * math.cos(angle), middle + radius * math.sin(angle)))
    draw.polygon(points, fill=255)
    for index, letter in enumerate("演示数据专用章"):
        angle = math.radians(-120 + 40 * index)
        tile = Image.new("RGB", (72, 72), 0)
        Pen(tile).write((36, 56), letter, 50, (255, 255, 255), face="serif", anchor="ms")
        tile = tile.getchannel("R").rotate(-math.degrees(angle), Image.Resampling.BICUBIC)
        x = middle + size * 0.72 * math.sin(angle) - 36
        y = middle - size * 0.72 * math.cos(angle) - 36
        seal.paste(
            ImageChops.lighter(tile, seal.crop((int(x), int(y), int(x) + 72, int(y) + 72))),
            (int(x), int(y)),
        )
    seal = seal.resize((size, size), Image.Resampling.LANCZOS).rotate(7, Image.Resampling.BICUBIC)
    third = size // 3
    grain = Image.frombytes("L", (third, third), Random(f"ink{at}").randbytes(third * third))
    uneven = grain.resize((size, size), Image.Resampling.BICUBIC)
    uneven = uneven.filter(ImageFilter.GaussianBlur(2)).point(lambda value: min(255, 120 + value))
    ink = Image.new("RGB", (size, size), RED)
    sheet.paste(
        ink,
        (int(at[0]), int(at[1])),
        ImageChops.multiply(seal, uneven).point(lambda v: v * 205 // 255),
    )
