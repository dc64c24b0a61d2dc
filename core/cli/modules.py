"""Commands for the administrator: modules, tokens, events."""

import click

import bus
from core.cli.root import cli, founded_app
from core.clock import local
from core.db import reading, unit_of_work
from core.people import services as people
from core.registry import switchboard


@cli.group()
def modules() -> None:
    """See the departments' modules; switch them on and off."""


@modules.command("list")
def list_modules() -> None:
    """Print every installed module, how it stands and how much waits for it."""
    with reading(founded_app()):
        for each in switchboard.states():
            click.echo(f"{each.name:<12} {each.state:<12} {each.waiting} waiting")


@modules.command()
@click.argument("name")
def enable(name: str) -> None:
    """Switch a module on and let it catch up with what it missed."""
    app = founded_app()
    with unit_of_work(app):
        _refuse_unknown(name)
        switchboard.enable(name, by=None)
    with app.app_context():
        bus.catch_up(name)
    click.echo(f"{name} is on and has caught up.")


@modules.command()
@click.argument("name")
def disable(name: str) -> None:
    """Switch a module off; nothing is lost."""
    with unit_of_work(founded_app()):
        _refuse_unknown(name)
        switchboard.disable(name, by=None)
    click.echo(f"{name} is off. What happens meanwhile waits for it.")


def _refuse_unknown(name: str) -> None:
    installed = switchboard.installed()
    if name not in installed:
        raise click.ClickException(
            f"There is no module {name!r}. Choose one of: {', '.join(installed)}."
        )


@cli.group()
def token() -> None:
    """Let another program use the REST interface."""


@token.command("create")
@click.option("--user", required=True, help="The login whose rights the program gets.")
def create_token(user: str) -> None:
    """Print a new token, alone; it is not shown again."""
    with unit_of_work(founded_app()):
        made = people.create_token(user)
    click.echo(made)


@cli.group()
def events() -> None:
    """See what happened."""


@events.command("list")
@click.option("--order", help="Only the events of this order.")
@click.option("--limit", default=50, show_default=True, help="How many at most, newest first.")
def list_events(order: str | None, limit: int) -> None:
    """Print events, newest first, with the time on the company's clock."""
    from core.deals.queries import deal_id

    with reading(founded_app()):
        about = deal_id(order) if order else None
        for each in bus.events(aggregate_id=about, limit=limit):
            click.echo(
                f"{each.pos:>8}  {local(each.at):%Y-%m-%d %H:%M:%S}  {each.type:<28} "
                f"{each.actor or ''}"
            )
