"""What may be asked about promises."""

from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import func, select

from core.db import db
from core.promises.errors import PromiseNotFound
from core.promises.kinds import PromiseKind, kind_of, kinds_on
from core.promises.models import Promise, PromiseAct
from core.tasks.models import OPEN, Task


@dataclass(frozen=True)
class Shown:
    """A promise with its kind, and how many of its kind's tasks are open."""

    row: Promise
    kind: PromiseKind
    open: int

    @property
    def id(self) -> UUID:
        """The promise's id."""
        return self.row.id

    @property
    def place(self) -> int:
        """Presets stand in the order of their kind, before what the company made itself."""
        keys = [f"{self.kind.name}/{preset.name}" for preset in self.kind.presets]
        return keys.index(self.row.preset) if self.row.preset in keys else len(keys)

    @property
    def name(self) -> str:
        """What it is called, in the reader's language if it is a preset."""
        return str(_(self.row.name)) if self.row.preset else self.row.name


def promises() -> list[Shown]:
    """Return the promises of modules that are on, kind by kind."""
    order = {kind.name: at for at, kind in enumerate(kinds_on())}
    rows = db.session.scalars(select(Promise).where(Promise.kind.in_(list(order)))).all()
    counts = _open_tasks()
    shown = [
        Shown(row, kind, counts.get(row.kind, 0))
        for row in rows
        if (kind := kind_of(row.kind)) is not None
    ]
    return sorted(shown, key=lambda one: (order[one.row.kind], one.place, one.row.id))


def promise(promise_id: UUID) -> Shown:
    """Return one promise.

    Raises:
        PromiseNotFound: when there is none, or its module is off or gone.
    """
    found = next((one for one in promises() if one.id == promise_id), None)
    if found is None:
        raise PromiseNotFound(promise=str(promise_id))
    return found


def acts(promise_id: UUID) -> list[PromiseAct]:
    """Return what was decided about a promise, newest first."""
    query = select(PromiseAct).where(PromiseAct.promise_id == promise_id)
    return list(db.session.scalars(query.order_by(PromiseAct.at.desc(), PromiseAct.id.desc())))


def _open_tasks() -> dict[str, int]:
    query = select(Task.kind, func.count()).where(Task.state == OPEN).group_by(Task.kind)
    return dict(db.session.execute(query).all())
