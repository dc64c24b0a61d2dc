"""Commands that serve: all in one process, or web and workers apart."""

import signal
import socket
import sys
import threading

import click
import uvicorn

from bus.worker import embedded, poking
from core.app import Lamplit
from core.cli.root import cli, founded_app, prepared_app
from core.config import Settings
from core.errors import SetupError
from core.imports.background import clerk
from core.monitoring.listener import showing_figures
from core.monitoring.logs import configure
from core.sample import is_unfinished, load_sample
from core.setup import is_founded


@cli.command()
def run() -> None:
    """Serve everything in this one process; the first start loads a sample company."""
    settings = Settings.from_environment()
    _refuse_taken_port(settings)
    app = prepared_app()
    with app.app_context():
        new = not is_founded() or is_unfinished()
    if new:
        click.echo("First start: loading the sample company …")
        load_sample(app)
    _tell(app, settings)
    clerk(app).resume()
    with embedded(settings.redis_url), showing_figures(app, settings):
        _serve(app, settings)


@cli.command()
def web() -> None:
    """Serve the screens and the REST interface; workers run apart (`lamplit worker`)."""
    settings = Settings.from_environment()
    _refuse_taken_port(settings)
    app = founded_app()
    click.echo(f"Lamplit web on http://{settings.host}:{settings.port}")
    clerk(app).resume()
    with poking(settings.redis_url), showing_figures(app, settings):
        _serve(app, settings)


@cli.command()
def worker() -> None:
    """Deliver events to the departments, until told to stop."""
    settings = Settings.from_environment()
    app = founded_app()
    configure(as_json=settings.log == "json")
    stop = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: stop.set())
    with embedded(settings.redis_url), showing_figures(app, settings):
        click.echo("Lamplit worker is delivering.", err=True)
        stop.wait()


def _serve(app: Lamplit, settings: Settings) -> None:
    from core.asgi import asgi

    configure(as_json=settings.log == "json")
    # An open screen would otherwise hold the process at its end.
    config = uvicorn.Config(
        asgi(app),
        host=settings.host,
        port=settings.port,
        log_config=None,
        log_level="warning",
        timeout_graceful_shutdown=1,
    )
    uvicorn.Server(config).run()


def _tell(app: Lamplit, settings: Settings) -> None:
    from core.company import company
    from core.people.sample import SAMPLE_PEOPLE

    click.echo(f"Lamplit is ready: http://{settings.host}:{settings.port}")
    with app.app_context():
        if company().is_sample:
            for each in SAMPLE_PEOPLE:
                click.echo(f"  {each.login:<10} password {each.password}")
    sys.stdout.flush()


def _refuse_taken_port(settings: Settings) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise SetupError(
                f"Lamplit cannot listen on {settings.host}:{settings.port} ({error.strerror}). "
                "Stop what uses that port, or set LAMPLIT_PORT to another one."
            ) from None
