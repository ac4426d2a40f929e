"""The part of the list for the rules of a place: policies, categories in use, working days."""

from __future__ import annotations

from server.problems import Say
from server.queries.categories_in_use import CategoryUses
from server.queries.policies_in_scope import PolicyList
from server.queries.policy_preview import RulesPreview
from server.queries.working_days import CalendarPreview, CalendarYears
from server.web import desk_lists, policies, putting_to_use, short_lists, working_days
from server.web.asking import Endpoint

API = "/api/v1"
TAG = "rules"
WEIGHED = (
    "not-allowed", "unknown-division", "content-has-errors", "policy-not-valid", "policy-begins-too-early",
    "policy-there-already", "policy-not-to-end",
)  # fmt: skip

ENDING = ("not-found", "not-allowed", "policy-end-not-possible")

RULES: list[Endpoint] = [
    Endpoint(method="GET", path=f"{API}/policies", handler=policies.list_policies, who="see_rules",
             summary=Say("管着我这里的规定", "The policies that touch my area"), answer=PolicyList, tag=TAG),
    Endpoint(method="GET", path=f"{API}/policies.csv", handler=desk_lists.get_policies_csv, who="see_rules",
             summary=Say("管着我这里的规定（CSV）", "The same as CSV"), media_type="text/csv", tag=TAG),
    Endpoint(method="POST", path=f"{API}/policies", handler=policies.post_policy, who="manage_rules",
             summary=Say("施行一份规定", "Put a policy in force"), body=policies.NewPolicy, answer=PolicyList, status=201,
             tag=TAG, raises=(*WEIGHED, "reason-needed")),
    Endpoint(method="POST", path=f"{API}/policies/preview", handler=policies.preview_rules, who="manage_rules",
             summary=Say("施行以前先看会改变什么，什么也不保存", "What a policy would change; nothing is kept"),
             body=policies.PolicyText, answer=RulesPreview, tag=TAG, raises=WEIGHED),
    Endpoint(method="GET", path=f"{API}/policies/{{policy}}/document", handler=policies.get_policy_file, who="see_rules",
             summary=Say("一份规定的文件", "A policy's document"), tag=TAG, raises=("not-found",)),
    Endpoint(method="POST", path=f"{API}/policies/{{policy}}/taking-back", handler=policies.post_taking_back,
             who="manage_rules", summary=Say("在施行以前撤回一份规定", "Take a policy back before its first day"),
             body=policies.TakingBack, answer=PolicyList, tag=TAG,
             raises=("not-found", "not-allowed", "reason-needed", "content-has-errors", "policy-runs-already")),
    Endpoint(method="POST", path=f"{API}/policies/{{policy}}/ending", handler=policies.post_policy_ending,
             who="manage_rules", summary=Say("定下一份规定的最后一天", "Let a policy end on a day"),
             body=policies.Ending, answer=PolicyList, tag=TAG, raises=(*ENDING, "reason-needed", "content-has-errors")),
    Endpoint(method="POST", path=f"{API}/policies/{{policy}}/ending/preview", handler=policies.preview_policy_ending,
             who="manage_rules", summary=Say("结束以前先看会改变什么，什么也不保存", "What its end would change; nothing is kept"),
             body=policies.LastDay, answer=RulesPreview, tag=TAG, raises=ENDING),
    Endpoint(method="POST", path=f"{API}/policies/{{policy}}/going-on", handler=policies.post_policy_going_on,
             who="manage_rules", summary=Say("不结束了，规定继续有效", "Let a policy go on after all"),
             body=policies.TakingBack, answer=PolicyList, tag=TAG, raises=(*ENDING, "reason-needed", "content-has-errors")),
    Endpoint(method="GET", path=f"{API}/categories-in-use", handler=putting_to_use.list_uses, who="see_rules",
             summary=Say("我这里启用了哪些公开事项", "Which categories my area uses"), answer=CategoryUses, tag=TAG),
    Endpoint(method="GET", path=f"{API}/categories-in-use.csv", handler=short_lists.get_uses_csv, who="see_rules",
             summary=Say("我这里启用了哪些公开事项（CSV）", "The same as CSV"), media_type="text/csv", tag=TAG),
    Endpoint(method="POST", path=f"{API}/categories-in-use/{{category}}", handler=putting_to_use.post_use,
             who="manage_rules", summary=Say("从某一天起启用或停用一类", "Put a category to use, or out of use, from a day on"),
             body=putting_to_use.NewTurning, answer=CategoryUses, status=201, tag=TAG,
             raises=(*WEIGHED, "unknown-category", "reason-needed")),
    Endpoint(method="POST", path=f"{API}/categories-in-use/{{category}}/preview", handler=putting_to_use.preview_use,
             who="manage_rules", summary=Say("启用或停用一类会改变什么", "What putting a category to use would change"),
             body=putting_to_use.Turning, answer=RulesPreview, tag=TAG, raises=(*WEIGHED, "unknown-category")),
    Endpoint(method="GET", path=f"{API}/working-days", handler=working_days.list_years, who="see_rules",
             summary=Say("各年的工作日历", "The working-day calendars by year"), answer=CalendarYears, tag=TAG),
    Endpoint(method="POST", path=f"{API}/working-days", handler=working_days.post_year, who="manage_rules",
             summary=Say("录入一年的放假通知", "Load a year's notice"), body=working_days.NoticeText, answer=CalendarYears,
             status=201, tag=TAG, raises=("not-allowed", "calendar-not-valid")),
    Endpoint(method="POST", path=f"{API}/working-days/preview", handler=working_days.preview_year, who="manage_rules",
             summary=Say("录入以前先看会改变什么，什么也不保存", "What a year's notice would change; nothing is kept"),
             body=working_days.NoticeText, answer=CalendarPreview, tag=TAG, raises=("not-allowed", "calendar-not-valid")),
    Endpoint(method="GET", path=f"{API}/working-days/{{year}}/document", handler=working_days.get_year_file,
             who="see_rules", summary=Say("一年的放假通知文件", "A year's notice as a file"), tag=TAG, raises=("not-found",)),
]  # fmt: skip
