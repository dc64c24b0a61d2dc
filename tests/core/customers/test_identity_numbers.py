"""ID numbers and credit codes: right ones are understood, wrong ones refused with a reason."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.customers.identity_numbers import (
    CheckFailed,
    ImpossibleBirthday,
    NotAnIdentityNumber,
    ResidentId,
    WrongCharacters,
    WrongLength,
    is_old_tax_number,
    masked,
    parse_credit_code,
    parse_resident_id,
)

pytestmark = pytest.mark.usefixtures("spoken_english")

TODAY = date(2026, 11, 25)
# The standard's samples, and made-up ones of the area 99, which nobody has.
RESIDENTS = {
    "11010519491231002X": (date(1949, 12, 31), "female"),
    "440524188001010014": (date(1880, 1, 1), "male"),
    "990101196603100018": (date(1966, 3, 10), "male"),
    "99010119560229002X": (date(1956, 2, 29), "female"),
    "990101200402290037": (date(2004, 2, 29), "male"),
    "990101199001010043": (date(1990, 1, 1), "female"),
}
CODES = [
    "91350100M000100Y43", "91990101MA0DEM013U", "91990101MA0DEM021N", "92990101MA0LAMP18X",
    "93990101MA0DEM03X8", "51990101MJ0DEM040A", "129901014DEM00053H", "91990101MA0D0013X0",
    "91990101MA0D0005XC",
]  # fmt: skip


class TestResidentId:
    @pytest.mark.parametrize("number", RESIDENTS)
    def test_birthday_and_sex_are_read_from_it(self, number: str) -> None:
        found = parse_resident_id(number, today=TODAY)

        assert found.number == number
        assert (found.birthday, found.sex) == RESIDENTS[number]

    @pytest.mark.parametrize(
        "written",
        ["11010519491231002x", " 110105 19491231 002X ", "１１０１０５１９４９１２３１００２Ｘ",
         "110105-19491231-002X"],
    )  # fmt: skip
    def test_it_is_understood_however_it_is_written(self, written: str) -> None:
        assert parse_resident_id(written, today=TODAY).number == "11010519491231002X"

    def test_an_old_number_is_brought_up_to_18(self) -> None:
        assert parse_resident_id("990101660310001", today=TODAY).number == "990101196603100018"

    def test_a_screen_and_a_log_show_it_masked(self) -> None:
        found = parse_resident_id("990101196603100018", today=TODAY)

        assert found.masked == str(found) == masked(found.number) == "990101********0018"
        assert "19660310" not in repr(found)

    def test_an_unknown_area_is_no_fault(self) -> None:
        assert parse_resident_id("11010519491231002X", today=TODAY).is_area_known
        assert not parse_resident_id("990101196603100018", today=TODAY).is_area_known

    @pytest.mark.parametrize(
        ("written", "error", "reason"),
        [
            ("", WrongLength, "18 characters"),
            ("99010119660310001", WrongLength, "18 characters"),
            ("9901011966031000188", WrongLength, "18 characters"),
            ("99010119660310001A", WrongCharacters, "digits only"),
            ("9901011966031X0018", WrongCharacters, "digits only"),
            ("99010166031000X", WrongCharacters, "digits only"),
            ("990101196603100017", CheckFailed, "mistyped"),
            ("990101199002300012", ImpossibleBirthday, "not possible"),
            ("990101000003100018", ImpossibleBirthday, "not possible"),
            ("990101203001010017", ImpossibleBirthday, "not possible"),
            ("990101661310001", ImpossibleBirthday, "not possible"),
        ],
    )
    def test_a_wrong_one_is_refused_with_a_reason(self, written, error, reason) -> None:
        with pytest.raises(error, match=reason) as caught:
            parse_resident_id(written, today=TODAY)
        assert isinstance(caught.value, NotAnIdentityNumber)

    @settings(deadline=None)
    @given(st.sampled_from(list(RESIDENTS)), st.integers(0, 17), st.sampled_from("0123456789"))
    def test_one_wrong_digit_is_always_found(self, number: str, place: int, digit: str) -> None:
        mistyped = number[:place] + digit + number[place + 1 :]

        if mistyped != number:
            with pytest.raises(NotAnIdentityNumber):
                parse_resident_id(mistyped, today=TODAY)

    @settings(deadline=None)
    @given(st.text(max_size=24))
    def test_no_text_breaks_it(self, text: str) -> None:
        try:
            found = parse_resident_id(text, today=TODAY)
        except NotAnIdentityNumber:
            return
        assert found == ResidentId(found.number)


class TestCreditCode:
    @pytest.mark.parametrize("code", CODES)
    def test_a_right_one_is_understood(self, code: str) -> None:
        found = parse_credit_code(f" {code[:8].lower()} {code[8:].lower()} ")

        assert found.number == code
        assert found.is_organisation_code_sound

    def test_a_village_co_operative_has_one_too(self) -> None:
        # The library refuses a letter as the class, which GB 32100 gives to rural bodies.
        assert parse_credit_code("N2990101MF0DEM0677").number == "N2990101MF0DEM0677"

    def test_the_organisation_code_is_a_part_of_it(self) -> None:
        assert parse_credit_code("91350100M000100Y43").organisation_code == "M000100Y-4"

    def test_an_organisation_code_that_does_not_fit_is_no_fault(self) -> None:
        assert not parse_credit_code("91990101MA0DEM0240").is_organisation_code_sound

    @pytest.mark.parametrize(
        ("written", "error", "reason"),
        [
            ("", WrongLength, "18 characters"),
            ("91350100M000100Y4", WrongLength, "18 characters"),
            ("91350100M000100Y4Z", WrongCharacters, "without I, O, S, V and Z"),
            ("9135O100M000100Y43", WrongCharacters, "without I, O, S, V and Z"),
            ("91350100M000100Y44", CheckFailed, "mistyped"),
            ("91990101MA0DEM013N", CheckFailed, "mistyped"),
        ],
    )
    def test_a_wrong_one_is_refused_with_a_reason(self, written, error, reason) -> None:
        with pytest.raises(error, match=reason):
            parse_credit_code(written)

    @settings(deadline=None)
    @given(st.sampled_from(CODES), st.integers(0, 17), st.sampled_from("0123456789ABCDEFGHJKLMN"))
    def test_one_wrong_character_is_always_found(self, code: str, place: int, wrong: str) -> None:
        mistyped = code[:place] + wrong + code[place + 1 :]

        if mistyped != code:
            with pytest.raises(NotAnIdentityNumber):
                parse_credit_code(mistyped)

    @settings(deadline=None)
    @given(st.text(max_size=24))
    def test_no_text_breaks_it(self, text: str) -> None:
        try:
            found = parse_credit_code(text)
        except NotAnIdentityNumber:
            return
        assert len(found.number) == 18

    def test_an_older_tax_number_is_kept(self) -> None:
        assert is_old_tax_number("990101660310001")
        assert is_old_tax_number("990101196603100018 01")
        assert not is_old_tax_number("9901016603100")
        assert not is_old_tax_number("晨光公司")


def test_a_chinese_reader_is_told_in_chinese(spoken_chinese) -> None:
    with pytest.raises(CheckFailed, match="最后一位校验不符"):
        parse_resident_id("990101196603100017", today=TODAY)
