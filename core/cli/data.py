"""Commands about data: import and doctor."""

import sys

import click

from core.cli.root import cli, founded_app
from core.doctor import examine


@cli.command()
def doctor() -> None:
    """Rebuild every view and every deal in memory and compare; print the first difference."""
    report = examine(founded_app())
    for line in report.lines:
        click.echo(line)
    sys.exit(0 if report.healthy else 1)
