"""A task with everything one needs to know to do it: whom to call, and how the order stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext as _

from core.clock import today
from core.customers.addressing import Person, address
from core.customers.models import Customer
from core.customers.queries import named
from core.deals.queries import Picture, by_ids
from core.people.queries import colleagues
from core.search.answers import Balance, balances_of
from core.tasks.gathering import members
from core.tasks.kinds import TaskKind, kind_of
from core.tasks.models import OPEN, Task


@dataclass(frozen=True)
class Work:
    """A task with what one needs to know to do it."""

    task: Task
    kind: TaskKind
    customer: Customer | None
    deal: Picture | None
    owner: str
    balances: Sequence[Balance] = ()
    #: What waits in it, to be done by the same call.
    also: Sequence[Task] = ()

    @property
    def id(self) -> UUID:
        """The task's id."""
        return self.task.id

    @property
    def title(self) -> str:
        """What is asked, in the reader's language."""
        return _in_words(self.task.title, self.task.words) or str(self.kind.title)

    @property
    def say(self) -> str:
        """What to say to the customer, by her right name, in the reader's language."""
        said = _in_words(self.task.say, self.task.words)
        name = address(_person(self.customer)) if self.customer and said else None
        return str(_("Hello, %(name)s. %(said)s", name=name, said=said)) if name else said

    @property
    def reason(self) -> str:
        """Why it is on the list, in the reader's language."""
        why = [_in_words(each.reason, each.words) for each in (self.task, *self.also)]
        return " ".join(dict.fromkeys(filter(None, why)))

    @property
    def numbers(self) -> list[str]:
        """The orders that it is about."""
        return [each.number for each in (self.task, *self.also) if each.number]

    @property
    def outcome(self) -> str:
        """What came of it, in the reader's language."""
        return self.kind.outcome(self.task.outcome) if self.task.outcome else ""

    @property
    def owed(self) -> list[Balance]:
        """What the customer owes, by currency."""
        return [each for each in self.balances if each.owed]

    @property
    def days_late(self) -> int:
        """For how many days it should have been done already."""
        late = (today() - self.task.due_on).days if self.task.state == OPEN else 0
        return max(0, late)


def _person(card: Customer) -> Person:
    return Person(name=card.name, surname=card.surname, title=card.title)


def _in_words(text: str, words: dict[str, str]) -> str:
    return str(_(text, **words)) if text else ""


def work_of(rows: Iterable[Task]) -> list[Work]:
    """Return these tasks ready to be done, in their order."""
    rows = list(rows)
    ids = {row.customer_id for row in rows if row.customer_id}
    customers, balances = named(ids), balances_of(ids)
    also = members(row.id for row in rows)
    deals = by_ids({row.deal_id for row in rows if row.deal_id})
    owners = {each.id: each.name for each in colleagues()} if any(r.owner_id for r in rows) else {}
    return [
        Work(
            task=row,
            kind=kind,
            customer=customers.get(row.customer_id) if row.customer_id else None,
            deal=deals.get(row.deal_id) if row.deal_id else None,
            balances=balances.get(row.customer_id, ()) if row.customer_id else (),
            also=also.get(row.id, ()),
            owner=owners.get(row.owner_id, _("somebody who has left")) if row.owner_id else "",
        )
        for row in rows
        if (kind := kind_of(row.kind)) is not None
    ]
