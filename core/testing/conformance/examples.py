"""Events made up from their declarations: one with every field filled, one with the least."""

import dataclasses
import types
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints
from uuid import UUID

T = TypeVar("T")

_PLAIN: dict[Any, Any] = {
    str: "words",
    int: 3,
    bool: True,
    UUID: UUID("0192a000-0000-7000-8000-000000000001"),
    Decimal: Decimal("12.50"),
    date: date(2026, 11, 22),
    datetime: datetime(2026, 11, 22, 8, 30, tzinfo=UTC),
}


def examples(cls: type[T]) -> Iterator[T]:
    """Yield the fullest example of a dataclass, and the barest."""
    yield build(cls, bare=False)
    yield build(cls, bare=True)


def build(cls: type[T], *, bare: bool) -> T:
    """Return an example; a bare one leaves out what may be left out."""
    hints = get_type_hints(cls)
    values = {
        field.name: _value(hints[field.name], bare=bare)
        for field in dataclasses.fields(cast("Any", cls))
        if not bare or _must_be_given(field)
    }
    return cls(**values)


def _must_be_given(field: "dataclasses.Field[Any]") -> bool:
    missing = dataclasses.MISSING
    return field.default is missing and field.default_factory is missing


def _value(hint: Any, *, bare: bool) -> Any:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        (inner,) = (each for each in arguments if each is not type(None))
        return None if bare else _value(inner, bare=bare)
    if origin is Literal:
        return arguments[0]
    if origin is tuple:
        return () if bare else (_value(arguments[0], bare=bare),)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return build(hint, bare=bare)
    return _PLAIN[hint]
