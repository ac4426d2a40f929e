"""Photos: in pieces that resume (tus 1.0) beside one plain PUT; what a break at half costs, and what resuming costs.

`python -m bench.uploads` measures and prints this alone, in about half a minute.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import io
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import httpx
from PIL import Image

from bench.alone import start_alone, with_cast
from bench.processes import pin_load
from bench.rounds import ratio
from tests.cast import PASSWORD, START, VILLAGE_A, ZHANG_SAN
from tests.simulators.proxy import Fault, first, proxied

WAYS = ("put", "tus")
NAMES = {"put": "one plain PUT", "tus": "tus: POST, then one PATCH"}
TUS = {"Tus-Resumable": "1.0.0"}


@dataclass(slots=True)
class Uploaded:
    """Photos a second round by round, for new ones and for ones on record; bytes that a break at half sent again."""

    size: int
    fresh: dict[str, list[float]] = field(default_factory=lambda: {way: [] for way in WAYS})
    known: dict[str, list[float]] = field(default_factory=lambda: {way: [] for way in WAYS})
    again: dict[str, int] = field(default_factory=dict)


def measure_uploads(folder: Path, *, rounds: int = 5, each: int = 4) -> Uploaded:
    """Return what was measured on a server of its own; every second round runs backwards."""
    url = f"sqlite://{folder / 'uploads.db'}"
    asyncio.run(with_cast(url, START))
    server = start_alone(url, folder, "uploads")
    base = _photo()
    seen = Uploaded(len(base))
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{server.port}", trust_env=False) as phone:
            body = {"login": ZHANG_SAN.login, "password": PASSWORD}
            phone.post("/api/v1/sessions", json=body).raise_for_status()
            for way in WAYS:
                _sent(way, phone, _another(base, 0))
            for number in range(rounds):
                for way in WAYS[:: -1 if number % 2 else 1]:
                    photos = [_another(base, hash((way, number, n))) for n in range(each)]
                    seen.fresh[way].append(_rate(way, phone, photos))
                    seen.known[way].append(_rate(way, phone, photos))
            for way in WAYS:
                seen.again[way] = _again(way, phone, server.port, _another(base, hash(way)))
    finally:
        server.stop()
    return seen


def uploads_table(seen: Uploaded) -> str:
    """Return the results as Markdown."""
    lines = [
        "| who sends | new photos/s | ÷ PUT | photos on record/s | ÷ PUT | bytes sent again after a break at half |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for way in WAYS:
        cells = [
            NAMES[way],
            f"{median(seen.fresh[way]):.1f}",
            str(ratio(seen.fresh[way], seen.fresh["put"])),
            f"{median(seen.known[way]):.0f}",
            str(ratio(seen.known[way], seen.known["put"])),
            f"{seen.again[way]:,}",
        ]
        lines.append("| " + " | ".join(cells) + " |")
    lines.append(
        f"\nPhotos of {seen.size:,} bytes, one client, one after the other. Of a new photo six copies are made; "
        "of one on record only the bytes are received, hashed and looked up."
    )
    return "\n".join(lines)


def _photo() -> bytes:
    out = io.BytesIO()
    noise = Image.effect_noise((480, 360), 40).resize((1920, 1440))
    Image.merge("RGB", (noise, noise, noise)).save(out, "JPEG", quality=85)
    return out.getvalue()


def _another(photo: bytes, number: int) -> bytes:
    """Return the same picture with another hash: what follows the end of a JPEG is not looked at."""
    return photo + number.to_bytes(8, "big", signed=True)


def _rate(way: str, phone: httpx.Client, photos: list[bytes]) -> float:
    started = time.perf_counter()
    for photo in photos:
        _sent(way, phone, photo)
    return len(photos) / (time.perf_counter() - started)


def _sent(way: str, phone: httpx.Client, photo: bytes) -> None:
    """Send a photo, and go on until it is there, as a phone does."""
    sha256 = hashlib.sha256(photo).hexdigest()
    while True:
        try:
            if way == "put":
                answer = phone.put(
                    f"/api/v1/photos/{sha256}?division={VILLAGE_A}", content=photo, timeout=60
                )
                answer.raise_for_status()
            else:
                _in_pieces(phone, photo, sha256)
        except httpx.TransportError:
            continue
        return


def _in_pieces(phone: httpx.Client, photo: bytes, sha256: str) -> None:
    metadata = f"sha256 {_b64(sha256)},division {_b64(VILLAGE_A)}"
    begun = phone.post(
        "/api/v1/uploads",
        headers={**TUS, "Upload-Length": str(len(photo)), "Upload-Metadata": metadata},
    )
    address = begun.raise_for_status().headers["location"]
    at = 0
    while at < len(photo):
        headers = {
            **TUS,
            "Upload-Offset": str(at),
            "Content-Type": "application/offset+octet-stream",
        }
        try:
            answer = phone.patch(address, content=photo[at:], headers=headers, timeout=60)
        except httpx.TransportError:
            answer = phone.head(address, headers=TUS)
        at = int(answer.raise_for_status().headers["upload-offset"])


def _again(way: str, phone: httpx.Client, port: int, photo: bytes) -> int:
    method = {"put": "PUT", "tus": "PATCH"}[way]
    weather = first(method, Fault("cut", 0.5))
    with proxied(port, weather) as network:
        cookies = {"gsl_session": phone.cookies["gsl_session"]}
        with httpx.Client(base_url=network.address, cookies=cookies, trust_env=False) as far:
            _sent(way, far, photo)
        return network.bytes_of(method) - len(photo)


def _b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


if __name__ == "__main__":
    pin_load()
    with tempfile.TemporaryDirectory(prefix="gongshilan-bench-") as place:
        print(uploads_table(measure_uploads(Path(place))))
