"""Checking an evidence pack: every hash, signature and verdict worked out again, and what differs by name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from server.external import signing
from server.external.packed import NotAZip, ZipReader
from server.external.signing import NoteNotValid, Verifier
from server.rules import evidence_packs as packs
from server.rules import receipts
from server.rules.evidence_packs import PackedFile
from server.rules.values import Text

_LONGEST_LIST = 16 * 1024 * 1024


class Differs(Struct, frozen=True):
    """A file of the pack and what does not fit."""

    path: str
    what: Text


class Checked(Struct):
    """How much was worked out again, and what differs. `withheld`: editions of which not the whole is in the pack."""

    files: int = 0
    contents: int = 0
    signatures: int = 0
    verdicts: int = 0
    withheld: int = 0
    key: str = ""
    differences: list[Differs] = field(default_factory=list)

    def differs(self, path: str, zh: str, en: str) -> None:
        """Note what does not fit."""
        self.differences.append(Differs(path, Text(zh, en)))


def check(path: Path, trusted: Verifier | None = None) -> Checked:
    """Return what a pack is worth. Without a trusted key the pack's own is used. Raises NotAZip."""
    found = Checked()
    with ZipReader(path) as pack:
        files = _files(pack, found)
        if files is None:
            return found
        _hashes(pack, files, found)
        key = trusted or _own_key(pack, found)
        if key is not None:
            found.key = str(key)
            _seal(pack, key, found)
        try:
            _record(pack, files, key, found)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            if not found.differences:
                found.differs(
                    "pack.json", f"记录不完整：{error}", f"the record is not whole: {error}"
                )
    return found


def _files(pack: ZipReader, found: Checked) -> dict[str, PackedFile] | None:
    try:
        manifest = pack.read(packs.MANIFEST, _LONGEST_LIST)
        listed = packs.files_in(manifest)
    except (KeyError, ValueError) as error:
        found.differs(packs.MANIFEST, f"没有或者读不懂：{error}", f"missing or unreadable: {error}")
        return None
    return {f.path: f for f in listed}


def _hashes(pack: ZipReader, files: Mapping[str, PackedFile], found: Checked) -> None:
    """Compare every file with the manifest: what changed, what is gone, what came in beside."""
    for file in files.values():
        found.files += 1
        try:
            sha256, size = pack.digest(file.path, file.bytes)
        except KeyError:
            found.differs(file.path, "清单里有，包里没有", "listed, and not in the pack")
            continue
        except NotAZip as error:
            found.differs(file.path, f"文件损坏：{error}", f"damaged: {error}")
            continue
        if (sha256, size) != (file.sha256, file.bytes):
            found.differs(
                file.path,
                f"被改过：指纹应为 {file.sha256}，实为 {sha256}",
                f"changed: its hash should be {file.sha256} and is {sha256}",
            )
    for path in sorted({p for p in pack.paths if pack.paths.count(p) > 1}):
        found.differs(path, "包里有两份", "in the pack twice")
    for path in sorted(set(pack.paths) - files.keys() - packs.UNLISTED):
        found.differs(path, "清单里没有", "not in the list")
    digest, _ = pack.digest(packs.MANIFEST, _LONGEST_LIST)
    try:
        same = pack.read(packs.SUMS, _LONGEST_LIST) == packs.sums_of(files.values(), digest)
    except (KeyError, NotAZip):
        same = False
    if not same:
        found.differs(packs.SUMS, "和清单不一致", "does not agree with the manifest")


def _own_key(pack: ZipReader, found: Checked) -> Verifier | None:
    try:
        return signing.verifier_of(pack.read(packs.KEY, 1000).decode("ascii").strip())
    except (KeyError, ValueError) as error:
        found.differs(packs.KEY, f"公钥不能用：{error}", f"the key cannot be used: {error}")
        return None


def _seal(pack: ZipReader, key: Verifier, found: Checked) -> None:
    found.signatures += 1
    try:
        text, _ = signing.open_note(pack.read(packs.SEAL, 4000).decode(), [key])
    except (KeyError, ValueError) as error:
        found.differs(packs.SEAL, f"签名不对：{error}", f"the signature does not fit: {error}")
        return
    digest, _ = pack.digest(packs.MANIFEST, _LONGEST_LIST)
    if packs.sealed(text) != digest:
        found.differs(packs.MANIFEST, "和封签上的指纹不一致", "is not the manifest that was sealed")


def _record(
    pack: ZipReader, files: Mapping[str, PackedFile], key: Verifier | None, found: Checked
) -> None:
    """Work out again what the documents say: content hashes, receipts, verdicts."""

    def document(path: str) -> Any:
        return json.loads(pack.read(path, files[path].bytes))

    made_at = datetime.fromisoformat(document("pack.json")["made_at"])
    rules = document("rules.json")
    notices = {}
    for path in sorted(p for p in files if p.startswith("notices/")):
        notice = document(path)
        notices[notice["id"]] = notice
        for edition in notice["editions"]:
            _edition(pack, files, notice, edition, rules[notice["rule"]]["grace_hours"], key, found)
    for owed in document("obligations.json"):
        editions = notices.get(owed["notice"], {"editions": []})["editions"]
        again = packs.verdict_again(owed, editions, rules[owed["rule"]]["grace_hours"], made_at)
        if again is None:
            continue
        found.verdicts += 1
        if (again.state, again.late_days) != (owed["state"], owed["late_days"]):
            named = f"{owed['division']} {owed['category']} {owed['period']}"
            found.differs(
                "obligations.json",
                f"{named}：写的是 {owed['state']} {owed['late_days']}，重算是 {again.state} {again.late_days}",
                f"{named}: says {owed['state']} {owed['late_days']}, worked out {again.state} {again.late_days}",
            )


def _edition(
    pack: ZipReader,
    files: Mapping[str, PackedFile],
    notice: Mapping[str, Any],
    edition: Mapping[str, Any],
    grace_hours: int,
    key: Verifier | None,
    found: Checked,
) -> None:
    here, path = f"notices/{notice['id']}.json", edition["file"]
    if edition["whole"]:
        found.contents += 1
        digest, _ = pack.digest(path, files[path].bytes)
        if f"sha256:{digest}" != edition["content_hash"]:
            found.differs(
                path,
                f"内容的指纹应为 {edition['content_hash']}，实为 sha256:{digest}",
                f"its content hash should be {edition['content_hash']} and is sha256:{digest}",
            )
    else:
        found.withheld += 1
    judged = packs.stamp(packs.edition_judged_at(edition, grace_hours))
    if judged != edition["judged_at"]:
        found.differs(
            here,
            f"判定时刻写的是 {edition['judged_at']}，重算是 {judged}",
            f"says it is judged by {edition['judged_at']}; worked out: {judged}",
        )
    for receipt in edition["receipts"]:
        _receipt(pack, files, receipt, notice, edition, key, found)


def _receipt(
    pack: ZipReader,
    files: Mapping[str, PackedFile],
    path: str,
    notice: Mapping[str, Any],
    edition: Mapping[str, Any],
    key: Verifier | None,
    found: Checked,
) -> None:
    if key is None:
        return
    found.signatures += 1
    try:
        text, _ = signing.open_note(pack.read(path, files[path].bytes).decode(), [key])
        receipt = receipts.receipt_in(text)
    except (NoteNotValid, receipts.NotAReceipt, UnicodeDecodeError) as error:
        found.differs(path, f"签名不对：{error}", f"the signature does not fit: {error}")
        return
    moment = "received_at" if receipt.kind == "submission" else "committed_at"
    said = (receipt.id, receipt.content_hash, receipt.division, packs.stamp(receipt.received_at))
    told = (edition["id"], edition["content_hash"], notice["division"], edition[moment])
    # A registration that came without its content in time judges nothing, and the edition does not name it.
    lapsed = receipt.kind == "commitment" and edition["committed_at"] is None
    if said != told and not (lapsed and said[:3] == told[:3]):
        found.differs(
            path, "回执说的和这一版不一致", "the receipt does not say what the edition says"
        )
