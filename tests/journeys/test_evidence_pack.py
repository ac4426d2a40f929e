"""An auditor takes everything of a village away in one file, and checks it on a computer that asks nobody."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from server.cli import main
from server.rules import evidence_packs
from tests.cast import (
    FAR_VILLAGE,
    TOWNSHIP,
    VILLAGE_A,
    WANG_WU,
    ZHANG_SAN,
    ZHAO_LIU,
    ZHOU_BA,
    Hall,
    problem_of,
)
from tests.journeys.asking import CONTACT, ask
from tests.journeys.posting import approve, board_photo, send_photo, submission
from tests.journeys.written import written

SPAN = {"first": "2026-07-01", "last": "2026-09-30"}
CANARY = "11010519491231002X"


async def a_quarter(hall: Hall) -> str:
    """Let village A publish a quarter with its board photo, three days late; return the notice's id."""
    hall.clock.set("2026-10-18 09:00+08:00")
    phone = await hall.client_as(ZHANG_SAN)
    sha256 = await send_photo(phone)
    sent = submission(hall, photos=[{"sha256": sha256, "role": "board"}])
    posted = await phone.post("/api/v1/submissions", json=sent)
    assert posted.status_code == 201, posted.text
    await approve(hall, sent["id"])
    hall.clock.pass_(minutes=5)
    return str(posted.json()["disclosure_id"])


async def taken(hall: Hall, **asked: str) -> bytes:
    auditor = await hall.client_as(WANG_WU)
    answer = await auditor.get("/api/v1/evidence", params={"division": VILLAGE_A, **SPAN, **asked})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/zip"
    return answer.content


def unpacked(pack: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(pack)) as file:
        return {name: file.read(name) for name in file.namelist()}


def packed(files: Mapping[str, bytes], path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as file:
        for name, data in files.items():
            file.writestr(name, data)
    return path


def verified(path: Path, *more: str) -> Result:
    return CliRunner().invoke(main, ["evidence", "verify", str(path), *more])


def listed_anew(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return a pack whose lists fit what somebody changed in it: only signatures can tell now."""
    made = json.loads(files["manifest.json"])
    for each in made["files"]:
        data = files[each["path"]]
        each |= {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    manifest = evidence_packs.spelled(made)
    sums = evidence_packs.sums_of(
        evidence_packs.files_in(manifest), hashlib.sha256(manifest).hexdigest()
    )
    return files | {"manifest.json": manifest, "SHA256SUMS": sums}


@pytest.mark.one_engine
async def test_everything_of_a_quarter_can_be_checked_elsewhere(hall: Hall, tmp_path: Path) -> None:
    notice_id = await a_quarter(hall)
    before = await written(hall)
    pack = await taken(hall, whole="true")
    assert await written(hall) == before
    files = unpacked(pack)
    for line in files["SHA256SUMS"].decode().splitlines():
        sha256, _, path = line.partition("  ")
        assert hashlib.sha256(files[path]).hexdigest() == sha256, path
    notice = json.loads(files[f"notices/{notice_id}.json"])
    (edition,) = notice["editions"]
    # The edition's own file is what was hashed on the phone.
    assert edition["whole"] is True
    digest = hashlib.sha256(files[edition["file"]]).hexdigest()
    assert edition["content_hash"] == f"sha256:{digest}"
    assert [s["name"] for s in edition["signatures"]] == ["李四"]
    assert {e["action"] for e in notice["events"]} >= {"edition.submitted", "edition.approved"}
    assert files[edition["photos"][0]["file"]][:3] == b"\xff\xd8\xff"
    assert board_photo(1)[1] not in files.values()
    owed = {o["category"]: o for o in json.loads(files["obligations.json"])}
    late = owed["finance_quarterly"]
    assert (late["state"], late["late_days"], late["notice"]) == ("late", 3, notice_id)
    assert late["rule"] in json.loads(files["rules.json"])

    path = tmp_path / "pack.zip"
    path.write_bytes(pack)
    key = (await hall.visitor().get("/api/v1/receipt-key")).json()["key"]
    good = verified(path, "--key", key)
    assert good.exit_code == 0, good.output
    assert "1 contents, 2 signatures" in good.output
    assert "/api/v1/receipt-key" in verified(path).output

    one = await (await hall.client_as(WANG_WU)).get(f"/api/v1/disclosures/{notice_id}/evidence")
    path.write_bytes(one.content)
    assert verified(path, "--key", key).exit_code == 0
    assert len(json.loads(unpacked(one.content)["obligations.json"])) == 1


def changed_byte(files: dict[str, bytes]) -> dict[str, bytes]:
    path = next(p for p in files if p.startswith("editions/"))
    return files | {path: files[path].replace(b"2500000", b"2500001")}


def changed_and_listed(files: dict[str, bytes]) -> dict[str, bytes]:
    return listed_anew(changed_byte(files))


def changed_verdict(files: dict[str, bytes]) -> dict[str, bytes]:
    said = files["obligations.json"].replace(b'"late_days": 3', b'"late_days": 1')
    return listed_anew(files | {"obligations.json": said})


def changed_receipt(files: dict[str, bytes]) -> dict[str, bytes]:
    path = next(p for p in files if p.startswith("receipts/"))
    return listed_anew(files | {path: files[path].replace(b"2026-10-18", b"2026-10-14")})


def lost_photo(files: dict[str, bytes]) -> dict[str, bytes]:
    return {p: data for p, data in files.items() if not p.startswith("photos/")}


def slipped_in(files: dict[str, bytes]) -> dict[str, bytes]:
    return files | {"notices/more.json": b"{}"}


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("spoil", "named"),
    [
        (changed_byte, "editions/"),
        (changed_and_listed, "editions/"),
        (changed_verdict, "worked out late 3"),
        (changed_receipt, "receipts/"),
        (lost_photo, "photos/"),
        (slipped_in, "notices/more.json"),
    ],
)
async def test_whatever_was_changed_is_named(
    hall: Hall, tmp_path: Path, spoil: Any, named: str
) -> None:
    await a_quarter(hall)
    files = unpacked(await taken(hall, whole="true"))
    said = verified(packed(spoil(dict(files)), tmp_path / "pack.zip"))
    assert said.exit_code == 1
    assert any(line.startswith("✗") and named in line for line in said.output.splitlines())


@pytest.mark.one_engine
async def test_what_the_public_page_holds_back_stays_back(hall: Hall, tmp_path: Path) -> None:
    await a_quarter(hall)
    pack = await taken(hall)
    (path,) = (p for p in unpacked(pack) if p.startswith("editions/"))
    shown = unpacked(pack)[path].decode()
    assert '"party":"王*"' in shown
    assert '"party":"王五"' not in shown
    (tmp_path / "pack.zip").write_bytes(pack)
    said = verified(tmp_path / "pack.zip")
    assert said.exit_code == 0, said.output
    assert "0 contents" in said.output
    assert "1 contents cannot be recomputed" in said.output


async def test_what_is_no_pack_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pack.zip"
    path.write_bytes(b"PK\x03\x04 and no more")
    assert verified(path).exit_code == 1
    said = verified(packed({"a.txt": b"a"}, path))
    assert (said.exit_code, "manifest.json" in said.output) == (1, True)


@pytest.mark.one_engine
async def test_nobody_can_be_found_in_it(hall: Hall) -> None:
    notice_id = await a_quarter(hall)
    asked = await ask(hall, disclosure_id=notice_id, contact=CONTACT)
    assert asked.status_code == 201, asked.text
    await ask(hall, 2, text=f"我的身份证号是 {CANARY}，为什么没有我？")
    for data in unpacked(await taken(hall, whole="true")).values():
        for secret in (CANARY, CONTACT, ZHANG_SAN.login, WANG_WU.login, "192.0.2.7", "account_id"):
            assert secret.encode() not in data


@pytest.mark.one_engine
async def test_who_may_take_one(hall: Hall) -> None:
    notice_id = await a_quarter(hall)
    of_notice = f"/api/v1/disclosures/{notice_id}/evidence"
    asked = {"division": VILLAGE_A, **SPAN}
    for person in (ZHANG_SAN, ZHAO_LIU):
        client = await hall.client_as(person)
        assert problem_of(await client.get("/api/v1/evidence", params=asked)) == "not-allowed"
        assert problem_of(await client.get(of_notice)) == "not-allowed"
    assert problem_of(await hall.visitor().get(of_notice)) == "not-signed-in"
    auditor = await hall.client_as(WANG_WU)
    far = await auditor.get("/api/v1/evidence", params={**asked, "division": FAR_VILLAGE})
    assert problem_of(far) == "not-allowed"
    zhou = await hall.client_as(ZHOU_BA)
    assert (await zhou.get(of_notice)).status_code == 200


async def test_too_much_for_one_file_is_refused_with_both_numbers(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    await a_quarter(hall)
    auditor = await hall.client_as(WANG_WU)
    for name, place, said in (
        ("server.queries.evidence_pack.MOST_VILLAGES", TOWNSHIP, "2 villages here; one evidence pack holds 1"),
        ("server.rules.evidence_packs.MOST_BYTES", VILLAGE_A, "There are 1 MB here; one evidence pack holds 0."),
    ):  # fmt: skip
        with monkeypatch.context() as patched:
            patched.setattr(name, 1)
            refused = await auditor.get(
                "/api/v1/evidence",
                params={"division": place, **SPAN},
                headers={"Accept-Language": "en"},
            )
        assert problem_of(refused) == "too-many-for-a-pack"
        assert said in refused.text
    turned = {"division": VILLAGE_A, "first": SPAN["last"], "last": SPAN["first"]}
    refused = await auditor.get("/api/v1/evidence", params=turned)
    assert problem_of(refused) == "parameter-not-valid"
