"""A sheet: the columns that a kind of file has, and its rows as typed data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Generic, TypeVar

from flask_babel import gettext as _

from core.imports.cells import folded
from core.imports.columns import Column, Unusable
from core.imports.errors import UnreadableFile
from core.imports.reading import PREAMBLE, Row, rows

T = TypeVar("T")

_TOTALS = frozenset(("合计", "总计", "總計", "小计", "小計", "合計", "total", "sum", "grandtotal"))
_TOTAL_INITIALS = frozenset(word[0] for word in _TOTALS)
_COMMENTS = ("#", "---")


@dataclass(frozen=True)
class Problem:
    """What is wrong with one cell, in the words of the person who will correct it."""

    line: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Entry(Generic[T]):
    """A row that can be used, and the line on which it stands."""

    line: int
    value: T


@dataclass(frozen=True)
class Head:
    """Where in the file the columns stand."""

    line: int
    places: Mapping[str, int]
    #: Heads in the file that mean nothing to this sheet.
    unused: tuple[str, ...]


class Sheet(Generic[T]):
    """What one kind of file looks like: a dataclass for its rows and a column for each field."""

    def __init__(self, row: type[T], **columns: Column) -> None:
        self.row = row
        self.columns = columns
        self._by_head = {head: name for name, column in columns.items() for head in column.heads}

    def read(self, path: Path) -> Iterator[Entry[T] | Problem]:
        """Read a file row by row: each gives its data, or a problem for every bad cell.

        Raises:
            UnreadableFile: when the file or its heads cannot be used at all.
        """
        source = rows(path)
        first = list(islice(source, PREAMBLE))
        head = self._find_head(first)
        seen: dict[str, dict[int, int]] = {
            name: {} for name, column in self.columns.items() if column.unique
        }
        for row in chain(first, source):
            if row.line > head.line and not self._is_no_data(row, head):
                yield from self._typed(row, head, seen)

    def head(self, path: Path) -> Head:
        """Find the row of names, to show which columns are used and which are not."""
        return self._find_head(list(islice(rows(path), PREAMBLE)))

    def _find_head(self, first: list[Row]) -> Head:
        heads = [self._as_head(row) for row in first]
        best = max(heads, key=lambda head: len(head.places), default=Head(0, {}, ()))
        missing = [
            str(column.label)
            for name, column in self.columns.items()
            if column.required and name not in best.places
        ]
        if missing:
            raise UnreadableFile(
                _(
                    "The file has no column %(missing)s. "
                    "Give the first row the names of the columns: %(all)s.",
                    missing=_(", ").join(missing),
                    all=_(", ").join(str(column.label) for column in self.columns.values()),
                )
            )
        return best

    def _as_head(self, row: Row) -> Head:
        places: dict[str, int] = {}
        unused = []
        for at, cell in enumerate(row.cells):
            name = self._by_head.get(folded(cell))
            if name is not None:
                places.setdefault(name, at)
            elif cell:
                unused.append(cell)
        return Head(row.line, places, tuple(unused))

    def _is_no_data(self, row: Row, head: Head) -> bool:
        if not any(_cell(row, at) for at in head.places.values()):
            return True
        first = next(cell for cell in row.cells if cell)
        return first.startswith(_COMMENTS) or (_is_total(first) and self._has_gaps(row, head))

    def _has_gaps(self, row: Row, head: Head) -> bool:
        return not all(_cell(row, at) for at in head.places.values())

    def _typed(
        self, row: Row, head: Head, seen: dict[str, dict[int, int]]
    ) -> Iterator[Entry[T] | Problem]:
        values: dict[str, object] = {}
        problems = []
        for name, column in self.columns.items():
            text = _cell(row, head.places.get(name))
            try:
                values[name] = column.read(text)
                if text and name in seen:
                    _refuse_second(seen[name], values[name], row.line)
            except Unusable as error:
                problems.append(Problem(row.line, str(column.label), str(error)))
        if problems:
            yield from problems
        else:
            yield Entry(row.line, self.row(**values))


def _is_total(first: str) -> bool:
    # The first letter rules nearly every row out before it is folded.
    return first[0].casefold() in _TOTAL_INITIALS and folded(first) in _TOTALS


def _cell(row: Row, at: int | None) -> str:
    return row.cells[at] if at is not None and at < len(row.cells) else ""


def _refuse_second(seen: dict[int, int], value: object, line: int) -> None:
    # Hashes instead of values: a million rows stay small.
    first = seen.setdefault(hash(value), line)
    if first != line:
        raise Unusable(
            _("%(value)s stands on line %(line)s already. Remove one.", value=value, line=first)
        )
