"""The base of every schema of API and forms: its messages say what to enter, in every language."""

from collections.abc import Mapping
from typing import Any

import marshmallow
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from marshmallow import ValidationError, fields, validate

_FIELD = {
    "required": _l("Please fill in this field."),
    "null": _l("Please fill in this field."),
    "validator_failed": _l("Enter another value here."),
}
#: What a field of each kind says instead of marshmallow's words, by the kind's base class.
_KINDS: tuple[tuple[type[fields.Field[Any]], dict[str, LazyString]], ...] = (
    (fields.String, {"invalid": _l("Enter a text."), "invalid_utf8": _l("Enter a text.")}),
    (fields.UUID, {"invalid_uuid": _l("Choose one from the list.")}),
    (
        fields.Integer,
        {
            "invalid": _l("Enter a whole number such as 3."),
            "too_large": _l("This number is too large."),
        },
    ),
    (fields.Boolean, {"invalid": _l("Choose yes or no.")}),
    (fields.DateTime, {"invalid": _l("Enter a day and time such as 2026-11-22 14:30.")}),
    (
        fields.Date,
        {
            "invalid": _l("Enter a day as year-month-day, such as 2026-11-22."),
            "format": _l("Enter a day as year-month-day, such as 2026-11-22."),
        },
    ),
    (fields.Nested, {"type": _l("Give a group of fields here.")}),
    (fields.List, {"invalid": _l("Give a list here.")}),
)
_VALIDATORS: tuple[tuple[type[validate.Validator], dict[str, LazyString]], ...] = (
    (
        validate.Length,
        {
            "message_min": _l("Enter at least {min}."),
            "message_max": _l("This is too long: at most {max} characters."),
            "message_all": _l("Enter between {min} and {max} characters."),
            "message_equal": _l("Enter exactly {equal} characters."),
        },
    ),
    (
        validate.Range,
        {
            "message_min": _l("Enter {min} or more."),
            "message_max": _l("Enter {max} or less."),
            "message_all": _l("Enter a number from {min} to {max}."),
        },
    ),
)
#: What a validator with a single message says instead.
_SINGLE: tuple[tuple[type[validate.Validator], LazyString], ...] = (
    (validate.OneOf, _l("Choose one of: {choices}.")),
    (validate.Regexp, _l("Check the spelling; this cannot be read.")),
    (validate.Email, _l("Enter an e-mail address such as name@company.com.")),
)
_THEIRS = {vars(kind)["default_message"] for kind, _text in _SINGLE} | {
    fields.Email.default_error_messages["invalid"]
}


class Schema(marshmallow.Schema):
    """A schema that speaks the user's language and refuses what it does not know."""

    error_messages = {
        "unknown": _l("This field is not known here. Check its name."),
        "type": _l("Give a group of fields here."),
    }

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        """Replace marshmallow's own English words wherever the field does not bring its own."""
        own = _own_messages(field_obj)
        for kind, messages in ((fields.Field, _FIELD), *_KINDS):
            if isinstance(field_obj, kind):
                news = {key: text for key, text in messages.items() if key not in own}
                field_obj.error_messages.update(news)
        for validator in field_obj.validators:
            _translate(validator)

    def handle_error(self, error: ValidationError, data: Any, *, many: bool, **kwargs: Any) -> None:
        """Make every message a list of plain texts."""
        error.messages = plain(error.messages)


def plain(messages: Any) -> Any:
    """Return marshmallow's messages with every lazy text turned into a list of plain texts."""
    if isinstance(messages, Mapping):
        return {key: plain(value) for key, value in messages.items()}
    if isinstance(messages, list | tuple):
        return [plain(one) if isinstance(one, Mapping) else str(one) for one in messages]
    return [str(messages)]


def _own_messages(field: fields.Field[Any]) -> set[str]:
    """Return the keys for which this field, or its class outside marshmallow, has own words."""
    ours: set[str] = set()
    for cls in type(field).__mro__:
        if not cls.__module__.startswith("marshmallow"):
            ours |= set(vars(cls).get("default_error_messages", {}))
    defaults: dict[str, Any] = {}
    for cls in reversed(type(field).__mro__):
        defaults.update(vars(cls).get("default_error_messages", {}))
    return ours | {
        key for key, text in field.error_messages.items() if defaults.get(key) is not text
    }


def _translate(validator: Any) -> None:
    for kind, messages in _VALIDATORS:
        if isinstance(validator, kind) and not getattr(validator, "error", None):
            for name, text in messages.items():
                setattr(validator, name, text)
    for kind, text in _SINGLE:
        if isinstance(validator, kind) and validator.error in _THEIRS:
            validator.error = text
