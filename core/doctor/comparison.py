"""Compare two streams of rows that are sorted by the same key, and name the first difference."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Difference:
    """Where a table and the log disagree."""

    table: str
    row: str
    stored: object
    rebuilt: object

    def __str__(self) -> str:
        return (
            f"different: {self.table} {self.row}: stored {_text(self.stored)}, "
            f"from the log {_text(self.rebuilt)}"
        )


def _text(value: object) -> str:
    return "nothing" if value is None else str(value)


def first_difference(
    table: str, key: tuple[str, ...], stored: Iterable[Values], rebuilt: Iterable[Values]
) -> Difference | None:
    """Return the first row or field that is not the same on both sides."""
    for left, right in zip_longest(stored, rebuilt):
        if left is None or right is None or any(left[k] != right[k] for k in key):
            return _missing(table, key, left, right)
        for name, value in right.items():
            if left[name] != value:
                return Difference(table, f"{_key(key, right)} {name}", left[name], value)
    return None


def _missing(
    table: str, key: tuple[str, ...], left: Values | None, right: Values | None
) -> Difference:
    stored = _key(key, left) if left is not None else None
    rebuilt = _key(key, right) if right is not None else None
    return Difference(table, "row", stored, rebuilt)


def _key(key: tuple[str, ...], values: Values) -> str:
    return "/".join(str(values[name]) for name in key)
