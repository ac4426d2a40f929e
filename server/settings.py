"""Settings: one table, read once from the environment, then frozen.

Each field of `Settings` is a row: the environment name is `GONGSHILAN_` and the field in capitals.
The tables in README.md and docs/ are made from `SETTINGS` and checked against it.
"""
# ruff: noqa: RUF009 - a row of the table is a field with its documentation

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

PREFIX = "GONGSHILAN_"
ROOT = Path(__file__).resolve().parent.parent

Network = IPv4Network | IPv6Network


class SettingNotValid(ValueError):
    """A setting cannot be understood; the message names it and says what would be."""


def _row(default: str, zh: str, en: str, *, secret: bool = False) -> Any:
    meta = {"default": default, "zh": zh, "en": en, "secret": secret}
    return field(metadata=meta)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an installation decides. Make one with `read_settings`."""

    database_url: str = _row(
        "sqlite://./data/gongshilan.db",
        "数据库：一个 SQLite 文件，或 postgres://用户:密码@主机/库",
        "The database: a SQLite file, or postgres://user:password@host/name",
        secret=True,
    )
    photos: str = _row(
        "./data/photos",
        "照片存放处：文件夹，或 s3://桶/前缀",
        "Where photos are kept: a folder, or s3://bucket/prefix",
    )
    uploads: Path = _row(
        "./data/uploads",
        "没传完的照片存放处：几个进程共用的一个文件夹",
        "Where photos that have not arrived whole are kept: one folder for all processes",
    )
    s3_endpoint: str = _row("", "S3 服务地址", "Address of the S3 service")
    s3_region: str = _row("us-east-1", "S3 区域", "Region of the S3 service")
    s3_key: str = _row("", "S3 访问标识", "Access key of the S3 service", secret=True)
    s3_secret: str = _row("", "S3 访问密钥", "Secret key of the S3 service", secret=True)
    receipt_key: str = _row(
        "./data/receipt.key",
        "给回执签名的密钥文件；首次启动时生成，只有本人可读，要和数据一起备份",
        "File of the key that signs receipts; made at the first start, readable by its owner alone; back it up",
    )
    household_key: str = _row(
        "./data/household.key",
        "各户查补贴用的密钥文件；首次启动时生成，只有本人可读，不在数据库里，要另外备份",
        "File of the key by which households find their payments; made at the first start, readable by its owner alone, not in the database; back it up apart",
    )
    host: str = _row("127.0.0.1", "监听地址", "Address to listen on")
    port: int = _row("8000", "监听端口", "Port to listen on")
    public_url: str = _row(
        "",
        "村民看到的网址，如 https://gongshi.example.cn；为空则取自请求",
        "The address villagers see, like https://gongshi.example.cn; empty: taken from the request",
    )
    trusted_proxies: tuple[Network, ...] = _row(
        "",
        "可信反向代理的地址段，逗号分隔；只有它们的 X-Forwarded-For 才算数",
        "Networks of trusted reverse proxies, comma separated; only their X-Forwarded-For counts",
    )
    max_body_bytes: int = _row(
        "1048576", "一次提交（不含照片）的字节上限", "Most bytes of one submission without photos"
    )
    max_photo_bytes: int = _row("15728640", "一张照片的字节上限", "Most bytes of one photo")
    max_spreadsheet_bytes: int = _row(
        "8388608", "一份表格文件的字节上限", "Most bytes of one spreadsheet"
    )
    max_photo_pixels: int = _row("60000000", "一张照片的像素上限", "Most pixels of one photo")
    session_days: int = _row("30", "登录保持的天数", "Days that a sign-in lasts")
    jobs: str = _row(
        "on",
        "本进程是否也做后台工作（发提醒）：on 或 off；off 时另开 gongshilan jobs",
        "Whether this process does the background work (reminders) too: on or off; with off run gongshilan jobs",
    )
    notify_networks: tuple[Network, ...] = _row(
        "",
        "提醒可以发往的内网地址段，逗号分隔，那里可用 http；为空只发往外网的 https",
        "Private networks reminders may be sent to, comma separated, there also by http; empty: https on the internet only",
    )
    notify_hosts: tuple[str, ...] = _row(
        "",
        "提醒只能发往这些主机（含其下级），逗号分隔；为空不限",
        "Hosts reminders may be sent to, and those below them, comma separated; empty: any",
    )
    push_hosts: tuple[str, ...] = _row(
        "fcm.googleapis.com, push.apple.com, push.services.mozilla.com, notify.windows.com",
        "村民的浏览器可以用哪些推送服务（含其下级主机），逗号分隔",
        "Push services that villagers' browsers may use, and hosts below them, comma separated",
    )
    push_key: str = _row(
        "",
        "手机提醒的密钥文件，第一次启动时生成；为空放在 SQLite 文件旁，用 PostgreSQL 时放在 ./data",
        "File of the key for reminders on phones, made at the first start; empty: beside the SQLite file, with PostgreSQL in ./data",
    )
    seeds: Path = _row(
        "seeds",
        "种子数据文件夹（区划、工作日、地方规定）",
        "Folder of divisions, workdays and policies",
    )
    schemas: Path = _row("schemas", "公开事项类别的文件夹", "Folder of the categories' schemas")
    own_categories: str = _row(
        "",
        "本县自己的公开事项类别放在哪个文件夹，一类一个子文件夹；为空没有",
        "Folder of the county's own categories, one folder each; empty: none",
    )
    pwa_dist: Path = _row("pwa/dist", "网页应用构建结果的文件夹", "Folder of the built web app")
    fonts: Path = _row(
        "/usr/share/fonts",
        "中文字体的文件夹，张贴版 PDF 和转发时的配图用；Debian 的软件包是 fonts-noto-cjk",
        "Folder of Chinese fonts, for posters as PDF and the pictures of shared addresses; Debian has them in the package fonts-noto-cjk",
    )
    site_name: str = _row("公示栏", "网站名称", "Name of the site")
    language: str = _row("zh", "默认语言：zh 或 en", "Default language: zh or en")
    metrics_token: str = _row(
        "",
        "取 /metrics 时要带的口令（Authorization: Bearer …）；为空时没有 /metrics",
        "What whoever reads /metrics must send (Authorization: Bearer …); empty: there is no /metrics",
        secret=True,
    )
    log_level: str = _row(
        "info", "日志级别：debug、info、warning、error", "debug, info, warning, error"
    )

    @property
    def own_folder(self) -> Path | None:
        """The folder of the county's own categories; None where there is none."""
        return Path(self.own_categories) if self.own_categories else None

    @property
    def https(self) -> bool:
        """The public address is https: cookies are Secure and HSTS is sent."""
        return self.public_url.startswith("https://")

    @property
    def push_key_file(self) -> Path:
        """Where the key for reminders on phones is kept."""
        if self.push_key:
            return ROOT / self.push_key
        path = self.database_url.partition("?")[0]
        folder = (
            Path(path.removeprefix("sqlite://")).parent if path.startswith("sqlite") else "data"
        )
        return ROOT / folder / "push-key.pem"

    def __repr__(self) -> str:
        shown = (f"{s.field}={'***' if s.secret else getattr(self, s.field)!r}" for s in SETTINGS)
        return f"Settings({', '.join(shown)})"


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table, as the documents print it."""

    field: str
    env: str
    default: str
    zh: str
    en: str
    secret: bool


SETTINGS: tuple[Setting, ...] = tuple(
    Setting(f.name, PREFIX + f.name.upper(), **cast(dict[str, Any], dict(f.metadata)))
    for f in fields(Settings)
)


def read_settings(environment: Mapping[str, str] | None = None, **given: object) -> Settings:
    """Return the settings: given values first, then the environment, then the defaults.

    Raises SettingNotValid for a value that cannot be understood and for a GONGSHILAN_ name that is
    no setting: a misspelt name must not silently mean the default.
    """
    env = os.environ if environment is None else environment
    known = {setting.env for setting in SETTINGS}
    for name in env:
        if name.startswith(PREFIX) and name not in known:
            raise SettingNotValid(f"{name}: 没有这个设置 / there is no such setting")
    values: dict[str, object] = {}
    for each, row in zip(fields(Settings), SETTINGS, strict=True):
        if each.name in given:
            values[each.name] = given.pop(each.name)
        else:
            values[each.name] = _parsed(row, str(each.type), env.get(row.env, row.default).strip())
    if given:
        raise TypeError(f"no such settings: {', '.join(given)}")
    settings = Settings(**cast(dict[str, Any], values))
    _check(settings)
    return settings


def _parsed(row: Setting, kind: str, text: str) -> object:
    if kind == "int":
        if not text.isascii() or not text.isdigit():
            raise SettingNotValid(f"{row.env}={text}: 应为整数 / must be a whole number")
        return int(text)
    if kind == "Path":
        # Relative folders lie beside the program, wherever it was started.
        return ROOT / text
    if kind == "tuple[str, ...]":
        return tuple(part.strip() for part in text.split(",") if part.strip())
    if kind.startswith("tuple"):
        try:
            return tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())
        except ValueError as error:
            raise SettingNotValid(
                f"{row.env}={text}: 应为地址段，如 10.0.0.0/8 / must be networks ({error})"
            ) from error
    return text


def _check(settings: Settings) -> None:
    if settings.public_url:
        parts = urlsplit(settings.public_url)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.path.strip("/"):
            raise SettingNotValid(
                f"{PREFIX}PUBLIC_URL={settings.public_url}: 应为 https://主机 / must be https://host"
            )
    if settings.language not in ("zh", "en"):
        raise SettingNotValid(f"{PREFIX}LANGUAGE={settings.language}: zh | en")
    if settings.jobs not in ("on", "off"):
        raise SettingNotValid(f"{PREFIX}JOBS={settings.jobs}: on | off")
    if settings.log_level not in ("debug", "info", "warning", "error"):
        raise SettingNotValid(
            f"{PREFIX}LOG_LEVEL={settings.log_level}: debug | info | warning | error"
        )
