"""Schemathesis reads the OpenAPI document and tries every shape it allows and forbids, over a real socket.

By the one who may do most: others are refused before shapes matter, nearly everywhere. What random requests of theirs are
answered is looked at in this process, without a socket: tests/contracts/test_openapi_fuzz.py.

Left out: 'valid data is accepted', because the document says shape and our rules also ask for meaning
(a category that exists, a period that is over). The session is given as a header, so the copy of the
document used here asks for no cookie. A missing If-Match is 428 (RFC 6585), which it does not know. Operations that end the session are left out.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
from pathlib import Path

import httpx
import pytest

from server.storage.database import Store
from tests.cast import PASSWORD, START, ZHAO_LIU, settle
from tests.web.serving import ROOT, served

ENDS_THE_SESSION = ("sign_out_here", "sign_out_there", "disable_account", "set_password")
LEFT_OUT = "positive_data_acceptance,ignored_auth,missing_required_header"
ST = ROOT / ".venv" / "bin" / "st"
KNOWS = ROOT / "tests" / "simulators"


async def _settle(database_url: str) -> None:
    store = await Store.open(database_url)
    try:
        await settle(store, START)
    finally:
        await store.close()


def _document(client: httpx.Client, folder: Path) -> Path:
    document = client.get("/api/openapi.json").json()
    for operations in document["paths"].values():
        for operation in operations.values():
            operation.pop("security", None)
    path = folder / "openapi.json"
    path.write_text(json.dumps(document), "utf-8")
    return path


# Shapes of requests and answers: no other on another engine, and two minutes of a suite of fifteen.
@pytest.mark.sqlite
@pytest.mark.slow
@pytest.mark.timeout(600)
def test_no_failure(tmp_path: Path, database_url: str) -> None:
    asyncio.run(_settle(database_url))
    with served(database_url, tmp_path / "pictures") as client:
        body = {"login": ZHAO_LIU.login, "password": PASSWORD}
        assert client.post("/api/v1/sessions", json=body).status_code == 201
        command = [
            str(ST),
            "--config-file",
            str(KNOWS / "schemathesis.toml"),
            "run",
            str(_document(client, tmp_path)),
            "--url",
            str(client.base_url),
        ]
        command += ["--checks", "all", "--exclude-checks", LEFT_OUT]
        # With the same seed every time: more of them is for whoever changes much (GSL_FUZZ_EXAMPLES=50).
        most = os.environ.get("GSL_FUZZ_EXAMPLES", "1")
        phases = "examples,coverage" if most == "1" else "examples,coverage,fuzzing"
        command += ["--phases", phases, "--max-examples", most, "--seed", "1"]
        command += ["--workers", "1", "--no-color"]
        # A file is asked for as the list that it is of.
        command += ["--exclude-path-regex", r"\.(csv|xlsx)$"]
        for operation in ENDS_THE_SESSION:
            command += ["--exclude-operation-id", operation]
        command += ["-H", f"Cookie: gsl_session={client.cookies['gsl_session']}"]
        hooks = os.environ | {"SCHEMATHESIS_HOOKS": str(KNOWS / "schemathesis_hooks.py")}
        run = subprocess.run(
            command, cwd=tmp_path, env=hooks, check=False, capture_output=True, text=True
        )
        assert run.returncode == 0, run.stdout[-12_000:]
