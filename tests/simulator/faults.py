"""What goes wrong in a run, how often, and how often it did."""

from collections import Counter
from random import Random

from sqlalchemy.exc import OperationalError

#: Faults of the world around the bus: name and how likely each is, at most.
FAULTS = {
    "a poke is lost": 0.5,
    "a poke is doubled": 0.3,
    "a poke is late": 0.5,
    "a commit is refused": 0.05,
    "a commit is not answered": 0.05,
}
#: Points of the bus before and after which a process may die: module, function.
POINTS = (
    ("bus.outbox", "_reserve_positions"),
    ("bus.outbox", "_address"),
    ("bus.draining", "claim"),
    ("bus.claims", "_note"),
    ("bus.delivery", "_in_turn"),
    ("bus.delivery", "hand_over"),
    ("bus.delivery", "_mark_done"),
    ("bus.delivery", "record_failure"),
    ("bus.delivery", "give_back"),
    ("bus.history", "_note_try"),
    ("bus.history", "_tell_some"),
    ("bus.history", "hand_over"),
    ("bus.history", "_queue"),
    ("bus.history", "_advance"),
    ("bus.switch", "enable"),
    ("bus.switch", "disable"),
)
#: Points of every transaction, and of the handlers.
MOMENTS = ("begin", "before commit", "after commit", "before the handler", "after the handler")


class SimCrash(BaseException):
    """The process ends here; nothing after this line happens."""


class Unanswered(OperationalError):
    """The database did not say what became of a statement."""

    def __init__(self) -> None:
        super().__init__("COMMIT", None, Exception("the connection is gone"))


def crash_points() -> list[str]:
    """Return every place at which a process may die."""
    named = [f"{module}.{name}" for module, name in POINTS]
    return [*MOMENTS, *(f"{when} {name}" for name in named for when in ("before", "after"))]


def _is_rare(point: str) -> bool:
    """Whether a run passes a point only now and then; it is deadlier, so that it is met at all."""
    return any(name in point for name in ("bus.history", "bus.switch", "give_back", "failure"))


class Faults:
    """Decides by the seed what goes wrong; a run that is to settle ends with none."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self.active = True
        self.fired: Counter[str] = Counter()
        # Runs differ: many are nearly healthy, in some everything falls.
        self._strength = {name: chance.random() * worst for name, worst in FAULTS.items()}
        self._deadly = {
            point: chance.choice((0.0, 0.1, 0.4) if _is_rare(point) else (0.0, 0.0, 0.003, 0.05))
            for point in crash_points()
        }

    def strikes(self, name: str) -> bool:
        """Whether this fault happens now."""
        if not self.active or self._chance.random() >= self._strength[name]:
            return False
        self.fired[name] += 1
        return True

    def point(self, name: str) -> None:
        """Pass a point at which the process may die."""
        if self.active and self._chance.random() < self._deadly[name]:
            self.fired[f"dies {name}"] += 1
            raise SimCrash(name)


def never_fired(fired: Counter[str]) -> list[str]:
    """Return the faults and points that a whole series of runs has never met."""
    points = [f"dies {point}" for point in crash_points()]
    return [name for name in (*FAULTS, *points, "a handler kills its process") if not fired[name]]
