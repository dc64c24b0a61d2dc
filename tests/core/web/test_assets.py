"""Style sheets and scripts come from our own server, once, and never go stale."""

import re
from pathlib import Path

import pytest

from core.web import assets, icons

ROOT = Path(__file__).parents[3]
TEMPLATES = sorted(
    path for folder in ("core", "modules") for path in (ROOT / folder).rglob("templates/**/*.html")
)


def test_every_file_that_the_layout_names_is_served_for_a_year(app, visitor):
    page = visitor.get("/sign-in").text
    named = re.findall(r'(?:src|href)="(/assets/[^"]+)"', page)

    assert len(named) > 5
    for address in named:
        with visitor.get(address.replace("&amp;", "&")) as answer:
            assert answer.status_code == 200, address
            assert "max-age=31536000" in answer.headers["Cache-Control"]


def test_scripts_import_one_another_below_the_same_digest(visitor, app):
    with app.test_request_context():
        address = assets.asset("app.js")
    with visitor.get(address) as script:
        imported = re.findall(r'from "\./([a-z-]+\.js)"', script.text)

    assert imported
    for name in imported:
        with visitor.get(address.replace("app.js", name)) as answer:
            assert answer.status_code == 200


def test_an_address_of_an_older_version_is_not_kept_by_the_browser(visitor):
    with visitor.get("/assets/0123456789ab/shell.css") as answer:
        assert answer.status_code == 200
        assert "max-age=31536000" not in answer.headers["Cache-Control"]


def test_nothing_else_of_a_wheel_is_served(visitor):
    assert visitor.get("/assets/vendor/RECORD").status_code == 404
    assert visitor.get("/assets/vendor/..%2f__init__.py").status_code == 404


def test_pages_refuse_foreign_scripts_and_frames(visitor):
    headers = visitor.get("/sign-in").headers

    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_hold_nothing_that_the_content_policy_refuses(path):
    text = path.read_text(encoding="utf-8")

    assert not re.search(r"<[a-z][^<>]*\sstyle=", text), "inline style"
    assert not re.search(r"\son[a-z]+=\"", text), "inline handler"
    assert not re.search(r"<script(?![^>]*\ssrc=)", text), "inline script"
    assert not re.search(r"(?:src|href)=\"https?://", text), "foreign address"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_icon_that_a_template_names_exists(path):
    for name in re.findall(r"""icon(?:\(|=)["']([a-z0-9-]+)["']""", path.read_text("utf-8")):
        assert icons.exists(name), name


def test_an_icon_is_silent_unless_it_has_a_label():
    assert 'aria-hidden="true"' in icons.icon("receipt")
    assert 'aria-label="A &amp; B"' in icons.icon("receipt", "A & B")


def test_a_misspelt_icon_is_logged_and_takes_nothing_else_away(caplog):
    assert "<svg" in icons.icon("reciept")
    assert "reciept" in caplog.text
