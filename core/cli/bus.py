"""Commands about what the departments have made of the log."""

import getpass
import sys
from collections.abc import Callable

import click

from core.app import Lamplit
from core.cli.root import cli, founded_app
from core.config import Settings
from core.db import reading
from core.doctor import views
from core.doctor.kept import Asked
from core.doctor.rebuild import rebuild as rebuild_views
from core.doctor.refolding import NAME as DEALS
from core.doctor.refolding import rebuild_deals
from core.doctor.takeover import Change
from core.manifest import MANIFEST
from core.registry import switchboard
from core.registry.discovery import Installed


@cli.group("bus")
def bus_group() -> None:
    """Compare the departments' views with the log of events, and rebuild them."""


@bus_group.command()
@click.argument("name", required=False)
def compare(name: str | None) -> None:
    """Compare a module's views, or all, with the log; exit 1 at a difference."""
    app, sound = founded_app(), True
    with reading(app):
        views.in_one_moment()
        for module in [_module(name)] if name else _all().values():
            for tally in views.compare(app, module.name):
                click.echo(_line(tally))
                if tally.difference is not None:
                    click.echo(f"  {tally.difference}")
                    sound = False
    if not sound:
        click.echo("Run `lamplit bus rebuild NAME` to put a module's views right.", err=True)
        sys.exit(1)


@bus_group.command()
@click.argument("name")
@click.option("--why", default="", help="Is kept with the rebuild, for whoever asks later.")
def rebuild(name: str, why: str) -> None:
    """Make a module's views anew from the log, or the summaries of the deals (NAME: deals).

    Views are made beside the ones in use and taken over at once: stopped at any moment it goes on
    from there. Deals are put right a few at a time. People work on meanwhile.
    """
    app, asked = founded_app(), Asked(_who(), why.strip())
    with click.progressbar(length=0, label=f"Telling {name} the log again") as bar:

        def show(told: int, end: int) -> None:
            bar.length = end
            bar.update(told - bar.pos)

        changes = _rebuilt(app, name, show, asked)
    if not changes:
        click.echo(f"{name} has no views.")
    for change in changes:
        verdict = f"{change.count} put right" if change.count else "all were right"
        click.echo(f"{change.table.name:<32}{change.rows:>10} rows   {verdict}")


def _rebuilt(
    app: Lamplit, name: str, show: Callable[[int, int], None], asked: Asked
) -> list[Change]:
    if name == DEALS:
        return rebuild_deals(app, show, asked)
    with reading(app):
        module = _module(name)
    return rebuild_views(app, module, Settings.from_environment().home / "rebuild", show, asked)


def _who() -> str | None:
    """The account of this computer that gave the command."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container may run under a number without a name
        return None


def _all() -> dict[str, Installed]:
    """The core, which listens too, and every module."""
    return {"core": Installed(MANIFEST, "core"), **switchboard.installed()}


def _module(name: str) -> Installed:
    installed = _all()
    if name not in installed:
        raise click.UsageError(
            f"There is no module {name!r}. Choose one of: {', '.join([DEALS, *installed])}."
        )
    return installed[name]


def _line(tally: views.Tally) -> str:
    verdict = "equal" if tally.difference is None else "DIFFERENT"
    sums = "  ".join(
        f"{column} {left}" + ("" if left == right else f" (log: {right})")
        for column, (left, right) in tally.sums.items()
    )
    counts = f"{tally.stored} rows" + (
        "" if tally.stored == tally.rebuilt else f" (log: {tally.rebuilt})"
    )
    return f"{tally.table:<32}{verdict:<10} {counts}  {sums}".rstrip()
