"""The kinds of faults: what a person calls one, on which company it is done, and how."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from tests.rig.world import World

#: Which company: on PostgreSQL and Redis, with SQLite in one process, or either on a small disk.
Place = Literal["scaled", "embedded", "scaled on a small disk", "embedded on a small disk"]
Fault = Callable[[World], str]


class Wrong(Exception):
    """Something was not as it must be, seen while the fault was made."""


@dataclass(frozen=True)
class Kind:
    """One kind of fault."""

    name: str
    do: Fault
    place: Place
    #: The rows of the list of faults that it covers: tests/rig/rows.py.
    rows: tuple[int, ...]


KINDS: list[Kind] = []


def fault(name: str, *rows: int, place: Place = "scaled") -> Callable[[Fault], Fault]:
    """Make a function one of the kinds; it says how much was done, and leaves everything running.

    Parameters:
      rows: What it covers of the list of faults.
    """

    def register(do: Fault) -> Fault:
        KINDS.append(Kind(name, do, place, rows))
        return do

    return register


def expect(sound: object, otherwise: str) -> None:
    """Note what is wrong, unless it is sound."""
    if not sound:
        raise Wrong(otherwise)
