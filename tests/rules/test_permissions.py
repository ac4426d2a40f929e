from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.rules.permissions import (
    ACTS,
    ROLES,
    Act,
    Actor,
    Role,
    covers,
    may,
    refusal,
    scope_prefix,
)
from tests.rules.builders import quick

VILLAGE, NEXT_VILLAGE, FAR_VILLAGE = "640425100200", "640425100201", "640425101200"
TOWNSHIP, COUNTY = "640425100000", "640425000000"


def somebody(role: Role, division: str) -> Actor:
    return Actor("account", "张三", role, division, "session")


accountant = somebody("accountant", VILLAGE)
supervisor = somebody("supervisor", VILLAGE)
auditor = somebody("auditor", TOWNSHIP)
editor = somebody("editor", TOWNSHIP)
administrator = somebody("administrator", COUNTY)
examiner = somebody("examiner", TOWNSHIP)
CAST = [accountant, supervisor, auditor, editor, administrator, examiner]

WHO_MAY_IN_THE_VILLAGE: dict[Act, set[Role]] = {
    "post_disclosure": {"accountant"},
    "post_township_disclosure": {"editor"},
    "review_edition": {"supervisor"},
    "review_township_edition": {"supervisor", "auditor"},
    "record_edition": {"auditor", "editor"},
    "withdraw_disclosure": {"accountant"},
    "withdraw_township_disclosure": {"editor"},
    "store_photo": {"accountant", "auditor", "editor"},
    "see_tasks": {"accountant", "editor"},
    "take_reminders": {"accountant", "supervisor", "auditor", "editor"},
    "see_submissions": set(ROLES),
    "see_matrix": {"auditor", "editor", "administrator", "examiner"},
    "ask_exemption": {"auditor", "editor"},
    "decide_exemption": {"auditor", "editor"},
    "record_occurrence": {"editor"},
    "manage_accounts": {"administrator"},
    "manage_webhooks": {"administrator"},
    "see_inquiries": {"accountant", "supervisor", "auditor", "editor"},
    "handle_inquiry": {"auditor", "editor"},
    "report_on_inquiry": {"supervisor", "auditor", "editor"},
    "see_inquiry_figures": {"auditor", "editor", "examiner"},
    "see_contact_looks": {"auditor", "examiner"},
    "answer_inquiry": {"accountant"},
    "answer_township_inquiry": {"editor"},
    "review_answer": {"auditor", "editor"},
    "see_query_points": {"auditor", "editor", "administrator", "examiner"},
    "manage_query_points": {"editor", "administrator"},
    "load_payments": {"editor"},
    "import_ledgers": {"editor"},
    "see_ledgers": {"auditor", "editor", "examiner"},
    "see_payments": {"auditor", "editor"},
    "see_not_received": {"auditor"},
    "link_disclosures": {"accountant", "editor"},
    "hand_over_post": {"accountant"},
    "see_inspections": {"auditor", "editor", "examiner"},
    "see_outreach": {"accountant", "auditor", "editor", "examiner"},
    "record_outreach": {"accountant", "editor"},
    "draw_inspections": {"auditor", "editor"},
    "visit_on_the_spot": {"auditor", "editor"},
    "see_rectifications": {"accountant", "supervisor", "auditor", "editor", "examiner"},
    "order_rectification": {"auditor", "editor"},
    "prove_rectification": {"accountant"},
    "close_rectification": {"auditor"},
    "see_events": {"auditor", "administrator", "examiner"},
    "see_processing_times": {"auditor", "editor", "examiner"},
    "take_evidence": {"auditor", "administrator", "examiner"},
    "manage_divisions": {"administrator"},
    "see_rules": {"auditor", "editor", "administrator", "examiner"},
    "manage_rules": {"administrator"},
    "see_site_notices": {"auditor", "editor", "administrator", "examiner"},
    "write_site_notice": {"editor", "administrator"},
}

# An outside auditor looks at everything and changes nothing: this list may grow by nothing but looking.
LOOKING = {
    *("see_submissions", "see_matrix", "see_inquiry_figures", "see_contact_looks"),
    *("see_query_points", "see_events", "see_inspections", "see_rectifications"),
    "see_outreach",
    "see_processing_times",
    "see_ledgers",
    "take_evidence",
    "see_rules",
    "see_site_notices",
}


def test_an_outside_auditor_only_looks() -> None:
    assert {act for act in ACTS if may(examiner, act, VILLAGE)} == LOOKING


@pytest.mark.parametrize("act", list(ACTS))
def test_who_may_do_what_in_the_village(act: Act) -> None:
    assert {a.role for a in CAST if may(a, act, VILLAGE)} == WHO_MAY_IN_THE_VILLAGE[act]


@pytest.mark.parametrize("act", list(ACTS))
@pytest.mark.parametrize("actor", CAST, ids=lambda a: a.role)
def test_nobody_may_do_anything_outside_their_division(actor: Actor, act: Act) -> None:
    assert not may(actor, act, "640424100200")
    assert not may(actor, act, "")
    if actor.division == VILLAGE:
        assert not may(actor, act, NEXT_VILLAGE)
        assert not may(actor, act, TOWNSHIP)
    if actor.division == TOWNSHIP:
        assert not may(actor, act, FAR_VILLAGE)
        assert not may(actor, act, COUNTY)


def test_the_accountant_of_the_next_village_is_told_which_village_is_theirs() -> None:
    why = refusal(accountant, "post_disclosure", NEXT_VILLAGE)
    assert why is not None
    assert VILLAGE in why.zh
    assert NEXT_VILLAGE in why.en


def test_a_wrong_role_is_told_who_may() -> None:
    why = refusal(accountant, "review_edition", VILLAGE)
    assert why is not None
    assert why.zh == "报账员不能审议本村的公开事项，需要：监委会"
    assert why.en.endswith("that takes: supervisor")


def test_an_accountant_of_the_township_s_agency_serves_all_its_villages() -> None:
    agency = somebody("accountant", TOWNSHIP)
    assert may(agency, "post_disclosure", VILLAGE)
    assert not may(agency, "post_disclosure", FAR_VILLAGE)


def test_every_role_is_named() -> None:
    assert {r for roles in ACTS.values() for r in roles} == set(ROLES)


@pytest.mark.parametrize(
    ("code", "prefix"),
    [
        ("000000000000", ""),
        ("640000000000", "64"),
        ("640400000000", "6404"),
        ("640425000000", "640425"),
        ("640425", "640425"),
        ("640425100000", "640425100"),
        ("640425100200", "640425100200"),
        ("64042510020003", "64042510020003"),
        ("460100000000", "4601"),
        ("110101001010", "110101001010"),
        ("500000000000", "50"),
        ("640425010000", "640425010"),
        ("640425100010", "640425100010"),
    ],
)
def test_zeros_are_stripped_by_level_not_by_digit(code: str, prefix: str) -> None:
    assert scope_prefix(code) == prefix


def test_a_scope_covers_itself_and_what_is_below() -> None:
    assert covers(TOWNSHIP, VILLAGE)
    assert covers(VILLAGE, VILLAGE)
    assert covers("640425", VILLAGE)
    assert covers(VILLAGE, VILLAGE + "03")
    assert covers("000000000000", VILLAGE)
    assert not covers(VILLAGE, TOWNSHIP)
    assert not covers("640425010000", "640425011000")
    assert not covers("", VILLAGE)
    assert not covers("64042510020x", VILLAGE)


codes = st.from_regex(
    r"[1-9][0-9](00|[0-9]{2})(00|[0-9]{2})(000|[0-9]{3})(000|[0-9]{3})", fullmatch=True
)


@quick
@given(codes, codes, codes)
def test_covering_is_an_order(a: str, b: str, c: str) -> None:
    assert covers(a, a)
    if covers(a, b) and covers(b, c):
        assert covers(a, c)
    if covers(a, b) and covers(b, a):
        assert a == b


def test_whoever_took_a_village_over_posts_and_signs_for_it_and_does_nothing_else() -> None:
    gone, next_village = "640425103299", "640425103201"
    theirs: dict[Role, set[Act]] = {
        "accountant": {"post_disclosure", "withdraw_disclosure", "store_photo", "see_submissions"},
        "supervisor": {"review_edition", "review_township_edition", "see_submissions"},
    }
    for role, acts in theirs.items():
        actor = Actor("account", "张三", role, next_village, "session", took_over=(gone,))
        assert {act for act in ACTS if may(actor, act, gone)} == acts
        assert not any(may(actor, act, "640425103202") for act in ACTS)
