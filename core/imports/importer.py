"""What a module gives so that its records can be imported, and where it says so.

A module that wants to import has a file `imports.py`, loaded at start like its handlers:

    @dataclass(frozen=True)
    class PastOrder:
        order_ref: str
        amount: Decimal

    class PastOrders(Importer[PastOrder]):
        kind = "orders"
        title = _l("Orders")
        permission = "sales.approve"
        sheet = Sheet(
            PastOrder,
            order_ref=Text(_l("Order number"), ("order_ref", "订单号"), unique=True),
            amount=Money(_l("Amount"), ("amount", "金额")),
        )

        def check(self, entries, terms, /):         # the whole file, before anything is written
            for entry in entries:
                if entry.value.amount > LIMIT:
                    yield self.problem(entry, "amount", _("…what to enter instead"))

        def apply(self, entries, terms, /):         # one chunk, in the caller's transaction
            known = references_known(entry.value.order_ref for entry in entries)
            new = [entry for entry in entries if entry.value.order_ref not in known]
            …bulk inserts, bus.publish_many([...]) …
            return len(new)

    register(PastOrders())

The frame reads the file, collects every bad cell, cuts the rows into chunks of well under
200 ms, remembers how far it came, and shows it on the screen and in the terminal. `apply` must
leave alone what it finds already there: a run that was killed goes on where it stopped, and the
same rows may come again in another file.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar
from uuid import UUID

from core.imports.errors import UnknownKind
from core.imports.sheets import Entry, Problem, Sheet
from core.people import may
from core.registry import switchboard

T = TypeVar("T")


@dataclass(frozen=True)
class Terms:
    """What is agreed for the whole file."""

    import_id: UUID
    currency: str


class Importer(ABC, Generic[T]):
    """How one kind of file is checked and taken in."""

    #: The word after `lamplit import`.
    kind: ClassVar[str]
    title: ClassVar[str]
    #: What somebody must be allowed to do to import this on the screen.
    permission: ClassVar[str]
    #: The icon of the choice on the screen.
    icon: ClassVar[str] = "upload"
    sheet: Sheet[T]

    @property
    def module(self) -> str | None:
        """The module it belongs to; None is the core."""
        package, _dot, rest = type(self).__module__.partition(".")
        return rest.partition(".")[0] if package == "modules" else None

    def problem(self, entry: Entry[T], column: str, reason: str) -> Problem:
        """Name what is wrong with one cell of a row."""
        return Problem(entry.line, str(self.sheet.columns[column].label), reason)

    @abstractmethod
    def check(self, entries: Iterable[Entry[T]], terms: Terms, /) -> Iterator[Problem]:
        """Look at every row that is right in itself; tell what is wrong all the same.

        Called in a read transaction with all rows of the file, one after the other.
        """

    @abstractmethod
    def apply(self, entries: Sequence[Entry[T]], terms: Terms, /) -> int:
        """Take in some rows, within the caller's transaction; return how many were new."""


_importers: dict[str, Importer[object]] = {}


def register(importer: Importer[T]) -> None:
    """Offer an importer under its kind."""
    _importers[importer.kind] = importer  # type: ignore[assignment]


def importer_of(kind: str) -> Importer[object]:
    """Return the importer of a kind.

    Raises:
        UnknownKind: when there is none, or its module is off.
    """
    found = _importers.get(kind)
    if found is None or not _is_on(found):
        raise UnknownKind(kind=kind)
    return found


def importers() -> list[Importer[object]]:
    """Return what can be imported now, the core's own first."""
    on = [each for each in _importers.values() if _is_on(each)]
    return sorted(on, key=lambda each: (each.module or "", each.kind))


def allowed_importers() -> list[Importer[object]]:
    """Return what the person in front of the screen may import."""
    return [each for each in importers() if may(each.permission)]


def _is_on(importer: Importer[object]) -> bool:
    return importer.module is None or switchboard.is_on(importer.module)


def may_import_something() -> bool:
    """Whether the person who asks may take in any kind of file."""
    return bool(allowed_importers())
