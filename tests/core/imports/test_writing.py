"""Tables for spreadsheets: the right characters, whole numbers, nothing that runs."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest

from core.imports.cells import cell_text
from core.imports.reading import rows
from core.imports.writing import CsvWriter, XlsxWriter

HEAD = ("Order", "Customer", "Amount", "On")
ROWS = [
    ("SO-2026-0001", "上海晨光", Decimal("1234.50"), date(2026, 11, 22)),
    ("4200001234567890123456789", "=HYPERLINK(1)", Decimal("0.00"), None),
    ("00042", "+86 138", Decimal("-5.10"), datetime(2026, 11, 22, 1, 30, tzinfo=UTC)),
]


@pytest.fixture(autouse=True)
def in_the_app(app):
    with app.app_context():
        yield


def written(writer_class) -> io.BytesIO:
    target = io.BytesIO()
    writer = writer_class(target)
    for row in (HEAD, *ROWS):
        writer.row(row)
    writer.close()
    target.seek(0)
    return target


def test_csv_carries_the_mark_by_which_excel_reads_chinese() -> None:
    text = written(CsvWriter).getvalue()

    assert text.startswith(b"\xef\xbb\xbf")
    assert "上海晨光".encode() in text
    assert b"1234.50" in text
    # The company lives eight hours ahead of UTC.
    assert b"2026-11-22 09:30:00" in text


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
@pytest.mark.parametrize("writer_class", [CsvWriter, XlsxWriter])
def test_what_somebody_typed_never_runs_as_a_formula(writer_class, formula, tmp_path) -> None:
    path = tmp_path / "table"
    with path.open("wb") as file:
        writer = writer_class(file)
        writer.row((formula, "x"))
        writer.close()

    if writer_class is CsvWriter:
        assert path.read_text("utf-8-sig").lstrip('"').startswith("'")
    else:
        cell = openpyxl.load_workbook(io.BytesIO(path.read_bytes())).active["A1"]
        assert cell.data_type == "s"
        assert cell.value.startswith("'")
    # Read back, the guard is gone and the words are the same.
    (row,) = rows(path)
    assert row.cells[0] == formula.strip()


def test_a_spreadsheet_keeps_figures_as_numbers_and_long_numbers_whole() -> None:
    sheet = openpyxl.load_workbook(written(XlsxWriter)).active

    assert sheet["A3"].value == "4200001234567890123456789"
    assert sheet["A4"].value == "00042"
    assert sheet["C2"].value == 1234.5
    assert sheet["C2"].number_format == "#,##0.00"
    assert sheet["D2"].is_date
    assert sheet.freeze_panes == "A2"


def test_what_is_written_is_read_back(tmp_path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(written(CsvWriter).getvalue())

    read = [row.cells for row in rows(path)]

    assert read[0] == list(HEAD)
    assert read[1][:3] == ["SO-2026-0001", "上海晨光", "1234.50"]
    assert read[2][0] == cell_text("4200001234567890123456789")
