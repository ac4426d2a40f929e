"""What is asked for is what is pinned, and what is pinned is pinned by hash and without an address."""

from __future__ import annotations

import json
import re

import pytest

from tests.contracts.repository import files, text

PINS = [
    ("requirements.in", "requirements.txt"),
    ("requirements-dev.in", "requirements-dev.txt"),
    ("requirements-bench.in", "requirements-bench.txt"),
    ("requirements-node.in", "requirements-node.txt"),
    ("requirements-pip.in", "requirements-pip.txt"),
]


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned(file: str) -> dict[str, str]:
    """Return name -> version of a requirements.txt."""
    found = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", text(file), re.MULTILINE)
    return {canonical(name): version for name, version in found}


@pytest.mark.parametrize(("asked", "pins"), PINS)
def test_everything_asked_for_is_pinned(asked: str, pins: str) -> None:
    names = re.findall(r"^([A-Za-z0-9._-]+)", text(asked), re.MULTILINE)
    wanted = {canonical(name) for name in names if not name.startswith("-")}
    assert wanted <= pinned(pins).keys(), f"{pins} is older than {asked}: make requirements"


@pytest.mark.parametrize("pins", [pins for _, pins in PINS])
def test_every_pin_has_its_hashes(pins: str) -> None:
    blocks = re.split(r"\n(?=[A-Za-z0-9])", text(pins))
    bare = [
        b.splitlines()[0] for b in blocks if "==" in b.splitlines()[0] and "--hash=sha256:" not in b
    ]
    assert not bare, f"{pins}: without a hash: {bare}. make requirements"
    assert "://" not in text(pins), f"{pins}: records an address. make requirements"


def test_run_and_dev_agree() -> None:
    """Both are installed into one .venv, so no package may be pinned twice differently."""
    versions: dict[str, set[str]] = {}
    for pins in ("requirements.txt", "requirements-dev.txt", "requirements-bench.txt"):
        for name, version in pinned(pins).items():
            versions.setdefault(name, set()).add(version)
    twice = {name: found for name, found in versions.items() if len(found) > 1}
    assert not twice, f"pinned twice: {twice}. make requirements"


@pytest.mark.parametrize(
    "folder",
    [
        "pwa",
        "tests/e2e/old_browser/78",
        "tests/e2e/old_browser/92",
        "bench/lighthouse_pins",
        "bench/peers/react_spa",
    ],
)
def test_the_lock_is_in_step(folder: str) -> None:
    asked = json.loads(text(f"{folder}/package.json"))
    lock = json.loads(text(f"{folder}/package-lock.json"))
    for kind in ("dependencies", "devDependencies"):
        assert asked.get(kind) == lock["packages"][""].get(kind), (
            f"{folder}/package.json and package-lock.json disagree: npm install there, and commit both"
        )
    with_address = [name for name, package in lock["packages"].items() if "resolved" in package]
    assert not with_address, (
        f"{folder}/package-lock.json records addresses of {with_address[:3]}; see {folder}/.npmrc"
    )


def test_every_import_of_the_server_is_asked_for() -> None:
    """A package that another one happens to bring may leave with it tomorrow."""
    import sys
    from importlib.metadata import packages_distributions

    from tests.contracts.repository import imports

    asked = {
        canonical(n)
        for n in re.findall(r"^([A-Za-z0-9._-]+)", text("requirements.in"), re.MULTILINE)
    }
    home = packages_distributions()
    missing = set()
    for file in files("server/", ends=(".py",)):
        for _, name in imports(file):
            top = name.split(".")[0]
            if top in sys.stdlib_module_names or top == "server":
                continue
            if not {canonical(d) for d in home.get(top, [])} & asked:
                missing.add(f"{file} imports {top}")
    assert not missing, f"not in requirements.in: {sorted(missing)}"
