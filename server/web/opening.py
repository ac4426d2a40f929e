"""Opening the house: everything that is read or connected once, when the process starts."""

from __future__ import annotations

import asyncio
import functools
import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import structlog

from server.commands.add_up_gists import add_up_gists
from server.commands.file_for_search import file_for_search
from server.commands.keep_page_views import keep_page_views
from server.external import household_keys as keyrings
from server.external import poster_pdf, share_card, signing
from server.external.household_keys import Keyring
from server.external.webpush import Sender, open_sender
from server.rules.categories import Category
from server.rules.page_views import ViewCounter
from server.rules.rulebook import Papers, Rulebook
from server.rules.schedules import Policy, parse_policy
from server.rules.throttling import HOUSEHOLDS, SEARCHES
from server.rules.workdays import WorkdayCalendar, YearNotice, parse_year_notice
from server.settings import Settings
from server.storage import installation, policies, workdays
from server.storage.blobs import BlobStore, FolderBlobs
from server.storage.database import Reader, Store
from server.storage.uploads import UploadFolder
from server.web.assets import assets_from
from server.web.catalogue import CannotOpen, read_categories
from server.web.desk import Desk
from server.web.house import House
from server.web.pace import Pace
from server.web.shelf import Shelf
from server.web.static import BuiltFiles, load_files

log = structlog.get_logger("house")

# How often a running process looks whether a policy or a workday calendar was imported.
LOOK_EVERY_SECONDS = 30.0
# How often page views are written down: what was counted since is lost when the process is killed.
KEEP_VIEWS_EVERY_SECONDS = 60.0


async def open_house(settings: Settings) -> House:
    """Return the house: store, photos, categories, policies, calendar and the built web app."""
    catalogue = read_categories(settings.schemas, settings.own_folder)
    signer = open_signer(settings)
    household_keys = open_household_keys(settings)
    store = await Store.open(settings.database_url)
    try:
        book = await read_book(store.reader, settings.seeds, catalogue.categories, catalogue.papers)
        await add_up_gists(store, book)
        await file_for_search(store, book)
        name = await installation.get(store.reader, "name") or settings.site_name
        demo = await installation.get(store.reader, "demo") is not None
        sender = read_sender(settings)
    except BaseException:
        await store.close()
        raise
    files = load_files(settings.pwa_dist)
    return House(
        settings=settings,
        store=store,
        blobs=open_blobs(settings),
        uploads=UploadFolder(settings.uploads),
        book=book,
        validators=catalogue.validators,
        shared_schemas=catalogue.shared,
        files=files,
        assets=assets_from(settings.pwa_dist),
        signer=signer,
        household_keys=household_keys,
        shelf=Shelf(),
        desk=Desk(),
        print=fingerprint(files, catalogue.digest),
        name=name,
        views=ViewCounter(),
        searches=Pace(SEARCHES),
        households=Pace(HOUSEHOLDS),
        sender=sender,
        demo=demo,
        pictures=share_card.can_paint(settings.fonts),
    )


def read_sender(settings: Settings) -> Sender:
    """Return who we are towards the browsers' push services; the key is made at the first start."""
    path = settings.push_key_file
    try:
        return open_sender(path, settings.public_url or "mailto:postmaster@localhost")
    except (OSError, ValueError) as error:
        raise CannotOpen(f"{path.name}: {error}") from error


def fingerprint(files: BuiltFiles, catalogue: str) -> str:
    """Return what changes when the program, the categories or the built web app do: templates, messages and files."""
    digest = hashlib.sha256(_program())
    digest.update(catalogue.encode())
    for address, asset in sorted(files.files.items()):
        digest.update(f"{address} {asset.etag}".encode())
    return digest.hexdigest()[:8]


@functools.cache
def _program() -> bytes:
    digest = hashlib.sha256()
    here = Path(__file__).parent
    ours = sorted([*here.rglob("*.py"), *here.rglob("*.html"), *here.rglob("*.json")])
    for path in [*ours, poster_pdf.TEMPLATE, Path(share_card.__file__)]:
        digest.update(path.read_bytes())
    return digest.digest()


def open_blobs(settings: Settings) -> BlobStore:
    """Return where photos are kept: a folder, or a bucket."""
    if not settings.photos.startswith("s3://"):
        return FolderBlobs(Path(settings.photos))
    from server.external.objects import ObjectBlobs  # the library is loaded only where it is used

    return ObjectBlobs.open(
        settings.photos,
        endpoint=settings.s3_endpoint,
        region=settings.s3_region,
        key=settings.s3_key,
        secret=settings.s3_secret,
    )


def open_signer(settings: Settings) -> signing.Signer:
    """Return what signs receipts: the key in its file, made at the first start under this site's name."""
    name = urlsplit(settings.public_url).netloc or "gongshilan"
    try:
        return signing.key_in(Path(settings.receipt_key), name)
    except (signing.KeyNotValid, OSError) as error:
        raise CannotOpen(f"GONGSHILAN_RECEIPT_KEY={settings.receipt_key}: {error}") from error


def open_household_keys(settings: Settings) -> Keyring:
    """Return the keys by which households find their payments; the first is made at the first start."""
    path = Path(settings.household_key)
    try:
        return keyrings.open_keyring(path)
    except (keyrings.HouseholdKeyNotValid, OSError) as error:
        raise CannotOpen(f"GONGSHILAN_HOUSEHOLD_KEY={settings.household_key}: {error}") from error


async def read_book(
    db: Reader,
    seeds: Path,
    categories: Mapping[str, Category],
    papers: Mapping[tuple[str, int], Papers],
) -> Rulebook:
    """Return the rulebook: what ships with the program, and over it what was imported."""
    standing = policies.beside(shipped_policies(seeds), await policies.recordings(db))
    notices = {each.year: each for each in shipped_years(seeds)}
    notices.update({each.year: each for each in await workdays.all_current(db)})
    return Rulebook(categories, papers, standing, WorkdayCalendar(notices))


def shipped_policies(seeds: Path) -> Sequence[Policy]:
    """Return the policies that come with the program."""
    return [parse_policy(_json(path)) for path in sorted((seeds / "policies").glob("*.json"))]


def shipped_years(seeds: Path) -> Sequence[YearNotice]:
    """Return the holiday notices that come with the program."""
    return [parse_year_notice(_json(path)) for path in sorted((seeds / "workdays").glob("*.json"))]


async def watch_rules(house: House) -> None:
    """Look every half minute whether rules were imported, and then replace the rulebook as a whole.

    The desk says what it gave out at the same beat.
    """
    seen = await _mark(house)
    while True:
        await asyncio.sleep(LOOK_EVERY_SECONDS)
        house.desk.report()
        try:
            mark = await _mark(house)
            if mark != seen:
                book = await read_book(
                    house.store.reader,
                    house.settings.seeds,
                    house.book.categories,
                    house.book.papers,
                )
                house.book, seen = book, mark
                log.info("rules read again")
        except Exception as error:  # noqa: BLE001 - the old rules stay in force; the next look may succeed
            log.warning("rules could not be read", error=type(error).__name__)


async def keep_views(house: House) -> None:
    """Write down every minute how often pages were opened. Each process that answers pages does so for itself."""
    while True:
        await asyncio.sleep(KEEP_VIEWS_EVERY_SECONDS)
        await write_views(house)


async def write_views(house: House) -> None:
    """Write down now what was counted; where that fails it stays counted for the next time."""
    try:
        await keep_page_views(house.store, house.views)
    except Exception as error:  # noqa: BLE001 - nobody who reads a page is kept from it by a number
        log.warning("page views could not be written", error=type(error).__name__)


async def _mark(house: House) -> tuple[object, ...]:
    found = await house.store.reader.row(
        "SELECT (SELECT max(id) FROM policy) AS policy, (SELECT max(id) FROM workday_year) AS year"
    )
    return tuple((found or {}).values())


def _json(path: Path) -> dict[str, Any]:
    try:
        document: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise CannotOpen(f"{path.name}: {error}") from error
    return document
