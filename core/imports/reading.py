"""Read CSV and spreadsheet files as they come: any encoding, any separator, row by row."""

import codecs
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from flask_babel import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from core.imports.cells import cell_text
from core.imports.errors import UnreadableFile

#: Rows looked at to find the separator and the row of names.
PREAMBLE = 60
_BLOCK = 1 << 20
_LONGEST_CELL = 1 << 20
#: So many bytes are looked at to see what kind of file it is.
_SAMPLE = 4096
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
#: How pictures, papers and web pages begin; none of them is a table, whatever its name says.
_OTHERS = (
    *(b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"%PDF-", b"{\\rtf"),
    *(b"<!DOCTYPE", b"<!doctype", b"<html", b"<HTML", b"<?xml"),
)
#: What a text hardly ever holds: control characters, except tabs, ends of lines and filling.
_CONTROLS = re.compile("[\x01-\x08\x0e-\x19\x1b-\x1f]")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file and the line on which it begins."""

    line: int
    cells: list[str]


def rows(path: Path) -> Iterator[Row]:
    """Read a file's rows, one after the other, without ever holding them all.

    Raises:
        UnreadableFile: with a reason that says what to do.
    """
    with path.open("rb") as file:
        start = file.read(_SAMPLE)
    if not start:
        raise UnreadableFile(_("This file is empty. Choose the file with the rows."))
    if start.startswith(_OTHERS):
        raise _no_table()
    if start.startswith(_SPREADSHEETS):
        return _spreadsheet_rows(path)
    encoding = _encoding(path, start)
    if _is_noise(start.decode(encoding, "replace")):
        raise _no_table()
    return _csv_rows(path, encoding)


def _is_noise(text: str) -> bool:
    """Whether more than a stray character in fifty is none that a person types."""
    return len(_CONTROLS.findall(text)) * 50 > len(text)


def _no_table() -> UnreadableFile:
    return UnreadableFile(
        _(
            "This file is no table. CSV, XLSX, XLS and ODS files are read: "
            "open the list in your spreadsheet program and save it as one of them."
        )
    )


def _spreadsheet_rows(path: Path) -> Iterator[Row]:
    try:
        book = CalamineWorkbook.from_path(path)
        sheet = book.get_sheet_by_index(0)
    except CalamineError:
        raise UnreadableFile(
            _(
                "This spreadsheet cannot be opened. If it has a password, save it without one; "
                "if it is packed as ZIP, unpack it first."
            )
        ) from None
    for line, cells in enumerate(sheet.iter_rows(), start=1):
        yield Row(line, [cell_text(cell) for cell in cells])


def _csv_rows(path: Path, encoding: str) -> Iterator[Row]:
    csv.field_size_limit(_LONGEST_CELL)
    with path.open(encoding=encoding, newline="") as text:
        delimiter = _delimiter(list(islice(text, PREAMBLE)))
    with path.open(encoding=encoding, newline="") as text:
        reader = csv.reader((line.replace("\0", "") for line in text), delimiter=delimiter)
        try:
            line = 1
            for cells in reader:
                yield Row(line, [cell_text(cell) for cell in cells])
                line = reader.line_num + 1
        except csv.Error as error:
            reason = _("Line %(line)s cannot be read: %(why)s.", line=line, why=error)
            raise UnreadableFile(reason) from None


def _encoding(path: Path, start: bytes) -> str:
    for mark, encoding in _BOMS:
        if start.startswith(mark):
            return _proven(path, encoding, start)
    if b"\x00" in start[:8]:
        return _proven(path, "utf-16-le" if start[1:2] == b"\x00" else "utf-16-be", start)
    for encoding in ("utf-8", "gb18030"):
        if _decodes(path, encoding):
            return encoding
    return _undecodable(start)


def _proven(path: Path, encoding: str, start: bytes) -> str:
    return encoding if _decodes(path, encoding) else _undecodable(start)


def _undecodable(start: bytes) -> str:
    if _is_noise(start.decode("latin-1")):
        raise _no_table()
    raise UnreadableFile(
        _("The characters of this file cannot be read. Save it as CSV UTF-8 or as XLSX.")
    )


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        try:
            while block := file.read(_BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _delimiter(lines: list[str]) -> str:
    """Choose the separator that stands in the most lines, and there the most often."""

    def weight(mark: str) -> tuple[int, int]:
        counts = [_outside_quotes(line).count(mark) for line in lines]
        return sum(1 for count in counts if count), sum(counts)

    return max(",;\t", key=weight)


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])
