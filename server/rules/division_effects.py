"""What an act on a division will do, in sentences: said before anybody is asked whether to do it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from msgspec import Struct

from server.rules.division_acts import Done, Scene, Wanted
from server.rules.divisions import is_group
from server.rules.places import spoken_name
from server.rules.values import Text


class Resting(Struct, frozen=True):
    """What belongs to a division.

    `later`: how many of its notices were first posted on the act's day or later. `waiting`: how many postings wait for a
    review. `owed`: how many obligations of the year before its last day are not posted. `leads`: the names of the villages
    that its address will offer instead. `accounts` and `points` that stand.
    """

    notices: int = 0
    later: int = 0
    waiting: int = 0
    accounts: int = 0
    points: int = 0
    owed: int = 0
    leads: tuple[str, ...] = ()


def effects(wanted: Wanted, scene: Scene, resting: Resting) -> list[Text]:
    """Return what an act that can be done will do, the most important first."""
    if wanted.kind == "take_back":
        assert scene.done is not None
        return list(_taken_back(scene.done, scene))
    if wanted.kind == "add":
        return list(_added(wanted, scene))
    if wanted.kind == "rename":
        return list(_renamed(wanted, scene, resting))
    return list(_closed(wanted, scene, resting))


def _renamed(wanted: Wanted, scene: Scene, resting: Resting) -> Iterator[Text]:
    old, new = _name(scene), spoken_name(wanted.name.strip())
    yield Text(
        f"从 {wanted.on} 起，{old}改叫{new}。旧名留在记录里，在这张表里按旧名也找得到。",
        f"From {wanted.on} on, {old} is called {new}. The old name stays on record and can be searched in this list.",
    )
    yield Text(
        f"代码、网址和二维码都不变。以前公开的 {resting.notices} 件都在，页面上写新名。",
        f"Code, addresses and QR codes stay. Notices posted before: {resting.notices}; they stay, and their pages say the new name.",
    )
    yield Text(
        f"{resting.accounts} 个账号、{resting.points} 个查询点照旧用。",
        f"Accounts: {resting.accounts}, query points: {resting.points}. They go on as before.",
    )


def _closed(wanted: Wanted, scene: Scene, resting: Resting) -> Iterator[Text]:
    name, last = _name(scene), wanted.on - timedelta(days=1)
    into = spoken_name(scene.successor[0].name) if scene.successor else ""
    if wanted.kind == "merge":
        yield Text(
            f"从 {wanted.on} 起，{name}并入{into}；{name}的最后一天是 {last}。代码和记录都留着。",
            f"From {wanted.on} on, {name} is part of {into}; its last day is {last}. Its code and its records stay.",
        )
    else:
        yield Text(
            f"从 {wanted.on} 起撤销{name}，最后一天是 {last}。代码和记录都留着。",
            f"From {wanted.on} on, {name} is closed; its last day is {last}. Its code and its records stay.",
        )
    if scene.below and scene.newest is not None and scene.newest.level == "village":
        yield Text(
            f"它的 {scene.below} 个村民小组同一天撤销；并过去以后的小组，请另外设。",
            f"Its village groups end on the same day: {scene.below}. Groups in the village that takes it in are added by themselves.",
        )
    if scene.newest is not None and scene.newest.level == "village":
        yield _at_its_address(resting)
        yield from _unfinished(resting, into)
    if resting.accounts:
        yield Text(
            f"{resting.accounts} 个账号不会停用：还能登录、查看、审议、更正、撤下，也能补报撤销以前欠的，撤销以后的报不了。不用的请到“账号”里停用。",
            f"Accounts that are not disabled by this: {resting.accounts}. They can still sign in, look, review, correct and withdraw, "
            "and post what is owed from before, nothing later. Disable those not needed under Accounts.",
        )
    if resting.points:
        yield Text(
            f"{resting.points} 个查询点还设在它名下，不会再有新内容。请到“查询点”里停用。",
            f"Query points that still belong to it: {resting.points}. They will show nothing new; retire them under Query points.",
        )


def _at_its_address(resting: Resting) -> Text:
    if resting.leads:
        zh, en = "、".join(resting.leads), ", ".join(resting.leads)
        return Text(
            f"村民打开它的网址，会看到它用到哪天为止，可以点去{zh}。以前公开的 {resting.notices} 件还在原来的网址。",
            f"Villagers who open its address read until when it was used, and are led to {en}. "
            f"Notices posted before: {resting.notices}; they stay at their addresses.",
        )
    return Text(
        f"村民打开它的网址，会看到它用到哪天为止，和附近的村的名单。以前公开的 {resting.notices} 件还在原来的网址。",
        f"Villagers who open its address read until when it was used, with a list of the villages nearby. "
        f"Notices posted before: {resting.notices}; they stay at their addresses.",
    )


def _unfinished(resting: Resting, into: str) -> Iterator[Text]:
    if resting.later:
        yield Text(
            f"其中 {resting.later} 件是那一天以后报送的，也留在它名下，不会转走。",
            f"Posted on that day or later, of these: {resting.later}. They stay under it and are not moved.",
        )
    if resting.waiting:
        yield Text(
            f"有 {resting.waiting} 件报送了还没有审议，以后照样能审议；退回的改好了照样能再报。",
            f"Posted and not reviewed yet: {resting.waiting}. They can still be reviewed; what is returned can be put right and sent again.",
        )
    if resting.owed:
        zh, en = (
            ("自己的和" + into + "的", f"Its people and those of {into}")
            if into
            else ("自己的", "Its people")
        )
        yield Text(
            f"有 {resting.owed} 项该公开的还没有公开，撤销以后还欠着：由它{zh}报账员补报、监委会审议；实在公开不了的，在对照表里办免公开。",
            f"Owed and not posted: {resting.owed}. It stays owed: {en} can still post and review it; "
            "what cannot be posted can be exempted in the matrix.",
        )


def _added(wanted: Wanted, scene: Scene) -> Iterator[Text]:
    name = spoken_name(wanted.name.strip())
    above = spoken_name(scene.parent[0].name) if scene.parent else ""
    yield Text(
        f"从 {wanted.on} 起，{above}下面有{name}，代码 {wanted.code}。",
        f"From {wanted.on} on, {name} stands in {above} under the code {wanted.code}.",
    )
    if scene.newest is not None:
        yield Text(
            f"这个代码以前是{_name(scene)}的：它公开过的和新村的在同一个网址。",
            f"The code was {_name(scene)}'s before: what that posted and what the new one posts share an address.",
        )
    if is_group(wanted.code):
        yield Text(
            f"它的公示由{above}的报账员报送，写上组名，村民在{above}的页面上看。要它公开哪些事项，看本地规定。",
            f"What it discloses is posted by the accountant of {above} under its name, and is read on the page of {above}. "
            "Which matters it owes is said by the policies.",
        )
    elif not wanted.code.endswith("000"):
        yield Text(
            "从这一天起结束的各期，都要由它公开。它还没有账号，请到“账号”里给报账员、监委会建账号。",
            "Every period that ends on that day or later is owed by it. It has no accounts yet: "
            "add an accountant and supervisors under Accounts.",
        )


def _taken_back(done: Done, scene: Scene) -> Iterator[Text]:
    name = _name(scene)
    if done.kind == "rename":
        old = spoken_name(str(done.details["old"]))
        yield Text(
            f"{name}又叫{old}，像 {done.on} 那次没有改过一样。",
            f"{name} is called {old} again, as if it had not been renamed on {done.on}.",
        )
    elif done.kind == "add":
        yield Text(
            f"{name}从表里去掉，代码 {scene.rows[-1].code} 又空出来。",
            f"{name} is taken out of the list, and its code {scene.rows[-1].code} is free again.",
        )
    else:
        yield Text(
            f"{name}恢复，像没有撤销过一样：它的网址又打得开，账号又能报送，撤销以后到期的也算它的。",
            f"{name} stands again, as if it had not been closed: its address opens, its accounts can post, and what fell due "
            "meanwhile is owed by it.",
        )
    yield Text(
        "改过一次、撤回一次，两次都留在操作记录里。",
        "Both the change and its taking back stay in the trail.",
    )


def _name(scene: Scene) -> str:
    return spoken_name(scene.newest.name) if scene.newest else ""
