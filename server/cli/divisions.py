"""`gongshilan divisions import FILE`: a county, a province or the whole country, from CSV or TSV, gzip or plain."""

from __future__ import annotations

import asyncio
import codecs
import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import date
from itertools import chain
from pathlib import Path
from typing import IO, Any, NoReturn

import click
from tqdm import tqdm

from server.cli import main
from server.clock import wall_clock
from server.commands.import_divisions import import_divisions
from server.problems import Problem
from server.rules.divisions import (
    COLUMNS,
    HEADINGS,
    BadDivision,
    DivisionRow,
    is_code,
    read_division,
)
from server.rules.periods import local_date
from server.rules.values import Text
from server.settings import read_settings
from server.storage.database import Store
from server.storage.division_import import Changes, Move
from server.storage.migrate import migrate


class DryRun(Exception):
    """Everything was checked and applied; raising this undoes it."""

    def __init__(self, changes: Changes) -> None:
        super().__init__("dry run")
        self.changes = changes


def _known_encoding(_context: click.Context, _option: click.Parameter, value: str) -> str:
    try:
        codecs.lookup(value)
    except LookupError:
        raise click.BadParameter(
            f"没有名为 {value} 的编码；常见的是 utf-8 和 gb18030"
            f" / there is no encoding {value}; utf-8 and gb18030 are common"
        ) from None
    return value


@main.group()
def divisions() -> None:
    """区划 / Divisions."""


@divisions.command(name="import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--scope", help="文件完整覆盖的区划代码 / the division that FILE lists completely")
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="变更生效日，默认今天 / first day of the changes, default today",
)
@click.option(
    "--encoding",
    default="utf-8-sig",
    callback=_known_encoding,
    help="文件编码，如 gb18030 / encoding of FILE",
)
@click.option("--dry-run", is_flag=True, help="只检查，不写入 / check and report, change nothing")
def import_command(file: Path, scope: str | None, on: Any, encoding: str, dry_run: bool) -> None:
    """导入区划表 / Import a list of divisions.

    FILE: CSV or TSV, gzip too, with the columns code, name, parent, level, valid_from, valid_to; code
    and name are enough. What the list leaves out of a county whose villages it names is closed, never
    deleted. With --scope 640000000000 the list is all of Ningxia, counties included. A list with a
    mistake changes nothing.
    """
    if scope is not None and not (is_code(scope) or scope == "0" * 12):
        raise click.BadParameter(
            "应为 12 位区划代码 / must be a division's 12 digits", param_hint="--scope"
        )
    day = on.date() if on else local_date(wall_clock())
    try:
        changes = asyncio.run(_import(file, scope, day, encoding, dry_run=dry_run))
    except (BadDivision, Problem) as refusal:
        raise click.ClickException(f"{refusal}\n没有任何改动 / nothing was changed") from refusal
    report(changes, dry_run=dry_run)


async def _import(
    file: Path, scope: str | None, on: date, encoding: str, *, dry_run: bool
) -> Changes:
    url = read_settings().database_url
    await migrate(url)
    store = await Store.open(url)
    try:
        with rows_of(file, encoding) as rows:
            async with store.transaction() as tx:
                changes = await import_divisions(tx, rows, on=on, now=wall_clock(), scope=scope)
                if dry_run:
                    _undo(changes)
    except DryRun as dry:
        return dry.changes
    finally:
        await store.close()
    return changes


def _undo(changes: Changes) -> NoReturn:
    raise DryRun(changes)


@contextmanager
def rows_of(
    file: Path, encoding: str = "utf-8-sig", *, bar: bool = True
) -> Iterator[Iterator[DivisionRow]]:
    """Open a list and give its rows one by one, with a progress bar over the file's bytes."""
    with (
        file.open("rb") as raw,
        tqdm(
            total=file.stat().st_size,
            unit="B",
            unit_scale=True,
            desc=file.name,
            disable=None if bar else True,
        ) as progress,
    ):
        packed = raw.peek(2)[:2] == b"\x1f\x8b"
        with (
            gzip.GzipFile(fileobj=raw) if packed else nullcontext(raw) as plain,
            io.TextIOWrapper(plain, encoding, newline="") as text,
        ):
            yield _rows(text, raw, progress)


def _rows(text: IO[str], raw: IO[bytes], progress: Any) -> Iterator[DivisionRow]:
    line = 0
    try:
        first = text.readline()
        reader = csv.reader(
            chain([first], text), delimiter="\t" if "\t" in first else ",", strict=True
        )
        columns: list[str] | None = None
        for cells in reader:
            line = reader.line_num
            if columns is None:
                columns = _columns(cells)
                if columns is not None:
                    continue
                columns = list(COLUMNS)
            if line % 1000 == 0:
                progress.update(raw.tell() - progress.n)
            if any(cell.strip() for cell in cells[len(columns) :]):
                raise _too_many(line, len(cells), len(columns))
            if any(cell.strip() for cell in cells):
                yield read_division(line, dict(zip(columns, cells, strict=False)))
    except UnicodeDecodeError as error:
        raise BadDivision(
            line + 1,
            Text(
                f"从这一行起不是 {error.encoding} 编码；表格软件存的多半是 --encoding gb18030",
                f"from here on it is not {error.encoding}; a spreadsheet's file is mostly --encoding gb18030",
            ),
        ) from error
    except (csv.Error, EOFError, OSError, zlib.error) as error:
        raise BadDivision(
            line + 1,
            Text(
                f"从这一行起读不下去：引号没有成对，或文件不完整（{error}）",
                f"from here on it cannot be read: a quote without its pair, or a file cut short ({error})",
            ),
        ) from error
    progress.update(progress.total - progress.n)


def _too_many(line: int, cells: int, columns: int) -> BadDivision:
    return BadDivision(
        line,
        Text(
            f"这一行有 {cells} 格，列名只有 {columns} 个；名称里有逗号时要加引号",
            f"this line has {cells} cells and there are {columns} columns; a name with a comma needs quotes",
        ),
    )


def _columns(cells: list[str]) -> list[str] | None:
    """Return the names of the columns, or None when the first line is a division already."""
    names = [HEADINGS.get(cell.strip(), cell.strip().lower()) for cell in cells]
    if cells and is_code(cells[0].strip()):
        return None
    if "code" not in names or "name" not in names:
        raise BadDivision(
            1,
            Text(
                f"第一行应为列名，至少有 code 和 name，这里是“{'、'.join(cells)[:80]}”",
                f"the first line must name the columns, code and name at least, this is '{', '.join(cells)[:80]}'",
            ),
        )
    return names


def report(changes: Changes, *, dry_run: bool) -> None:
    """Print what was changed, or would be."""
    if dry_run:
        click.echo("试运行，没有写入 / dry run, nothing was written")
    click.echo(
        f"共 {changes.listed}，新增 {changes.added}，更名 {changes.renamed}，变动上级或代码 {changes.moved}，"
        f"撤销 {changes.closed}，未变 {changes.unchanged}"
    )
    click.echo(
        f"{changes.listed} listed: {changes.added} added, {changes.renamed} renamed, {changes.moved} moved,"
        f" {changes.closed} closed, {changes.unchanged} unchanged"
    )
    _name(
        "更名 / renamed",
        changes.renamed,
        [f"{code}  {old} → {new}" for code, old, new in changes.renamings],
    )
    _name("变动 / moved", changes.moved, [_moved(move) for move in changes.moves])
    _name(
        "新增 / added",
        changes.added if changes.additions else 0,
        [f"{code}  {name}" for code, name in changes.additions],
    )
    _name("撤销 / closed", changes.closed, [f"{code}  {name}" for code, name in changes.closings])


def _name(heading: str, count: int, lines: list[str]) -> None:
    if not count:
        return
    click.echo(f"{heading}:")
    for line in lines:
        click.echo(f"  {line}")
    if count > len(lines):
        click.echo(f"  …… 另有 {count - len(lines)} 个 / and {count - len(lines)} more")


def _moved(move: Move) -> str:
    if move.to_code:
        return f"{move.code} → {move.to_code}  {move.name}"
    return f"{move.code}  {move.name}  上级 / parent {move.parent or '—'} → {move.to_parent or '—'}"
