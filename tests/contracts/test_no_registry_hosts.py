"""Nothing committed says where packages come from or on which machine it was made: that is each machine's own."""

from __future__ import annotations

import re
import subprocess

from tests.contracts.repository import ROOT, our_files, report

# Written in pieces, so that this file does not name them either.
HOSTS = [
    "py" + "pi.org",
    "python" + "hosted.org",
    "npm" + "js.org",
    "npm" + "mirror.com",
    "yarn" + "pkg.com",
    "ghcr" + ".io",
    "quay" + ".io",
    "docker" + ".io",
    "gcr" + ".io",
    "proxy." + "golang.org",
    "crates" + ".io",
    "debian" + ".org/debian",
    "archive." + "ubuntu.com",
    "tuna.tsing" + "hua",
    "mirrors.ali" + "yun",
]
HOST = re.compile("|".join(re.escape(host) for host in HOSTS))
MACHINE = re.compile(
    r"(?<![\w.~])/(?:home|Users)/\w+|(?<![\w.~/])/(?:root|work)/\w+|file:///(?:opt|home|root|work)\b"
)
LOCKS = ("uv.lock", "poetry.lock", "pylock.toml", "Pipfile.lock", "yarn.lock", "pnpm-lock.yaml")


def test_no_lock_file_that_records_addresses() -> None:
    report(
        [
            f"{file}: records addresses. Pins are requirements*.txt (make requirements) and package-lock.json."
            for file in our_files()
            if file.rsplit("/", 1)[-1] in LOCKS
        ]
    )


def test_no_link_that_leads_out() -> None:
    """A link is committed as the path it points to; on another machine there is nothing, or something else."""
    listed = subprocess.run(
        ["git", "ls-files", "--stage"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    links = [line.split("\t", 1)[1] for line in listed.splitlines() if line.startswith("120000 ")]
    report([f"{link}: a symbolic link. Take it out: git rm --cached {link}" for link in links])


def test_no_address_and_no_machine() -> None:
    found = []
    for file in our_files():
        raw = (ROOT / file).read_bytes()
        if b"\0" in raw[:8000]:
            continue
        for number, line in enumerate(raw.decode("utf-8", errors="replace").splitlines(), 1):
            if match := HOST.search(line):
                found.append(
                    f"{file}:{number}: names {match[0]}. Each machine says itself where packages come from."
                )
            if match := MACHINE.search(line):
                found.append(
                    f"{file}:{number}: names {match[0]}, a folder of one machine. Write it from the root."
                )
    report(found)
