"""Amounts in words, so that nobody can add a stroke to a figure on a paper."""

from dataclasses import dataclass
from decimal import Decimal

from babel import Locale
from babel.numbers import get_currency_name

LARGEST = Decimal("9999999999999999.99")

_CHINESE_PREFIX = {"CNY": "人民币", "HKD": "港币", "TWD": "新台币", "MOP": "澳门币"}
_CHINESE_PREFIX_TRADITIONAL = {"CNY": "人民幣", "HKD": "港幣", "TWD": "新臺幣", "MOP": "澳門幣"}

_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (10**3, "thousand"))


@dataclass(frozen=True)
class _Numerals:
    """The characters one script writes amounts with."""

    digits: str
    ten_thousand: str
    hundred_million: str
    yuan: str
    whole: str
    minus: str


_SIMPLIFIED = _Numerals("零壹贰叁肆伍陆柒捌玖", "万", "亿", "元", "整", "负")
_TRADITIONAL = _Numerals("零壹貳參肆伍陸柒捌玖", "萬", "億", "圓", "整", "負")


def amount_in_words(amount: Decimal, currency: str, language: str) -> str:
    """Give the amount as the papers of this language write it, currency included."""
    if not language.startswith("zh"):
        return english_amount(amount, currency)
    traditional = "Hant" in language
    prefixes = _CHINESE_PREFIX_TRADITIONAL if traditional else _CHINESE_PREFIX
    locale = Locale.parse("zh_Hant_TW" if traditional else "zh_Hans_CN")
    prefix = prefixes.get(currency) or get_currency_name(currency, locale=locale)
    return prefix + chinese_amount(amount, traditional=traditional)


def chinese_amount(amount: Decimal, *, traditional: bool = False) -> str:
    """Write an amount in Chinese capitals, without the name of the currency.

    The form is that of the central bank's rules for payment orders. Where they leave a
    choice, the house form takes the fuller one: 整 also after 角, 零 also before a 角 that
    follows a 元 digit of nought.
    """
    numerals = _TRADITIONAL if traditional else _SIMPLIFIED
    yuan, jiao, fen = _parts(amount)
    text = _chinese_integer(yuan, numerals) + numerals.yuan if yuan else ""
    text += _chinese_cents(yuan, jiao, fen, numerals)
    if not text:
        text = numerals.digits[0] + numerals.yuan
    if not fen:
        text += numerals.whole
    return (numerals.minus if amount < 0 else "") + text


def english_amount(amount: Decimal, currency: str) -> str:
    """Write an amount in English as on a cheque: "Six thousand seven and 14/100 US dollars"."""
    whole, tenths, hundredths = _parts(amount)
    name = get_currency_name(currency, count=whole, locale="en")
    words = english_integer(whole)
    cents = tenths * 10 + hundredths
    text = f"{words} and {cents:02d}/100 {name}" if cents else f"{words} {name} only"
    text = f"minus {text}" if amount < 0 else text
    return text[0].upper() + text[1:]


def english_integer(number: int) -> str:
    """Spell a whole number in English words."""
    if number < 20:
        return _ONES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens - 2] + (f"-{_ONES[ones]}" if ones else "")
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        return f"{_ONES[hundreds]} hundred" + (f" {english_integer(rest)}" if rest else "")
    size, name = next(scale for scale in _SCALES if number >= scale[0])
    thousands, rest = divmod(number, size)
    return f"{english_integer(thousands)} {name}" + (f" {english_integer(rest)}" if rest else "")


def _parts(amount: Decimal) -> tuple[int, int, int]:
    """Split an amount into whole units, tenths and hundredths."""
    if abs(amount) > LARGEST:
        raise ValueError(f"{amount} is too large to be written in words")
    cents = abs(amount) * 100
    if cents != cents.to_integral_value():
        raise ValueError(f"{amount} has more than two decimals")
    whole, rest = divmod(int(cents), 100)
    return whole, rest // 10, rest % 10


def _chinese_cents(yuan: int, jiao: int, fen: int, numerals: _Numerals) -> str:
    digits, text = numerals.digits, ""
    zero_shown = bool(yuan) and (yuan % 10 == 0 or not jiao)
    if (jiao or fen) and zero_shown:
        text += digits[0]
    if jiao:
        text += digits[jiao] + "角"
    if fen:
        text += digits[fen] + "分"
    return text


def _chinese_integer(number: int, numerals: _Numerals) -> str:
    """Read a positive whole number by the pairs 亿 and 万, each part below ten thousand."""
    for size, unit in ((10**8, numerals.hundred_million), (10**4, numerals.ten_thousand)):
        if number >= size:
            high, low = divmod(number, size)
            text = _chinese_integer(high, numerals) + unit
            return text + _chinese_rest(low, size, numerals)
    for size, unit in ((1000, "仟"), (100, "佰"), (10, "拾")):
        if number >= size:
            high, low = divmod(number, size)
            return numerals.digits[high] + unit + _chinese_rest(low, size, numerals)
    return numerals.digits[number]


def _chinese_rest(low: int, size: int, numerals: _Numerals) -> str:
    """Read what follows a unit; one 零 stands for all the noughts skipped."""
    if not low:
        return ""
    skipped = low * 10 < size
    return (numerals.digits[0] if skipped else "") + _chinese_integer(low, numerals)
