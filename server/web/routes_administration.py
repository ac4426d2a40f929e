"""The part of the list for those who administer and those who check: the trail of events, evidence packs, who may do what, how long things took."""

from __future__ import annotations

from server.problems import Say
from server.queries.event_trail import Trail
from server.queries.processing_times import ProcessingTimes
from server.web import administration, division_acts, division_lists, evidence, processing_times
from server.web.asking import SIGNED_IN, Endpoint

API = "/api/v1"
TAG = "administration"
DIVISION_LIST = ("spreadsheet-not-xlsx", "spreadsheet-encrypted", "spreadsheet-damaged", "spreadsheet-unsafe",
                 "division-list-not-read")  # fmt: skip

ADMINISTRATION: list[Endpoint] = [
    Endpoint(method="GET", path=f"{API}/events", handler=administration.get_trail, who="see_events",
             summary=Say("操作记录，新的在前", "The trail of events, newest first"), query=administration.TrailPageQuery,
             answer=Trail, tag=TAG),
    Endpoint(method="GET", path=f"{API}/events.csv", handler=administration.get_trail_csv, who="see_events",
             summary=Say("操作记录（CSV）", "The trail of events as CSV"), query=administration.TrailQuery,
             media_type="text/csv", tag=TAG),
    Endpoint(method="GET", path=f"{API}/events/actions", handler=administration.list_actions, who="see_events",
             summary=Say("操作记录里有哪些操作", "What events can be about"), answer=administration.ActionList, tag=TAG),
    Endpoint(method="GET", path=f"{API}/evidence", handler=evidence.get_pack, who="take_evidence",
             summary=Say("一个地方一段时间的证据包（ZIP）", "The evidence pack of a place and a span, as a zip"),
             query=evidence.PackQuery, media_type=evidence.ZIP, tag="compliance",
             raises=("not-found", "too-many-for-a-pack")),
    Endpoint(method="GET", path=f"{API}/disclosures/{{id}}/evidence", handler=evidence.get_notice_pack,
             who="take_evidence", summary=Say("一项公开的证据包（ZIP）", "The evidence pack of one notice, as a zip"),
             query=evidence.NoticePackQuery, media_type=evidence.ZIP, tag="compliance", raises=("not-found", "too-many-for-a-pack")),
    Endpoint(method="GET", path=f"{API}/roles", handler=administration.get_roles, who=SIGNED_IN,
             summary=Say("谁能做什么", "Who may do what"), answer=administration.RoleTable, tag=TAG),
    Endpoint(method="GET", path=f"{API}/processing-times", handler=processing_times.get_times,
             who="see_processing_times", summary=Say("办理时限：各环节用了多少天", "How long payments, reviews and answers took"),
             query=processing_times.TimesQuery, answer=ProcessingTimes, tag=TAG),
    Endpoint(method="GET", path=f"{API}/processing-times.csv", handler=processing_times.get_times_csv,
             who="see_processing_times", summary=Say("办理时限（CSV）", "The same as CSV"),
             query=processing_times.TimesQuery, media_type="text/csv", tag=TAG),
    Endpoint(method="PUT", path=f"{API}/payment-lists/{{id}}/delay", handler=processing_times.put_delay,
             who="load_payments", summary=Say("注明发放延误的原因", "Say why a list was paid late"),
             body=processing_times.DelayBody, answer=processing_times.Delay, if_match=True, tag=TAG,
             raises=("not-allowed", "reason-needed", "content-has-errors")),
    Endpoint(method="GET", path=f"{API}/division-lives", handler=division_lists.list_lives, who="manage_divisions",
             summary=Say("辖区内的区划，撤销了的也在", "The divisions of an area, those that were closed too"),
             query=division_lists.LivesPageQuery, answer=division_lists.Lives, tag="divisions"),
    Endpoint(method="GET", path=f"{API}/division-lives.csv", handler=division_lists.get_lives_csv, who="manage_divisions",
             summary=Say("辖区内的区划（CSV）", "The same as CSV"), query=division_lists.LivesQuery,
             media_type="text/csv", tag="divisions"),
    Endpoint(method="POST", path=f"{API}/division-lives/{{code}}/acts/preview", handler=division_acts.preview_act,
             who="manage_divisions", summary=Say("改一个区划以前先看会怎样，不改", "What an act on one division would do; nothing is changed"),
             body=division_acts.DivisionAct, answer=division_acts.DivisionActPreview, tag="divisions",
             raises=("not-allowed", "division-act-not-possible")),
    Endpoint(method="POST", path=f"{API}/division-lives/{{code}}/acts", handler=division_acts.post_act, who="manage_divisions",
             summary=Say("改名、撤销、合并、新设一个区划，或撤回上一次", "Rename, close, merge or add a division, or take the last act back"),
             body=division_acts.DivisionAct, status=204, tag="divisions", if_match=True,
             raises=("not-allowed", "division-act-not-possible", "division-changed-meanwhile")),
    Endpoint(method="POST", path=f"{API}/division-lists/preview", handler=division_lists.preview_list,
             who="manage_divisions", summary=Say("读一份区划名单，说会改什么，不改", "Read a list of divisions and say what it would change"),
             body=bytes, raw="spreadsheet", query=division_lists.ListQuery, answer=division_lists.DivisionChanges,
             tag="divisions", transaction=False, raises=DIVISION_LIST),
    Endpoint(method="POST", path=f"{API}/division-lists", handler=division_lists.import_list, who="manage_divisions",
             summary=Say("按名单改区划", "Bring an area's divisions in line with a list"), body=bytes, raw="spreadsheet",
             query=division_lists.ListQuery, answer=division_lists.DivisionChanges, tag="divisions", transaction=False,
             raises=DIVISION_LIST),
]  # fmt: skip
