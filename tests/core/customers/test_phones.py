"""One telephone number, in whatever way it is written."""

import pytest
from flask import Flask
from flask_babel import Babel
from hypothesis import given
from hypothesis import strategies as st

from core.customers.phones import NotAPhone, parse_phone


@pytest.fixture(autouse=True, scope="module")
def in_english():
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    "written",
    [
        "13800138000", "138 0013 8000", "138-0013-8000", "+86 138 0013 8000", "0086 13800138000",
        "86 13800138000", "013800138000", "１３８００１３８０００", "（138）00138000",
        "+86(138)0013-8000",
    ],
)  # fmt: skip
def test_a_mobile_number_is_one_number(written: str) -> None:
    phone = parse_phone(written)

    assert phone.number == "+8613800138000"
    assert phone.typed == written
    assert "13800138000" in phone.digits


@pytest.mark.parametrize(
    ("written", "number", "extension"),
    [
        ("021-52345678-801", "+862152345678", "801"),
        ("021-52345678转8001", "+862152345678", "8001"),
        ("021-52345678 轉 801", "+862152345678", "801"),
        ("021-52345678#801", "+862152345678", "801"),
        ("021-52345678 ext. 801", "+862152345678", "801"),
        ("021-52345678 分机801", "+862152345678", "801"),
        ("400-810-6666-2", "+864008106666", "2"),
        ("13800138000转1234", "+8613800138000", "1234"),
        ("021-5234-5678", "+862152345678", ""),
        ("010-6552-9988", "+861065529988", ""),
    ],
)
def test_an_extension_is_no_part_of_the_number(written: str, number: str, extension: str) -> None:
    phone = parse_phone(written)

    assert (phone.number, phone.extension) == (number, extension)


def test_a_landline_is_found_as_it_is_dialled_here() -> None:
    assert parse_phone("+86 21 5234 5678").digits == ("862152345678", "02152345678")
    assert parse_phone("400 810 6666").digits == ("864008106666", "4008106666")


def test_a_new_mobile_prefix_is_believed() -> None:
    assert parse_phone("14012345678").number == "+8614012345678"


@pytest.mark.parametrize("written", ["95588", "52345678", "1380013800", "8888 8888 1234"])
def test_a_number_that_is_not_understood_is_kept(written: str) -> None:
    assert parse_phone(written).number == written.replace(" ", "")


def test_a_foreign_number_keeps_its_country() -> None:
    assert parse_phone("+44 20 7946 0018").number == "+442079460018"
    assert parse_phone("00852 2345 6789").number == "+85223456789"
    assert parse_phone("+1 415 555 2671").number == "+14155552671"


@pytest.mark.parametrize(
    "written", ["", "none", "没有", "12", "1234", "1" * 25, "138001380001380013800 " * 3]
)
def test_what_cannot_be_a_number_is_refused_with_a_reason(written: str) -> None:
    with pytest.raises(NotAPhone, match="telephone number"):
        parse_phone(written)


@given(
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    st.sampled_from(["", "+86", "0086", "86", "+86 "]),
)
def test_every_mobile_number_is_known_again(mobile: str, country: str) -> None:
    spaced = f"{country}{mobile[:3]} {mobile[3:7]}-{mobile[7:]}"

    assert parse_phone(spaced).number == f"+86{mobile}"


@given(st.text(max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    try:
        phone = parse_phone(text)
    except NotAPhone:
        return
    assert phone.number.isascii()
    assert phone.number.lstrip("+").isdigit()
    assert len(phone.number) <= 24
    assert len(phone.extension) <= 8
