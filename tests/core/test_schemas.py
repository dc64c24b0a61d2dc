"""No schema ever answers in marshmallow's own English."""

import marshmallow
import pytest
from flask_babel import lazy_gettext as _l
from marshmallow import ValidationError, fields, validate

from core.schemas import Schema


def everything(base):
    """Return a schema with a field of every kind, on this base."""

    class Everything(base):
        text = fields.String(required=True, validate=validate.Length(2, 4))
        count = fields.Integer(validate=validate.Range(1, 9))
        day = fields.Date()
        moment = fields.AwareDateTime()
        yes = fields.Boolean()
        id = fields.UUID()
        mail = fields.Email()
        kind = fields.String(validate=validate.OneOf(["cash", "card"]))
        code = fields.String(validate=validate.Regexp(r"^\d+$"))
        parts = fields.List(fields.Nested(lambda: Everything(only=("count",))))
        own = fields.Integer(error_messages={"invalid": _l("Ours")})
        own_rule = fields.String(validate=validate.Length(max=1, error=_l("Only one letter.")))

    return Everything()


WRONG = {
    "text": "",
    "count": 10,
    "day": "tomorrow",
    "moment": "noon",
    "yes": "perhaps",
    "id": "7",
    "mail": "nobody",
    "kind": "barter",
    "code": "x",
    "parts": [{"count": "many"}, "y"],
    "own": "x",
    "own_rule": "xx",
    "unknown": 1,
}


def messages(schema, data):
    with pytest.raises(ValidationError) as refused:
        schema.load(data)
    return refused.value.messages


def texts(found):
    if isinstance(found, dict):
        return [text for below in found.values() for text in texts(below)]
    return list(found)


def test_every_message_is_ours_and_says_what_to_enter(app):
    with app.test_request_context(headers={"Accept-Language": "en"}):
        ours = messages(everything(Schema), WRONG)
        theirs = messages(everything(marshmallow.Schema), {**WRONG, "own": 1, "own_rule": "x"})

    assert set(texts(ours)) & set(texts(theirs)) == set()
    assert ours["count"] == ["Enter a number from 1 to 9."]
    assert ours["day"] == ["Enter a day as year-month-day, such as 2026-11-22."]
    assert ours["parts"][0]["count"] == ["Enter a whole number such as 3."]


def test_a_fields_own_words_are_kept(app):
    with app.test_request_context(headers={"Accept-Language": "en"}):
        found = messages(everything(Schema), WRONG)

    assert found["own"] == ["Ours"]
    assert found["own_rule"] == ["Only one letter."]


def test_what_is_missing_is_asked_for_in_whole_sentences(app):
    # A lazy text is no list: its first letter alone once stood at a field.
    with app.test_request_context(headers={"Accept-Language": "en"}):
        found = messages(everything(Schema), {})

    assert found == {"text": ["Please fill in this field."]}
