"""`gongshilan evidence`: make an evidence pack, and check one, without asking any server."""

from __future__ import annotations

import asyncio
import secrets
from datetime import date, datetime
from pathlib import Path

import click

from server.cli import main
from server.clock import wall_clock
from server.external import packed, signing
from server.problems import Problem
from server.queries.evidence_pack import evidence_pack, span_scope
from server.settings import SettingNotValid, Settings, read_settings
from server.storage.database import DatabaseAddressNotValid, Store
from server.storage.migrate import migrate
from server.web import opening
from server.web.catalogue import CannotOpen, read_categories
from server.web.evidence import refuse_span
from server.web.evidence_files import pack_file
from server.web.evidence_reading import Checked, Differs, check
from server.web.spool import Spool

_DAY = click.DateTime(["%Y-%m-%d"])


@main.group()
def evidence() -> None:
    """证据包 / Evidence packs."""


@evidence.command()
@click.option("--division", required=True, help="区划代码，12 位 / a division's code")
@click.option("--first", required=True, type=_DAY, help="第一天 / the first day")
@click.option("--last", required=True, type=_DAY, help="最后一天 / the last day, included")
@click.option(
    "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="写到 / the file"
)
@click.option(
    "--whole", is_flag=True, help="含公开页隐去的部分 / with what the public pages hold back"
)
def pack(division: str, first: datetime, last: datetime, out: Path, whole: bool) -> None:
    """一个地方一段时间的证据包 / The evidence pack of a place and a span, as one zip."""
    if not (len(division) == 12 and division.isdecimal()):
        raise click.BadParameter("区划代码是 12 位数字 / a division's code has 12 digits")
    try:
        spool = asyncio.run(_packed(read_settings(), division, first.date(), last.date(), whole))
        size = _write(spool, out)
    except Problem as problem:
        raise click.ClickException(f"{problem.detail.zh} / {problem.detail.en}") from None
    except (SettingNotValid, DatabaseAddressNotValid, CannotOpen, OSError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{out}：{size} 字节 / bytes")


async def _packed(settings: Settings, division: str, first: date, last: date, whole: bool) -> Spool:
    refuse_span(first, last)
    await migrate(settings.database_url)
    catalogue = read_categories(settings.schemas, settings.own_folder)
    store = await Store.open(settings.database_url)
    try:
        db, now = store.reader, wall_clock()
        book = await opening.read_book(db, settings.seeds, catalogue.categories, catalogue.papers)
        signer = opening.open_signer(settings)
        documents = evidence_pack(
            db,
            book=book,
            blobs=opening.open_blobs(settings),
            signer=signer,
            scope=await span_scope(db, division=division, first=first, last=last),
            now=now,
            origin=settings.public_url.rstrip("/"),
            whole=whole,
        )
        return await pack_file(documents, signer=signer, now=now, dist=settings.pwa_dist)
    finally:
        await store.close()


def _write(spool: Spool, out: Path) -> int:
    """Write the whole of it under its name, or nothing."""
    beside = out.with_name(f".{out.name}.{secrets.token_hex(4)}")
    try:
        with beside.open("xb") as file:
            spool.rewind()
            for chunk in iter(spool.read, b""):
                file.write(chunk)
        beside.replace(out)
    finally:
        spool.close()
        beside.unlink(missing_ok=True)
    return spool.size


@evidence.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--key",
    help="公钥，见 /api/v1/receipt-key；不给就用包里的 / the public key; without: the one inside, which anybody could have put there",
)
def verify(file: Path, key: str | None) -> None:
    """重算每个指纹、签名和判定 / Recompute every hash, signature and verdict; ends with 1 where something differs."""
    try:
        trusted = signing.verifier_of(key) if key is not None else None
        found = check(file, trusted)
    except signing.KeyNotValid as error:
        raise click.ClickException(f"密钥不能用 / the key cannot be used: {error}") from error
    except packed.NotAZip as error:
        raise click.ClickException(f"{file}: 打不开 / cannot be read: {error}") from error
    for differs in found.differences:
        click.echo(_line(differs))
    click.echo(_sum(found, given=key is not None))
    if found.differences:
        raise SystemExit(1)


def _line(differs: Differs) -> str:
    return f"✗ {differs.path}: {differs.what.zh} / {differs.what.en}"


def _sum(found: Checked, *, given: bool) -> str:
    whose = (
        ""
        if given
        else "（公钥是包里自带的，请和 /api/v1/receipt-key 核对 / the key is the pack's own: compare it with /api/v1/receipt-key）"
    )
    return (
        f"{found.files} 个文件，{found.contents} 版内容，{found.signatures} 个签名，{found.verdicts} 个判定，"
        f"{len(found.differences)} 处不符；{found.withheld} 版因隐去姓名等不能重算 / "
        f"{found.files} files, {found.contents} contents, {found.signatures} signatures, {found.verdicts} verdicts, "
        f"{len(found.differences)} differ; {found.withheld} contents cannot be recomputed because something is withheld"
        f"\n{found.key}{whose}"
    )
