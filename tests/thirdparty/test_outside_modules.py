"""A module by somebody else works, and a broken one is told what is wrong with it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def run(addon, *arguments):
    environment = {**os.environ, "LAMPLIT_ADDONS": str(HERE / addon)}
    command = [sys.executable, "-m", *arguments]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, timeout=300
    )


def test_loyalty_tells_its_stories():
    tests = str(HERE / "loyalty" / "tests")

    done = run("loyalty", "pytest", "-q", "-p", "no:cacheprovider", tests)

    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert "passed" in done.stdout


def test_loyalty_passes_the_conformance_suite():
    done = run("loyalty", "core.testing.conformance", "loyalty")

    assert done.stdout == "Every check is passed.\n", done.stdout + done.stderr
    assert done.returncode == 0


@pytest.fixture(scope="module")
def verdict():
    """What the suite says of a module in which nearly everything is wrong."""
    done = run("broken", "core.testing.conformance", "broken")
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize(
    "fault",
    [
        "utils.py could hold anything",
        "notes.txt belongs into",
        "queries.py says nothing",
        "__init__.py is one docstring and nothing else",
        "services.py imports modules.sales.events: departments do not know one another",
        "services.py imports flask.request: what a department does is free of the web",
        "models.py imports modules.broken.services.break_it: models stands below services",
        "manifest.py is data",
        "the manifest leaves loses empty",
        "permission 'smash' needs the form broken.verb",
        "role 'administrator' needs the form broken_something",
        "role 'administrator' allows 'broken.nothing', which nobody has declared",
        "menu entry 'Broken' leads to 'broken.nowhere', which does not exist",
        "panel 'broken/nothing.html' is for 'ceiling'",
        "template 'broken/nothing.html' does not exist",
        "'modules.broken.services:nothing', which is no function",
        "event 'sales.broken' needs the form broken.past_tense",
        "reading Misunderstood does not fit deals.sold",
        "table plates needs the prefix broken_",
        "plates.order_id points to sales_order.id",
        "there are tables but no migrations/versions/",
        "/broken/open is not guarded",
        "/broken/imagined asks for 'broken.imagined', which nobody has declared",
        "/broken/odd answers 500 when the module is the only one on",
        "'Nobody can read this' is missing",
    ],
)
def test_a_broken_module_is_told(verdict, fault):
    assert fault in verdict
