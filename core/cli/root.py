"""The root of the commands, and the application they work on."""

import click

from core.app import Lamplit, create_app
from core.config import Settings
from core.errors import SetupError
from core.setup import is_founded, migrate


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Lamplit: every department sees who sold what to whom, what was shipped and what is owed."""


def prepared_app() -> Lamplit:
    """Return the application on a database at this code's version."""
    settings = Settings.from_environment()
    migrate(settings)
    return create_app(settings)


def founded_app() -> Lamplit:
    """Return the application of a company that has been set up.

    Raises:
        SetupError: when nobody has run `lamplit init` or `lamplit run` yet.
    """
    app = prepared_app()
    with app.app_context():
        if not is_founded():
            raise SetupError("There is no company yet. Run `lamplit init` or `lamplit run` first.")
    return app
