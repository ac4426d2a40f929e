"""The desk's lists that come whole as files for a spreadsheet: warnings, findings, looks, notices, categories in use."""

from __future__ import annotations

from server.rules.periods import SHANGHAI
from server.rules.places import name_in
from server.rules.values import Text
from server.web.asking import Answer, Ask
from server.web.cross_lists import get_cross_lists
from server.web.inquiry_handling import looks
from server.web.listing import every_line, list_file
from server.web.overview import get_hollow, get_warnings
from server.web.putting_to_use import list_uses
from server.web.site_notices import SiteNoticeQuery, site_notices_from

_CODE = Text("区划代码", "Division code")
_PLACE = Text("地方", "Place")
_WHAT = Text("事项", "Notice")
_WARNINGS = (
    *(_CODE, _PLACE, Text("预警", "Colour"), _WHAT, Text("应公开日期", "Due on")),
    *(
        Text("超期天数", "Days late"),
        Text("一年内没按时的次数", "Missed of late"),
        Text("该谁办", "For"),
    ),
)
_HOLLOW = (_CODE, _PLACE, _WHAT, Text("看什么", "What to look at"))
_CROSS = (
    *(_CODE, _PLACE, Text("看什么", "What to look at"), Text("涉及的公开", "Notices")),
    *(Text("怎么看的", "Judged"), Text("说明", "In words"), Text("谁", "By")),
    Text("时间（北京时间）", "Time (UTC+8)"),
)
_LOOKS = (
    *(
        Text("时间（北京时间）", "Time (UTC+8)"),
        Text("谁", "Who"),
        Text("身份", "Role"),
        _CODE,
        _PLACE,
    ),
    Text("提问编号", "Number of the question"),
)
_NOTICES = (
    *(_CODE, _PLACE, Text("标题", "Title"), Text("内容", "Text"), Text("给谁看", "For whom")),
    *(
        Text("状态", "State"),
        Text("从（北京时间）", "From (UTC+8)"),
        Text("到（北京时间）", "Until (UTC+8)"),
    ),
    *(Text("谁写的", "By"), Text("写的时间（北京时间）", "Written at (UTC+8)")),
)
_USES = (
    *(Text("代号", "Key"), Text("事项", "Category"), Text("启用", "In use"), Text("从", "Since")),
    *(
        Text("什么时候变", "Changes on"),
        Text("多久一次", "How often"),
        Text("什么时候到期", "When it is due"),
    ),
    *(Text("公示多久", "How long it stays up"), Text("几个村", "Villages")),
)
_LEVELS = {
    "red": Text("红色", "red"),
    "yellow": Text("黄色", "yellow"),
    "prompt": Text("提示", "prompt"),
}
_OFFICES = {
    "village": Text("村里办", "the village"),
    "township": Text("乡镇督办", "the township"),
    "county": Text("县里督办", "the county"),
}
_DECISIONS = {"fine": Text("没有问题", "fine"), "ordered": Text("已开整改单", "ordered")}
_YES, _NO = Text("是", "yes"), Text("否", "no")


async def get_warnings_csv(ask: Ask) -> Answer:
    """What nobody has answered, as a file."""
    rows = [
        (
            *(one.division, name_in(one.village, ask.lang), _LEVELS[one.level].pick(ask.lang)),
            *(one.title, one.due_on, one.days, one.missed, _OFFICES[one.goes_to].pick(ask.lang)),
        )
        for one in (await get_warnings(ask)).items
    ]
    return list_file(ask, "warnings", _WARNINGS, rows)


async def get_hollow_csv(ask: Ask) -> Answer:
    """What was published in time and tells little, as a file: a row each thing to look at."""
    rows = [
        (one.division, name_in(one.village, ask.lang), one.title, finding.text.pick(ask.lang))
        for one in (await get_hollow(ask)).items
        for finding in one.findings
    ]
    return list_file(ask, "hollow", _HOLLOW, rows)


async def get_cross_lists_csv(ask: Ask) -> Answer:
    """What lists say beside each other, as a file, with what was said of it."""
    apart = "; " if ask.lang.startswith("en") else "；"
    rows: list[tuple[object, ...]] = []
    for one in (await get_cross_lists(ask)).items:
        said = one.judgement
        rows.append(
            (
                *(one.division, name_in(one.village, ask.lang), one.text.pick(ask.lang)),
                apart.join(notice.title for notice in one.notices),
                *(
                    (_DECISIONS[said.decision].pick(ask.lang), said.words, said.by_name)
                    if said
                    else ("", "", "")
                ),
                f"{said.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}" if said else "",
            )
        )
    return list_file(ask, "cross-lists", _CROSS, rows)


async def get_looks_csv(ask: Ask) -> Answer:
    """Who looked at contacts in my area in the last year, as a file; nothing of what was seen."""
    rows = [
        (
            f"{one.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}",
            *(one.name, one.role.pick(ask.lang) if one.role else "", one.division),
            *(name_in(one.division_name, ask.lang), one.number),
        )
        for one in (await looks(ask)).items
    ]
    return list_file(ask, "contact-looks", _LOOKS, rows)


async def get_site_notices_csv(ask: Ask) -> Answer:
    """What offices wrote for my area, below it and above it, as a file."""
    query: SiteNoticeQuery = ask.query
    rows = await every_line(
        lambda cursor: site_notices_from(ask, query, cursor),
        lambda page: [
            (
                *(one.division, name_in(one.division_name, ask.lang), one.title, one.text),
                *(one.audience_name.pick(ask.lang), one.state_name.pick(ask.lang)),
                f"{one.from_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}",
                f"{one.until_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}",
                *(one.written_by_name, f"{one.written_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}"),
            )
            for one in page.items
        ],
    )
    return list_file(ask, "site-notices", _NOTICES, rows)


async def get_uses_csv(ask: Ask) -> Answer:
    """How every category stands in my area, as a file."""
    rows = [
        (
            *(one.key, one.name.pick(ask.lang), (_YES if one.use.in_use else _NO).pick(ask.lang)),
            *(one.use.since or "", one.use.next_on or "", one.often.pick(ask.lang)),
            *(one.due.pick(ask.lang), one.display.pick(ask.lang), one.villages),
        )
        for one in (await list_uses(ask)).items
    ]
    return list_file(ask, "categories-in-use", _USES, rows)
