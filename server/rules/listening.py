"""Who listens to reminders: chat groups of places, and the devices of people at work."""

from __future__ import annotations

from msgspec import Struct

from server.rules.divisions import village_of
from server.rules.permissions import Role, covers
from server.rules.values import Lang


class Group(Struct, frozen=True):
    """A chat group that wants what is due in a division and below."""

    id: str
    division: str


class Device(Struct, frozen=True):
    """A device of somebody who posts, reviews or watches over a township: for what is theirs to do.

    `took_over`: the closed villages for whose debts the people of this one answer (decision 53).
    """

    id: str
    role: Role
    division: str
    lang: Lang
    account: str
    post: str | None
    took_over: tuple[str, ...] = ()

    def answers_for(self, division: str) -> bool:
        """Say whether what a place owes is for its owner to do."""
        return covers(self.division, division) or village_of(division) in self.took_over


class Listening(Struct, frozen=True):
    """Everybody who wants reminders."""

    groups: tuple[Group, ...]
    devices: tuple[Device, ...]

    def areas(self) -> list[str]:
        """Return the counties under which all of it lies, or what is larger; none inside another."""
        places = [g.division for g in self.groups] + [d.division for d in self.devices]
        codes = {f"{place[:6]}000000" for place in places}
        return [c for c in sorted(codes) if not any(o != c and covers(o, c) for o in codes)]
