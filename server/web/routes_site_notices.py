"""The part of the list for site notices: what an office says to villagers and staff, and by which telephone it answers."""

from __future__ import annotations

from server.problems import Say
from server.queries.site_notices import (
    ShownSiteNotices,
    SiteNoticeLine,
    SiteNoticeList,
    SiteNoticePlaces,
)
from server.web import short_lists, site_notices
from server.web.asking import SIGNED_IN, Endpoint

API = "/api/v1"
TAG = "site notices"
WORDS = ("not-allowed", "unknown-division", "content-has-errors")
STANDS = ("not-found", "not-allowed", "site-notice-not-possible", "edited-meanwhile")

SITE_NOTICES: list[Endpoint] = [
    Endpoint(method="GET", path=f"{API}/site-notices", handler=site_notices.list_site_notices, who="see_site_notices",
             summary=Say("写给我这里的通知", "The notices from offices for my area"), query=site_notices.SiteNoticePageQuery,
             answer=SiteNoticeList, tag=TAG),
    Endpoint(method="GET", path=f"{API}/site-notices.csv", handler=short_lists.get_site_notices_csv, who="see_site_notices",
             summary=Say("写给我这里的通知（CSV）", "The same as CSV"), query=site_notices.SiteNoticeQuery,
             media_type="text/csv", tag=TAG, raises=("parameter-not-valid",)),
    Endpoint(method="GET", path=f"{API}/site-notices-shown", handler=site_notices.list_shown_site_notices, who=SIGNED_IN,
             summary=Say("现在给工作人员看的通知", "What is shown to those who work here now"), answer=ShownSiteNotices,
             tag=TAG),
    Endpoint(method="GET", path=f"{API}/site-notice-places", handler=site_notices.list_site_notice_places,
             who="write_site_notice", summary=Say("通知可以写给哪里", "The places a notice can be for"),
             answer=SiteNoticePlaces, tag=TAG),
    Endpoint(method="PUT", path=f"{API}/divisions/{{code}}/phone", handler=site_notices.put_office_phone,
             who="write_site_notice", summary=Say("写办公电话", "Say by which telephone an office answers"),
             body=site_notices.PhoneBody, answer=site_notices.PhoneAnswer, tag=TAG,
             raises=("not-allowed", "unknown-division")),
    Endpoint(method="POST", path=f"{API}/site-notices", handler=site_notices.post_site_notice, who="write_site_notice",
             summary=Say("写一条通知", "Write a notice"), body=site_notices.NewSiteNotice, answer=SiteNoticeLine, status=201,
             tag=TAG, raises=(*WORDS, "same-id-other-content")),
    Endpoint(method="PUT", path=f"{API}/site-notices/{{id}}", handler=site_notices.put_site_notice,
             who="write_site_notice", summary=Say("改一条还没开始的通知", "Change a notice that has not begun"),
             body=site_notices.SiteNoticeWords, answer=SiteNoticeLine, tag=TAG, if_match=True,
             raises=(*WORDS, "not-found", "site-notice-not-possible", "edited-meanwhile")),
    Endpoint(method="POST", path=f"{API}/site-notices/{{id}}/ending", handler=site_notices.post_site_notice_ending,
             who="write_site_notice", summary=Say("提前结束一条通知", "End a notice early"), answer=SiteNoticeLine,
             tag=TAG, if_match=True, raises=STANDS),
]  # fmt: skip
