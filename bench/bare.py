"""The floor of a page: what it says, as plain HTML without style and script."""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser

# What a reader never sees, with everything in it.
_UNSEEN = frozenset({"script", "style", "template", "noscript", "svg", "head"})
_KEPT = frozenset(
    {"href", "src", "alt", "width", "height", "colspan", "rowspan", "hidden", "open", "lang", "loading"}
)  # fmt: skip
_EMPTY = frozenset({"img", "br", "hr", "input", "meta", "link", "source", "wbr"})


def bare(page: str, origin: str) -> str:
    """Return a page's visible content as plain HTML; pictures are fetched from where the page came from."""
    parser = _Bare(origin)
    parser.feed(page)
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    return f"<!doctype html><html lang=zh-CN><head>{head}<title>·</title></head>{''.join(parser.said)}</html>"


class _Bare(HTMLParser):
    def __init__(self, origin: str) -> None:
        super().__init__(convert_charrefs=True)
        self.origin = origin
        self.said: list[str] = []
        self.within: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.within or tag in _UNSEEN:
            if tag not in _EMPTY:
                self.within.append(tag)
            return
        if tag in ("html", "link", "meta", "source"):
            return
        kept = "".join(self._kept(name, value) for name, value in attrs if name in _KEPT)
        self.said.append(f"<{tag}{kept}>")

    def _kept(self, name: str, value: str | None) -> str:
        if value is None:
            return f" {name}"
        address = self.origin + value if name == "src" and value.startswith("/") else value
        return f' {name}="{escape(address)}"'

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self.within and tag not in _UNSEEN:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self.within:
            if tag == self.within[-1]:
                self.within.pop()
            return
        if tag not in _EMPTY and tag != "html":
            self.said.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self.within:
            self.said.append(escape(data, quote=False))
