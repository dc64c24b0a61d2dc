"""The shell every screen lives in: layout, menu, macros, static files, languages and themes."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Give the application its shell."""
    # Imported late: the shell shows people and deals, whose views use this package's languages.
    from core.web import shell

    shell.init_app(app)
