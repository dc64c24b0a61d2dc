"""Compiles the translations: .po files are what people edit, .mo files are what is read."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_catalogues(folders: Iterable[str | Path]) -> None:
    """Compile every catalogue that is newer than what was compiled from it.

    A folder that may not be written keeps what it has: its distribution brings it compiled.
    """
    for folder in folders:
        for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
            target = source.with_suffix(".mo")
            if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
                _compile(source, target)


def _compile(source: Path, target: Path) -> None:
    if not os.access(target.parent, os.W_OK):
        return
    with source.open("rb") as stream:
        catalogue = read_po(stream, locale=source.parent.parent.name)
    # Several processes may start at once; each puts a whole file in place.
    handle, path = tempfile.mkstemp(dir=target.parent, suffix=".mo")
    with os.fdopen(handle, "wb") as stream:
        write_mo(stream, catalogue)
    Path(path).replace(target)
