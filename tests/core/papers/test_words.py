"""Amounts in words, against the annex of the central bank's rules for payment orders."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.papers.words import LARGEST, amount_in_words, chinese_amount, english_amount

CHINESE = {
    "0.00": "零元整",
    "0.05": "伍分",
    "0.50": "伍角整",
    "0.55": "伍角伍分",
    "10.00": "壹拾元整",
    "10.05": "壹拾元零伍分",
    "325.04": "叁佰贰拾伍元零肆分",
    "1409.50": "壹仟肆佰零玖元伍角整",
    "1680.32": "壹仟陆佰捌拾元零叁角贰分",
    "6007.14": "陆仟零柒元壹角肆分",
    "16409.02": "壹万陆仟肆佰零玖元零贰分",
    "107000.53": "壹拾万柒仟元零伍角叁分",
    "13440.00": "壹万叁仟肆佰肆拾元整",
    "20050000.00": "贰仟零伍万元整",
    "100000001.00": "壹亿零壹元整",
    "5030000300.00": "伍拾亿叁仟万零叁佰元整",
    "1000100000000.00": "壹万零壹亿元整",
    "1000000000001.00": "壹万亿零壹元整",
    "-88.80": "负捌拾捌元捌角整",
}

ENGLISH = {
    "0.00": "Zero US dollars only",
    "1.00": "One US dollar only",
    "0.05": "Zero and 05/100 US dollars",
    "21.10": "Twenty-one and 10/100 US dollars",
    "6007.14": "Six thousand seven and 14/100 US dollars",
    "107000.00": "One hundred seven thousand US dollars only",
    "5030000312.00": "Five billion thirty million three hundred twelve US dollars only",
    "-88.80": "Minus eighty-eight and 80/100 US dollars",
}


@pytest.mark.parametrize(("figure", "words"), CHINESE.items())
def test_chinese_capitals_follow_the_annex_in_the_house_form(figure: str, words: str) -> None:
    assert chinese_amount(Decimal(figure)) == words


def test_traditional_papers_use_traditional_numerals() -> None:
    assert (
        chinese_amount(Decimal("1236789.45"), traditional=True)
        == "壹佰貳拾參萬陸仟柒佰捌拾玖圓肆角伍分"
    )
    assert chinese_amount(Decimal("200000000"), traditional=True) == "貳億圓整"


@pytest.mark.parametrize(("figure", "words"), ENGLISH.items())
def test_english_words_are_written_as_on_a_cheque(figure: str, words: str) -> None:
    assert english_amount(Decimal(figure), "USD") == words


def test_the_name_of_the_currency_stands_before_or_after_as_the_language_wants() -> None:
    amount = Decimal("100.00")

    assert amount_in_words(amount, "CNY", "zh_Hans_CN") == "人民币壹佰元整"
    assert amount_in_words(amount, "CNY", "zh_Hant_TW") == "人民幣壹佰圓整"
    assert amount_in_words(amount, "USD", "zh_Hans_CN") == "美元壹佰元整"
    assert amount_in_words(amount, "CNY", "en") == "One hundred Chinese yuan only"


def test_an_amount_that_cannot_be_written_exactly_is_refused() -> None:
    with pytest.raises(ValueError, match="decimals"):
        chinese_amount(Decimal("1.005"))
    with pytest.raises(ValueError, match="too large"):
        chinese_amount(LARGEST + 1)


@given(st.decimals(min_value=0, max_value=LARGEST, places=2))
def test_two_amounts_never_read_the_same_and_zeros_never_pile_up(amount: Decimal) -> None:
    words = chinese_amount(amount)

    assert "零零" not in words
    assert _read(words) == amount


def _read(words: str) -> Decimal:
    """Read capitals back by adding digits up, which knows nothing of how they were written."""
    yuan, cents, section, total, digit = 0, 0, 0, 0, 0
    for character in words.removesuffix("整"):
        if character in "零壹贰叁肆伍陆柒捌玖":
            digit = "零壹贰叁肆伍陆柒捌玖".index(character)
        elif character in "拾佰仟":
            section += digit * {"拾": 10, "佰": 100, "仟": 1000}[character]
            digit = 0
        elif character == "万":
            total, section, digit = total + (section + digit) * 10**4, 0, 0
        elif character == "亿":
            yuan, total, section, digit = (total + section + digit) * 10**8, 0, 0, 0
        elif character == "元":
            yuan, digit = yuan + total + section + digit, 0
        elif character in "角分":
            cents, digit = cents + digit * {"角": 10, "分": 1}[character], 0
    return yuan + Decimal(cents) / 100
