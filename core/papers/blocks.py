"""The pieces papers are put together from: every value here is text ready to be set."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from babel import Locale
from flask_babel import format_date, format_decimal, pgettext
from flask_babel import gettext as _

from core.money import format_money, format_quantity
from core.papers.papers import Letterhead, Line, Party
from core.papers.words import amount_in_words

Content = dict[str, Any]
#: A line whose small print is longer than this may break over pages.
_LONG_DETAILS = 600
_UNBROKEN = re.compile(r"[!-~]{25,}")


@dataclass(frozen=True)
class Column:
    """One column of the table of goods: its head, and what a line shows in it."""

    label: str
    cell: Callable[[Line], str | Content]
    align: str = "right"
    wide: bool = False


def day(value: date) -> str:
    """Write a day as papers do: 2026年11月22日, November 22, 2026."""
    return str(format_date(value, "long"))


def figure(amount: Decimal) -> str:
    """Write an amount in a column whose head names the currency."""
    return str(format_decimal(amount, format="#,##0.00;-#,##0.00"))


def breakable(text: str) -> str:
    """Let a long run of letters or digits break, so that no serial number leaves its column."""
    return _UNBROKEN.sub(lambda run: "\u200b".join(re.findall(".{1,12}", run[0])), text)


def language_of(language: str) -> Content:
    """Tell the typesetter which glyphs and which line breaks the language wants."""
    locale = Locale.parse(language)
    territory = locale.territory or ("CN" if locale.language == "zh" else None)
    return {
        "lang": locale.language,
        "region": territory.lower() if territory else None,
        "script": locale.script.lower() if locale.script else "auto",
    }


def head_block(head: Letterhead) -> Content:
    """Say who issues the paper."""
    contact = "    ".join(
        part
        for part in (
            head.phone and _("Phone %(phone)s", phone=head.phone),
            head.tax_number and _("Tax number %(number)s", number=head.tax_number),
        )
        if part
    )
    return {"name": head.name, "lines": [row for row in (head.address, contact) if row]}


def party_block(label: str, who: Party, address: str = "") -> Content:
    """Say whom the paper is for."""
    contact = "  ".join(part for part in (who.contact, who.phone) if part)
    tax = _("Tax number %(number)s", number=who.tax_number) if who.tax_number else ""
    rows = (address or who.address, contact, tax)
    return {"label": label, "name": breakable(who.name), "lines": [row for row in rows if row]}


def facts(*rows: tuple[str, str]) -> list[tuple[str, str]]:
    """Keep the facts that have something to say."""
    return [(label, value) for label, value in rows if value]


def words(amount: Decimal, currency: str, language: str) -> tuple[str, str]:
    """Give the total in words with its label."""
    return _("Amount in words"), amount_in_words(amount, currency, language)


def goods_columns(currency: str, *, prices: bool, discounts: bool, taxes: bool) -> list[Column]:
    """Choose the columns of the table of goods."""
    sign = "¥" if currency == "CNY" else currency
    columns = [
        Column(pgettext("paper", "Item"), _item, "left", wide=True),
        Column(_("Quantity"), lambda line: format_quantity(line.quantity)),
        Column(_("Unit"), lambda line: line.unit, "left"),
    ]
    if prices:
        columns.append(Column(_("Unit price (%(sign)s)", sign=sign), _price))
    if discounts:
        columns.append(Column(_("Discount"), lambda line: _percent(line.discount_percent)))
    if taxes:
        columns.append(Column(_("Tax rate"), lambda line: _percent(line.tax_rate)))
    if prices:
        label = _("Amount (%(sign)s)", sign=sign)
        columns.append(Column(label, lambda line: figure(line.amount)))
    return columns


def goods_table(lines: Iterable[Line], columns: list[Column]) -> Content:
    """Fill the table of goods."""
    return {
        "columns": [
            {"label": "#", "align": "left", "wide": False},
            *({"label": it.label, "align": it.align, "wide": it.wide} for it in columns),
        ],
        "rows": [
            {
                "cells": [str(index), *(column.cell(line) for column in columns)],
                "long": sum(map(len, line.details)) > _LONG_DETAILS,
            }
            for index, line in enumerate(lines, start=1)
        ],
    }


def total_row(label: str, amount: Decimal, currency: str, *, strong: bool = False) -> Content:
    """One row of the totals."""
    return {"label": label, "value": format_money(amount, currency), "strong": strong}


def place_to_sign(side: str, name: str, *, signature: str, seal: str = "") -> Content:
    """A place where one side signs and, where papers are sealed, puts its seal."""
    return {"side": side, "name": name, "signature": signature, "date": _("Date"), "seal": seal}


def _item(line: Line) -> Content:
    small = [line.sku, *line.details] if line.sku != line.name else list(line.details)
    return {
        "name": breakable(line.name),
        "details": "  ·  ".join(breakable(text) for text in small if text),
    }


def _price(line: Line) -> str:
    return "" if line.unit_price is None else figure(line.unit_price)


def _percent(rate: Decimal | None) -> str:
    return "" if rate is None else f"{format_quantity(rate)}%"
