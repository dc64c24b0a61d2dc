"""What people type is stored without what cannot be stored or seen."""

from hypothesis import given
from hypothesis import strategies as st

from core.text import tidy, tidy_lines


def test_a_line_is_one_line_without_idle_spaces() -> None:
    assert tidy("  Li \t Na\n") == "Li Na"
    assert tidy("王\u3000小明") == "王 小明"


def test_what_a_database_refuses_is_gone() -> None:
    assert tidy("a\x00b\ud800c") == "a b c"


def test_lines_stay_lines() -> None:
    assert tidy_lines("\n one  two \n\nthree\n") == "one two\n\nthree"


@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_any_text_can_be_stored(text: str) -> None:
    line = tidy(text)

    assert tidy(line) == line
    assert line.encode().decode() == line
    assert "\x00" not in line
