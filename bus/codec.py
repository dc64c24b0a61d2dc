"""Events to JSON and back: strict when written, tolerant when read."""

import dataclasses
import types
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints
from uuid import UUID

from marshmallow import EXCLUDE, RAISE, Schema, ValidationError, fields, missing, post_load

from bus import fields as strict
from bus.envelopes import Envelope
from bus.errors import DeclarationError, InvalidEvent, NewerVersion, Poison
from bus.events import Declaration, Event, Payload, catalogue
from bus.readings import reads

T = TypeVar("T")

_SCALARS: dict[Any, type[fields.Field[Any]]] = {
    str: strict.Text,
    int: strict.Whole,
    bool: strict.Truth,
    UUID: strict.Identifier,
    Decimal: strict.Number,
    date: strict.Day,
    datetime: strict.Moment,
}


def declared(event: Event) -> Declaration:
    """What was declared of the event's own class; nobody may publish what nobody declared."""
    cls = type(event)
    found = cls.__dict__.get("declaration")
    if isinstance(found, Declaration):
        return found
    raise InvalidEvent(f"{cls.__qualname__} is not declared with @event")


def encode(event: Event) -> Payload:
    """The event as plain JSON values; a value that breaks the declaration is refused."""
    return cast("Payload", _schema(declared(event).cls, RAISE).dump(event))


def decode(payload: Payload, target: type[T], *, unknown: str = EXCLUDE) -> T:
    """Build the target from a payload, ignoring what it does not know."""
    schema = _schema(target, unknown)
    try:
        return cast("T", schema.straight(payload))
    except ValidationError:
        pass  # said by `load`, with all that is wrong and where
    try:
        return cast("T", schema.load(payload))
    except ValidationError as error:
        raise Poison(f"cannot be read as {target.__qualname__}: {error.messages}") from error


def read(stored: Envelope, target: type[T]) -> T:
    """A stored event in the shape its handler asks for, brought up to today's version."""
    wanted = target.declaration.type if issubclass(target, Event) else reads(target)
    payload = stored.payload
    if stored.fact is not None:
        payload = _upcast(payload, stored.fact, stored.fact_version)
    if wanted != stored.fact:
        payload = _upcast(payload, stored.type, stored.version)
    return decode(payload, target)


def check(declaration: Declaration) -> None:
    """Raise when the bus cannot carry one of the event's fields."""
    _schema(declaration.cls, RAISE)


def _upcast(payload: Payload, name: str, version: int) -> Payload:
    known = catalogue.by_type.get(name)
    if known is None:
        return payload
    if version > known.version:
        raise NewerVersion(f"{name} has version {version}, this process knows {known.version}")
    for step in range(version, known.version):
        upcaster = catalogue.upcasters.get((name, step))
        if upcaster is None:
            raise Poison(f"nothing says how {name} version {step} becomes {step + 1}")
        payload = upcaster(dict(payload))
    return payload


class _DataclassSchema(Schema):
    """Turns what was read into the dataclass it was derived from."""

    builds: type

    def straight(self, data: Any) -> Any:
        """What `load` makes of data without a fault, several times faster."""
        if not isinstance(data, dict):
            raise ValidationError("Not a group of fields.")
        if self.unknown == RAISE and data.keys() - self.fields.keys():
            raise ValidationError("Unknown field.")
        values = {}
        for name, field in self.fields.items():
            if name in data:
                values[name] = strict.straight(field, data[name])
            elif field.required:
                raise ValidationError("Missing field.")
            elif field.load_default is not missing:
                values[name] = field.load_default
        return self.builds(**values)

    @post_load
    def build(self, data: Payload, **_options: Any) -> Any:
        """The dataclass; its own defaults fill what was missing."""
        return self.builds(**data)


_schemas: dict[tuple[type, str], _DataclassSchema] = {}


def _schema(cls: type, unknown: str) -> _DataclassSchema:
    """The schema derived from a dataclass; derived once."""
    made = _schemas.get((cls, unknown))
    if made is None:
        made = _schemas[(cls, unknown)] = _derive(cls, unknown)
    return made


def _derive(cls: type, unknown: str) -> _DataclassSchema:
    hints = get_type_hints(cls)
    members: dict[str, Any] = {
        field.name: _field(hints[field.name], unknown, f"{cls.__qualname__}.{field.name}", field)
        for field in dataclasses.fields(cls)
    }
    members["builds"] = cls
    made = type(f"{cls.__name__}Schema", (_DataclassSchema,), members)
    return cast("_DataclassSchema", made(unknown=unknown))


def _field(
    hint: Any, unknown: str, place: str, field: "dataclasses.Field[Any] | None" = None
) -> fields.Field[Any]:
    options: dict[str, Any] = {}
    inner = _without_none(hint)
    if inner is not hint:
        options["allow_none"] = True
    if field is not None:
        options.update(_presence(field, optional=inner is not hint))
    return _plain(inner, unknown, place, options)


def _presence(field: "dataclasses.Field[Any]", *, optional: bool) -> dict[str, Any]:
    if field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING:
        return {}
    return {"load_default": None} if optional else {"required": True}


def _plain(inner: Any, unknown: str, place: str, options: dict[str, Any]) -> fields.Field[Any]:
    if inner in _SCALARS:
        return _SCALARS[inner](**options)
    if get_origin(inner) is Literal:
        return strict.Choice(get_args(inner), **options)
    if get_origin(inner) is tuple and get_args(inner)[1:] == (...,):
        return strict.Row(_field(get_args(inner)[0], unknown, place), **options)
    if dataclasses.is_dataclass(inner) and isinstance(inner, type):
        return strict.Part(_schema(inner, unknown), inner, **options)
    raise DeclarationError(f"{place}: the bus cannot carry {inner!r}")


def _without_none(hint: Any) -> Any:
    if get_origin(hint) not in (Union, types.UnionType):
        return hint
    rest = tuple(a for a in get_args(hint) if a is not type(None))
    return rest[0] if len(rest) == 1 else hint
