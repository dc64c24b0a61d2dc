"""A rebuild is kept among the acts on the bus: who began it and why, and what came of it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Flask

from bus import note_act
from core.db import unit_of_work
from core.doctor.takeover import Change


@dataclass(frozen=True)
class Asked:
    """Who wants a rebuild, and why."""

    by: str | None = None
    why: str = ""


NOBODY = Asked()


@contextmanager
def kept(app: Flask, name: str, asked: Asked) -> Iterator[None]:
    """Keep that a rebuild begins, and its error if it ends with one.

    One that was killed has a beginning and no end, until it is begun again.
    """
    with unit_of_work(app):
        note_act("rebuild", name, by=asked.by, why=asked.why)
    try:
        yield
    except Exception as error:
        with unit_of_work(app):
            note_act("rebuild_failed", name, by=asked.by, why=f"{type(error).__name__}: {error}")
        raise


def keep_outcome(name: str, asked: Asked, changes: Sequence[Change]) -> None:
    """Keep how many rows of each table were put right, in the caller's transaction."""
    found = ", ".join(f"{each.table.name} {each.count} / {each.rows}" for each in changes)
    note_act("rebuilt", name, by=asked.by, why=found)
