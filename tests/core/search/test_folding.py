"""Whatever way a name is written or typed, it is found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.search.chinese import sort_key
from core.search.folding import fold, folded_words, terms


def found(question: str, *names: str) -> bool:
    words = folded_words(names)
    return all(any(term in word for word in words) for term in terms(question))


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("shcg", "上海晨光文具有限公司"),
        ("SHCG", "上海晨光文具有限公司"),
        ("shanghaichen", "上海晨光文具有限公司"),
        ("晨光", "上海晨光文具有限公司"),
        ("上海 文具", "上海晨光文具有限公司"),
        ("東莞", "东莞长安五金"),
        ("头发", "頭髮用品"),
        ("a4", "Ａ４ 复印纸"),
        ("acme（上海）", "ACME(上海)"),
        ("muller", "Müller & Söhne"),
        ("strasse", "Straße 5"),
        ("买买提艾力", "买买提·艾力"),
    ],
)
def test_one_name_in_many_spellings(question: str, name: str) -> None:
    assert found(question, name)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("shan", "单雄信"), ("zeng", "曾国藩"), ("zha", "查理"), ("qiu", "仇英"), ("xie", "解缙"),
        ("ou", "区志明"), ("ren", "任贤"), ("hua", "华佗"), ("miao", "缪斯"), ("piao", "朴树"),
        ("ge", "盖叫天"), ("gai", "盖叫天"), ("yue", "乐毅"), ("le", "乐毅"), ("zhai", "翟志刚"),
        ("di", "翟志刚"), ("qin", "覃辉"), ("tan", "覃辉"), ("yun", "员半千"), ("chong", "种师道"),
        ("yuchi", "尉迟恭"), ("moqi", "万俟卨"), ("zhangsun", "长孙无忌"),
        ("lv", "吕布"), ("lu", "吕布"),
    ],
)  # fmt: skip
def test_a_surname_is_found_by_each_of_its_readings(typed: str, name: str) -> None:
    words = folded_words([name])

    assert any(word.startswith(typed) for word in words)
    assert any(word[0] == typed[0] and len(word) == len(name) for word in words)


def test_a_name_is_not_found_by_what_it_is_not() -> None:
    assert not found("bjcg", "上海晨光文具有限公司")
    assert not found("上海 软件", "上海晨光文具有限公司")


def test_a_traditional_character_is_found_whatever_stands_beside_it() -> None:
    # A converter that looks at the context leaves 乾 in 乾隆 and changes it in 乾燥.
    assert found("乾", "乾隆酒业")
    assert found("乾隆", "乾隆酒业")
    assert found("干燥", "乾燥設備")


@pytest.mark.parametrize(
    "typed", ["138 0013 8000", "138-0013-8000", "１３８００１３８０００", "0013 8000"]
)
def test_a_phone_number_may_be_typed_in_groups(typed: str) -> None:
    assert found(typed, "8613800138000")


def test_a_country_code_makes_no_difference() -> None:
    assert terms("+86 138 0013 8000") == ["8613800138000"]
    assert terms("0086 13800138000") == ["8613800138000"]
    assert terms("0002") == ["0002"]


@pytest.mark.parametrize("question", ["", "   ", "…!?", "%_", "()"])
def test_a_question_without_letters_and_digits_asks_nothing(question: str) -> None:
    assert terms(question) == []


def test_names_stand_in_the_order_of_their_sound() -> None:
    names = ["张三", "曾国藩", "Baker", "李四", "阿里"]

    assert sorted(names, key=lambda name: fold(sort_key(name))) == [
        "阿里",
        "Baker",
        "李四",
        "曾国藩",
        "张三",
    ]


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=40))
def test_folded_text_holds_letters_and_digits_only(text: str) -> None:
    assert all(character.isalnum() for character in fold(text))


@given(
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=12),
    st.data(),
)
def test_every_part_of_a_chinese_name_finds_it(name: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(name) - 1))
    end = data.draw(st.integers(start + 1, len(name)))

    assert found(name[start:end], name)


@given(st.text(max_size=30))
def test_a_whole_name_finds_itself(name: str) -> None:
    assert found(name, name)
