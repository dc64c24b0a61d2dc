"""A module looks like every other one: the same files, and imports that go down only."""

import ast
from collections.abc import Iterator
from pathlib import Path

from core.app import Lamplit
from core.registry.discovery import Installed

#: From the edge down; what stands further left may import what stands further right.
LAYERS = (
    ("views", "api", "handlers", "cli", "jobs", "imports"),
    ("schemas",),
    ("services",),
    ("queries",),
    ("models",),
    ("events",),
)
_PLACE = {name: place for place, names in enumerate(LAYERS) for name in names}
#: The parts that speak to the web, the bus or the shell; all others are the department's own.
EDGES = frozenset({*LAYERS[0], "edge", "papers", "schemas", "manifest", "telling"})
FOLDERS = frozenset({"migrations", "static", "templates", "translations"})
#: Names that say nothing, so that everything ends up under them.
VAGUE = frozenset(
    {"base", "common", "data", "helper", "helpers", "manager", "misc", "util", "utils"}
)
#: What a department does must work without a web server and without a broker.
_OUTSIDE = frozenset({"flask", "dramatiq"})


def files_say_what_they_hold(module: Installed, _app: Lamplit) -> Iterator[str]:
    """Yield files where nobody would look, and such that hold nothing."""
    for path in sorted(module.folder.iterdir()):
        if path.name.startswith(("_", ".")) or path.name in FOLDERS:
            continue
        if path.is_dir() and not (path / "__init__.py").exists():
            yield f"{path.name}/ is no part of a module: {_listed(FOLDERS)} or a package"
        elif path.is_file() and path.suffix != ".py":
            yield f"{path.name} belongs into {_listed(FOLDERS)}"
        elif path.stem in VAGUE:
            yield f"{path.name} could hold anything; name it for what it holds"
        elif path.is_file() and not _statements(path):
            yield f"{path.name} says nothing; leave it out"


def the_package_is_one_docstring(module: Installed, _app: Lamplit) -> Iterator[str]:
    """Yield a fault when `__init__.py` does more than say what the module is for."""
    path = module.folder / "__init__.py"
    if not path.exists():
        yield "__init__.py is missing: one docstring that says what the module is for"
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if not ast.get_docstring(tree) or len(tree.body) != 1:
        yield "__init__.py is one docstring and nothing else"


def imports_go_down(module: Installed, _app: Lamplit) -> Iterator[str]:
    """Yield every import of another department, of an outer layer, or of the web where none is."""
    for path in sorted(module.folder.rglob("*.py")):
        part = path.relative_to(module.folder).parts[0].removesuffix(".py")
        for imported in _imports(path):
            if fault := _fault(module, part, imported):
                yield f"{path.relative_to(module.folder)} imports {imported}: {fault}"


def _fault(module: Installed, part: str, imported: str) -> str | None:
    words = imported.split(".")
    if words[0] == "modules" and len(words) > 1 and words[1] != module.name:
        return "departments do not know one another; read its event by name"
    if part not in EDGES and words[0] in _OUTSIDE:
        return "what a department does is free of the web and of the broker"
    if words[:2] == module.package.split(".") and len(words) > 2:
        mine, other = _PLACE.get(part), _PLACE.get(words[2])
        if mine is not None and other is not None and part != words[2] and other <= mine:
            return f"{part} stands below {words[2]}"
    return None


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            # `from modules.sales import services` names the part in the second half.
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _statements(path: Path) -> list[ast.stmt]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return tree.body[1:] if ast.get_docstring(tree) else tree.body


def _listed(names: frozenset[str]) -> str:
    return ", ".join(sorted(names))
