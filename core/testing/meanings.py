"""The words of the page "Kinds of events": what the declared events mean, for the catalogues."""

import ast
from collections.abc import Iterator
from pathlib import Path


def meanings_in(file: Path) -> Iterator[str]:
    """Yield what each event says of itself that is declared in a file, without importing it."""
    text = file.read_text()
    if "event(" not in text:
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ClassDef) and any(map(_declares, node.decorator_list)):
            meaning = ast.get_docstring(node)
            if meaning:
                yield meaning


def _declares(decorator: ast.expr) -> bool:
    """Whether it is `@event(…)` or `@bus.event(…)`."""
    if not isinstance(decorator, ast.Call):
        return False
    called = decorator.func
    return getattr(called, "id", "") == "event" or getattr(called, "attr", "") == "event"
