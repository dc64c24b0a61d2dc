"""Commands that set an installation up and keep its tables in step with the code."""

import click

from core.cli.root import cli, prepared_app
from core.config import Settings
from core.db import unit_of_work
from core.errors import SetupError
from core.registry.discovery import discover
from core.registry.migrations import draft
from core.sample import is_unfinished, load_sample
from core.setup import found_empty, is_founded


@cli.command()
@click.option("--empty", is_flag=True, help="A real company: no sample, one administrator.")
def init(empty: bool) -> None:
    """Create the database and the company."""
    app = prepared_app()
    with app.app_context():
        if is_founded() and not is_unfinished():
            raise SetupError(
                "This installation already has a company. Set LAMPLIT_HOME to another folder "
                "to start a second one."
            )
    if not empty:
        load_sample(app)
        click.echo("The sample company is loaded. Start it with `lamplit run`.")
        return
    with unit_of_work(app):
        password = found_empty()
    click.echo("The company is set up. Start it with `lamplit run` and sign in:")
    click.echo(f"  user admin, one-time password {password}")


@cli.group()
def migrations() -> None:
    """Keep the tables in step with the models (for developers)."""


@migrations.command("draft")
@click.argument("part")
@click.argument("message")
def draft_migration(part: str, message: str) -> None:
    """Write a migration for PART ("core" or a module) from what its models changed."""
    from sqlalchemy import create_engine

    from core.registry.wiring import load_declarations
    from core.setup import migrate

    settings = Settings.from_environment()
    migrate(settings)
    modules = discover(settings.addons)
    load_declarations(modules.values())
    draft(create_engine(settings.url), modules.values(), part, message)
