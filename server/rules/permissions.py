"""Who may do what where: roles × acts × place, each refusal with its reason."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from server.rules.divisions import village_of
from server.rules.values import Text

Role = Literal["accountant", "supervisor", "auditor", "editor", "administrator", "examiner"]
Act = Literal[
    "post_disclosure",
    "post_township_disclosure",
    "review_edition",
    "review_township_edition",
    "record_edition",
    "withdraw_disclosure",
    "withdraw_township_disclosure",
    "link_disclosures",
    "store_photo",
    "see_tasks",
    "take_reminders",
    "see_submissions",
    "see_matrix",
    "ask_exemption",
    "decide_exemption",
    "record_occurrence",
    "manage_accounts",
    "manage_webhooks",
    "see_inquiries",
    "answer_inquiry",
    "answer_township_inquiry",
    "review_answer",
    "handle_inquiry",
    "report_on_inquiry",
    "see_inquiry_figures",
    "see_contact_looks",
    "see_query_points",
    "manage_query_points",
    "load_payments",
    "import_ledgers",
    "see_ledgers",
    "see_payments",
    "see_not_received",
    "hand_over_post",
    "see_inspections",
    "draw_inspections",
    "visit_on_the_spot",
    "see_rectifications",
    "order_rectification",
    "prove_rectification",
    "close_rectification",
    "see_events",
    "see_processing_times",
    "take_evidence",
    "see_outreach",
    "record_outreach",
    "manage_divisions",
    "see_rules",
    "manage_rules",
    "see_site_notices",
    "write_site_notice",
]

ROLES: dict[Role, Text] = {
    "accountant": Text("报账员", "accountant"),
    "supervisor": Text("监委会", "supervisor"),
    "auditor": Text("监管员", "auditor"),
    "editor": Text("乡镇编辑", "township editor"),
    "administrator": Text("管理员", "administrator"),
    "examiner": Text("外部审计", "outside auditor"),
}

_EVERY_ROLE: tuple[Role, ...] = tuple(ROLES)
# Somebody from outside who checks the whole of it: sees what the township's auditor sees, and changes nothing.
_READ_ONLY: Role = "examiner"

ACTS: dict[Act, tuple[Role, ...]] = {
    # What the village itself publishes, and what the township publishes in its villages.
    "post_disclosure": ("accountant",),
    "post_township_disclosure": ("editor",),
    "review_edition": ("supervisor",),
    "review_township_edition": ("supervisor", "auditor"),
    # The township's own signature under what a village supervised already.
    "record_edition": ("auditor", "editor"),
    "withdraw_disclosure": ("accountant",),
    "withdraw_township_disclosure": ("editor",),
    # Which notices tell of one thing: whoever posts here says so, of the village's and of the township's alike.
    "link_disclosures": ("accountant", "editor"),
    "store_photo": ("accountant", "auditor", "editor"),
    "see_tasks": ("accountant", "editor"),
    # Everybody for whom something waits: to post, to sign, to watch over.
    "take_reminders": ("accountant", "supervisor", "auditor", "editor"),
    "see_submissions": _EVERY_ROLE,
    "see_matrix": ("auditor", "editor", "administrator", _READ_ONLY),
    # One person asks, another one decides (rules/exemptions.py): a township may have one of each role.
    "ask_exemption": ("auditor", "editor"),
    "decide_exemption": ("auditor", "editor"),
    "record_occurrence": ("editor",),
    "manage_accounts": ("administrator",),
    "manage_webhooks": ("administrator",),
    # The village answers what is asked of it, the township the rest; the township's head reviews both.
    "see_inquiries": ("accountant", "supervisor", "auditor", "editor"),
    "answer_inquiry": ("accountant",),
    "answer_township_inquiry": ("editor",),
    "review_answer": ("auditor", "editor"),
    # The township's desk takes up or refuses, refers and puts off; supervisors say what they found of what they were
    # asked to look into. Who looked at a contact is the auditor's to see, who may not look at one.
    "handle_inquiry": ("auditor", "editor"),
    "report_on_inquiry": ("supervisor", "auditor", "editor"),
    "see_inquiry_figures": ("auditor", "editor", _READ_ONLY),
    "see_contact_looks": ("auditor", _READ_ONLY),
    # The township sets up the kiosks and screens in its villages, and sees which of them are silent.
    "see_query_points": ("auditor", "editor", "administrator", _READ_ONLY),
    "manage_query_points": ("editor", "administrator"),
    # What each household receives: the township loads it, and knows how many ask; who says no is the auditor's to follow.
    "load_payments": ("editor",),
    # A township's own file of many villages becomes what each of them posts, or what its households are paid.
    "import_ledgers": ("editor",),
    "see_ledgers": ("auditor", "editor", _READ_ONLY),
    "see_payments": ("auditor", "editor"),
    "see_not_received": ("auditor",),
    # An accountant who leaves names the successor; the township may do it for everybody (rules/accounts.py).
    "hand_over_post": ("accountant",),
    # The township draws what is looked at on the spot, goes there, and writes what was found.
    "see_inspections": ("auditor", "editor", _READ_ONLY),
    "draw_inspections": ("auditor", "editor"),
    "visit_on_the_spot": ("auditor", "editor"),
    # What was found is ordered to be put right; the village proves that it was, and only an auditor accepts the proof.
    "see_rectifications": ("accountant", "supervisor", "auditor", "editor", _READ_ONLY),
    "order_rectification": ("auditor", "editor"),
    "prove_rectification": ("accountant",),
    "close_rectification": ("auditor",),
    # Who did what, when and from where.
    "see_events": ("auditor", "administrator", _READ_ONLY),
    "see_processing_times": ("auditor", "editor", _READ_ONLY),
    # What of a village was published, with everything it takes to check it elsewhere: a file that leaves the house.
    "take_evidence": ("auditor", "administrator", _READ_ONLY),
    # What was done so that people hear of a notice: whoever publishes does it and writes it down.
    "see_outreach": ("accountant", "auditor", "editor", _READ_ONLY),
    "record_outreach": ("accountant", "editor"),
    # Which townships and villages there are, since when and until when; a county's to say (rules/division_lives.py).
    "manage_divisions": ("administrator",),
    # By which days and rules a place is judged: whoever judges by them reads them, the county's administrator sets them.
    "see_rules": ("auditor", "editor", "administrator", _READ_ONLY),
    "manage_rules": ("administrator",),
    # What an office has to say to its villagers and staff; who checks reads what was said, and when (rules/site_notices.py).
    "see_site_notices": ("auditor", "editor", "administrator", _READ_ONLY),
    "write_site_notice": ("editor", "administrator"),
}

# What changes nothing: whoever is not in office yet, or no longer, may go on looking for a while (rules/terms.py).
_LOOKING: frozenset[Act] = frozenset(
    {
        "see_tasks",
        "take_reminders",
        "see_submissions",
        "see_matrix",
        "see_inquiries",
        "see_inquiry_figures",
        "see_contact_looks",
        "see_query_points",
        "see_payments",
        "see_ledgers",
        "see_not_received",
        "see_inspections",
        "see_rectifications",
        "see_events",
        "see_processing_times",
        "take_evidence",
        "see_outreach",
        "see_rules",
        "see_site_notices",
    }
)

# What is done for a closed village by the one that it was merged into: that what it owed comes, is signed for and can be
# put right (docs/decisions/0053).
_AFTER_A_MERGER: frozenset[Act] = frozenset(
    {
        "post_disclosure",
        "review_edition",
        "review_township_edition",
        "withdraw_disclosure",
        "store_photo",
        "see_submissions",
    }
)

ACT_WORDS: dict[Act, Text] = {
    "post_disclosure": Text("报送本村的公开事项", "post the village's disclosures"),
    "post_township_disclosure": Text("报送乡镇公开的事项", "post the township's disclosures"),
    "review_edition": Text("审议本村的公开事项", "review the village's disclosures"),
    "review_township_edition": Text("审议乡镇公开的事项", "review the township's disclosures"),
    "record_edition": Text("代表乡镇备案", "record disclosures for the township"),
    "withdraw_disclosure": Text("撤回本村的公开事项", "withdraw the village's disclosures"),
    "withdraw_township_disclosure": Text(
        "撤回乡镇公开的事项", "withdraw the township's disclosures"
    ),
    "link_disclosures": Text("关联公示", "link notices"),
    "store_photo": Text("上传照片", "upload photos"),
    "see_tasks": Text("查看待办", "see what is owed"),
    "take_reminders": Text("打开提醒", "switch reminders on"),
    "see_submissions": Text("查看报送", "see submissions"),
    "see_matrix": Text("查看公开情况总表", "see the compliance matrix"),
    "ask_exemption": Text("申请免公开或改期限", "ask for exemptions and other deadlines"),
    "decide_exemption": Text(
        "批准别人申请的免公开或改期限", "decide on exemptions and deadlines that others ask for"
    ),
    "record_occurrence": Text("登记事项发生", "record occurrences"),
    "manage_accounts": Text("管理账号", "manage accounts"),
    "manage_webhooks": Text("设置提醒发到哪个群", "choose which groups get reminders"),
    "see_inquiries": Text("查看村民的提问", "see what villagers ask"),
    "answer_inquiry": Text("答复问本村的事", "answer what the village is asked"),
    "answer_township_inquiry": Text("答复问乡镇的事", "answer what the township is asked"),
    "review_answer": Text("审核答复", "review answers"),
    "handle_inquiry": Text("受理和转办提问", "take up and refer what is asked"),
    "report_on_inquiry": Text("填写核实情况", "say what was found"),
    "see_inquiry_figures": Text("查看办理统计", "see the desk's figures"),
    "see_contact_looks": Text("查看谁看过联系方式", "see who looked at a contact"),
    "see_query_points": Text("查看查询点", "see the query points"),
    "manage_query_points": Text("管理查询点", "manage query points"),
    "load_payments": Text("录入发放清册", "load lists of payments"),
    "import_ledgers": Text("导入台账", "import ledgers"),
    "see_ledgers": Text("查看导入的台账", "see imported ledgers"),
    "see_payments": Text("查看发放清册", "see lists of payments"),
    "see_not_received": Text(
        "查看哪一笔说没有收到", "see which payments are said not to have come"
    ),
    "hand_over_post": Text("交接自己的岗位", "hand over their own post"),
    "see_inspections": Text("查看检查", "see inspections"),
    "draw_inspections": Text("抽取检查名单", "draw lists for inspection"),
    "visit_on_the_spot": Text("填写现场检查", "write what was found on the spot"),
    "see_rectifications": Text("查看整改", "see what is to be put right"),
    "order_rectification": Text("开整改单", "order something to be put right"),
    "prove_rectification": Text("报整改情况", "send proof that it was put right"),
    "close_rectification": Text("验收整改", "accept that it was put right"),
    "see_events": Text("查看操作记录", "see the trail of events"),
    "see_processing_times": Text("查看办理时限", "see how long things took"),
    "take_evidence": Text("下载证据包", "take an evidence pack"),
    "see_outreach": Text("查看宣传记录", "see records of outreach"),
    "record_outreach": Text("记录宣传、预告讲解日", "record outreach and announce visiting days"),
    "manage_divisions": Text("管理区划", "manage divisions"),
    "see_rules": Text("查看规定和工作日历", "see policies and working days"),
    "manage_rules": Text("施行规定、启用事项", "put policies in force and categories to use"),
    "see_site_notices": Text("查看通知", "see notices from offices"),
    "write_site_notice": Text("写通知", "write notices from the office"),
}


class OutOfOffice(Struct, frozen=True):
    """Why somebody may only look now: their first day is to come, or their last one has passed.

    `finishing`: what they registered in time still waits for its content, so photos may follow.
    """

    why: Text
    finishing: bool = False


class Actor(Struct, frozen=True):
    """Somebody signed in: an account with a role, bound to a division and everything below it.

    `out` is None in office. It holds for the moment of the request that the actor came with. `took_over`: the closed villages
    that were merged into this one, for whose debts its people answer.
    """

    account_id: str
    name: str
    role: Role
    division: str
    session_id: str
    out: OutOfOffice | None = None
    took_over: tuple[str, ...] = ()


_LEVELS = (2, 4, 6, 9, 12)


def scope_prefix(code: str) -> str:
    """Return the digits of a division code that everything below it begins with: '640425100000' -> '640425100'.

    The whole country, all zeros, begins with nothing.
    """
    full = code.ljust(_LEVELS[-1], "0")
    used = 0
    for start, end in zip((0, *_LEVELS), _LEVELS, strict=False):
        if full[start:end].strip("0"):
            used = end
    return full if len(code) > _LEVELS[-1] else full[:used]


def covers(scope_code: str, code: str) -> bool:
    """Say whether a division lies in another one's subtree, itself included. No code covers nothing."""
    if not scope_code.isdecimal() or not code.isdecimal():
        return False
    return code.ljust(_LEVELS[-1], "0").startswith(scope_prefix(scope_code))


def is_county_or_above(code: str) -> bool:
    """Say whether a division is a county, or holds counties."""
    return code.ljust(_LEVELS[-1], "0")[6:] == "000000"


def may(actor: Actor, act: Act, division: str) -> bool:
    """Say whether an actor may do something in a division."""
    return refusal(actor, act, division) is None


def refusal(actor: Actor, act: Act, division: str) -> Text | None:
    """Return why an actor may not do something in a division now; None when they may."""
    if why := refusal_by_role(actor, act, division):
        return why
    out = actor.out
    if out is None or act in _LOOKING or (out.finishing and act == "store_photo"):
        return None
    return out.why


def refusal_by_role(actor: Actor, act: Act, division: str) -> Text | None:
    """Return why somebody of this role and place never does it there, in office or not; None when they do.

    For what only prepares or reads: it changes nothing, and a draft opens for whoever wrote it.
    """
    roles = ACTS[act]
    if actor.role not in roles:
        who, what = ROLES[actor.role], ACT_WORDS[act]
        zh = "、".join(ROLES[r].zh for r in roles)
        en = " or ".join(ROLES[r].en for r in roles)
        return Text(
            f"{who.zh}不能{what.zh}，需要：{zh}",
            f"An account of role {who.en} may not {what.en}; that takes: {en}",
        )
    if not covers(actor.division, division) and not (
        act in _AFTER_A_MERGER and village_of(division) in actor.took_over
    ):
        return Text(
            f"您负责的区划是 {actor.division}，不包括 {division}",
            f"You answer for division {actor.division}, which does not include {division}",
        )
    return None


def refusal_to_rule(actor: Actor, division: str) -> Text | None:
    """Return why an actor may not set by which rules a division is judged; None for its county's administrator."""
    if why := refusal(actor, "manage_rules", division):
        return why
    if is_county_or_above(actor.division):
        return None
    return Text(
        f"规定由县一级的管理员施行，您负责的是 {actor.division}",
        f"Rules are set by an administrator of the county; you answer for division {actor.division}",
    )
