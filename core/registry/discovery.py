"""Find the modules that are installed: ours, another distribution's, or a folder's."""

import importlib
import importlib.util
import pkgutil
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType

import modules as namespace
from core.errors import SetupError
from core.registry.manifest import Manifest


@dataclass(frozen=True)
class Installed:
    """A module whose code is there, switched on or off."""

    manifest: Manifest
    package: str

    @property
    def name(self) -> str:
        """The module's name, which is also its subscriber's."""
        return self.manifest.name

    @cached_property
    def folder(self) -> Path:
        """The folder of the module's files."""
        return Path(next(iter(importlib.import_module(self.package).__path__)))

    def load(self, part: str) -> ModuleType | None:
        """Import one of the module's files, or return None when it has none of that name."""
        name = f"{self.package}.{part}"
        return importlib.import_module(name) if importlib.util.find_spec(name) else None


def discover(addons: tuple[Path, ...] = ()) -> dict[str, Installed]:
    """Return every installed module by name, in the order of the menu.

    Raises:
        SetupError: when a manifest's name is not its folder's.
    """
    for folder in addons:
        _extend_namespace(folder / "modules")
    found = []
    for info in sorted(pkgutil.iter_modules(namespace.__path__), key=lambda each: each.name):
        package = f"modules.{info.name}"
        if not info.ispkg or not importlib.util.find_spec(f"{package}.manifest"):
            continue  # without a manifest it is no module
        manifest: Manifest = importlib.import_module(f"{package}.manifest").MANIFEST
        if manifest.name != info.name:
            raise SetupError(
                f"The module in folder {info.name} calls itself {manifest.name}. "
                "Give both the same name."
            )
        found.append(Installed(manifest, package))
    return {each.name: each for each in sorted(found, key=lambda m: (m.manifest.order, m.name))}


def _extend_namespace(folder: Path) -> None:
    if not folder.is_dir():
        raise SetupError(f"LAMPLIT_ADDONS names {folder.parent}, which holds no folder 'modules'.")
    if str(folder) not in namespace.__path__:
        # The path of a namespace package is recomputed from sys.path.
        sys.path.append(str(folder.parent))
        importlib.invalidate_caches()


def resolve(reference: str) -> object:
    """Return what "package.module:name" in a manifest points to."""
    module, _, name = reference.partition(":")
    return getattr(importlib.import_module(module), name)
