"""People are told apart by one or two letters."""

import pytest

from core.web.names import initials, tone


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Li Na", "LN"),
        ("Anna Maria Smith", "AS"),
        ("王伟", "伟"),
        ("王小明", "小明"),
        ("欧阳小明", "小明"),
        ("李", "李"),
        ("bob", "B"),
        ("  ", "?"),
    ],
)
def test_initials(name, short):
    assert initials(name) == short


def test_a_name_keeps_its_colour():
    assert tone("王伟") == tone("王伟")
    assert {tone(f"person {n}") for n in range(100)} == set(range(1, 7))
