"""Forms: read what was typed, check it with a schema, keep it with its messages for the page."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

import marshmallow
from flask import render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from marshmallow import EXCLUDE, ValidationError

from core.errors import DomainError, InvalidInput
from core.ids import new_id
from core.money import money_text, quantity_text
from core.schemas import plain

Nested: TypeAlias = dict[str, Any]

#: What the macros send beside what a person entered; a picker also sends the text it "-shown".
_OUR_OWN = ("csrf_token", "idempotency_key")


@dataclass
class Form:
    """What a form shows (as typed) and, when it was sent and is right, what it means."""

    #: What stands in each field, by its name on the page ("lines-0-sku").
    values: dict[str, str] = field(default_factory=dict)
    #: What is wrong, by the same names; "" is about the whole form.
    errors: dict[str, list[str]] = field(default_factory=dict)
    #: The loaded input; empty as long as there are errors.
    data: dict[str, Any] = field(default_factory=dict)
    #: Sent with the form, so that a double click acts once.
    idempotency_key: str = field(default_factory=lambda: str(new_id()))
    #: On which row of the page each item of a list stands; empty rows were left out.
    places: dict[str, list[int]] = field(default_factory=dict)
    #: What the fields drawn so far are called, for the summary above them.
    titles: dict[str, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether the input can be used."""
        return not self.errors

    @property
    def field_errors(self) -> dict[str, list[str]]:
        """What is wrong with single fields, in the order of the page as far as it is known."""
        names = {name: at for at, name in enumerate(self.values)}
        own = {name: texts for name, texts in self.errors.items() if name}
        return dict(sorted(own.items(), key=lambda item: names.get(item[0], len(names))))

    @property
    def summary(self) -> str:
        """Say in one sentence what is to be done."""
        if "" in self.errors:
            return " ".join(self.errors[""])
        count = len(self.errors)
        return ngettext(
            "One field needs a correction. Nothing was saved yet.",
            "%(num)s fields need a correction. Nothing was saved yet.",
            count,
        )

    def value(self, name: str) -> str:
        """Return what stands in a field."""
        return self.values.get(name, "")

    def checked(self, name: str) -> bool:
        """Whether a box is ticked."""
        return self.values.get(name, "") not in ("", "false")

    def error(self, name: str) -> str:
        """Return the message at a field, or nothing."""
        return " ".join(self.errors.get(name, ()))

    def named(self, name: str, label: str) -> str:
        """Note what a field is called on the page, and return the message at it."""
        self.titles[name] = label
        return self.error(name)

    def title(self, name: str) -> str:
        """Return what a field is called, with its row in a table of lines."""
        label = self.titles.get(name, "")
        table, _dash, rest = name.partition("-")
        row = f"{table}-{rest.partition('-')[0]}-"
        if not rest or row not in (rows := self.rows(table)):
            return label
        return _("Line %(number)s, %(field)s", number=rows.index(row) + 1, field=label)

    def rows(self, name: str, blanks: int = 1) -> list[str]:
        """Return the prefixes of a list's rows ("lines-0-"); some empty rows when it has none."""
        start = f"{name}-"
        numbers = {
            int(number)
            for key in self.values
            if key.startswith(start)
            for number in [key[len(start) :].partition("-")[0]]
            if number.isdecimal()
        }
        return [f"{name}-{number}-" for number in sorted(numbers) or range(blanks)]

    def refuse(self, error: DomainError) -> "Form":
        """Show what a service refused: at its fields, or above the form."""
        if isinstance(error, InvalidInput):
            for path, text in error.errors.items():
                self.errors.setdefault(self._name(path.split(".")), []).append(str(text))
        else:
            self.errors.setdefault("", []).append(error.message())
        self.data = {}
        return self

    def _name(self, path: Sequence[str]) -> str:
        """Return the name on the page of a field of the data ("lines", "0", "sku")."""
        parts = [part for part in path if part]
        if len(parts) > 1 and parts[0] in self.places and parts[1].isdecimal():
            rows = self.places[parts[0]]
            if int(parts[1]) < len(rows):
                parts[1] = str(rows[int(parts[1])])
        return "-".join(parts)


def blank_form(values: Mapping[str, Any] | None = None) -> Form:
    """Return a form to be filled in; values (nested, typed) stand in it from the start."""
    return Form(values=dict(_flat(values or {})))


def read_form(schema: marshmallow.Schema, source: Mapping[str, str] | None = None) -> Form:
    """Return the form that was sent, checked by the schema."""
    typed = dict(request.form.items() if source is None else source.items())
    form = Form(values={name: text.strip() for name, text in typed.items()})
    nested, form.places = nest(form.values)
    try:
        form.data = schema.load(nested, unknown=EXCLUDE)
    except ValidationError as error:
        for path, texts in _paths(plain(error.messages)):
            form.errors.setdefault(form._name(path), []).extend(texts)
    return form


def answer(template: str, form: Form, **context: Any) -> tuple[str, int]:
    """Return the page of a form: 422 when it has errors, so that nothing of it is kept."""
    return render_template(template, form=form, **context), 200 if form.ok else 422


def nest(values: Mapping[str, str]) -> tuple[Nested, dict[str, list[int]]]:
    """Return names like "lines-0-sku" as nested lists, and which rows of the page remain.

    Fields left empty are missing, rows left empty do not exist.
    """
    plain_fields: Nested = {}
    rows: dict[str, dict[int, Nested]] = {}
    for name, text in values.items():
        head, _dash, rest = name.partition("-")
        number, _dash, key = rest.partition("-")
        if text == "" or name in _OUR_OWN or name.endswith("-shown"):
            continue
        if number.isdecimal() and key:
            rows.setdefault(head, {}).setdefault(int(number), {})[key] = text
        else:
            plain_fields[name] = text
    places = {head: sorted(numbered) for head, numbered in rows.items()}
    lists = {head: [rows[head][number] for number in places[head]] for head in places}
    return {**plain_fields, **lists}, places


def _paths(
    messages: Any, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    if isinstance(messages, Mapping):
        for key, below in messages.items():
            yield from _paths(below, path if key == "_schema" else (*path, str(key)))
    else:
        yield path, [str(text) for text in messages]


def _flat(values: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{name}-")
        elif isinstance(value, Iterable) and not isinstance(value, str):
            for at, each in enumerate(value):
                yield from _flat(each, f"{prefix}{name}-{at}-")
        else:
            yield f"{prefix}{name}", _typed(value)


def _typed(value: Any) -> str:
    """Return a value as a person would type it."""
    if value is None or value is False:
        return ""
    if value is True:
        return "true"
    if isinstance(value, Decimal):
        is_quantity = value.as_tuple().exponent not in (-2, -1, 0)
        return quantity_text(value) if is_quantity else money_text(value)
    return value.isoformat() if isinstance(value, date) else str(value)
