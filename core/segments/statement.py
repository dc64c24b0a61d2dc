"""One statement for one segment, whatever it asks for."""

import operator
from collections.abc import Callable, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    true,
)

from core.clock import today
from core.columns import Money
from core.customers.leading import leading, standing_for
from core.customers.models import Customer, CustomerAlias
from core.segments.conditions import Condition
from core.segments.fields import Field

_COMPARE: dict[str, Callable[[Any, Any], Any]] = {"at_least": operator.ge, "at_most": operator.le}


def customers_in(match: str, conditions: Sequence[Condition]) -> Select[Any]:
    """Return the statement of the ids of all customers who fit; merged cards are one.

    Every condition is one part of its WHERE; without any condition nobody fits.
    """
    parts = [_fits(each.field, each.op, each.value) for each in conditions]
    together = and_(true(), *parts) if match == "all" else or_(false(), *parts)
    return select(Customer.id).where(
        Customer.id.not_in(select(CustomerAlias.alias_id)), together if parts else false()
    )


def _fits(field: Field, op: str, value: Any) -> Any:
    if field.column is not None:
        return _card_fits(field, op, value)
    if field.type == "set":
        own = _standing(field, lambda value_: value_ == value)
        return Customer.id.in_(own) if op == "has" else Customer.id.not_in(own)
    if field.type == "text":
        return _text_rows_fit(field, op, value)
    if field.type == "flag":
        own = _standing(field, lambda value_: value_.is_(True))
        return Customer.id.in_(own) if op == "yes" else Customer.id.not_in(own)
    if field.type == "date":
        return _date_fits(field, op, value)
    return _sum_fits(field, op, value)


def _card_fits(field: Field, op: str, value: Any) -> Any:
    column: Any = field.column
    if field.type == "flag":
        return column.is_(op == "yes")
    if op in _COMPARE:
        return and_(column.is_not(None), _COMPARE[op](column, value))
    if op == "contains":
        return column.icontains(value, autoescape=True)
    if op == "empty":
        return or_(column == "", column.is_(None))
    is_same = column == (int(value) if isinstance(column.type, Integer) else value)
    return is_same if op == "is" else or_(not_(is_same), column.is_(None))


def _text_rows_fit(field: Field, op: str, value: str) -> ColumnElement[bool]:
    if op == "contains":
        own = _standing(field, lambda value_: value_.icontains(value, autoescape=True))
        return Customer.id.in_(own)
    if op == "empty":
        return Customer.id.not_in(_standing(field, lambda value_: value_ != ""))
    own = _standing(field, lambda value_: value_ == value)
    return Customer.id.in_(own) if op == "is" else Customer.id.not_in(own)


def _date_fits(field: Field, op: str, value: Any) -> ColumnElement[bool]:
    if op == "never":
        return Customer.id.not_in(_standing(field))
    since = today() - timedelta(days=int(value))
    if op == "within":
        return Customer.id.in_(_standing(field, lambda value_: value_ >= since))
    return Customer.id.in_(_grouped(field, lambda value_: func.max(value_) < since))


def _sum_fits(field: Field, op: str, value: Any) -> ColumnElement[bool]:
    """Who has no row has nothing: zero is compared as well."""
    compare = _COMPARE[op]
    limit = literal(value, Money()) if field.type == "money" else value

    def fits(value_: Any) -> Any:
        if field.type == "money":
            return compare(func.sum(value_, type_=Money()), limit)
        return compare(func.sum(value_), limit)

    if compare(Decimal(0), value):
        return Customer.id.not_in(_grouped(field, lambda value_: not_(fits(value_))))
    return Customer.id.in_(_grouped(field, fits))


def _standing(field: Field, condition: Callable[[Any], Any] | None = None) -> Any:
    """Return the leading cards of the rows that fit."""
    _card, value, query = _rows(field)
    return query.where(condition(value)) if condition else query


def _grouped(field: Field, having: Callable[[Any], Any]) -> Any:
    """Return the leading cards whose rows together fit."""
    card, value, query = _rows(field)
    return query.group_by(card).having(having(value))


def _rows(field: Field) -> tuple[Any, Any, Any]:
    """Return the leading card, the value, and the select of the cards of a field's rows."""
    if field.rows is None:
        raise ValueError(f"{field.name} cannot be asked for")
    rows = field.rows().subquery()
    owner, value = rows.columns  # whatever its select calls them
    cards = leading()
    card = standing_for(cards, owner)
    query = select(card).outerjoin_from(rows, cards, cards.c.alias_id == owner)
    return card, value, query.where(owner.is_not(None))
