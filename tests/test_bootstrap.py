"""The first command a newcomer types either works or says in a sentence what is missing."""

import ast
import os
import shutil
import subprocess
import sys
import textwrap

import pytest

from core.config import CHECKOUT


@pytest.fixture
def checkout(tmp_path):
    """A checkout on which nothing has been installed yet."""
    for name in ("bootstrap.py", "pyproject.toml", "constraints.txt"):
        shutil.copy(CHECKOUT / name, tmp_path)
    return tmp_path


def bootstrap(checkout, before="", *arguments):
    """Run it in a Python to which something was done before."""
    program = textwrap.dedent(f"""
        import os, runpy, sys
        sys.argv = ["bootstrap.py", *{list(arguments)!r}]
        {before}
        runpy.run_path({str(checkout / "bootstrap.py")!r}, run_name="__main__")
    """)
    environment = {**os.environ, "PATH": str(checkout / "no-other-python-here")}
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    return done


def a_program(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def test_a_python_too_old_is_told_so_and_can_read_the_sentence(checkout):
    done = bootstrap(checkout, "sys.version_info = (3, 9, 2)")

    assert done.returncode == 1
    assert "Lamplit needs Python 3.11 or newer; this is Python 3.9." in done.stderr
    assert "apt install" in done.stderr
    # The whole file, or an old Python would stop at a syntax error before it says anything.
    ast.parse((checkout / "bootstrap.py").read_text(), feature_version=(3, 7))


def test_a_newer_python_on_the_machine_takes_over(checkout):
    a_program(checkout / "bin" / "python3.12", 'echo "taken over: $*"')

    done = bootstrap(
        checkout,
        f"os.environ['PATH'] = {str(checkout / 'bin')!r}; sys.version_info = (3, 9, 2)",
        "--dev",
    )

    assert done.returncode == 0
    assert "taken over:" in done.stdout
    assert "--dev" in done.stdout


def test_a_python_without_venv_is_told_which_package_brings_it(checkout):
    a_program(checkout / "python", "echo 'ensurepip is not available'; exit 1")

    done = bootstrap(checkout, f"sys.executable = {str(checkout / 'python')!r}")

    assert done.returncode == 1
    assert f"apt install python{sys.version_info[0]}.{sys.version_info[1]}-venv" in done.stderr
    assert "    ensurepip is not available" in done.stderr


def test_a_folder_that_may_not_be_written_is_named(checkout):
    done = bootstrap(checkout, "os.access = lambda *_: False")

    assert done.returncode == 1
    assert f"This user may not write to {checkout}." in done.stderr


def test_a_machine_without_network_is_told_what_pip_said(checkout):
    python = checkout / ".venv" / "bin" / "python"
    a_program(python, 'case "$*" in *install*) echo "no such host"; exit 1;; esac')

    done = bootstrap(checkout)

    assert done.returncode == 1
    assert "    no such host" in done.stderr
    assert "must reach the network" in done.stderr


def test_it_installs_once_and_again_only_when_something_changed(checkout):
    # Given a pip that notes what it was asked for,
    asked = checkout / "asked"
    python = checkout / ".venv" / "bin" / "python"
    a_program(python, f'case "$*" in *install*) echo "$*" >> {asked};; esac')
    a_program(python.with_name("lamplit"), "")

    # it installs once;
    for _each in range(2):
        assert bootstrap(checkout).returncode == 0
    assert len(asked.read_text().splitlines()) == 1

    # with the test tools once more, and those are enough for running, too;
    for arguments in (["--dev"], ["--dev"], []):
        assert bootstrap(checkout, "", *arguments).returncode == 0
    assert len(asked.read_text().splitlines()) == 2
    assert asked.read_text().splitlines()[1].endswith(f"-e {checkout}[dev]")

    # and after a change of versions again, but not after a change of lint rules.
    pyproject = checkout / "pyproject.toml"
    pyproject.write_text(pyproject.read_text().replace("line-length = 100", "line-length = 99"))
    assert bootstrap(checkout).returncode == 0
    assert len(asked.read_text().splitlines()) == 2
    with (checkout / "constraints.txt").open("a") as constraints:
        constraints.write("lamp==1\n")
    assert bootstrap(checkout).returncode == 0
    assert len(asked.read_text().splitlines()) == 3
