"""A word that somebody could not read in her language is found before it is shipped."""

import pytest

from core.catalogues import compile_catalogues
from core.testing.translations import catalogue_file, gaps, update

ZH = "zh_Hans_CN"


@pytest.fixture
def package(tmp_path):
    """A module with a word in Python and one in a template."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "services.py").write_text(
        "from flask_babel import gettext as _, ngettext\n"
        "ONLY = _('Only %(left)s left.', left=1)\n"
        "LAMPS = ngettext('%(num)s lamp', '%(num)s lamps', 2)\n"
    )
    (tmp_path / "templates" / "page.html").write_text("<h1>{{ _('Lamps') }}</h1>")
    return tmp_path


def translate(package, **words):
    file = catalogue_file(package, ZH)
    text = file.read_text()
    for word, translation in words.items():
        text = text.replace(f'msgid "{word}"\nmsgstr ""', f'msgid "{word}"\nmsgstr "{translation}"')
    file.write_text(text)


def test_new_words_are_collected_and_missed_until_they_are_translated(package):
    assert len(list(gaps(package, ZH))) == 3
    assert all("make translations" in gap for gap in gaps(package, ZH))

    update(package, ZH)
    words = ("Lamps", "Only %(left)s left.", "%(num)s lamp")
    assert set(gaps(package, ZH)) == {f"{word!r} is not translated" for word in words}


def test_a_translated_word_stays_when_others_come_and_go(package):
    update(package, ZH)
    translate(package, Lamps="灯")
    (package / "services.py").write_text("from flask_babel import gettext as _\nOIL = _('Oil')\n")

    update(package, ZH)

    text = catalogue_file(package, ZH).read_text()
    assert 'msgid "Lamps"\nmsgstr "灯"' in text
    assert "left" not in text
    assert list(gaps(package, ZH)) == ["'Oil' is not translated"]


def test_what_an_event_means_is_a_word_like_any_other(package):
    (package / "events.py").write_text(
        "import bus\n\n"
        "@bus.event('loyalty.point_given', aggregate='customer_id')\n"
        "class PointGiven(bus.Event):\n"
        '    """A customer got a point."""\n\n'
        "class Other:\n"
        '    """Nobody reads this."""\n'
    )

    update(package, ZH)

    assert "'A customer got a point.' is not translated" in set(gaps(package, ZH))
    assert "Nobody reads this." not in catalogue_file(package, ZH).read_text()


def test_a_translation_that_loses_what_is_filled_in_is_refused(package):
    update(package, ZH)
    translate(package, **{"Lamps": "灯", "Only %(left)s left.": "只剩 %(rest)s。"})

    assert any("name different placeholders" in gap for gap in gaps(package, ZH))


def test_a_guess_of_the_tool_is_not_a_translation(package):
    update(package, ZH)
    translate(package, Lamps="灯")
    file = catalogue_file(package, ZH)
    file.write_text(file.read_text().replace('msgid "Lamps"', '#, fuzzy\nmsgid "Lamps"'))

    assert any("marked fuzzy" in gap for gap in gaps(package, ZH))


def test_catalogues_are_compiled_when_they_are_newer(package):
    update(package, ZH)
    source = catalogue_file(package, ZH)
    compiled = source.with_suffix(".mo")

    compile_catalogues([package / "translations"])
    first = compiled.stat().st_mtime_ns
    compile_catalogues([package / "translations"])

    assert compiled.stat().st_mtime_ns == first
    assert {path.name for path in source.parent.iterdir()} == {source.name, compiled.name}


def test_narrow_marks_beside_chinese_are_refused(package):
    update(package, ZH)
    translate(
        package,
        **{"Lamps": "灯,不是烛", "Only %(left)s left.": "只剩 %(left)s 盏（https://a.cn）。"},
    )

    (narrow,) = (gap for gap in gaps(package, ZH) if "punctuation" in gap)
    assert "灯,不是烛" in narrow
