"""`gongshilan receipt`: check a signed receipt and say in plain words what it proves."""

from __future__ import annotations

import json
from pathlib import Path

import click

from server.cli import main
from server.external import signing
from server.rules import receipts
from server.settings import SettingNotValid, read_settings


@main.group()
def receipt() -> None:
    """回执 / Receipts."""


@receipt.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--key",
    help="公钥，见 /api/v1/receipt-key；不给就用本机的 / the public key; without: this site's own",
)
def verify(file: Path, key: str | None) -> None:
    """验证回执，并说明它证明什么 / Check a receipt and say what it proves.

    FILE is the signed note itself, or the JSON answer with a `signed` in it. Nothing is asked of any server.
    """
    note = _note_in(file)
    trusted = _key(key)
    try:
        text, signer = signing.open_note(note, [trusted])
        found = receipts.receipt_in(text)
    except signing.NoteNotValid as error:
        raise click.ClickException(
            f"验证不通过：内容被改过，或不是这把密钥签的（{trusted.name}） / not valid: {error}"
        ) from error
    except receipts.NotAReceipt as error:
        raise click.ClickException(f"{error.text.zh} / {error.text.en}") from error
    click.echo(f"签名有效，签名者：{signer.name}。")
    for said in receipts.proves(found):
        click.echo(f"  {said.zh}")
    click.echo()
    click.echo(f"The signature is valid; signed by {signer.name}.")
    for said in receipts.proves(found):
        click.echo(f"  {said.en}")


@receipt.command("key")
def show_key() -> None:
    """显示公钥 / Print this site's public key, to be kept beside receipts."""
    click.echo(str(_key(None)))


def _note_in(file: Path) -> str:
    try:
        text = file.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise click.ClickException(f"{file}: 不是回执 / no receipt") from None
    if not text.lstrip().startswith("{"):
        return text
    try:
        answer = json.loads(text)
    except ValueError:
        raise click.ClickException(f"{file}: JSON 不完整 / incomplete JSON") from None
    note = answer.get("signed")
    if not isinstance(note, str):
        raise click.ClickException(f"{file}: 没有 signed 字段 / there is no `signed` in it")
    return note


def _key(given: str | None) -> signing.Verifier:
    try:
        if given is not None:
            return signing.verifier_of(given)
        path = Path(read_settings().receipt_key)
        if not path.is_file():
            raise click.ClickException(
                f"本机没有密钥（{path}），请用 --key 给出公钥 / there is no key here: give the public one as --key"
            )
        return signing.key_in(path, "gongshilan").verifier
    except (signing.KeyNotValid, SettingNotValid, OSError) as error:
        raise click.ClickException(f"密钥不能用 / the key cannot be used: {error}") from error
