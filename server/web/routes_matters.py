"""The part of the list for matters: which notices tell of one thing. Villagers read it on the notices themselves,
query points for a whole village."""

from __future__ import annotations

from server.problems import Say
from server.queries.matter_threads import LinkChoices, MattersOfNotice, VillageMatters
from server.web import matters
from server.web.asking import ANYONE, Endpoint

API = "/api/v1"
TAG = "matters"

MATTERS: list[Endpoint] = [
    Endpoint(method="GET", path=f"{API}/villages/{{code}}/matters", handler=matters.get_village_matters, who=ANYONE,
             summary=Say("本村公示里的几件事", "What the village's notices tell of together"), answer=VillageMatters, tag=TAG,
             raises=("not-found",), conditional=True),
    Endpoint(method="GET", path=f"{API}/disclosures/{{id}}/matters", handler=matters.get_matters,
             who="link_disclosures", summary=Say("这项公示属于哪几件事", "What a notice tells of, with others"),
             answer=MattersOfNotice, tag=TAG),
    Endpoint(method="GET", path=f"{API}/disclosures/{{id}}/matter-choices", handler=matters.get_link_choices,
             who="link_disclosures", summary=Say("本村可以关联的公示", "The village's notices that can be linked"),
             query=matters.ChoiceQuery, answer=LinkChoices, tag=TAG),
    Endpoint(method="PUT", path=f"{API}/matters/{{id}}", handler=matters.put_matter, who="link_disclosures",
             summary=Say("给一件事改名", "Rename a matter"), body=matters.NameBody, answer=matters.MatterName, tag=TAG,
             if_match=True, raises=("not-found", "matter-name-not-right", "content-has-errors")),
    Endpoint(method="PUT", path=f"{API}/matter-links/{{id}}", handler=matters.put_link, who="link_disclosures",
             summary=Say("把一项公示放进一件事", "Put a notice into a matter"), body=matters.LinkBody,
             answer=matters.LinkAnswer, tag=TAG,
             raises=("not-found", "same-id-other-content", "matter-name-not-right", "content-has-errors",
                     "matter-of-other-village", "notice-not-let-through", "already-in-matter", "matter-full",
                     "notice-in-too-many-matters")),
    Endpoint(method="DELETE", path=f"{API}/matter-links/{{id}}", handler=matters.remove_link,
             who="link_disclosures", summary=Say("把一项公示移出一件事", "Take a notice out of a matter"), status=204,
             tag=TAG, raises=("not-found",)),
]  # fmt: skip
