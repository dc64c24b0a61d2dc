"""Marshmallow fields that are strict in both directions, so a wrong value never gets stored."""

from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Generic, Protocol, TypeVar, cast
from uuid import UUID

from marshmallow import Schema, ValidationError, fields

from bus.errors import InvalidEvent

T = TypeVar("T")


class Straight(Protocol):
    """Reads one value and nothing around it: no hooks and no validators, for there are none."""

    def straight(self, value: Any) -> Any:
        """What reading makes of a value that is not null; raises ValidationError."""


def straight(field: fields.Field[Any], value: Any) -> Any:
    """What reading makes of a field's value."""
    if value is None and field.allow_none:
        return None
    return cast("Straight", field).straight(value)


def _refuse(wanted: str, value: object, attr: str | None, obj: object) -> InvalidEvent:
    return InvalidEvent(f"{type(obj).__name__}.{attr} must be {wanted}, not {value!r}")


class _Plain(fields.Field[T], Generic[T]):
    """One value of exactly the declared type; subclasses say how it is written and parsed."""

    wants: type

    def written(self, value: Any) -> Any:
        """The JSON value; ValueError refuses it."""
        return value

    def parsed(self, value: Any) -> T:
        """The Python value; ValueError refuses it."""
        raise NotImplementedError

    def straight(self, value: Any) -> T:
        """What reading makes of a value."""
        return self._deserialize(value)

    def _serialize(self, value: Any, attr: str | None, obj: object, **_options: Any) -> Any:
        if value is None and self.allow_none:
            return None
        if type(value) is not self.wants:
            raise _refuse(self.wants.__name__, value, attr, obj)
        try:
            return self.written(value)
        except ValueError as error:
            raise _refuse(str(error), value, attr, obj) from error

    def _deserialize(self, value: Any, *_place: Any, **_options: Any) -> T:
        try:
            return self.parsed(value)
        except ValueError as error:
            raise ValidationError(f"Not {error}.") from error


class _Native(_Plain[T]):
    """A type that JSON has itself."""

    def parsed(self, value: Any) -> T:
        if type(value) is not self.wants:
            raise ValueError(f"a valid {self.wants.__name__}")
        return cast("T", value)


class Text(_Native[str]):
    """A str."""

    wants = str


class Whole(_Native[int]):
    """An int; True is none."""

    wants = int


class Truth(_Native[bool]):
    """A bool; "yes" and 1 are none."""

    wants = bool


def _text(value: Any, wanted: str) -> str:
    if isinstance(value, str):
        return value
    raise ValueError(f"{wanted} written as text")


class Identifier(_Plain[UUID]):
    """A UUID, written as text."""

    wants = UUID

    def written(self, value: UUID) -> str:
        return str(value)

    def parsed(self, value: Any) -> UUID:
        return UUID(_text(value, "a UUID"))


class Number(_Plain[Decimal]):
    """A Decimal, written as text: a float would lose cents and is refused at both ends."""

    wants = Decimal

    def written(self, value: Decimal) -> str:
        if not value.is_finite():
            raise ValueError("a finite Decimal")
        return format(value, "f")

    def parsed(self, value: Any) -> Decimal:
        try:
            number = Decimal(_text(value, "a decimal number"))
        except InvalidOperation as error:
            raise ValueError("a decimal number") from error
        if not number.is_finite():
            raise ValueError("a finite number")
        return number


class Day(_Plain[date]):
    """A date without a time."""

    wants = date

    def written(self, value: date) -> str:
        return value.isoformat()

    def parsed(self, value: Any) -> date:
        return date.fromisoformat(_text(value, "a date"))


class Moment(_Plain[datetime]):
    """A point in time; one without a zone is refused."""

    wants = datetime

    def written(self, value: datetime) -> str:
        if value.tzinfo is None:
            raise ValueError("a datetime with a zone")
        return value.astimezone(UTC).isoformat()

    def parsed(self, value: Any) -> datetime:
        found = datetime.fromisoformat(_text(value, "a datetime"))
        if found.tzinfo is None:
            raise ValueError("a datetime with a zone")
        return found


class Choice(fields.Field[Any]):
    """One of a few literal values."""

    def __init__(self, choices: tuple[Any, ...], **options: Any) -> None:
        super().__init__(**options)
        self.choices = choices

    def straight(self, value: Any) -> Any:
        """What reading makes of a value."""
        return self._deserialize(value)

    def _serialize(self, value: Any, attr: str | None, obj: object, **_options: Any) -> Any:
        if value not in self.choices and not (value is None and self.allow_none):
            raise _refuse(f"one of {self.choices}", value, attr, obj)
        return value

    def _deserialize(self, value: Any, *_place: Any, **_options: Any) -> Any:
        if value not in self.choices:
            raise ValidationError(f"Not one of {self.choices}.")
        return value


class Part(fields.Nested):
    """A nested dataclass of exactly the declared class."""

    def __init__(self, schema: Schema, wants: type, **options: Any) -> None:
        super().__init__(schema, **options)
        self.wants = wants

    def straight(self, value: Any) -> Any:
        """What reading makes of a value."""
        return cast("Straight", self.schema).straight(value)

    def _serialize(self, *place: Any, **_options: Any) -> Any:
        value, attr, obj = place
        if value is None and self.allow_none:
            return None
        if type(value) is not self.wants:
            raise _refuse(self.wants.__name__, value, attr, obj)
        return self.schema.dump(value)


class Row(fields.List[Any]):
    """A tuple of any length, rebuilt as a tuple."""

    def straight(self, value: Any) -> Any:
        """What reading makes of a value."""
        if not isinstance(value, list):
            raise ValidationError("Not a valid list.")
        return tuple(straight(self.inner, each) for each in value)

    def _serialize(self, value: Any, attr: str | None, obj: object, **options: Any) -> Any:
        if value is None and self.allow_none:
            return None
        if not isinstance(value, tuple):
            raise _refuse("a tuple", value, attr, obj)
        return super()._serialize(value, attr, obj, **options)

    def _deserialize(self, *args: Any, **options: Any) -> Any:
        return tuple(super()._deserialize(*args, **options))
