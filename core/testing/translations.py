"""Keeps every catalogue complete: `make translations` collects words, `make check` finds gaps.

A package (the core or a module) carries its own catalogues in `translations/`; somebody else's
module is named on the command line: python -m core.testing.translations path/to/modules/loyalty
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from core.config import CHECKOUT
from core.testing.meanings import meanings_in
from core.web.languages import LANGUAGES

#: The msgids are written in it.
SOURCE = "en"
_METHODS = [("**/templates/**.*", "jinja2"), ("**.py", "python")]
_OPTIONS = {"**/templates/**.*": {"extensions": "jinja2.ext.do", "silent": "false"}}
_KEYWORDS = {
    "_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
#: No names and dates: history tells who translated what and when.
_HEADER = """msgid ""
msgstr ""
"Language: {}\\n"
"Plural-Forms: {}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
_SKIPPED = {"tests", "testing", "migrations", "translations", "static", "__pycache__"}
#: A message, or the forms of one that counts; None before it is translated.
_Text = str | tuple[str, ...] | list[str] | None
#: A narrow mark beside a Chinese character, where a wide one belongs.
_NARROW = re.compile(r"[\u4e00-\u9fff”）】][,;:?!(](?!//)|[,;:?!)][\u4e00-\u9fff“（]")
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]")


def packages() -> list[Path]:
    """Return the folders of this checkout that carry catalogues."""
    modules = sorted(
        each for each in (CHECKOUT / "modules").iterdir() if (each / "manifest.py").exists()
    )
    return [CHECKOUT / "core", *modules]


def words_of(package: Path) -> Catalog:
    """Return every word that a package shows to people."""
    found = Catalog(charset="utf-8")
    for _file, _line, message, comments, context in extract_from_dir(
        str(package),
        _METHODS,
        _OPTIONS,
        _KEYWORDS,
        comment_tags=("Translators:",),
        directory_filter=lambda folder: Path(folder).name not in _SKIPPED,
    ):
        found.add(message, auto_comments=comments, context=context)
    for file in sorted(package.rglob("*.py")):
        if not _SKIPPED & set(file.relative_to(package).parts):
            for meaning in meanings_in(file):
                found.add(meaning)
    return found


def catalogue_file(package: Path, language: str) -> Path:
    """Return where a package's words of one language stand."""
    return package / "translations" / language / "LC_MESSAGES" / "messages.po"


def read(package: Path, language: str) -> Catalog:
    """Return a package's words in one language; empty before the first collection."""
    file = catalogue_file(package, language)
    if not file.exists():
        return Catalog(locale=language, charset="utf-8")
    with file.open("rb") as stream:
        return read_po(stream, locale=language)


def update(package: Path, language: str) -> None:
    """Put new words into a catalogue, untranslated, and take out those no longer used."""
    words, catalogue = words_of(package), read(package, language)
    catalogue.update(words, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    file = catalogue_file(package, language)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as stream:
        stream.write(_HEADER.format(language, catalogue.plural_forms).encode())
        write_po(stream, catalogue, no_location=True, sort_output=True, omit_header=True, width=100)


def gaps(package: Path, language: str) -> Iterator[str]:
    """Yield a sentence for every word that a reader of this language would miss."""
    catalogue = read(package, language)
    for word in words_of(package):
        if word.id:
            yield from _gaps_of(word, catalogue.get(word.id, word.context))


def _gaps_of(word: Message, translated: Message | None) -> Iterator[str]:
    shown = word.id if isinstance(word.id, str) else word.id[0]
    if translated is None:
        yield f"{shown!r} is missing; run `make translations`"
    elif "fuzzy" in translated.flags:
        yield f"{shown!r} is marked fuzzy: check it and remove the mark"
    elif not _all(translated.string):
        yield f"{shown!r} is not translated"
    else:
        wanted = _placeholders(word.id)
        for text in _strings(translated.string):
            if _placeholders(text) != wanted:
                yield f"{shown!r} and {text!r} name different placeholders"
            if _NARROW.search(text):
                yield f"{text!r} has narrow punctuation beside Chinese: use “，；：？！（）”"


def _strings(value: _Text) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())


def _all(value: _Text) -> bool:
    return all(_strings(value)) and bool(_strings(value))


def _placeholders(value: _Text) -> set[str]:
    return {found.group() for text in _strings(value) for found in _PLACEHOLDER.finditer(text)}


def quarrels(chosen: list[Path], language: str) -> Iterator[str]:
    """Yield a sentence for every word that two packages translate differently.

    All catalogues are read as one: whoever comes last would change the others' words.
    """
    known: dict[str, tuple[str, str]] = {}
    for package in chosen:
        for word in read(package, language):
            text = " | ".join(_strings(word.string))
            if not word.id or not text:
                continue
            first = known.setdefault(f"{word.context} {word.id}", (package.name, text))
            if first[1] != text:
                yield (
                    f"{word.id!r} is {first[1]!r} in {first[0]} but {text!r} in {package.name}: "
                    "agree on one, or use another English word where another thing is meant"
                )


def main(arguments: list[str]) -> int:
    """Check the catalogues, or with --update bring them up to date."""
    chosen = [Path(each).resolve() for each in arguments if not each.startswith("-")] or packages()
    languages = [code for code in LANGUAGES if code != SOURCE]
    pairs = [(package, language) for package in chosen for language in languages]
    if "--update" in arguments:
        for package, language in pairs:
            update(package, language)
    found = [
        f"{package.name} {language}: {gap}"
        for package, language in pairs
        for gap in gaps(package, language)
    ]
    for language in languages:
        found += quarrels(chosen, language)
    # A file that lacks words is what --update is for; the check refuses it.
    sys.stdout.writelines(f"{line}\n" for line in found or ["Every word is translated."])
    return 1 if found and "--update" not in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
