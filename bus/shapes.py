"""What the fields of an event look like, in the words of JSON Schema."""

import dataclasses
import types
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID

Shape = dict[str, Any]

_SCALARS: dict[Any, Shape] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    UUID: {"type": "string", "format": "uuid"},
    Decimal: {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
}


def shape_of(cls: type) -> Shape:
    """Return the shape of an event, a reading or a part of one.

    A field without a preset is required; fields may be added to an event at any time, so others
    are always allowed.
    """
    hints = get_type_hints(cls)
    fields = dataclasses.fields(cls)
    return {
        "type": "object",
        "properties": {field.name: _of(hints[field.name]) for field in fields},
        "required": [field.name for field in fields if _is_required(field)],
    }


def _is_required(field: "dataclasses.Field[Any]") -> bool:
    missing = dataclasses.MISSING
    return field.default is missing and field.default_factory is missing


def _of(hint: Any) -> Shape:
    if hint in _SCALARS:
        return dict(_SCALARS[hint])
    origin, inside = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _perhaps([each for each in inside if each is not type(None)])
    if origin is Literal:
        return {"enum": list(inside)}
    if origin is tuple:
        return {"type": "array", "items": _of(inside[0])}
    return shape_of(hint)


def _perhaps(inside: list[Any]) -> Shape:
    return {"oneOf": [_of(inside[0]), {"type": "null"}]}
