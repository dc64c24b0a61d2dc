"""Papers as the reader gets them: their text, their pages, their fonts."""

import io
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from flask_babel import Babel
from pypdf import PdfReader

from core.deals.facts import Due
from core.papers import engine
from core.papers.papers import (
    Allocation,
    DeliveryNote,
    Invoice,
    Letterhead,
    Line,
    OrderPaper,
    Party,
    Receipt,
)
from core.papers.render import render

LONG_NAME = "内蒙古自治区呼和浩特市赛罕区昭乌达路新世纪国际商务酒店管理服务有限责任公司第二分公司"
OURS = Letterhead(name="翡翠贸易（上海）有限公司", bank_account="6222 0001")
TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def papers_app() -> Iterator[Flask]:
    app = Flask(__name__)
    Babel(app)
    with app.app_context():
        yield app


def a_line(**changes: object) -> Line:
    line = Line(
        name="A4 复印纸 80g",
        sku="A4-80G",
        unit="包",
        quantity=Decimal(40),
        unit_price=Decimal("28.50"),
        amount=Decimal("1140.00"),
        tax=Decimal("131.15"),
        tax_rate=Decimal(13),
    )
    return replace(line, **changes)


def a_delivery_note(**changes: object) -> DeliveryNote:
    paper = DeliveryNote(
        company=OURS,
        number="DN-2026-0042",
        on=TODAY,
        customer=Party(name=LONG_NAME, contact="欧阳建国", phone="13800138000"),
        order_number="SO-2026-0003",
        lines=(a_line(), a_line(name="Gel pen", sku="PEN", amount=Decimal("2.28"))),
        currency="CNY",
    )
    return replace(paper, **changes)


def an_order(**changes: object) -> OrderPaper:
    paper = OrderPaper(
        kind="order",
        company=OURS,
        number="SO-2026-0003",
        on=TODAY,
        customer=Party(name="张三"),
        lines=(a_line(),),
        currency="CNY",
    )
    return replace(paper, **changes)


def a_receipt(**changes: object) -> Receipt:
    paper = Receipt(
        company=OURS,
        number="RC-2026-0017",
        on=TODAY,
        payer=LONG_NAME,
        amount=Decimal("3390.00"),
        currency="CNY",
        method="cash",
        allocations=(
            Allocation(order_number="SO-2026-0003", amount=Decimal("3390.00"), kind="earnest"),
        ),
        still_owed=Decimal("7910.00"),
    )
    return replace(paper, **changes)


def pages(pdf: bytes) -> list[str]:
    """Give the text of each page, without the white space that only places it."""
    return [re.sub(r"\s+", "", page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages]


def text_of(paper: object, language: str = "en") -> str:
    return "".join(pages(render(paper, language)))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("language", ["en", "zh_Hans_CN"])
@pytest.mark.parametrize("paper", [a_delivery_note(), an_order(), a_receipt()])
def test_every_paper_names_itself_and_both_sides_in_both_languages(paper, language) -> None:
    text = text_of(paper, language)

    assert squeezed(paper.number) in text
    assert OURS.name in text
    assert squeezed(paper.payer if isinstance(paper, Receipt) else paper.customer.name) in text


def test_fonts_travel_with_the_paper() -> None:
    reader = PdfReader(io.BytesIO(render(a_delivery_note(), "zh_Hans_CN")))

    fonts = reader.pages[0]["/Resources"]["/Font"]
    embedded = [
        font["/DescendantFonts"][0]["/FontDescriptor"]
        for font in (reference.get_object() for reference in fonts.values())
    ]
    assert embedded
    assert all("NotoSansSC" in descriptor["/FontName"] for descriptor in embedded)
    assert all("/FontFile3" in descriptor for descriptor in embedded)


def test_the_total_stands_in_figures_and_in_words() -> None:
    english = text_of(a_delivery_note())
    chinese = text_of(a_delivery_note(), "zh_Hans_CN")

    assert "¥1,142.28" in english
    assert squeezed("One thousand one hundred forty-two and 28/100 Chinese yuan") in english
    assert "人民币壹仟壹佰肆拾贰元贰角捌分" in chinese
    assert "2026年11月22日" in chinese


def test_a_delivery_note_without_prices_shows_none() -> None:
    text = text_of(a_delivery_note(show_prices=False))

    assert "A4复印纸80g" in text
    assert "28.50" not in text
    assert "1,14" not in text
    assert "Unitprice" not in text


def test_the_driver_sees_what_to_collect_at_the_door() -> None:
    owing = text_of(a_delivery_note(to_collect=Decimal("7910.00")))
    settled = text_of(a_delivery_note(to_collect=Decimal(0)))
    silent = text_of(a_delivery_note())

    assert "Tocollectatthedoor" in owing
    assert "¥7,910.00" in owing
    assert "Nothingtocollect" in settled
    assert "ollect" not in silent


def test_a_long_paper_repeats_its_head_and_keeps_total_and_signatures_together() -> None:
    for count in range(50, 74, 4):
        lines = tuple(a_line(name=f"Article {index:03}") for index in range(count))
        sheets = pages(render(a_delivery_note(lines=lines), "en"))

        assert len(sheets) >= 3
        assert all("Unitprice(¥)" in sheet for sheet in sheets)
        assert all(f"Page{i}of{len(sheets)}" in sheet for i, sheet in enumerate(sheets, 1))
        last = sheets[-1]
        assert f"Article{count - 1:03}" in last
        assert "Amountinwords" in last
        assert "Fullnameofthereceiver" in last
        assert not any("Amountinwords" in sheet for sheet in sheets[:-1])


def test_each_copy_has_its_title_and_counts_its_own_pages() -> None:
    lines = tuple(a_line() for _ in range(40))
    copies = ("Customer", "Signed copy")

    sheets = pages(render(a_delivery_note(lines=lines, copies=copies), "en"))

    assert len(sheets) == 4
    assert [re.search(r"Page\dof\d", s)[0] for s in sheets] == ["Page1of2", "Page2of2"] * 2
    assert "Signedcopy" in sheets[2]
    assert "Signedcopy" not in sheets[1]


def test_earnest_money_and_down_payment_are_never_taken_for_each_other() -> None:
    earnest = an_order(dues=(Due(amount=Decimal(200), kind="earnest"),))
    down = an_order(dues=(Due(amount=Decimal(200), kind="prepayment"),))

    assert "定金" in text_of(earnest)
    assert "订金" not in text_of(earnest)
    assert "订金" in text_of(down)
    assert "定金" not in text_of(down)


def test_long_terms_break_over_pages_instead_of_running_off() -> None:
    terms = "\n".join(f"Clause {number}: the goods remain ours until paid." for number in range(90))

    sheets = pages(render(an_order(terms=terms), "en"))

    assert "Clause0:" in "".join(sheets)
    assert "Clause89:" in "".join(sheets)
    assert len(sheets) == 3


def test_a_receipt_is_three_slips_that_say_it_is_no_tax_invoice() -> None:
    (sheet,) = pages(render(a_receipt(), "en"))

    assert sheet.count("ThreethousandthreehundredninetyChineseyuanonly") == 3
    assert sheet.count("Thisreceiptisnotataxinvoice.") == 3
    assert sheet.count("¥7,910.00") == 3
    assert "Earnestmoney(定金)fororderSO-2026-0003" in sheet


def test_a_receipt_over_many_orders_names_each_with_its_amount() -> None:
    allocations = tuple(
        Allocation(order_number=f"SO-2026-{index:04}", amount=Decimal(100 + index))
        for index in range(12)
    )
    paper = a_receipt(allocations=allocations, amount=Decimal("1300"), credit=Decimal("34"))

    sheets = pages(render(paper, "en"))

    assert len(sheets) == 3
    assert "OrderSO-2026-0011¥111.00" in sheets[0]
    assert "keptascredit¥34.00" in sheets[0]


def test_an_invoice_parts_net_from_tax_and_says_what_is_left_to_pay() -> None:
    paper = Invoice(
        company=OURS,
        number="INV-2026-0008",
        on=TODAY,
        customer=Party(name="张三"),
        order_number="SO-2026-0003",
        lines=(a_line(),),
        currency="USD",
        received=Decimal("140.00"),
        due_on=date(2026, 12, 22),
    )

    text = text_of(paper)

    for figure in ("USD1,008.85", "USD131.15", "USD1,140.00", "USD140.00", "USD1,000.00"):
        assert figure in text
    assert "6222" in text
    assert "Creditnote" in text_of(replace(paper, corrects="INV-2026-0001"))


def test_what_a_customer_is_called_never_becomes_a_command() -> None:
    name = '#panic("x") $a$ *b* `c` <d> @e \\ "f" #import "/etc/passwd"'

    text = text_of(a_delivery_note(customer=Party(name=name)))

    assert squeezed(name) in text.replace("\u200b", "")


def test_papers_may_be_set_by_many_threads_at_once() -> None:
    notes = [a_delivery_note(number=f"DN-{index:04}") for index in range(12)]

    def number_on(note: DeliveryNote, app: Flask) -> bool:
        with app.app_context():
            return note.number in text_of(note)

    from flask import current_app

    app = current_app._get_current_object()
    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(lambda note: number_on(note, app), notes))


def test_without_a_chinese_font_a_plain_error_says_what_to_install(monkeypatch, tmp_path) -> None:
    from typst import Fonts

    monkeypatch.setattr(
        engine,
        "_fonts",
        lambda: Fonts(include_system_fonts=False, include_embedded_fonts=True),
    )
    engine._press.cache_clear()

    with pytest.raises(engine.NoChineseFont) as caught:
        render(a_delivery_note(), "en")

    assert "pylopdf-fonts-zh-cn" in caught.value.message()
    engine._press.cache_clear()
