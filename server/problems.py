"""Every failure the API can answer, on one page, with leaves of its own: problems_people, _files, _inquiries, _desk, _matters, _query_points, _payments, _inspections, _outreach, _rules, _endings.

`raise problems.edited_meanwhile(expected=3, actual=4)`. Rules of this page:

- The slug is the function's name. It is never changed and never used for something else; the name of
  a retired one stays here as a comment.
- A refusal of normal business is 4xx; 422 is for content and names the place in `errors[].pointer`.
- The sentence is for a person, in Chinese and English, made from the values given: it names both
  numbers and the way out. The same values are members of the answer.
- A sentence repeats nothing that could be personal: no login, no name, no identity number.

`docs/problems.md` and the pages under `/problems` are made from `PROBLEMS`.
"""

# One problem is one paragraph here, so that the page can be read from top to bottom.
# fmt: off

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from server import (
    problems_desk,
    problems_endings,
    problems_files,
    problems_inquiries,
    problems_inspections,
    problems_matters,
    problems_outreach,
    problems_payments,
    problems_people,
    problems_query_points,
    problems_rules,
)
from server.problem import (
    PROBLEMS,
    Bilingual,
    Kind,
    Lang,
    Parts,
    Problem,
    Say,
    Seen,
    parts,
    places,
    problem,
    seen_places,
    too_much,
    try_later,
)
from server.problems_desk import *  # noqa: F403 - a leaf of this page
from server.problems_endings import *  # noqa: F403 - a leaf of this page
from server.problems_files import *  # noqa: F403 - a leaf of this page
from server.problems_inquiries import *  # noqa: F403 - a leaf of this page
from server.problems_inspections import *  # noqa: F403 - a leaf of this page
from server.problems_matters import *  # noqa: F403 - a leaf of this page
from server.problems_outreach import *  # noqa: F403 - a leaf of this page
from server.problems_payments import *  # noqa: F403 - a leaf of this page
from server.problems_people import *  # noqa: F403 - a leaf of this page
from server.problems_query_points import *  # noqa: F403 - a leaf of this page
from server.problems_rules import *  # noqa: F403 - a leaf of this page

__all__ = ["PROBLEMS", "Bilingual", "Kind", "Lang", "Problem", "Say", "Seen"]
__all__ += problems_people.__all__ + problems_files.__all__ + problems_inquiries.__all__
__all__ += problems_query_points.__all__ + problems_payments.__all__ + problems_matters.__all__ + problems_desk.__all__
__all__ += problems_inspections.__all__ + problems_outreach.__all__
__all__ += problems_rules.__all__ + problems_endings.__all__

# --- The request itself ---------------------------------------------------------------------------

@problem(400, "内容不是有效的 JSON", "The body is not valid JSON",
         "收到的内容读不出来：{reason}。请重新提交。",
         "The body could not be read: {reason}. Please send it again.")
def malformed_json(reason: Bilingual) -> Parts:
    return parts(reason=reason)

@problem(400, "网址里的参数不对", "A parameter of the address is not valid",
         "参数 {parameter}：{reason}。",
         "Parameter {parameter}: {reason}.")
def parameter_not_valid(parameter: str, reason: Bilingual) -> Parts:
    return parts(parameter=parameter, reason=reason, errors=[{"parameter": parameter, "detail": reason}])

@problem(422, "有不认识的字段", "There is an unknown field",
         "字段 {field} 不属于这份内容。请去掉它，或更新应用后再试。",
         "The field {field} does not belong here. Remove it, or update the app and try again.")
def unknown_field(pointer: str, field: str) -> Parts:
    return parts(field=field, errors=places([(pointer, Say("不认识的字段", "unknown field"))]))

@problem(422, "字段的值不合要求", "A field has the wrong kind of value",
         "{field}：{reason}。",
         "{field}: {reason}.")
def wrong_type(pointer: str, reason: Bilingual) -> Parts:
    return parts(field=pointer or "/", reason=reason, errors=places([(pointer, reason)]))

@problem(413, "内容太大", "The body is too large",
         "一次最多收 {most}，这次有 {came} 或更多。请分几次交，或删减后再交。",
         "At most {most} are taken at once; {came} or more came. Send it in parts, or make it smaller.")
def body_too_large(*, limit: int, size: int) -> Parts:
    return too_much(limit, size)

@problem(503, "没有收完", "The body did not arrive",
         "{seconds} 秒没有收到新的内容，或传了 {most} 秒还没传完，连接已关闭，什么也没有保存。请换个信号好的地方再发一次。",
         "Nothing came for {seconds} seconds, or the request took {most}. Nothing was kept: send it again on a better line.")
def body_stalled(*, seconds: float, most: float) -> Parts:
    return parts(seconds=int(seconds), most=int(most),
                 headers={"Retry-After": "1", "Connection": "close"})

@problem(415, "不接受这种内容类型", "This content type is not accepted",
         "这里接受 {expected}，收到的是 {actual}。",
         "This takes {expected}; {actual} came.")
def unsupported_media_type(*, expected: str, actual: str) -> Parts:
    return parts(expected=expected, actual=actual)

@problem(404, "没有找到", "Not found",
         "没有找到{what}。请检查网址，或从村的首页进入。",
         "There is no {what} here. Check the address, or start from the village's page.")
def not_found(what: Bilingual = Say("这项内容", "such thing")) -> Parts:  # noqa: B008
    return parts(what=what)

@problem(410, "这个村的编号停用了", "The code of this village is closed",
         "{village}的这个编号用到 {last} 为止，以后不再用：可能是换了编号，也可能是并到了别的村。以前公开的内容还看得到；现在的村，请按村名找。",
         "{village} had this code up to {last} and no longer has it: it got another one, or was merged into another village. "
         "What was posted before can still be read; look for the present village by name.")
def village_closed(*, village: str, last: date) -> Parts:
    return parts(village=village, last=last)

@problem(405, "这个网址不能这样用", "This address does not take that method",
         "可用的方法：{allow}。",
         "It takes: {allow}.")
def method_not_allowed(allow: str) -> Parts:
    return parts(allow=allow, headers={"Allow": allow})

@problem(403, "来自别的网站的提交被拒绝", "A submission from another site was refused",
         "只接受从本网站发出的提交。请从本网站的页面进入后再操作。",
         "Only this site's own pages may submit here. Open this site and try from there.")
def cross_origin() -> Parts:
    return parts()

@problem(429, "尝试次数太多", "Too many attempts",
         "请在 {wait}后再试。",
         "Please try again in {wait}.", keeps_writes=True)
def too_many_attempts(*, retry_after: float) -> Parts:
    return try_later(retry_after)

@problem(503, "暂时无法处理", "Temporarily not possible",
         "系统暂时忙，什么都没有写入。请在 {wait}后重试。",
         "The system is busy and wrote nothing. Please try again in {wait}.")
def temporary_failure(*, retry_after: int = 5) -> Parts:
    return try_later(retry_after)

@problem(500, "系统出错", "Something went wrong here",
         "什么都没有写入，稍后可以重试。如果一直这样，请把编号 {incident} 告诉管理员。",
         "Nothing was written; you may try again. If it goes on, tell your administrator {incident}.")
def unexpected_failure(incident: str) -> Parts:
    return parts(incident=incident)

# --- Two people, two phones, twice ----------------------------------------------------------------

@problem(409, "编号相同，内容不同", "The same id with other content",
         "编号 {id} 已收到过内容 {stored}，这次是 {received}。请用新的编号提交。",
         "The id {id} already stands for content {stored}; this is {received}. Submit under a new id.")
def same_id_other_content(known: str, *, stored: str, received: str) -> Parts:
    return parts(id=known, stored=stored, received=received)

@problem(412, "内容已被他人改动", "Somebody changed it meanwhile",
         "您看到的是第 {expected} 次改动后的内容，现在是第 {actual} 次。请刷新后再决定。",
         "You looked at revision {expected}; it is now at revision {actual}. Reload and decide again.")
def edited_meanwhile(*, expected: object, actual: object) -> Parts:
    return parts(expected=expected, actual=actual)

@problem(428, "缺少 If-Match", "If-Match is missing",
         "请带上您看到的版本（ETag），以免盖住别人的决定。",
         "Send the ETag you looked at as If-Match, so that nobody's decision is overwritten.")
def precondition_required() -> Parts:
    return parts()

@problem(409, "已经有决定", "Already decided",
         "{reason}",
         "{reason}")
def already_decided(reason: Bilingual) -> Parts:
    return parts(reason=reason)

@problem(409, "已有一份在审议", "One is in review already",
         "这一期已有一份内容在等待审议，请等审议结束后再提交。",
         "This period has a submission waiting for review. Wait for its review, then submit again.")
def already_in_review(submission: str) -> Parts:
    return parts(id=submission)

@problem(429, "登记了太多没有报送的内容", "Too much was registered and not sent",
         "24 小时内登记了 {count} 件，内容都还没有送到，最多 {most} 件。请先把登记过的报送上来，或在 {wait}后再登记；"
         "不登记也可以直接报送。",
         "{count} postings were registered within 24 hours and have no content yet; {most} at most. Send what was "
         "registered, or register again in {wait}; a posting may also be sent unregistered.")
def too_many_commitments(*, count: int, most: int, retry_after: float) -> Parts:
    return try_later(retry_after, count=count, most=most)

@problem(409, "没有可撤下的内容", "There is nothing to withdraw",
         "这项公开现在没有已公开或待公开的版次。",
         "This disclosure has no edition that is published or about to be.")
def nothing_to_withdraw() -> Parts:
    return parts()

# --- Content --------------------------------------------------------------------------------------

@problem(422, "表的格式不对", "The form's shape is wrong",
         "有 {count} 处不符合这类公开事项的格式，是哪几处都列在这里。",
         "{count} places do not fit this category's form; errors says where.")
def schema_errors(found: Sequence[tuple[str, Bilingual]]) -> Parts:
    return parts(count=len(found), errors=places(found))

@problem(422, "内容有错，不能提交", "The content has errors",
         "有 {count} 处对不上，改正后再提交；是哪几处、差多少，都列在这里。",
         "{count} places do not agree. Correct them and submit again; errors has both numbers of each.")
def content_has_errors(found: Sequence[Seen]) -> Parts:
    return parts(count=len(found), errors=seen_places(found))

@problem(422, "需要写明理由", "A reason is needed",
         "请写明理由，有关的人会看到。",
         "Please give the reason; those concerned will read it.")
def reason_needed(pointer: str = "/reason") -> Parts:
    return parts(errors=places([(pointer, Say("请写明理由", "give the reason"))]))

@problem(422, "五项审议不完整", "The five points are not met",
         "有 {count} 项没有勾选或不同意。同意公开要五项都通过，否则请退回并写明理由。",
         "{count} points are missing or refused. Approve only with all five, or return it with a reason.")
def points_not_met(pointers: Sequence[str]) -> Parts:
    said = Say("没有勾选或不同意", "missing or refused")
    return parts(count=len(pointers), errors=places((pointer, said) for pointer in pointers))

@problem(422, "有请求放行的地方没有核准", "An override is not confirmed",
         "有 {count} 处像是个人信息，报送人请求放行。请逐处看过并勾选，或退回。",
         "{count} places look personal and the sender asks to let them through. Tick each, or return it.")
def overrides_not_confirmed(pointers: Sequence[str]) -> Parts:
    said = Say("请看过后勾选，或退回", "look at it and tick it, or return the submission")
    return parts(count=len(pointers), errors=places((pointer, said) for pointer in pointers))

@problem(422, "没有这类公开事项", "There is no such category",
         "没有名为 {category} 的类别，现有：{known}。请更新应用后再试。",
         "There is no category {category}; there are {known}. Update the app and try again.")
def unknown_category(category: str, known: Iterable[str]) -> Parts:
    here = Say("没有这个类别", "no such category")
    return parts(category=category, known=list(known), errors=places([("/category", here)]))

@problem(422, "这类事项在这里没有启用", "This category is not in use here",
         "“{name}”在这里还没有启用，不能报送，也不用公开。需要公开的，请县里在地方规定里启用它（in_use）。",
         "“{name}” is not in use here: it cannot be posted and is not owed. If it is wanted, the county puts it to use in its policy (in_use).")
def category_not_in_use(name: Bilingual) -> Parts:
    return parts(name=name, errors=places([("/category", Say("没有启用", "not in use"))]))

@problem(422, "这类事项不由这里公开", "This category is not owed at this level",
         "“{name}”在本地由{owners}公开，{division} 不是。村里的事请报到村；要村民小组也公开的，请县里在地方规定里写明（owed_by）。",
         "“{name}” is disclosed here by {owners}; {division} is none. What is the village's is posted for the village; if groups are to disclose it too, the county says so in its policy (owed_by).")
def category_of_other_level(name: Bilingual, owners: Bilingual, division: str) -> Parts:
    here = Say(f"由{owners.zh}公开", f"owed by {owners.en}")
    return parts(name=name, owners=owners, division=division, errors=places([("/division", here)]))

@problem(422, "没有这个区划", "There is no such division",
         "没有代码为 {division} 的区划，或它已撤销。",
         "There is no division {division}, or it was abolished.")
def unknown_division(division: str) -> Parts:
    return parts(division=division, errors=places([("/division", Say("没有这个区划", "no such division"))]))

@problem(422, "期不对", "There is no such period",
         "{period} 不是这类事项的一期；这类事项{rhythm}公开，期写成 {example} 这样。",
         "{period} is not a period of this category, which is published {rhythm}; its periods are written like {example}.")
def unknown_period(period: str, cadence: str) -> Parts:
    rhythm, example = _RHYTHMS.get(cadence, (Say("按期", "by period"), "2026Q3"))
    here = Say("期不对", "no such period")
    return parts(period=period, cadence=cadence, rhythm=rhythm, example=example,
                 errors=places([("/period", here)]))

_RHYTHMS = {
    "monthly": (Say("按月", "monthly"), "2026-09"),
    "quarterly": (Say("按季", "quarterly"), "2026Q3"),
    "half_yearly": (Say("按半年", "half-yearly"), "2026H1"),
    "yearly": (Say("按年", "yearly"), "2026"),
    "long_term": (Say("长期", "for the long term"), "L"),
}

@problem(422, "这一期还没结束", "The period is not over",
         "{period} 到 {ends_on} 才结束，今天是 {today}。",
         "{period} ends on {ends_on}; today is {today}.")
def period_not_over(period: str, *, ends_on: date, today: date) -> Parts:
    return parts(period=period, ends_on=ends_on, today=today)

@problem(422, "那时村已经撤销", "The village was closed by then",
         "{village}到 {last} 为止，{ends_on} 的这一项它不欠，不用替它报送。撤销前结束的期、撤销前发生的事，还可以补报。",
         "{village} stood until {last} and does not owe what ends on {ends_on}. What ended, or happened, while it stood can still be posted.")
def not_owed_by_closed_village(field: str, *, village: str, last: date, ends_on: date) -> Parts:
    here = Say("那时村已经撤销", "after the village's last day")
    return parts(village=village, last=last, ends_on=ends_on, errors=places([(field, here)]))

@problem(422, "需要填写发生日期", "The day it happened is needed",
         "{category} 按事项公开，请填写发生日期 event_on。",
         "{category} is disclosed per event: give the day it happened as event_on.")
def event_day_needed(category: str) -> Parts:
    here = Say("请填写发生日期", "give the day")
    return parts(category=category, errors=places([("/event_on", here)]))

@problem(422, "没有这个事项", "There is no such occurrence",
         "没有编号为 {occurrence} 的事项，或它的村、类别、日期与提交的不同。",
         "There is no occurrence {occurrence}, or its village, category or day differs.")
def unknown_occurrence(occurrence: str) -> Parts:
    here = Say("没有这个事项", "no such occurrence")
    return parts(occurrence=occurrence, errors=places([("/occurrence_id", here)]))

@problem(422, "表的版本不对", "There is no such version of the form",
         "{category} 没有第 {version} 版的表。请更新应用后再提交。",
         "{category} has no form version {version}. Update the app and submit again.")
def unknown_schema_version(category: str, version: int) -> Parts:
    here = Say("没有这一版", "no such version")
    return parts(category=category, version=version, errors=places([("/schema_version", here)]))

@problem(422, "需要写明公开时间", "Say when to publish",
         "选择了定时公开，请写明 publish.at。",
         "You chose a moment for publication: give it as publish.at.")
def publish_moment_needed() -> Parts:
    return parts(errors=places([("/publish/at", Say("请写明时间", "give the moment"))]))

@problem(422, "这类事项不能先公布", "This category is not published before its review",
         "{category}要先审议、再公开；这里可以先公布、后补审的：{allowed}。请改选审议通过后公开，再交上去。",
         "{category}: the review comes before publication. What may be published first here: {allowed}. Choose to "
         "publish once approved, and send it again.")
def urgent_not_allowed(category: Bilingual, allowed: Sequence[Bilingual]) -> Parts:
    here = Say("这类事项不能先公布", "not for this category")
    return parts(category=category, allowed=list(allowed) or Say("没有", "nothing"),
                 errors=places([("/publish/when", here)]))

@problem(409, "先公布只用于第一次", "Only a first posting is published before its review",
         "这件事已经交过 {count} 次，先公布只用于第 1 次。请改选审议通过后公开，再交上去。",
         "This matter was sent {count} times already; only the first may be published before its review. Choose to "
         "publish once approved, and send it again.")
def urgent_only_first(count: int) -> Parts:
    here = Say("只用于第一次", "only for the first")
    return parts(count=count, errors=places([("/publish/when", here)]))

@problem(422, "搜索的字太少", "Too little to search for",
         "至少要有 {least} 个连着的字、字母或数字，这里最长的一处只有 {count} 个。请多写一点，例如“低保”“水渠”。",
         "A search takes at least {least} characters in a row; the longest run here has {count}. Write a little more.")
def search_too_short(*, count: int, least: int) -> Parts:
    return parts(count=count, least=least)

@problem(422, "搜索的字太多", "Too much to search for",
         "最多 {most} 个字，这里有 {count} 个。请只留最要紧的几个字。",
         "A search takes at most {most} characters; there are {count}. Keep the few that matter.")
def search_too_long(*, count: int, most: int) -> Parts:
    return parts(count=count, most=most)

@problem(429, "搜索得太快了", "Searching too fast",
         "这个网络地址一分钟里最多搜索 {most} 次，刚才超过了。请在 {wait}后再搜。",
         "One network address may search {most} times a minute, and this one did more. Search again in {wait}.")
def too_many_searches(*, most: int, retry_after: float) -> Parts:
    return try_later(retry_after, most=most)

@problem(422, "村太多，一页放不下", "Too many villages for one page",
         "这里有 {count} 个村，一页最多 {most} 个。请选下一级区划。",
         "There are {count} villages here; one page carries {most}. Choose a division further down.")
def too_many_villages(count: int, most: int) -> Parts:
    return parts(count=count, most=most)

@problem(422, "一个证据包放不下", "Too much for one evidence pack",
         "这里有 {count}{what}，一个证据包最多放 {most}{what}。请选下一级区划，或者把时间缩短。",
         "There are {count} {what} here; one evidence pack holds {most}. Choose a division further down, or a shorter span.")
def too_many_for_a_pack(what: Bilingual, count: int, most: int) -> Parts:
    return parts(what=what, count=count, most=most)

@problem(422, "不能发往这个网址", "This address is not sent to",
         "{reason}。请从群机器人的设置里复制完整的网址。",
         "Not possible: {reason}. Copy the whole address from the settings of the group's robot.")
def address_not_allowed(reason: Bilingual, pointer: str = "/address") -> Parts:
    return parts(reason=reason, errors=places([(pointer, reason)]))
