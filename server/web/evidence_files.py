"""An evidence pack as a file: what was gathered, listed by hash, sealed, and carried by a page that opens offline."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import zipfile
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import anyio.to_thread

from server import problems
from server.external.signing import Signer
from server.problems import Say
from server.queries.evidence_pack import Document
from server.rules import evidence_packs as packs
from server.rules.evidence_packs import PackedFile
from server.rules.periods import SHANGHAI
from server.rules.values import Text
from server.web.open_data_files import appending
from server.web.spool import Spool

SCRIPT = "evidence.js"
"""What the front end's build calls the page's script: one file, because a page from a folder may load no other."""
TITLE = Text("村务公开证据包", "Evidence pack")
_STILL = Text(
    "这一页要由脚本显示。没有脚本时，请直接看旁边的文件：notices 里是公开事项，editions 里是各版内容，"
    "用 sha256sum -c SHA256SUMS 核对。",
    "This page is shown by a script. Without one, read the files beside it: notices/ and editions/, "
    "and check them with sha256sum -c SHA256SUMS.",
)
_STORED = (".jpg",)
_MB = 1024 * 1024


async def pack_file(
    documents: AsyncIterator[Document], *, signer: Signer, now: datetime, dist: Path
) -> Spool:
    """Return a pack as a zip file, made whole on the disk. Raises too_many_for_a_pack when its bytes are too many."""
    script = await anyio.to_thread.run_sync(_script, dist)
    whole, shown = Spool(), Spool()
    made = _Pack(whole, now)
    size = 0
    try:
        shown.write(b"{")
        first = True
        async for document in documents:
            size += len(document.data)
            _refuse_too_large(size)
            await anyio.to_thread.run_sync(made.add, document.path, document.data)
            if document.shown:
                shown.write(b"" if first else b",")
                shown.write(_quoted(document.path) + b":" + _quoted(document.data.decode()))
                first = False
        shown.write(b"}")
        await anyio.to_thread.run_sync(_finish, made, shown, script, signer, now)
    except BaseException:
        made.close()
        whole.close()
        raise
    finally:
        shown.close()
    return whole


def _refuse_too_large(size: int) -> None:
    if size > packs.MOST_BYTES:
        # Rounded up: what is refused is said to be more than the limit.
        found, most = -(-size // _MB), packs.MOST_BYTES // _MB
        raise problems.too_many_for_a_pack(Say(" MB", "MB"), found, most)


class _Pack:
    """A zip file that grows; every file is of the moment the pack was made, so that the same pack is the same bytes."""

    def __init__(self, whole: Spool, now: datetime) -> None:
        self._zip = zipfile.ZipFile(appending(whole), "w", zipfile.ZIP_DEFLATED)
        self._at = now.astimezone(SHANGHAI).timetuple()[:6]
        self.files: list[PackedFile] = []

    def _info(self, path: str) -> zipfile.ZipInfo:
        info = zipfile.ZipInfo(path, self._at)
        info.compress_type = zipfile.ZIP_STORED if path.endswith(_STORED) else zipfile.ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        return info

    def add(self, path: str, data: bytes, *, listed: bool = True) -> str:
        """Add a file and return its hash."""
        digest = hashlib.sha256(data).hexdigest()
        self._zip.writestr(self._info(path), data)
        if listed:
            self.files.append(PackedFile(path, digest, len(data)))
        return digest

    def add_pieces(self, path: str, head: bytes, body: Spool, tail: bytes) -> None:
        """Add a file that is longer than anybody wants to hold."""
        digest, size = hashlib.sha256(), 0
        body.rewind()
        with self._zip.open(self._info(path), "w", force_zip64=True) as out:
            for piece in (head, *iter(body.read, b""), tail):
                digest.update(piece)
                size += len(piece)
                out.write(piece)
        self.files.append(PackedFile(path, digest.hexdigest(), size))

    def close(self) -> None:
        """Write the zip's own list."""
        self._zip.close()


def _finish(made: _Pack, shown: Spool, script: str, signer: Signer, now: datetime) -> None:
    sums = json.dumps({f.path: [f.sha256, f.bytes] for f in made.files})
    head, tail = _page(script, sums)
    made.add_pieces(packs.PAGE, head, shown, tail)
    digest = made.add(packs.MANIFEST, packs.manifest_of(made.files, now), listed=False)
    made.add(packs.SUMS, packs.sums_of(made.files, digest), listed=False)
    made.add(packs.SEAL, signer.sign(packs.seal_of(digest, now)).encode(), listed=False)
    made.close()


def _page(script: str, sums: str) -> tuple[bytes, bytes]:
    """Return what stands before and after the documents in index.html: nothing in it is loaded from anywhere."""
    hashed = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; script-src 'sha256-{hashed}'; style-src 'unsafe-inline'; "
        "img-src 'self' file:; base-uri 'none'; form-action 'none'"
    )
    still = "".join(f"<p>{html.escape(each)}</p>" for each in (_STILL.zh, _STILL.en))
    head = (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{html.escape(policy)}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{TITLE.zh} / {TITLE.en}</title></head><body>"
        f'<div id="pack">{still}</div>'
        f'<script type="application/json" id="sums">{sums}</script>'
        '<script type="application/json" id="documents">'
    )
    tail = f"</script><script>{script}</script></body></html>\n"
    return head.encode(), tail.encode()


def _script(dist: Path) -> str:
    """Return the page's script; '' where the front end was not built: then the page says how to go on without it."""
    path = dist / SCRIPT
    # Nothing in it may end the element in which it stands.
    return path.read_text("utf-8").strip().replace("</", "<\\/") if path.is_file() else ""


def _quoted(text: str) -> bytes:
    """Return a JSON text that can stand inside a script element: no '<' in it ends one."""
    return json.dumps(text, ensure_ascii=False).replace("<", "\\u003c").encode()
