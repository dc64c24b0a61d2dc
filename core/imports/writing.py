"""Write tables that a spreadsheet opens unharmed: right characters, whole numbers, no formulas."""

import csv
import io
from abc import ABC, abstractmethod
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import IO

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from core.clock import local

Value = str | int | Decimal | date | datetime | bool | None

#: A cell that begins so is run by a spreadsheet as a formula, whoever typed it.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
#: A spreadsheet keeps fifteen digits of a number; what may be longer travels as text.
_LONGEST_NUMBER = 15


def harmless(text: str) -> str:
    """Return the text so that a spreadsheet shows it instead of running it."""
    return f"'{text}" if text.startswith(_DANGEROUS) else text


class TableWriter(ABC):
    """Writes one table, row by row."""

    media_type: str
    suffix: str

    @abstractmethod
    def row(self, values: Iterable[Value]) -> None:
        """Write one row; the first is the head."""

    @abstractmethod
    def close(self) -> None:
        """Finish the file."""


class CsvWriter(TableWriter):
    """CSV in UTF-8 with the mark by which Excel knows it."""

    media_type = "text/csv; charset=utf-8"
    suffix = ".csv"

    def __init__(self, target: IO[bytes]) -> None:
        self._text = io.TextIOWrapper(target, "utf-8-sig", newline="", write_through=True)
        self._writer = csv.writer(self._text)

    def row(self, values: Iterable[Value]) -> None:
        self._writer.writerow([_csv_cell(value) for value in values])

    def close(self) -> None:
        self._text.flush()
        self._text.detach()


class XlsxWriter(TableWriter):
    """An Excel workbook: figures as numbers, names and long numbers as text."""

    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    suffix = ".xlsx"

    def __init__(self, target: IO[bytes], title: str = "Lamplit") -> None:
        self._target = target
        self._book = Workbook(write_only=True)
        self._sheet = self._book.create_sheet(title[:31])
        self._sheet.freeze_panes = "A2"
        self._rows = 0

    def row(self, values: Iterable[Value]) -> None:
        values = list(values)
        if not self._rows:
            for at, value in enumerate(values, start=1):
                width = max(12, 2 * len(str(value)) + 2)
                self._sheet.column_dimensions[get_column_letter(at)].width = width
        self._rows += 1
        self._sheet.append([self._cell(value) for value in values])

    def close(self) -> None:
        self._book.save(self._target)

    def _cell(self, value: Value) -> Cell:
        cell: Cell = WriteOnlyCell(self._sheet)
        cell.value = _xlsx_value(value)
        if isinstance(cell.value, str):
            # Said to be text, whatever it looks like: "=1+1" and "0001" stay as they are.
            cell.data_type = "s"
            cell.number_format = "@"
        elif isinstance(value, Decimal):
            places = -int(value.as_tuple().exponent) if value.is_finite() else 0
            cell.number_format = "#,##0" + ("." + "0" * places if places > 0 else "")
        if self._rows == 1:
            cell.font = Font(bold=True)
        return cell


def _csv_cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, datetime):
        return local(value).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value)


def _xlsx_value(value: Value) -> Value:
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, datetime):
        return local(value).replace(tzinfo=None)
    if isinstance(value, int | Decimal) and len(str(abs(value)).replace(".", "")) > _LONGEST_NUMBER:
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    return value
