"""The command `lamplit`."""

import sys

from core.cli.root import cli
from core.errors import LamplitError


def main() -> None:
    """Run a command; what a person can mend is said without a traceback."""
    # Declaring commands is what importing these files does.
    from core.cli import data, installation, modules, serving  # noqa: F401

    try:
        cli(prog_name="lamplit")
    except LamplitError as error:
        message = getattr(error, "message", None)
        sys.exit(f"lamplit: {message() if message else error}")
