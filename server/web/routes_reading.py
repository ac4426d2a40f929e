"""The part of the list that anybody may read: divisions, villages, disclosures, categories, photos, pages."""

from __future__ import annotations

from server.external.poster_pdf import MEDIA_TYPE as PDF
from server.external.share_card import MEDIA_TYPE as PNG
from server.external.spreadsheets import MEDIA_TYPE as XLSX
from server.problems import Say
from server.queries.division_tree import DivisionList, DivisionPage
from server.queries.edition_difference import EditionDifference
from server.queries.past_disclosures import PastDisclosures
from server.queries.search_disclosures import SearchPage
from server.queries.village_page import VillagePage
from server.rules.disclosure_pages import DisclosurePage
from server.web import (
    calendar_document,
    categories,
    disclosures,
    divisions,
    open_data,
    photos,
    posters,
    reading,
    search,
    share_cards,
    site_map,
    spreadsheets,
    subscriptions,
    villages,
)
from server.web.asking import ANYONE, Endpoint, Handler

API = "/api/v1"
ENDED = ("not-found", "notice-ended", "notice-no-longer-public")
EDITION = (*ENDED, "edition-no-longer-public")


def _read(
    path: str,
    handler: Handler,
    zh: str,
    en: str,
    *,
    answer: object = None,
    query: object = None,
    tag: str,
    media_type: str = "application/json",
    raises: tuple[str, ...] = ("not-found",),
) -> Endpoint:
    return Endpoint(
        method="GET",
        path=f"{API}{path}",
        handler=handler,
        who=ANYONE,
        summary=Say(zh, en),
        answer=answer,
        query=query,
        tag=tag,
        raises=raises,
        conditional=True,
        media_type=media_type,
    )


def _page(
    path: str,
    handler: Handler,
    zh: str,
    en: str,
    *,
    query: object = reading.PageQuery,
    raises: tuple[str, ...] = (),
    media_type: str = "text/html",
) -> Endpoint:
    return Endpoint(
        method="GET",
        path=path,
        handler=handler,
        who=ANYONE,
        summary=Say(zh, en),
        query=query,
        raises=raises,
        conditional=True,
        media_type=media_type,
    )


def _list(path: str, handler: Handler, zh: str, en: str, media_type: str) -> Endpoint:
    return Endpoint(
        method="GET",
        path=path,
        handler=handler,
        who=ANYONE,
        summary=Say(zh, en),
        conditional=True,
        media_type=media_type,
    )


def _picture(path: str, handler: Handler, zh: str, en: str, media_type: str = PNG) -> Endpoint:
    return _page(path, handler, zh, en, raises=ENDED, media_type=media_type)


READING: list[Endpoint] = [
    _read("/divisions", divisions.list_divisions, "查区划：名称或拼音首字母", "Search divisions by name or initials",
          answer=DivisionList, query=divisions.DivisionQuery, tag="divisions"),
    _read("/divisions/{code}", divisions.get_division, "一个区划和它的下级", "A division and those below it",
          answer=DivisionPage, tag="divisions"),
    _read("/villages/{code}", villages.get_village, "村的首页", "A village's first screen",
          answer=VillagePage, tag="reading", raises=("not-found", "village-closed")),
    _read("/villages/{code}/disclosures", villages.list_disclosures, "村的全部公开", "Everything a village posted",
          answer=PastDisclosures, query=villages.PastQuery, tag="reading"),
    _read("/disclosures/{id}", disclosures.get_disclosure, "一项公开", "One disclosure",
          answer=DisclosurePage, query=disclosures.EditionQuery, tag="reading", raises=EDITION),
    _read("/disclosures/{id}/sheet.xlsx", disclosures.get_sheet_xlsx, "一项公开的表格文件", "A disclosure as a workbook",
          query=disclosures.EditionQuery, tag="reading", media_type=XLSX, raises=EDITION),
    _read("/disclosures/{id}/editions", disclosures.list_editions, "各版次", "Every edition",
          answer=disclosures.EditionsAnswer, tag="reading", raises=ENDED),
    _read("/disclosures/{id}/difference", disclosures.get_difference, "两版的差别", "What changed between two editions",
          answer=EditionDifference, query=disclosures.DifferenceQuery, tag="reading"),
    _read("/search", search.find, "在公开的内容里搜索", "Search what was made public",
          answer=SearchPage, query=search.SearchQuery, tag="reading",
          raises=("search-too-short", "search-too-long", "too-many-searches")),
    _read("/categories", categories.list_categories, "公开事项类别", "Categories",
          answer=categories.CategoryList, query=categories.CategoryQuery, tag="categories"),
    _read("/categories/{key}", categories.get_category, "一个类别和它的表", "A category and its form",
          answer=categories.CategoryPage, tag="categories"),
    _read("/categories/{key}/template.xlsx", spreadsheets.get_template, "一类事项的表格模板", "A category's template",
          tag="categories", media_type=XLSX),
    _read("/photos/{sha256}/{name}", photos.get_photo, "一张照片的公开副本", "A public copy of a photo",
          tag="photos", media_type="image/webp"),
    _read("/open-data/{code}/feed.atom", subscriptions.get_atom_feed, "订阅：最新公开（Atom）", "Subscribe: the newest (Atom)",
          query=subscriptions.FeedQuery, tag="open-data", media_type=subscriptions.ATOM),
    _read("/open-data/{code}/feed.json", subscriptions.get_json_feed, "订阅：最新公开（JSON Feed）",
          "Subscribe: the newest (JSON Feed)", query=subscriptions.FeedQuery, tag="open-data",
          media_type=subscriptions.JSON_FEED),
    _read("/open-data/{code}/due.ics", subscriptions.get_due_calendar, "日历：什么时候该公开什么",
          "Calendar: what falls due when", tag="open-data", media_type=calendar_document.MEDIA_TYPE),
    _read("/open-data/{code}/{table}.csv", open_data.get_table_csv, "开放数据：一张表（CSV）", "Open data: one table (CSV)",
          query=open_data.DataQuery, tag="open-data", media_type=open_data.CSV),
    _read("/open-data/{code}/tables.json", open_data.get_tables_json, "开放数据（JSON）", "Open data (JSON)",
          query=open_data.DataQuery, tag="open-data"),
    _read("/open-data/{code}/tables.xlsx", open_data.get_tables_xlsx, "开放数据（表格文件）", "Open data (workbook)",
          query=open_data.DataQuery, tag="open-data", media_type=XLSX,
          raises=("not-found", "too-long-for-a-workbook")),
    _read("/open-data/{code}/package.zip", open_data.get_data_package, "开放数据（Frictionless 数据包）",
          "Open data (Frictionless data package)", query=open_data.DataQuery, tag="open-data",
          media_type=open_data.ZIP),
]  # fmt: skip

PAGES: list[Endpoint] = [
    _page("/", reading.choose, "选择村", "Choose a village", query=reading.ChoosePage),
    _page("/v/{code}", reading.village, "村的首页", "A village's first screen"),
    _page(
        "/v/{code}/past",
        reading.past,
        "往期",
        "Everything a village posted",
        query=reading.PastPage,
    ),
    _page("/v/{code}/data", reading.data, "订阅和数据下载", "Feeds, calendars and files"),
    _page("/search", search.page, "搜索", "Search", query=search.SearchAddress),
    _page("/d/{id}", reading.disclosure, "一项公开", "One disclosure", query=reading.EditionPage),
    _page("/d/{id}/editions", reading.editions, "各版次", "Every edition"),
    _page("/d/{id}/plan", reading.plan, "和年度计划比", "Beside the year's plan"),
    _page(
        "/d/{id}/poster",
        posters.poster,
        "打印张贴版",
        "The sheet for the wall",
        query=posters.PosterQuery,
        raises=ENDED,
    ),
    _page(
        "/d/{id}/poster.pdf",
        posters.get_poster_pdf,
        "打印张贴版（PDF）",
        "The sheet for the wall, as a PDF",
        query=posters.PosterQuery,
        media_type=PDF,
        raises=(*ENDED, "no-chinese-font"),
    ),
    _picture(
        "/v/{code}/card.png",
        share_cards.village_card,
        "转发时的配图：村",
        "The picture of a shared village",
    ),
    _picture(
        "/d/{id}/card.png",
        share_cards.disclosure_card,
        "转发时的配图：一项公开",
        "The picture of a shared notice",
    ),
    _picture(
        "/d/{id}/code.svg",
        share_cards.disclosure_code,
        "一项公开的二维码",
        "The code that leads to a notice",
        media_type="image/svg+xml",
    ),
    _page(
        "/d/{id}/difference",
        reading.difference,
        "两版的差别",
        "What changed",
        query=reading.DifferencePage,
    ),
    _page("/C/{place}", reading.board, "公开栏二维码", "The code on a board"),
    _page("/c/{place}", reading.board, "公开栏二维码", "The code on a board"),
    _page("/S/{short}", reading.short, "永久短网址", "A permanent short link", raises=ENDED),
    _page("/s/{short}", reading.short, "永久短网址", "A permanent short link", raises=ENDED),
    _list(
        "/robots.txt",
        site_map.robots,
        "搜索引擎可以读什么",
        "What search engines may read",
        site_map.TEXT,
    ),
    _list("/sitemap.xml", site_map.site_map, "网址清单", "The lists of addresses", site_map.XML),
    _list(
        "/sitemap-{part}.xml",
        site_map.part_of_site_map,
        "一份网址清单",
        "One list of addresses",
        site_map.XML,
    ),
    _page("/offline", reading.offline, "没有网络", "No network"),
    _page("/app", reading.staff, "工作人员", "Staff"),
    _page("/app/{rest:path}", reading.staff, "工作人员", "Staff"),
    _page("/kiosk", reading.kiosk, "查询点", "Query point"),
]
