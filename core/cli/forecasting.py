"""Commands that say what customers will do next."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from core.cli.root import cli, founded_app
from core.db import reading


class Day(click.ParamType[date]):
    """A calendar day as 2026-11-25."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day. Write it as year-month-day, like 2026-11-25.")


def _writable(_ctx: click.Context, _param: click.Parameter, path: Path) -> Path:
    """Refuse a place where no file can be written before anything is reckoned."""
    if path.exists() and not path.is_file():
        raise click.BadParameter(f"{path} is no file. Name a file that may be written.")
    if not path.parent.is_dir():
        raise click.BadParameter(f"There is no folder {path.parent}. Create it or name another.")
    return path


_as_of = click.option(
    "--as-of", "as_of", type=Day(), required=True, metavar="DATE",
    help="What was sold before this day is known, nothing else.",
)  # fmt: skip
_output = click.option(
    "--output", type=click.Path(path_type=Path), required=True, metavar="FILE",
    callback=_writable, help="The CSV file to write; it replaces an older one.",
)  # fmt: skip


@cli.group()
def forecast() -> None:
    """Say who will buy again, and when."""


@forecast.command()
@_as_of
@_output
def runout(as_of: date, output: Path) -> None:
    """Write on which day each customer will buy each product again.

    Columns: customer_ref, sku, next_on. A row for every customer and product bought on 3 days or
    more before DATE; orders of one day are one purchase. It is known that she has not bought it
    again until DATE, so next_on lies after it.

    The day named is the one with the smallest error to be expected, in days and in hits within a
    week, if she comes back at all. customer_ref is the customer's code, else the id of her card.
    """
    from core.rhythm.forecasts import runouts
    from core.rhythm.queries import purchases

    _write(
        output,
        ("customer_ref", "sku", "next_on"),
        lambda: runouts(lambda: purchases(as_of), as_of),
        as_of,
    )


@forecast.command()
@_as_of
@click.option(
    "--weeks", type=click.IntRange(1, 260), required=True, metavar="N",
    help="How many weeks ahead, beginning with DATE.",
)  # fmt: skip
@click.option(
    "--measure", type=click.Choice(("median", "mean")), default="median", show_default=True,
    help="What to expect: of one customer (median) or to add up (mean).",
)  # fmt: skip
@_output
def purchases(as_of: date, weeks: int, measure: str, output: Path) -> None:
    """Write how often each customer will buy in the next weeks.

    Columns: customer_ref, expected. A row for every customer who bought before DATE; orders of one
    day are one purchase.

    The median is the number that she is as likely to exceed as to fall short of: no other number
    has a smaller error for one customer on average, and for most customers of a shop it is 0.
    For totals, and to tell apart those with the same number, take --measure mean.
    customer_ref is the customer's code, else the id of her card.
    """
    from core.rhythm.forecasts import outlooks
    from core.rhythm.queries import purchases as histories

    def rows() -> Iterable[Sequence[object]]:
        for reference, outlook in outlooks(lambda: histories(as_of), as_of, weeks):
            mean = f"{outlook.mean:.4f}"
            yield reference, outlook.median if measure == "median" else mean

    _write(output, ("customer_ref", "expected"), rows, as_of)


def _write(
    output: Path,
    head: Sequence[str],
    rows: Callable[[], Iterable[Sequence[object]]],
    as_of: date,
) -> None:
    from core.rhythm.forecasts import write_file
    from core.rhythm.queries import anything_before

    with reading(founded_app()):
        if not anything_before(as_of):
            raise click.ClickException(
                f"Nothing was sold before {as_of}, so nothing can be forecast. Choose a later day."
            )
        try:
            count = write_file(output, head, rows())
        except OSError as error:
            raise click.ClickException(
                f"{output} cannot be written ({error.strerror}). Name another file."
            ) from None
    click.echo(f"{output}: {count} rows.")
