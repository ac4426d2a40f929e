"""What search engines ask for first: robots.txt, and the lists of addresses (sitemaps.org)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import cast
from xml.sax.saxutils import escape

from server.queries.site_map import Part, site_map_part, site_map_parts
from server.web.asking import Answer, Ask

XML, TEXT = "application/xml", "text/plain"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


async def robots(ask: Ask) -> Answer:
    """/robots.txt: public pages and open data may be read, work and the rest of the API not.

    Nothing of a demonstration: what is invented must not be found as a village's real accounts.
    """
    lines = ["User-agent: *"]
    if ask.house.demo:
        lines.append("Disallow: /")
    else:
        lines += ["Allow: /api/v1/open-data/", "Disallow: /app", "Disallow: /api"]
        lines.append("Disallow: /search")
        lines += ["", f"Sitemap: {ask.origin}/sitemap.xml"]
    return Answer("\n".join(lines) + "\n", media_type=f"{TEXT}; charset=utf-8")


async def site_map(ask: Ask) -> Answer:
    """/sitemap.xml: the parts of the list."""
    parts = await site_map_parts(ask.db, ask.now)
    rows = "".join(
        f"<sitemap><loc>{escape(ask.origin)}/sitemap-{part}-{number}.xml</loc></sitemap>\n"
        for part, number in parts
    )
    text = f'{_HEAD}<sitemapindex xmlns="{_NAMESPACE}">\n{rows}</sitemapindex>\n'
    return Answer(text, media_type=XML)


async def part_of_site_map(ask: Ask) -> Answer:
    """/sitemap-{part}.xml: the addresses of one part, and when each last changed."""
    name, _, number = ask.path["part"].partition("-")
    listed = await site_map_part(
        ask.db, book=ask.house.book, part=cast(Part, name), number=int(number), now=ask.now
    )
    rows = "".join(
        f"<url><loc>{escape(ask.origin + each.path)}</loc>{_changed(each.changed_at)}</url>\n"
        for each in listed
    )
    return Answer(f'{_HEAD}<urlset xmlns="{_NAMESPACE}">\n{rows}</urlset>\n', media_type=XML)


def _changed(moment: datetime | None) -> str:
    if moment is None:
        return ""
    return f"<lastmod>{moment.astimezone(UTC).strftime('%Y-%m-%dT%H:%M:%SZ')}</lastmod>"
