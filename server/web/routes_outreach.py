"""The part of the list for outreach: the ready texts of a notice, what was done, and whom it reached."""

from __future__ import annotations

from server.external.spreadsheets import MEDIA_TYPE as XLSX
from server.problems import Say
from server.queries.outreach_records import OutreachChoices, OutreachList, OutreachPage
from server.rules.outreach_coverage import Coverage
from server.web import list_files, outreach, outreach_texts
from server.web.asking import Endpoint
from server.web.listing import ListPageQuery, ListQuery

API = "/api/v1"
TAG = "outreach"
READ = ("not-found", "notice-ended", "notice-no-longer-public")
COVERED = ("parameter-not-valid", "not-found", "too-many-villages")

OUTREACH: list[Endpoint] = [
    Endpoint(method="GET", path=f"{API}/disclosures/{{id}}/texts", handler=outreach_texts.get_texts, who="see_outreach",
             summary=Say("一项公开写好的短信、广播稿和群消息", "The ready texts of a notice: message, script, chat"),
             query=outreach_texts.TextQuery, answer=outreach_texts.ReadyTexts, tag=TAG, raises=READ),
    Endpoint(method="GET", path="/desk/letters/{id}", handler=outreach_texts.letter_page, who="see_outreach",
             summary=Say("给各户的信，可打印", "A letter to households, to print"), media_type="text/html",
             query=outreach_texts.TextQuery, raises=READ),
    Endpoint(method="GET", path=f"{API}/outreach", handler=outreach.list_outreach, who="see_outreach",
             summary=Say("到过辖区的宣传", "What reached my area"), query=ListPageQuery, answer=OutreachList,
             tag=TAG),
    Endpoint(method="GET", path=f"{API}/outreach.csv", handler=list_files.get_outreach_csv, who="see_outreach",
             summary=Say("到过辖区的宣传（CSV）", "The same as CSV"), query=ListQuery,
             media_type="text/csv", tag=TAG, raises=("parameter-not-valid",)),
    Endpoint(method="POST", path=f"{API}/outreach", handler=outreach.post_outreach, who="record_outreach",
             summary=Say("记一次宣传，或者预告讲解日", "Record outreach, or announce a visiting day"),
             body=outreach.OutreachBody, answer=OutreachPage, status=201, tag=TAG,
             raises=("not-found", "unknown-division", "outreach-not-possible", "outreach-replaced", "unknown-photo",
                     "content-has-errors", "same-id-other-content")),
    Endpoint(method="GET", path=f"{API}/outreach/{{id}}", handler=outreach.get_outreach, who="see_outreach",
             summary=Say("一条宣传记录", "One record of outreach"), answer=OutreachPage, tag=TAG),
    Endpoint(method="GET", path=f"{API}/outreach-choices", handler=outreach.get_outreach_choices, who="see_outreach",
             summary=Say("记一次宣传可以选什么", "What a record can name"), answer=OutreachChoices, tag=TAG),
    Endpoint(method="GET", path=f"{API}/outreach-coverage", handler=outreach.get_coverage, who="see_outreach",
             summary=Say("宣传到了哪些村、哪些组，前后的浏览次数", "Which villages and groups were reached, and page views around it"),
             query=outreach.CoverageQuery, answer=Coverage, tag=TAG, raises=COVERED),
    Endpoint(method="GET", path=f"{API}/outreach-coverage.csv", handler=outreach.get_coverage_csv, who="see_outreach",
             summary=Say("宣传到村情况（CSV）", "The coverage as CSV"), query=outreach.CoverageFileQuery,
             media_type="text/csv", tag=TAG, raises=COVERED),
    Endpoint(method="GET", path=f"{API}/outreach-coverage.xlsx", handler=outreach.get_coverage_xlsx, who="see_outreach",
             summary=Say("宣传到村情况（XLSX）", "The coverage as a workbook"), query=outreach.CoverageQuery,
             media_type=XLSX, tag=TAG, raises=COVERED),
    Endpoint(method="GET", path="/desk/outreach", handler=outreach.coverage_page, who="see_outreach",
             summary=Say("宣传到村情况，可打印", "The coverage, to print"), query=outreach.CoverageQuery,
             media_type="text/html", raises=COVERED),
]  # fmt: skip
