"""Which tasks are whose: the parts of the inbox as conditions of a query."""

from sqlalchemy import ColumnElement, and_, false, or_

from core.clock import today
from core.people import Person
from core.tasks.kinds import TaskKind, kinds_for, kinds_led_by, kinds_on
from core.tasks.models import DONE, OPEN, Task

SCOPES = ("today", "escalated", "later", "mine", "others", "done")
#: Whose tasks board and calendar show: what is to be done by the person, or by anybody she works
#: with.
WHOSE = ("me", "all")


def scope(name: str, person: Person) -> ColumnElement[bool]:
    """Return one part of a person's inbox."""
    if name == "done":
        return and_(Task.state == DONE, or_(_mine(person), _departments(person)))
    if name == "mine":
        return and_(Task.state == OPEN, _mine(person))
    if name == "escalated":
        return and_(Task.state == OPEN, _passed_up(person))
    if name == "others":
        taken = and_(Task.owner_id.is_not(None), Task.owner_id != person.id)
        return and_(Task.state == OPEN, _departments(person), taken)
    if name == "later":
        return and_(to_do(person), Task.due_on > today())
    # A task stands at the day it is due or before: the index by rank ends there.
    return and_(to_do(person), Task.due_on <= today(), Task.rank_on <= today())


def to_do(person: Person, whose: str = "me") -> ColumnElement[bool]:
    """Return what is to be done by a person: her own, the department's free, what is passed up."""
    departments = _departments(person)
    free = departments if whose == "all" else and_(departments, Task.owner_id.is_(None))
    return and_(Task.state == OPEN, or_(_mine(person), free, _passed_up(person)))


def _mine(person: Person) -> ColumnElement[bool]:
    return and_(Task.owner_id == person.id, _of_kinds(kinds_on()))


def _departments(person: Person) -> ColumnElement[bool]:
    """Work that this person does, whoever has taken it; never of a module that is off."""
    return _of_kinds(kinds_for(person))


def _passed_up(person: Person) -> ColumnElement[bool]:
    return and_(Task.escalated_on.is_not(None), _of_kinds(kinds_led_by(person)))


def _of_kinds(kinds: list[TaskKind]) -> ColumnElement[bool]:
    return Task.kind.in_([kind.name for kind in kinds]) if kinds else false()
