"""Pokes on their way: lost, doubled, late and in any order."""

from collections.abc import Collection
from datetime import datetime, timedelta

from tests.simulator.world import World

Poke = tuple[str, str]


class Network:
    """What the bus pokes through, and where workers find what came."""

    #: The sweeper asks whether the broker is away.
    broken = False

    def __init__(self, world: World) -> None:
        self._world = world
        self._under_way: list[tuple[datetime, Poke]] = []

    def drain(self, subscribers: Collection[str]) -> None:
        """Something waits for these subscribers."""
        for name in sorted(subscribers):
            self._send(("drain", name))

    def replay(self, subscribers: Collection[str]) -> None:
        """These subscribers have history to catch up with."""
        for name in sorted(subscribers):
            self._send(("replay", name))

    def take(self) -> Poke | None:
        """Any poke that has come."""
        came = [one for one in self._under_way if one[0] <= self._world.now]
        if not came:
            return None
        chosen = self._world.chance.choice(came)
        self._under_way.remove(chosen)
        return chosen[1]

    def _send(self, poke: Poke) -> None:
        faults, chance = self._world.faults, self._world.chance
        if faults.strikes("a poke is lost"):
            return
        for _copy in range(3 if faults.strikes("a poke is doubled") else 1):
            late = chance.randrange(4000) if faults.strikes("a poke is late") else 1
            self._under_way.append((self._world.now + timedelta(milliseconds=late), poke))
