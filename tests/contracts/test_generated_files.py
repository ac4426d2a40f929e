"""What a program writes is what is committed, and a published schema never changes.

The client's types (pwa/src/net/api.d.ts) are compared by `make lint`, which has Node at hand.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.contracts.repository import ROOT, text


@pytest.fixture
def copy_of_the_house(tmp_path: Path) -> Path:
    """A copy to write into: a generator must not repair the file that it is compared with."""
    for folder in ("server", "schemas", "seeds", "docs"):
        shutil.copytree(
            ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", "*.pyc")
        )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def gongshilan(house: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GONGSHILAN_")}
    return subprocess.run(
        [sys.executable, "-m", "server", *command],
        cwd=house,
        env={**environment, "PYTHONPATH": str(house)},
        check=False,
        capture_output=True,
        text=True,
    )


def test_written_documents_are_what_the_code_says(copy_of_the_house: Path) -> None:
    run = gongshilan(copy_of_the_house, "openapi", "write")
    assert run.returncode == 0, run.stderr
    for file, source in (
        ("schemas/openapi.json", "server/web/routes.py"),
        ("docs/problems.md", "server/problems.py"),
    ):
        written = (copy_of_the_house / file).read_text(encoding="utf-8")
        assert written == text(file), (
            f"{file} is not what {source} says. Write it again: make generate"
        )


def test_published_schemas_are_unchanged(copy_of_the_house: Path) -> None:
    run = gongshilan(copy_of_the_house, "schemas", "check")
    assert run.returncode == 0, (
        f"{run.stdout}{run.stderr}\nA published version never changes: add the next one beside it, "
        "then accept it: gongshilan schemas accept"
    )


def test_a_changed_published_schema_is_noticed(copy_of_the_house: Path) -> None:
    published = sorted(copy_of_the_house.glob("schemas/categories/*/v1.schema.json"))
    assert published, "schemas/categories/ holds no v1.schema.json"
    published[0].write_text(published[0].read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert gongshilan(copy_of_the_house, "schemas", "check").returncode != 0
