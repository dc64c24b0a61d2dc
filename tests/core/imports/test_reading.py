"""Files as other programs write them: encodings, separators, spreadsheets, heads, totals."""

import base64
import tracemalloc
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from flask import Flask
from flask_babel import Babel

from core.imports.columns import BETWEEN_PHONES, Day, Flag, Money, Percent, Quantity, Several, Text
from core.imports.errors import UnreadableFile
from core.imports.sheets import Entry, Problem, Sheet


@dataclass(frozen=True)
class Sale:
    order: str
    on: date
    amount: Decimal
    quantity: Decimal = Decimal(1)
    phones: tuple[str, ...] = ()
    tax: Decimal | None = None
    gift: bool = False


SHEET = Sheet(
    Sale,
    order=Text("Order number", ("order_ref", "订单号", "单号"), unique=True),
    on=Day("Ordered on", ("date", "日期", "下单日期")),
    amount=Money("Amount", ("金额", "价税合计")),
    quantity=Quantity("Quantity", ("数量",), required=False, default=Decimal(1)),
    phones=Several("Phones", ("电话",), parted_by=BETWEEN_PHONES),
    tax=Percent("Tax rate", ("税率",), required=False),
    gift=Flag("Gift", ("赠品",)),
)


@pytest.fixture(autouse=True)
def words() -> Iterator[None]:
    app = Flask(__name__)
    Babel(app)
    with app.app_context():
        yield


@pytest.fixture
def csv_file(tmp_path: Path):
    def write(text: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / "file.csv"
        path.write_bytes(text.encode(encoding))
        return path

    return write


@pytest.fixture
def xlsx_file(tmp_path: Path):
    def write(rows: list[list[object]]) -> Path:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        path = tmp_path / "file.xlsx"
        book.save(path)
        return path

    return write


def sales(path: Path) -> list[Sale]:
    found = list(SHEET.read(path))
    assert all(isinstance(each, Entry) for each in found), found
    return [each.value for each in found]


def problems(path: Path) -> list[Problem]:
    return [each for each in SHEET.read(path) if isinstance(each, Problem)]


def the_problem(path: Path) -> Problem:
    (problem,) = problems(path)
    return problem


CHINESE = '订单号,下单日期,金额（元）,数量\nSO-1,2026年11月2日,"￥1,234.50",2\n'
FIRST = Sale("SO-1", date(2026, 11, 2), Decimal("1234.50"), Decimal(2))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_every_usual_encoding_is_recognised(csv_file, encoding) -> None:
    assert sales(csv_file(CHINESE, encoding)) == [FIRST]


def test_utf16_without_a_mark_is_recognised(csv_file) -> None:
    assert sales(csv_file("order_ref,date,amount\nA,2026-11-02,5\n", "utf-16-le"))[0].order == "A"


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_every_usual_separator_is_recognised(csv_file, mark) -> None:
    text = mark.join(("order_ref", "date", "amount")) + "\n" + mark.join(("A", "20261102", "5"))

    assert sales(csv_file(text)) == [Sale("A", date(2026, 11, 2), Decimal("5.00"))]


def test_a_separator_inside_quotes_does_not_count(csv_file) -> None:
    text = 'order_ref;date;amount;note\n"A";2026-11-02;5;"a,b,c,d,e,f,g,h"\n'

    assert sales(csv_file(text))[0].order == "A"


def test_the_head_is_found_by_its_names_below_a_preamble(csv_file) -> None:
    preamble = "\n".join(f"微信支付账单明细 {line},,," for line in range(16))
    text = f"{preamble}\n----------,,,\n交易,单号,日期,金额(元)\nx,SO-1,2026/11/2,7\n合计,,,7\n"

    (entry,) = SHEET.read(csv_file(text, "utf-8-sig"))

    assert entry.line == 19
    assert entry.value.order == "SO-1"
    assert SHEET.head(csv_file(text)).unused == ("交易",)


def test_blank_rows_comments_and_totals_are_no_data(csv_file) -> None:
    text = "order_ref,date,amount\n\n# exported today,,\nA,2026-11-02,5\n,,\nTotal:,,5\n"

    assert [sale.order for sale in sales(csv_file(text))] == ["A"]


def test_a_row_over_several_lines_keeps_the_line_where_it_begins(csv_file) -> None:
    text = 'order_ref,date,amount\nA,2026-11-02,5,"two\nlines"\nB,2026-11-02,x\n'

    assert the_problem(csv_file(text)).line == 4


def test_a_spreadsheet_gives_dates_numbers_and_flags(xlsx_file) -> None:
    path = xlsx_file(
        [
            ["Bill", None],
            ["订单号", "日期", "金额", "数量", "税率", "赠品"],
            ["SO-1", datetime.fromisoformat("2026-11-02 09:30"), 0.1 + 0.2, 2.5, "13%", True],
            ["00042", 46328, "１，２３４.50", 1, 9, "否"],
        ]
    )

    day = date(2026, 11, 2)
    assert sales(path) == [
        Sale("SO-1", day, Decimal("0.30"), Decimal("2.500"), (), Decimal(13), True),
        Sale("00042", day, Decimal("1234.50"), Decimal(1), (), Decimal(9)),
    ]


def test_a_number_that_is_only_a_name_stays_as_it_was_written(csv_file, xlsx_file) -> None:
    number = "4200001234567890123456789"

    assert sales(csv_file(f"单号,日期,金额\n`{number},2026-11-02,5\n"))[0].order == number
    assert sales(xlsx_file([["单号", "日期", "金额"], [1234567, 46328, 5]]))[0].order == "1234567"


def test_a_number_that_a_spreadsheet_has_cut_is_refused_and_says_so(csv_file, xlsx_file) -> None:
    cut = the_problem(csv_file("单号,日期,金额\n4.2E+27,2026-11-02,5\n"))
    stored = the_problem(xlsx_file([["单号", "日期", "金额"], [4.2e27, 46328, 5]]))

    for problem in (cut, stored):
        assert problem.column == "Order number"
        assert "Format the column as text" in problem.reason


def test_several_phones_stand_in_one_cell(csv_file) -> None:
    text = "单号,日期,金额,电话\nA,2026-11-02,5,138 0013 8000、021-58880100；+86 139 0013 9000\n"

    assert sales(csv_file(text))[0].phones == (
        "138 0013 8000",
        "021-58880100",
        "+86 139 0013 9000",
    )


BAD_CELLS = {
    "A,02/11/2026,5": ("Ordered on", "year first"),
    "A,2026-02-30,5": ("Ordered on", "does not exist"),
    "A,2026-11-02,": ("Amount", "missing"),
    "A,2026-11-02,five": ("Amount", "Enter an amount"),
    "A,2026-11-02,-5": ("Amount", "from 0"),
    "A,2026-11-02,1.005": ("Amount", "Round it: 1.01"),
    'A,2026-11-02,"1,5"': ("Amount", "Enter an amount"),
    "A,2026-11-02,NaN": ("Amount", "Enter an amount"),
    "A,2026-11-02,5,0": ("Quantity", "more than 0"),
    "A,2026-11-02,5,1,1,0.13": ("Tax rate", "not as a fraction"),
    "A,2026-11-02,5,1,1,13,perhaps": ("Gift", '"yes" or "no"'),
}


@pytest.mark.parametrize(("row", "expected"), BAD_CELLS.items())
def test_a_bad_cell_says_its_line_its_column_and_what_to_enter(csv_file, row, expected) -> None:
    column, reason = expected

    problem = the_problem(csv_file(f"order_ref,date,amount,数量,电话,税率,赠品\n{row}\n"))

    assert (problem.line, problem.column) == (2, column)
    assert reason in problem.reason


def test_every_bad_cell_of_a_row_is_named_and_good_rows_stay(csv_file) -> None:
    text = "order_ref,date,amount\n,x,y\nB,2026-11-02,5\n"

    found = list(SHEET.read(csv_file(text)))

    assert [each.line for each in found] == [2, 2, 2, 3]
    assert isinstance(found[-1], Entry)


def test_a_second_row_with_the_same_key_names_the_first(csv_file) -> None:
    text = "order_ref,date,amount\nA,2026-11-02,5\nA,2026-11-03,5\n"

    problem = the_problem(csv_file(text))

    assert problem.line == 3
    assert "line 2" in problem.reason


def test_a_file_that_cannot_be_used_says_what_to_do(csv_file, tmp_path) -> None:
    empty, packed = tmp_path / "empty.csv", tmp_path / "packed.zip"
    empty.touch()
    packed.write_bytes(b"PK\x03\x04 not really")
    unreadable = tmp_path / "noise.csv"
    unreadable.write_bytes(b"order_ref,date\n\xff\xff\xff\n")
    cases = {
        empty: "empty",
        packed: "unpack it first",
        unreadable: "CSV UTF-8",
        csv_file("order_ref,amount\nA,5\n"): "no column Ordered on",
    }

    for path, reason in cases.items():
        with pytest.raises(UnreadableFile) as caught:
            list(SHEET.read(path))
        assert reason in caught.value.message()


PICTURE = (Path(__file__).parents[3] / "docs/pictures/counter.png").read_bytes()
TINY_PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.mark.parametrize(
    "content",
    [
        PICTURE,
        TINY_PICTURE,
        PICTURE[16:6000],  # known by its noise, not by how it begins
        b"\xff\xd8\xff\xe0\x00\x10JFIF",
        b"%PDF-1.7\n1 0 obj\n",
        b"<!DOCTYPE html><html><table><tr><td>order_ref</td></tr></table></html>",
    ],
)
def test_a_file_that_is_no_table_is_told_which_are(tmp_path, content) -> None:
    path = tmp_path / "orders.csv"
    path.write_bytes(content)

    with pytest.raises(UnreadableFile) as caught:
        list(SHEET.read(path))

    assert "no table. CSV, XLSX, XLS and ODS files are read" in caught.value.message()


def test_a_stray_character_makes_no_picture_of_a_table(csv_file) -> None:
    assert sales(csv_file(CHINESE + "#" * 60 + "\x02\x0b\n")) == [FIRST]


def test_memory_stays_flat_for_a_large_file(tmp_path) -> None:
    path = tmp_path / "large.csv"
    with path.open("w") as file:
        file.write("order_ref,date,amount\n")
        file.writelines(f"CD{line:06},1997-01-01,{line}.77\n" for line in range(10_000))

    tracemalloc.start()
    count = sum(1 for _ in SHEET.read(path))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert count == 10_000
    assert peak < 4_000_000
