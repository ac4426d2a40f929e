"""Every public address, taken from the list of routes: what one of them shows, villagers can read.

A new public route appears here by itself; one with a new kind of parameter fails until its values are given.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from itertools import product

import httpx
import pypdfium2

from server.external.poster_pdf import MEDIA_TYPE as PDF
from server.external.spreadsheets import MEDIA_TYPE
from server.rules.cards import short_code
from server.rules.open_data import TABLES
from server.rules.short_links import notice_signs, sheet_signs
from server.rules.throttling import SEARCHES
from server.web.asking import ANYONE
from server.web.open_data import ZIP
from server.web.pace import Pace
from server.web.routes import ENDPOINTS
from tests.cast import COUNTY, TOWNSHIP, VILLAGE_A, Hall

# They say nothing about any village, and take long or are new each time: the description of the API, empty templates,
# a challenge. Pictures to share have no text to search: tests/web/test_share_cards.py looks when there is one.
_NOTHING_TO_READ = (
    *("/v/{code}/card.png", "/d/{id}/card.png"),
    *("/api", "/api/openapi.json", "/problems", "/problems/{slug}", "/api/v1/challenge"),
    "/api/v1/categories/{key}/template.xlsx",
)

_BY_EDITION = ("/d/{id}", "/api/v1/disclosures/{id}", "/api/v1/disclosures/{id}/sheet.xlsx")

# Words that the stories' notices hold.
_SEARCHED = ("财务收支", "附注", "附注印记", "低保")


def addresses(disclosure: str, photos: Sequence[str] = (), editions: int = 1) -> Iterator[str]:
    """Yield every public address that could show a disclosure, its editions or its photos."""
    notice = notice_signs(disclosure)
    values: dict[str, Sequence[str]] = {
        "id": (disclosure,),
        "code": (VILLAGE_A, TOWNSHIP, COUNTY),
        "sha256": photos,
        "name": [f"{size}.{kind}" for size in (320, 960, 1920) for kind in ("webp", "jpg")],
        "key": ("finance_quarterly", "dibao_preliminary"),
        "place": (VILLAGE_A, short_code(disclosure)),
        "short": (notice, *(sheet_signs(notice, n, "") for n in range(1, editions + 1))),
        "rest": ("tasks",),
        "table": TABLES,
        "part": ("villages-1", "notices-1"),
        "follow": ("nobodys-private-link-0",),
        "device": ("0" * 64,),
        "photo": ("1",),
        "rank": ("1",),
        "circular": ("bulletin",),
        "slip": ("register",),
        "ticket": (f"{disclosure}.{'0' * 32}",),
    }
    for endpoint in ENDPOINTS:
        if endpoint.method != "GET" or endpoint.who != ANYONE or endpoint.path in _NOTHING_TO_READ:
            continue
        names = re.findall(r"{(\w+)(?::path)?}", endpoint.path)
        for chosen in product(*(values[name] for name in names)):
            address = endpoint.path
            for name, value in zip(names, chosen, strict=True):
                address = re.sub(rf"{{{name}(?::path)?}}", value, address, count=1)
            if endpoint.path.endswith("/search"):
                yield from (f"{address}?q={q}" for q in _SEARCHED)
            elif not endpoint.path.endswith(("/difference", "/draws")):
                yield address
            if endpoint.path in _BY_EDITION:
                yield from (f"{address}?edition={n}" for n in range(1, editions + 1))
            if endpoint.path.endswith("/difference"):
                pairs = product(range(1, editions + 1), repeat=2)
                yield from (f"{address}?before={a}&after={b}" for a, b in pairs if a < b)
            if endpoint.path == "/api/v1/draws":
                yield f"{address}?division={TOWNSHIP}"
            if endpoint.path == "/api/v1/villages/{code}/disclosures":
                yield f"{address}?category=dibao_preliminary"
            if "/feed." in endpoint.path:
                yield from (f"{address}?category={key}" for key in values["key"])
            if endpoint.path == "/api/v1/divisions":
                yield from (f"{address}?parent={TOWNSHIP}", f"{address}?q=红河")


async def answers(
    hall: Hall, disclosure: str, photos: Sequence[str] = (), editions: int = 1
) -> dict[str, httpx.Response]:
    """Return what a visitor is answered now at every public address; nothing may fail."""
    hall.house.searches = Pace(SEARCHES)  # these stories search more than a village does
    visitor = hall.visitor()
    found = {a: _readable(await visitor.get(a)) for a in addresses(disclosure, photos, editions)}
    for address, answer in found.items():
        assert answer.status_code in (200, 303, 404, 410), (address, answer.text)
    return found


def _readable(answer: httpx.Response) -> httpx.Response:
    """Return an answer whose text can be searched: a workbook's or a package's parts, a PDF's text, or as it is."""
    if answer.headers.get("content-type") == PDF:
        with pypdfium2.PdfDocument(answer.content) as sheets:
            text = "\n".join(sheet.get_textpage().get_text_range() for sheet in sheets)
        return httpx.Response(200, text=text)
    if answer.headers.get("content-type") not in (MEDIA_TYPE, ZIP):
        return answer
    with zipfile.ZipFile(io.BytesIO(answer.content)) as package:
        text = "\n".join(package.read(name).decode() for name in package.namelist())
    return httpx.Response(answer.status_code, text=text)


def showing(found: dict[str, httpx.Response], text: str) -> list[str]:
    """Return the addresses whose answer contains a text."""
    return [address for address, answer in found.items() if text in answer.text]
