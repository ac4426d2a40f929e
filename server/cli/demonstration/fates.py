"""Which village stands for which state. Everything that is not listed here went as it should."""

from __future__ import annotations

from collections.abc import Mapping

from server.cli.demonstration.people import OWN_VILLAGE

ACCOUNT, PLAN, OPINION, ROSTER, HOUSES, URGENT = (
    "finance_quarterly",
    "annual_plan",
    "dibao_preliminary",
    "dibao_roster",
    "housing_relief",
    "temporary_relief",
)
CONTRACT, DECISIONS, ASSETS, STANDING, TOPIC, PAY, SUPPORT = (
    "contracts_projects",
    "meeting_decisions",
    "assets_resources",
    "party_and_rules",
    "request_topic",
    "cadre_pay",
    "tekun_preliminary",
)
# What makes a village special: village → quarters before the newest settled one → what happened.
FATES: Mapping[tuple[str, int], str] = {
    ("640425103200", 0): "late",
    ("640425103207", 0): "corrected",
    ("640425103211", 0): "taken down and posted again",
    ("640425103206", 0): "no photo",
    ("640425103206", 1): "displayed too short",
    ("640425103204", 0): "returned",
    ("640425103209", 0): "lapsed",
    ("640425103203", 2): "missing",
    ("640425103210", 3): "very late",
    ("640425103209", 4): "exempt",
    ("640425103201", 5): "late",
}
# The newest quarter, as far as it is owed: these have not got there yet.
UNDER_WAY: Mapping[str, str] = {
    OWN_VILLAGE: "missing",
    "640425103202": "scheduled",
    "640425103205": "in review",
    "640425103210": "registered",
}
