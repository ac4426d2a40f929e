"""Which codes may anyone sign in with on this demonstration?

A real installation keeps only hashes of codes. A demonstration has reusable ones, and whoever builds it
leaves them, readable, under the installation key `demo_codes`.
"""

from __future__ import annotations

import json

from msgspec import Struct
from msgspec.structs import replace

from server.rules.places import spoken_name
from server.storage import installation
from server.storage.database import Reader

KEY = "demo_codes"


class DemoCode(Struct, frozen=True):
    """A reusable code and the person of the cast who signs in with it."""

    code: str
    role: str
    name: str
    division: str
    division_name: str


async def demo_codes(db: Reader) -> list[DemoCode]:
    """Return the demonstration's codes, in the order its builder wrote them; none elsewhere."""
    written = await installation.get(db, KEY)
    codes = [DemoCode(**each) for each in json.loads(written or "[]")]
    return [replace(code, division_name=spoken_name(code.division_name)) for code in codes]
