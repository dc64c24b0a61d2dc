"""Puts the shell into the application: blueprints, Jinja globals, languages, answers to htmx."""

from typing import Any
from urllib.parse import quote

from flask import Flask, Response
from flask_babel import Babel

from core import clock
from core.catalogues import compile_catalogues
from core.company import company
from core.live.watcher import position
from core.money import format_money, format_quantity, money_text, quantity_text
from core.web import charts, languages, look, menu, names, story, tables, times
from core.web.actions import action
from core.web.assets import asset, assets
from core.web.icons import icon
from core.web.layout import is_fragment, is_live_refresh

_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'none'"
)


def init_app(app: Flask) -> None:
    """Give the application its shell."""
    app.register_blueprint(assets)
    app.jinja_env.globals.update(_globals())
    app.jinja_env.filters.update(_filters())
    app.after_request(_guard)
    app.after_request(_answer_htmx)
    folders = languages.catalogues(app)
    compile_catalogues(folders)
    Babel(
        app,
        locale_selector=languages.locale_code,
        timezone_selector=lambda: clock.zone().key,
        default_translation_directories=";".join(folders),
    )


def _globals() -> dict[str, Any]:
    return {
        "action": action,
        "asset": asset,
        "company": company,
        "icon": icon,
        "shell_menu": menu.menu,
        "menu_address": menu.address,
        "menu_favourites": menu.favourites,
        "is_fragment": is_fragment,
        "is_live_refresh": is_live_refresh,
        "language": languages.current_language,
        "live_position": position,
        "languages": languages.LANGUAGES,
        "theme": look.current_theme,
        "themes": look.THEMES,
        "column": tables.column,
        "cells": tables.cells,
        "sort_link": tables.sort_link,
        "here": tables.here,
        "charts": charts,
        "today": clock.today,
        "days_late": times.days_late,
        "late_words": times.late_words,
        "due_kinds": story.DUE_KINDS,
    }


def _filters() -> dict[str, Any]:
    return {
        "money": format_money,
        "quantity": format_quantity,
        "money_text": money_text,
        "quantity_text": quantity_text,
        "day": times.short_date,
        "day_in_words": times.day_in_words,
        "moment": times.short_time,
        "initials": names.initials,
        "ref": _ref,
        "tone": names.tone,
    }


def _ref(name: str) -> str:
    """Write a record's name so that it may stand in a topic that a screen listens to."""
    return quote(name, safe="")


def _guard(response: Response) -> Response:
    """Add the headers that keep foreign scripts, frames and caches away."""
    headers = response.headers
    headers.setdefault("Content-Security-Policy", _POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    if response.mimetype == "text/html":
        headers.setdefault("Cache-Control", "private, no-cache")
        response.vary.update(["HX-Request", "Cookie", "Accept-Language"])
    return response


def _answer_htmx(response: Response) -> Response:
    """Turn a redirect into one that htmx carries out for the whole page."""
    if is_fragment() and response.status_code in (301, 302, 303):
        location = response.headers.pop("Location")
        response.status_code = 200
        response.set_data(b"")
        response.headers["HX-Redirect"] = location
    return response
