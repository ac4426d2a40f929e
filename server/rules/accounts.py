"""Who may make, re-invite or disable which account."""

from __future__ import annotations

from server.rules.permissions import ROLES, Actor, Role, refusal, scope_prefix
from server.rules.terms import FOR_A_WHILE
from server.rules.values import Text

# How far a role reaches. Nobody makes, re-invites or disables an account that reaches further than their own.
_REACH: dict[Role, int] = {
    "accountant": 1,
    "supervisor": 1,
    "auditor": 2,
    "editor": 2,
    "administrator": 3,
    # Sees much and changes nothing: whoever manages accounts may let one in.
    "examiner": 2,
}
_VILLAGE_DIGITS = 12


def refusal_to_manage(actor: Actor, role: Role, division: str) -> Text | None:
    """Return why the actor may not manage an account of this role in this division; None when they may."""
    if why := refusal(actor, "manage_accounts", division):
        return why
    if _REACH[role] > _REACH[actor.role]:
        mine, theirs = ROLES[actor.role], ROLES[role]
        return Text(
            f"{mine.zh}不能管理{theirs.zh}的账号",
            f"An account of role {mine.en} may not manage one of role {theirs.en}",
        )
    return None


def misplaced(role: Role, division: str) -> Text | None:
    """Return why a role does not fit a division's level; None when it does.

    Accountants and supervisors belong to one village; everybody else to a township or above.
    """
    is_village = len(scope_prefix(division)) == _VILLAGE_DIGITS
    if role in ("accountant", "supervisor"):
        if is_village:
            return None
        return Text(
            f"{ROLES[role].zh}属于一个村（社区），{division} 不是",
            f"The role {ROLES[role].en} belongs to one village; {division} is none",
        )
    if not is_village:
        return None
    return Text(
        f"{ROLES[role].zh}属于乡镇或以上，{division} 是村",
        f"The role {ROLES[role].en} belongs to a township or above; {division} is a village",
    )


def post_words(typed: str | None) -> str | None:
    """Return a post as it is kept: no spaces around it, one inside; None when nothing is left.

    Rules name posts by their spelling, so a space that nobody sees must not make another post.
    """
    return " ".join((typed or "").split()) or None


def refusal_to_hand_over(
    actor: Actor, account_id: str, role: Role, division: str, *, at_once: bool
) -> Text | None:
    """Return why the actor may not hand this account's post over; None when they may.

    At once nobody hands over their own: they would be signed out before they had seen the successor's code. From a
    day on an accountant may. An administrator's post is never left waiting: somebody has to be there to change it.
    """
    if account_id == actor.account_id:
        if at_once or role == "administrator":
            return Text(
                "自己的岗位请由另一位管理员来交接",
                "Your own post has to be handed over by another administrator",
            )
        return refusal(actor, "hand_over_post", division)
    if why := refusal_to_manage(actor, role, division):
        return why
    if role in FOR_A_WHILE:
        return Text(
            "外部审计的账号不交接：停用它，给来的人另开一个",
            "An outside auditor's account is not handed over: disable it, and let the next person in anew",
        )
    if role == "administrator" and not at_once:
        return Text(
            "管理员的岗位只能马上交接，不能约定日子",
            "The post of an administrator is handed over at once, not from a day on",
        )
    return None
