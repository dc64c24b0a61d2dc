"""What the inbox tells the world."""

from dataclasses import dataclass
from uuid import UUID

from bus import Event, event


@dataclass(frozen=True, kw_only=True)
class Word:
    """What one placeholder of a task's title stands for."""

    name: str
    text: str


@event("tasks.task_done", aggregate="customer_id")
class TaskDone(Event):
    """Somebody did what was asked for a customer; outcome and note say what came of it."""

    task_id: UUID
    customer_id: UUID
    deal_id: UUID | None
    number: str | None
    kind: str
    #: English, as in the catalogues, with what its placeholders stand for.
    title: str
    words: tuple[Word, ...] = ()
    #: One of the codes that the kind declares, or nothing.
    outcome: str
    note: str
