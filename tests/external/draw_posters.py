"""Draw the golden pictures of posters again: `python -m tests.external.draw_posters`. Look at them before they are kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
from PIL import Image

from server.external.poster_pdf import paint
from server.rules.cards import Figure
from server.rules.values import Text
from server.web.page_words import Words
from server.web.poster_layout import Poster, document_of
from tests.paper import OPENED, example, page_of, poster, roster, with_figures

GOLDEN = Path(__file__).parent / "golden"
FONTS = Path("/usr/share/fonts")
WIDTH = 620


def _accounts() -> Poster:
    page = page_of("finance_quarterly", example("finance_quarterly", "2026-q3"))
    figures = (
        Figure(Text("收入", "Income"), 4791241),
        Figure(Text("支出", "Expense"), 3643250),
        Figure(Text("期末余额", "Closing"), 11171209),
    )
    return poster(with_figures(page, figures=figures), "a3")


PICTURES: dict[str, tuple[Callable[[], Poster], int]] = {
    "accounts-a3": (_accounts, 0),
    "relief-a4": (lambda: poster(page_of("dibao_preliminary", roster(40))), 1),
    "roster-a3-landscape": (
        lambda: poster(
            page_of("dibao_roster", example("dibao_roster", "2026-q3")), "a3", "landscape"
        ),
        0,
    ),
}


def picture(name: str) -> Image.Image:
    """Return one sheet of a poster as grey dots, as wide as all of them."""
    make, sheet = PICTURES[name]
    page = pypdfium2.PdfDocument(paint(document_of(make(), Words("zh", OPENED)), FONTS))[sheet]
    drawn: Image.Image = page.render(scale=WIDTH / page.get_size()[0]).to_pil().convert("L")
    return drawn


if __name__ == "__main__":
    for each in PICTURES:
        picture(each).quantize(16).save(GOLDEN / f"{each}.png", optimize=True)
