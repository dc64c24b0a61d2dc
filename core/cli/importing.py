"""The command that brings files in."""

from pathlib import Path

import click

from core.cli.root import cli, founded_app


@cli.command("import")
@click.argument("kind")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only list the rows to correct; change nothing.")
@click.option("--currency", default="", help="Of amounts without one; default: the company's.")
def import_file(kind: str, file: Path, dry_run: bool, currency: str) -> None:
    """Bring in a CSV or XLSX file of KIND customers, products or orders.

    The whole file is checked first. Run again after a stop, it goes on; run again after the end,
    it changes nothing.
    """
    from core.imports import terminal

    app = founded_app()
    with app.app_context():
        step = terminal.dry_run if dry_run else terminal.take_in
        step(kind, file, currency.strip().upper())
