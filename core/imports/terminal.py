"""Imports from the terminal: the same steps as on the screen, with progress bars."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from uuid import UUID

import click
from sqlalchemy import func, select

import bus
from core.company import company
from core.db import DatabaseBusy, db, reading, unit_of_work
from core.ids import new_id
from core.imports import runs, services, shelf
from core.imports.errors import UnknownKind
from core.imports.importer import Importer, Terms, importer_of, importers
from core.imports.queries import import_called
from core.imports.sheets import Problem
from core.web.languages import locale_code
from core.write_lock import only_one

#: Seconds without progress after which the terminal waits for the departments no longer.
PATIENCE = 60.0
#: Names the lock of a file; any number that no other advisory lock has.
_LOCK = 7_461_003
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
    with path.open("rb") as file:
        digest = shelf.keep(file)
    with _alone(kind, digest):
        _go_on(kind, digest, path.name, currency)
    _catch_up()


@contextmanager
def _alone(kind: str, digest: str) -> Iterator[None]:
    """Refuse a file that another terminal takes in, on this host or on any with its database."""
    with only_one(shelf.folder() / f"{kind}-{digest}.lock") as mine, _held(kind, digest) as ours:
        if not (mine and ours):
            raise click.ClickException(
                "Another terminal imports this file already. Wait until it has ended; "
                "nothing was changed here."
            )
        yield


@contextmanager
def _held(kind: str, digest: str) -> Iterator[bool]:
    """Whether this is the only one at it on a PostgreSQL server, for as long as the block runs."""
    if db.engine.dialect.name != "postgresql":
        yield True
        return
    key = func.hashtext(f"{kind} {digest}")
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        mine = bool(connection.scalar(select(func.pg_try_advisory_lock(_LOCK, key))))
        try:
            yield mine
        finally:
            if mine:
                connection.scalar(select(func.pg_advisory_unlock(_LOCK, key)))


def _go_on(kind: str, digest: str, name: str, currency: str) -> None:
    with unit_of_work():
        row = services.open_import(
            kind,
            digest,
            file_name=name,
            currency=currency or company().currency,
            language=locale_code(),
        )
        import_id, state, done = row.id, row.state, row.rows_done
    if state == "done":
        click.echo("This file was imported before. Nothing was changed.")
        return
    if done:
        click.echo(f"Going on after row {done}.")
    else:
        _check(import_id)
    _run(import_id)


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
    draining = _Draining()
    with click.progressbar(length=left, label="Departments catch up") as bar:
        show, moved, asking = _shower(bar.update, 0), time.monotonic(), 0.0
        while left and time.monotonic() - moved < PATIENCE:
            draining.go_on(min(max(_MOMENT, _SELDOM * asking), PATIENCE / 6))
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


class _Draining:
    """Delivers in a thread, so that the one that asks can show how far it has come."""

    def __init__(self) -> None:
        self._thread = Thread()
        self._failed: DatabaseBusy | None = None

    def go_on(self, seconds: float) -> None:
        """Deliver until nothing is due or the time is over; raises DatabaseBusy."""
        begun = time.monotonic()
        if not self._thread.is_alive():
            self._thread = Thread(target=self._drain, name="catch-up", daemon=True)
            self._thread.start()
        self._thread.join(seconds)
        if self._failed is not None:
            raise self._failed
        time.sleep(max(0.0, begun + _MOMENT - time.monotonic()))

    def _drain(self) -> None:
        try:
            bus.drain_all()
        except DatabaseBusy as error:
            self._failed = error


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
