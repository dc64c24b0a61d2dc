"""Check a module from the command line; LAMPLIT_ADDONS names the folder that holds it."""

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from core.app import create_app
from core.config import Settings
from core.testing.applications import dispose
from core.testing.conformance.suite import faults
from core.testing.databases import prepare


def main(names: list[str]) -> int:
    """Print what the named modules break; 0 when it is nothing."""
    found: list[str] = []
    for name in names:
        with tempfile.TemporaryDirectory(prefix="lamplit-conformance-") as home:
            settings = replace(Settings.from_environment(), home=Path(home), database_url="")
            prepare(settings.url, settings.addons)
            app = create_app(settings)
            module = app.extensions["lamplit_modules"].get(name)
            if module is None:
                sys.exit(f"There is no module {name!r}. Set LAMPLIT_ADDONS to its folder's parent.")
            found += [f"{name}: {fault}" for fault in faults(module, app)]
            dispose(app)
    sys.stdout.writelines(f"{fault}\n" for fault in found or ["Every check is passed."])
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
