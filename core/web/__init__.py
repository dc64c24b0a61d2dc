"""The shell every screen lives in: layout, menu, macros, static files, languages and themes."""

from core.web.shell import init_app

__all__ = ["init_app"]
