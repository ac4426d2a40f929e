"""What every test may ask for: a migrated database of its own, and a folder for photos.

GSL_TEST_DATABASE chooses the engine: `sqlite` (default) or `postgres`. Both start from a template that
is migrated once, so that a test pays for a copy and not for the migrations. People, places and the
frozen clock are in tests/cast.py.
"""

from __future__ import annotations

import asyncio
import functools
import gc
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
import structlog
from jinja2 import FileSystemBytecodeCache

from tests.emptied import Emptied
from tests.engine import ENGINE
from tests.one_engine import Watching
from tools.postgres import Postgres

if TYPE_CHECKING:
    from server.rules.rulebook import Rulebook

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0")

# For whoever changes how rows are read or written: on PostgreSQL what others prove there already, too.
EVERYWHERE = bool(os.environ.get("GSL_TEST_EVERYWHERE"))

# Set by the process that starts the workers, read by them: one server for all.
PORT_OF_SHARED_SERVER = "GSL_TEST_POSTGRES_PORT"

# No deadline: a busy machine is no bug. In CI the same examples every time, so that a failure is a change.
hypothesis.settings.register_profile("house", deadline=None, print_blob=True)
hypothesis.settings.register_profile(
    "ci", parent=hypothesis.settings.get_profile("house"), derandomize=True
)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "house")

# httpx looks for it at every request that stays in the process, on the whole path: half a millisecond each.
sys.modules.setdefault("sniffio", None)  # type: ignore[arg-type]


def _only_what_is_wrong(
    _: object, method: str, said: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Say warnings and errors; nobody reads that a request of a test was answered."""
    if method in ("debug", "info"):
        raise structlog.DropEvent
    return said


structlog.configure(processors=[_only_what_is_wrong, *structlog.get_config()["processors"]])

_server: Postgres | None = None


def pytest_configure(config: pytest.Config) -> None:
    global _server
    if ENGINE not in ("sqlite", "postgres"):
        raise pytest.UsageError(f"GSL_TEST_DATABASE={ENGINE}: say 'sqlite' or 'postgres'.")
    if ENGINE == "sqlite" and not config.option.collectonly:
        watching = Watching(config)
        config.pluginmanager.register(watching)
        watching.watch()
    if ENGINE == "postgres" and not config.option.collectonly:
        if port := os.environ.get(PORT_OF_SHARED_SERVER):
            _server = Postgres.shared(int(port))
        else:
            _server = Postgres.start()
            os.environ[PORT_OF_SHARED_SERVER] = str(_server.port)


def pytest_unconfigure() -> None:
    if _server is not None:
        _server.stop()


def pytest_collection_finish() -> None:
    """Leave thousands of collected tests out of the collector's rounds: a sixth of the processor's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_report_header() -> str:
    return f"database: {ENGINE}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run on PostgreSQL what touches a database, and nothing twice."""
    kept, left_out = [], []
    for item in items:
        if "e2e" in Path(item.path).relative_to(config.rootpath).parts:
            item.add_marker(pytest.mark.e2e)
        if hypothesis.is_hypothesis_test(getattr(item, "obj", None)):
            item.add_marker(pytest.mark.slow)  # hundreds of examples: not what one waits for
        if ENGINE == "sqlite":
            wanted = item.get_closest_marker("postgres") is None
        else:
            touches = {"database_url", "empty_database_url"} & set(
                getattr(item, "fixturenames", ())
            )
            left = ("sqlite",) if EVERYWHERE else ("sqlite", "one_engine")
            elsewhere = any(item.get_closest_marker(name) for name in left)
            wanted = bool(touches) and not elsewhere
        (kept if wanted else left_out).append(item)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
    # Long ones first: the last to begin should not keep everybody waiting.
    items[:] = sorted(kept, key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(scope="session")
def _worked_out_once() -> Iterator[None]:
    """Share what every test's application would work out anew from shipped files."""
    from server import app
    from server.commands import file_for_search
    from server.web import opening, pages

    with pytest.MonkeyPatch.context() as patch:
        for name in ("read_categories", "shipped_policies", "shipped_years", "load_files"):
            patch.setattr(opening, name, functools.cache(getattr(opening, name)))
        patch.setattr(file_for_search, "_mark", _once_for_papers(file_for_search._mark))
        ways = app.Corridors(app.doors(app.ENDPOINTS))
        patch.setattr(app, "Corridors", lambda _: ways)
        patch.setattr(app, "doors", lambda _: ())
        # Looked at by their contents, so that none is ever old.
        patch.setattr(pages._press(), "bytecode_cache", FileSystemBytecodeCache(_kept("templates")))
        yield


def _kept(name: str) -> str:
    """Return a folder for what one run makes and the next can use."""
    folder = Path(__file__).parents[1] / ".cache" / name
    folder.mkdir(parents=True, exist_ok=True)
    return str(folder)


def _once_for_papers(mark: Callable[[Rulebook], str]) -> Callable[[Rulebook], str]:
    """Return `mark` worked out once for each set of shipped forms: a fortieth of a second for every application."""
    from server.rules import searching

    known: dict[
        tuple[int, int, int], tuple[object, str]
    ] = {}  # with the forms: what lives keeps its number

    def remembered(book: Rulebook) -> str:
        key = (id(book.papers), id(book.categories), searching.CUT)
        if key not in known:
            known[key] = ((book.papers, book.categories), mark(book))
        return known[key][1]

    return remembered


def _migrate(url: str) -> None:
    from server.storage.migrate import migrate

    # In a thread of its own: the ORM keeps its connections in context variables and must not meet a test's.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, migrate(url)).result()


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The SQLite file that every test's own is copied from."""
    template = tmp_path_factory.mktemp("template") / "template.db"
    _migrate(f"sqlite://{template}")
    with sqlite3.connect(template) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return template


@pytest.fixture(scope="session")
def migrated_postgres() -> Iterator[tuple[Postgres, str]]:
    """The server, and the name of the database that every test's own is copied from."""
    assert _server is not None
    name = f"template_{WORKER}"
    _migrate(_server.create(name))
    yield _server, name
    _server.drop(name)


@pytest.fixture(scope="session")
def emptied_postgres(migrated_postgres: tuple[Postgres, str]) -> Iterator[Emptied]:
    """The database that this worker's tests use one after the other."""
    database = Emptied(*migrated_postgres, f"test_{WORKER}")
    yield database
    database.drop()


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated, empty database that belongs to this test alone."""
    request.getfixturevalue("_worked_out_once")
    if ENGINE == "sqlite":
        path = tmp_path / "gongshilan.db"
        shutil.copyfile(request.getfixturevalue("migrated_sqlite"), path)
        yield f"sqlite://{path}"
        return
    database: Emptied = request.getfixturevalue("emptied_postgres")
    yield database.ready()
    database.empty()


@pytest.fixture
def empty_database_url(tmp_path: Path) -> Iterator[str]:
    """The address of a database without a table in it: for the tests of the migrations themselves."""
    if ENGINE == "sqlite":
        yield f"sqlite://{tmp_path / 'empty.db'}"
        return
    assert _server is not None
    name = f"empty_{WORKER}"
    yield _server.create(name)
    _server.drop(name)


@pytest.fixture
def photo_root(tmp_path: Path) -> Path:
    """An empty folder for photos."""
    folder = tmp_path / "photos"
    folder.mkdir()
    return folder
