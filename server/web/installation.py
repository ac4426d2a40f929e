"""GET /installation: whose site this is; on a demonstration also the codes anyone may sign in with."""

from __future__ import annotations

from server.problems import Lang
from server.queries.demo_codes import DemoCode, demo_codes
from server.rules.passkeys import Site
from server.web.asking import Answer, Ask
from server.web.origin import passkey_site
from server.web.wire import Out


class DemoCodeView(Out):
    """A code of the demonstration and who signs in with it."""

    code: str
    role: str
    name: str
    division: str
    division_name: str


class Words(Out):
    """A sentence in both languages."""

    zh: str
    en: str


class PasskeysHere(Out):
    """Whether passkeys work on this site, at which address; `reason` says why not."""

    usable: bool
    origin: str
    reason: Words | None


class Installation(Out):
    """What the app must know before anyone signs in."""

    name: str
    demo: bool
    lang: Lang
    demo_codes: list[DemoCodeView]
    passkeys: PasskeysHere


async def installation(ask: Ask) -> Answer:
    """Answer the site's name; the codes are looked up on a demonstration only."""
    house = ask.house
    codes: list[DemoCode] = await demo_codes(ask.db) if house.demo else []
    return Answer(
        Installation(
            name=house.name,
            demo=house.demo,
            lang="en" if house.settings.language == "en" else "zh",
            demo_codes=[
                DemoCodeView(
                    code=each.code,
                    role=each.role,
                    name=each.name,
                    division=each.division,
                    division_name=each.division_name,
                )
                for each in codes
            ],
            passkeys=_passkeys(ask.origin),
        )
    )


def _passkeys(origin: str) -> PasskeysHere:
    site = passkey_site(origin)
    if isinstance(site, Site):
        return PasskeysHere(usable=True, origin=site.origin, reason=None)
    return PasskeysHere(usable=False, origin=origin, reason=Words(zh=site.zh, en=site.en))
