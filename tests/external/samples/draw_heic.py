"""Draws upright.heic and turned.heic: real HEVC-coded files, with the metadata a phone writes.

    apt-get install libheif-examples
    python tests/external/samples/draw_heic.py

The files are committed, so nobody needs to run it to test. Both show the same drawing: red on the left, white on the
right, a green square in the upper left corner. `heif-enc` codes them from a JPEG and takes its metadata along: maker,
place, moment and, in turned.heic, an EXIF orientation of 6. What turns a HEIC is not EXIF but a box `irot` beside the
coded picture; phones write both, `heif-enc` does not, so it is put in here.
"""

from __future__ import annotations

import struct
import subprocess
import tempfile
from pathlib import Path

from PIL import Image

HERE = Path(__file__).parent
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><creator>ZHANG SAN AT HOME</creator></x:xmpmeta>'
# A quarter turn clockwise, counted the other way round.
QUARTER = 3
IROT = struct.pack(">I4sB", 9, b"irot", QUARTER)


def drawing() -> Image.Image:
    """Return the drawing, as the sensor of a phone held upright would see it or as it is to be seen."""
    made = Image.new("RGB", (160, 120), "white")
    made.paste("red", (0, 0, 80, 120))
    made.paste("green", (0, 0, 40, 40))
    return made


def metadata(orientation: int) -> Image.Exif:
    """Return what a phone writes beside the picture."""
    made = Image.Exif()
    made[0x010F] = "PHONE OF ZHANG SAN"
    made[0x0112] = orientation
    camera = made.get_ifd(0x8769)
    camera[0x9003], camera[0x9011] = "2026:10:09 08:30:00", "+08:00"
    place = made.get_ifd(0x8825)
    place[1], place[2] = "N", (35.0, 51.0, 12.0)
    return made


def coded(orientation: int) -> bytes:
    """Return the drawing as HEIC, by heif-enc."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "a.jpg"), Path(folder, "a.heic")
        drawing().save(source, quality=95, exif=metadata(orientation), xmp=XMP)
        subprocess.run(["heif-enc", "-q", "60", str(source), "-o", str(target)], check=True)
        return target.read_bytes()


def box(data: bytes, kind: bytes) -> int:
    """Return where the first box of a kind begins: its length, then its kind."""
    return data.index(kind) - 4


def turned(data: bytes) -> bytes:
    """Return the file with a quarter turn among the properties of its first item."""
    meta, iprp, ipco, ipma, iloc = (
        box(data, k) for k in (b"meta", b"iprp", b"ipco", b"ipma", b"iloc")
    )
    size = struct.unpack_from(">I", data, ipco)[0]
    at, properties = ipco + 8, 0
    while at < ipco + size:
        at, properties = at + struct.unpack_from(">I", data, at)[0], properties + 1
    # ipma: version and flags, number of items, then the first item's id and how many properties it has.
    assert data[ipma + 8 : ipma + 12] == bytes(4)
    count_at = ipma + 18
    made = bytearray(data)
    made[count_at] += 1
    made[count_at + 1 + data[count_at] : count_at + 1 + data[count_at]] = bytes(
        [0x80 | properties + 1]
    )
    made[ipco + size : ipco + size] = IROT
    for start, longer in ((meta, 10), (iprp, 10), (ipco, 9), (ipma + 9, 1)):
        struct.pack_into(">I", made, start, struct.unpack_from(">I", made, start)[0] + longer)
    # iloc stands before both, so it did not move: version 0, four bytes for every number.
    assert iloc < ipco
    assert data[iloc + 8 : iloc + 14] == b"\0\0\0\0\x44\x40"
    at = iloc + 16
    for _ in range(struct.unpack_from(">H", data, iloc + 14)[0]):
        # Its id, where it is stored, where it begins in the file, and one extent from there on.
        *_, begins, extents, offset = struct.unpack_from(">HHIHI", data, at)
        assert (extents, offset) == (1, 0)
        struct.pack_into(">I", made, at + 4, begins + len(IROT) + 1)
        at += 18
    return bytes(made)


if __name__ == "__main__":
    (HERE / "upright.heic").write_bytes(coded(1))
    (HERE / "turned.heic").write_bytes(turned(coded(6)))
