"""What each step of a complaint asks for."""

from typing import Any

from marshmallow import fields, post_load, validate

from core.api.fields import MoneyField, QuantityField
from core.schemas import Schema
from modules.service.models.compensations import KINDS, NONE
from modules.service.schemas.complaints import CAUSES, COMPLAINT_KINDS, VERDICTS
from modules.service.services.complaints import Proposal
from modules.service.services.complaints.acts import LONGEST_TEXT
from modules.service.services.complaints.escalating import Escalation
from modules.service.services.complaints.hearing import Goods
from modules.service.services.complaints.proposing import ProposedGoods


def _text(**more: Any) -> fields.String:
    return fields.String(validate=validate.Length(1, LONGEST_TEXT), **{"required": True, **more})


class TextSchema(Schema):
    """What was said."""

    text = _text()


class RemarkSchema(Schema):
    """A word to it, if there is one."""

    text = fields.String(load_default="", validate=validate.Length(max=LONGEST_TEXT))


class HeardSchema(TextSchema):
    """She was called and heard."""

    kind = fields.String(required=True, validate=validate.OneOf(COMPLAINT_KINDS))


class GoodsSchema(Schema):
    """The goods that it is about, as far as they are known."""

    order = fields.String(load_default="")
    line_id = fields.UUID(load_default=None)
    lot = fields.String(load_default="", validate=validate.Length(max=60))
    serial = fields.String(load_default="", validate=validate.Length(max=80))


class CauseSchema(Schema):
    """Whose cause it is, where it arose, and with which goods."""

    cause = fields.String(required=True, validate=validate.OneOf(CAUSES))
    department = fields.String(required=True, validate=validate.Length(1, 40))
    text = _text()
    line_id = fields.UUID(load_default=None)
    lot = fields.String(load_default="", validate=validate.Length(max=60))
    serial = fields.String(load_default="", validate=validate.Length(max=80))

    @post_load
    def with_goods(self, data: dict[str, Any], **_options: Any) -> dict[str, Any]:
        """Put what says which goods into one."""
        goods = Goods(**{name: data.pop(name) for name in ("line_id", "lot", "serial")})
        return {**data, "goods": goods}


class ProposedLineSchema(Schema):
    """A quantity of one line of the order."""

    line_id = fields.UUID(required=True)
    quantity = QuantityField(required=True, positive=True)

    @post_load
    def made(self, data: dict[str, Any], **_options: Any) -> ProposedGoods:
        """Return what services take."""
        return ProposedGoods(**data)


class ProposalSchema(Schema):
    """What she is to be offered."""

    text = _text()
    kind = fields.String(load_default=NONE, validate=validate.OneOf(KINDS))
    amount = MoneyField(load_default=None)
    lines = fields.List(fields.Nested(ProposedLineSchema), load_default=[])

    @post_load
    def made(self, data: dict[str, Any], **_options: Any) -> Proposal:
        """Return what services take."""
        return Proposal(**data)


class AnswerSchema(TextSchema):
    """What she was told, and whether she agrees."""

    agreed = fields.Boolean(required=True)


class CloseSchema(Schema):
    """Whether she is content, and in her words."""

    verdict = fields.String(required=True, validate=validate.OneOf(VERDICTS))
    words = _text()


class OfferSchema(TextSchema):
    """Who is to take it over, and what has to be known."""

    person_id = fields.UUID(required=True)


class QuestionSchema(OfferSchema):
    """Who of which department is asked what."""

    department = fields.String(required=True, validate=validate.Length(1, 40))


class EscalationSchema(TextSchema):
    """Another person, another place, another time."""

    person_id = fields.UUID(load_default=None)
    place = fields.String(load_default="", validate=validate.Length(max=200))
    day = fields.Date(load_default=None)

    @post_load
    def made(self, data: dict[str, Any], **_options: Any) -> Escalation:
        """Return what services take."""
        return Escalation(**data)


class AskOthersSchema(Schema):
    """Whom to ask: everybody with the same product, or only with the same lot."""

    same_lot_only = fields.Boolean(load_default=False)
