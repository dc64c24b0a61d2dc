"""The command `lamplit`."""

import sys

from core.cli.root import cli
from core.errors import DomainError, InvalidInput, LamplitError
from core.write_lock import DatabaseBusy


def main() -> None:
    """Run a command; what a person can mend is said without a traceback."""
    # Declaring commands is what importing these files does.
    from core.cli import (  # noqa: F401
        bus,
        data,
        forecasting,
        importing,
        installation,
        modules,
        serving,
    )

    try:
        cli(prog_name="lamplit")
    except LamplitError as error:
        sys.exit(f"lamplit: {_words(error)}")
    except DatabaseBusy as error:
        sys.exit(
            f"lamplit: The database is busy: {error}. Wait until the other commands have ended, "
            "then run this one again; it goes on where it stopped."
        )


def _words(error: LamplitError) -> str:
    if not isinstance(error, DomainError):
        return str(error)
    fields = error.errors if isinstance(error, InvalidInput) else {}
    return "\n  ".join([error.message(), *(f"{field}: {text}" for field, text in fields.items())])
