"""Imports from the terminal: the same steps as on the screen, with progress bars."""

import time
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from threading import enumerate as enumerate_threads
from uuid import UUID

import click

import bus
from core.company import company
from core.db import reading, unit_of_work
from core.ids import new_id
from core.imports import runs, services, shelf
from core.imports.errors import UnknownKind
from core.imports.importer import Importer, Terms, importer_of, importers
from core.imports.queries import import_called
from core.imports.sheets import Problem
from core.web.languages import locale_code

#: Seconds without progress after which the terminal waits for the departments no longer.
PATIENCE = 60.0
_DRAIN = "catch-up"
#: How long at least nothing is asked, and how many times what the asking takes: to count what
#: waits must not hold up those who work it off.
_MOMENT, _SELDOM = 0.5, 10


def dry_run(kind: str, path: Path, currency: str) -> None:
    """Print every bad row of a file and change nothing."""
    with reading():
        terms = Terms(new_id(), currency or company().currency)
        finding = runs.examine(_importer(kind), path, terms, _print)
    _refuse(finding)
    click.echo(f"{finding.rows} rows are right. Nothing was imported: this was a dry run.")


def take_in(kind: str, path: Path, currency: str) -> None:
    """Check a file and take it in, or go on with it; return when every department knows of it."""
    with reading():
        _importer(kind)
    with path.open("rb") as file, unit_of_work():
        row = services.open_import(
            kind,
            shelf.keep(file),
            file_name=path.name,
            currency=currency or company().currency,
            language=locale_code(),
        )
        import_id, state, done = row.id, row.state, row.rows_done
    if state == "done":
        click.echo("This file was imported before. Nothing was changed.")
    else:
        if done:
            click.echo(f"Going on after row {done}.")
        else:
            _check(import_id)
        _run(import_id)
    _catch_up()


def _importer(kind: str) -> Importer[object]:
    try:
        return importer_of(kind)
    except UnknownKind:
        kinds = ", ".join(each.kind for each in importers())
        raise click.UsageError(f"{kind!r} cannot be imported. Choose one of: {kinds}.") from None


def _check(import_id: UUID) -> None:
    click.echo("Checking every row …")
    finding = runs.check(import_id)
    for problem in shelf.problems(import_id):
        _print(problem)
    _refuse(finding)


def _print(problem: Problem) -> None:
    click.echo(f"line {problem.line}, {problem.column}: {problem.reason}")


def _refuse(finding: runs.Finding) -> None:
    if finding.reason:
        raise click.ClickException(finding.reason)
    if finding.bad_rows:
        raise click.ClickException(
            f"{finding.bad_rows} of {finding.rows} rows must be corrected. Nothing was imported."
        )


def _run(import_id: UUID) -> None:
    with reading():
        row = import_called(import_id)
        total, done = row.rows_total, row.rows_done
    with click.progressbar(length=total, label="Importing") as bar:
        show = _shower(bar.update, done)
        try:
            runs.take_in(import_id, lambda now, _total: show(now))
        except runs.TakenOver:
            _follow(import_id, show)
    with reading():
        row = import_called(import_id)
        known = row.rows_done - row.rows_new
        if row.state != "done":
            raise click.ClickException(f"The import has stopped. {row.reason}")
        click.echo(f"{row.rows_new} rows are new, {known} were there already.")


def _shower(update: Callable[[int], None], done: int) -> Callable[[int], None]:
    """Turn "so many are done" into the steps that a progress bar wants."""
    shown = 0

    def show(now: int) -> None:
        nonlocal shown
        update(now - shown)
        shown = now

    show(done)
    return show


def _follow(import_id: UUID, show: Callable[[int], None]) -> None:
    """Watch while another process, such as the server, takes the file in."""
    while True:
        with reading():
            row = import_called(import_id)
            show(row.rows_done)
            if row.state != "running":
                return
        time.sleep(0.3)


def _catch_up() -> None:
    """Deliver what the import has caused, beside the workers of a running server if there is one.

    Other than a server it does not wait for deliveries that have failed and are due later.
    """
    left = _waiting()
    if not left:
        return
    with click.progressbar(length=left, label="Departments catch up") as bar:
        show, moved, asking = _shower(bar.update, 0), time.monotonic(), 0.0
        while left and time.monotonic() - moved < PATIENCE:
            _drain_for(min(max(_MOMENT, _SELDOM * asking), PATIENCE / 6))
            asked = time.monotonic()
            now_left = _waiting()
            asking = time.monotonic() - asked
            if now_left < left:
                moved = time.monotonic()
            left = now_left
            # What the handlers publish themselves makes the way longer.
            bar.length = max(bar.length or 0, left)
            show(bar.length - left)
    _tell_what_is_left()


def _drain_for(seconds: float) -> None:
    """Deliver in a thread, so that this one can show how far it has come."""
    begun = time.monotonic()
    running = next((each for each in enumerate_threads() if each.name == _DRAIN), None)
    if running is None:
        running = Thread(target=bus.drain_all, name=_DRAIN, daemon=True)
        running.start()
    running.join(seconds)
    time.sleep(max(0.0, begun + _MOMENT - time.monotonic()))


def _waiting() -> int:
    with reading():
        return sum(load.open for load in bus.loads() if not load.paused)


def _tell_what_is_left() -> None:
    with reading():
        loads = bus.loads()
    for load in loads:
        if load.dead or load.open:
            click.echo(
                f"{load.subscriber}: {load.open} still wait, {load.dead} need help.", err=True
            )
