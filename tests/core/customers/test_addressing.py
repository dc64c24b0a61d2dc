"""Whoever is written to is addressed rightly, or not written to."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.customers.addressing import TITLES, Person, address, salutation, title_of
from core.customers.surnames import is_organisation, romanised, surname_of


@pytest.mark.parametrize(
    ("name", "surname"),
    [
        ("王小红", "王"), ("张伟", "张"), ("欧阳锋", "欧阳"), ("司马相如", "司马"), ("欧阳", "欧"),
        ("尉迟恭", "尉迟"), ("万俟卨", "万俟"), ("诸葛 亮", "诸葛"), ("司徒", "司"),
        ("陈方安生", "陈"), ("歐陽修", "歐陽"), ("張偉", "張"), ("单田芳", "单"),
        ("小红", None), ("阿强", None), ("老王", None), ("王", None), ("", None),
        ("买买提·吐尔逊", None), ("Anna Schmidt", None), ("江苏晨光有限公司", None),
        ("华联超市", None), ("红梅", None),
    ],
)  # fmt: skip
def test_the_surname_is_told_apart(name: str, surname: str | None) -> None:
    assert surname_of(name) == surname


@pytest.mark.parametrize(
    ("surname", "letters"),
    [("王", "Wang"), ("欧阳", "Ouyang"), ("单", "Shan"), ("曾", "Zeng"), ("尉迟", "Yuchi"),
     ("吕", "Lü"), ("Schmidt", "Schmidt")],
)  # fmt: skip
def test_a_surname_in_letters(surname: str, letters: str) -> None:
    assert romanised(surname) == letters


@pytest.mark.parametrize(
    ("written", "title"),
    [("副总", "总"), ("副总经理", "总"), ("总经理", "总"), ("老板", "总"), ("副经理", "经理"),
     ("副主任", "主任"), ("小姐", "女士"), ("太太", "女士"), ("工程师", "工"), ("師傅", "师傅"),
     ("Mr.", "先生"), ("Miss", "女士"), ("采购", ""), ("", "")],
)  # fmt: skip
def test_a_title_is_understood(written: str, title: str) -> None:
    assert title_of(written) == title


@pytest.mark.usefixtures("spoken_chinese")
class TestInChinese:
    @pytest.mark.parametrize(
        ("person", "said"),
        [
            (Person("张伟", title="总"), "张总"),
            (Person("张伟", title="副总经理"), "张总"),
            (Person("张伟", title="经理", sex="female"), "张经理"),
            (Person("王小红", sex="female"), "王女士"),
            (Person("王小红", title="小姐"), "王女士"),
            (Person("欧阳锋", sex="male"), "欧阳先生"),
            (Person("李建工", title="工"), "李工"),
            (Person("王建工", sex="male"), "王先生"),
            # Names as people note them.
            (Person("张总"), "张总"),
            (Person("王副总"), "王总"),
            (Person("陈小姐"), "陈女士"),
            (Person("王小红女士"), "王女士"),
            (Person("刘师傅", sex="male"), "刘师傅"),
            (Person("李工"), "李工"),
            (Person("王", sex="female"), "王女士"),
            (Person("欧阳", title="老师"), "欧阳老师"),
            # What a user states wins over the guess.
            (Person("欧阳", surname="欧", sex="male"), "欧先生"),
            (Person("爨小红", surname="爨", sex="female"), "爨女士"),
            # Unknown: the full name.
            (Person("王小红"), "王小红"),
            (Person("王小红", title="采购"), "王小红"),
            (Person("爨小红", sex="female"), "爨小红女士"),
            (Person("买买提·吐尔逊", sex="male"), "买买提·吐尔逊先生"),
            (Person("Anna Schmidt", sex="female"), "Anna Schmidt女士"),
            (Person("Anna Schmidt", surname="Schmidt", sex="female"), "Schmidt 女士"),
        ],
    )
    def test_a_person_is_addressed(self, person: Person, said: str) -> None:
        assert address(person) == said
        assert salutation(person) == f"尊敬的{said}："

    @pytest.mark.parametrize(
        "person",
        [
            Person(), Person("  "), Person(title="总"), Person(sex="female"),
            Person("小红", sex="female"), Person("老王"), Person("阿强", title="师傅"),
            Person("红", sex="female"), Person("王"), Person("Anna", sex="female"),
            Person("江苏晨光有限公司"), Person("晨光商行", sex="male"),
        ],
    )  # fmt: skip
    def test_who_cannot_be_addressed_is_not_written_to(self, person: Person) -> None:
        assert address(person) is None
        assert salutation(person) is None


@pytest.mark.usefixtures("spoken_english")
class TestInEnglish:
    @pytest.mark.parametrize(
        ("person", "said"),
        [
            (Person("王小红", sex="female"), "Ms Wang"),
            (Person("王小红", title="小姐"), "Ms Wang"),
            (Person("张伟", title="总", sex="male"), "Mr Zhang"),
            (Person("张伟", title="总"), "张伟"),
            (Person("曾国华", title="教授"), "Professor Zeng"),
            (Person("欧阳锋", title="医生"), "Dr Ouyang"),
            (Person("Anna Schmidt", sex="female"), "Ms Anna Schmidt"),
            (Person("Anna Schmidt", surname="Schmidt", sex="female"), "Ms Schmidt"),
            (Person("Anna Schmidt"), "Anna Schmidt"),
            (Person("买买提·吐尔逊", sex="male"), "Mr 买买提·吐尔逊"),
        ],
    )
    def test_a_person_is_addressed(self, person: Person, said: str) -> None:
        assert address(person) == said
        assert salutation(person) == f"Dear {said},"

    @pytest.mark.parametrize("person", [Person("张总"), Person("王"), Person("Anna"), Person()])
    def test_who_cannot_be_addressed_is_not_written_to(self, person: Person) -> None:
        assert salutation(person) is None

    @settings(deadline=None)
    @given(
        st.builds(
            Person,
            st.text(max_size=8) | st.text("王欧阳小红总工女士先生 ", max_size=6),
            st.sampled_from(["", "王", "欧阳"]),
            st.sampled_from(["", "小姐", "采购", *TITLES]),
            st.sampled_from(["female", "male", None]),
        )
    )
    def test_there_is_never_an_empty_place(self, person: Person) -> None:
        said = address(person)

        if said is not None:
            assert said == said.strip()
            assert said not in {"", "Mr", "Ms", "Dr", "Professor"}
            assert not said.endswith("小姐") or said == person.name


@pytest.mark.parametrize(
    "name",
    ["复旦大学", "徐汇区第一中学", "向阳小学", "上海市第六人民医院", "国家税务总局",
     "浦东新区教育局",
     "长宁区人民法院", "公安局", "陆家嘴街道办", "浙江省交通厅", "市政设计院", "中国银行", "教育部",
     "Fudan University", "St Mary's Hospital", "Ministry of Finance", "Bright Morning Co., Ltd.",
     "Springfield Elementary School", "City Council of York"],
)  # fmt: skip
def test_an_organisation_is_known(name: str) -> None:
    assert is_organisation(name)


@pytest.mark.parametrize(
    "name",
    ["王小红", "张局", "欧阳建校", "司马长站", "李部", "王建院", "Charlotte Church", "Tyra Banks",
     "Li Na",
     "Office", "张三丰"],
)  # fmt: skip
def test_a_person_is_none(name: str) -> None:
    assert not is_organisation(name)
