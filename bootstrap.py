"""Builds the virtual environment: the only step that needs nothing but Python.

`make install`, `make run` and `make test` come here first. It is written for any Python from 3.7
on, so that a Python too old for Lamplit is told so in a sentence instead of a syntax error.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)
NEWER = ("python3.13", "python3.12", "python3.11", "python3.14")
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
SCRIPTS = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = SCRIPTS / ("python.exe" if WINDOWS else "python")
COMMAND = SCRIPTS / ("lamplit.exe" if WINDOWS else "lamplit")
STAMP = VENV / "lamplit-installed"


class CannotInstall(Exception):
    """Something outside Lamplit stands in the way; its text says what to do about it."""


def use_a_python_new_enough() -> None:
    """Go on under a newer Python of this machine when this one is too old."""
    if sys.version_info >= OLDEST:
        return
    for name in NEWER:
        newer = shutil.which(name)
        if newer:
            sys.exit(subprocess.call([newer, str(Path(__file__).resolve()), *sys.argv[1:]]))
    version = ".".join(str(part) for part in sys.version_info[:2])
    raise CannotInstall(
        f"Lamplit needs Python 3.11 or newer; this is Python {version}.\n"
        "Install a newer one (Debian and Ubuntu: apt install python3.11 python3.11-venv; "
        "others: https://www.python.org/downloads/), then run the same command again.\n"
        "If you have one under another name: make PYTHON=/path/to/python3.12 run"
    )


def wanted(extras: str) -> str:
    """Return what an installation depends on: while it is unchanged, nothing is to be done."""
    import tomllib  # not before 3.11, which has been made sure of

    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    versions = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    parts = [declared["build-system"], declared["project"], versions, sys.version, str(ROOT)]
    return f"{extras or 'run'} {hashlib.sha256(repr(parts).encode()).hexdigest()}"


def is_up_to_date(extras: str) -> bool:
    """Tell whether `.venv` already holds this checkout, with the test tools if they are asked."""
    if not (STAMP.exists() and COMMAND.exists()):
        return False
    return STAMP.read_text().strip() in {wanted(extras), wanted("dev")}


def has_a_working_environment() -> bool:
    """Tell whether `.venv` is there with a Python and a pip that start."""
    return PYTHON.exists() and not run([str(PYTHON), "-m", "pip", "--version"]).returncode


def make_environment() -> None:
    """Create `.venv`, or say which part of Python the system has left out."""
    if not os.access(str(ROOT), os.W_OK):
        raise CannotInstall(
            f"This user may not write to {ROOT}.\n"
            "Copy Lamplit to a folder of your own, or ask for write permission there."
        )
    say("Creating the virtual environment .venv ...")
    done = run([sys.executable, "-m", "venv", "--clear", str(VENV)])
    if done.returncode:
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        raise CannotInstall(
            "Python could not create a virtual environment; its parts venv and ensurepip are "
            f"needed.\nDebian and Ubuntu leave them out: apt install {package}\n\n"
            + last_lines(done.stdout)
        )


def install(extras: str) -> None:
    """Install Lamplit and the exact versions it was tested with."""
    say("Installing Lamplit and what it needs (about a minute) ...")
    what = f"{ROOT}[{extras}]" if extras else str(ROOT)
    pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "-q"]
    done = run([*pip, "-c", str(ROOT / "constraints.txt"), "-e", what])
    if done.returncode:
        raise CannotInstall(
            "pip could not install what Lamplit needs. It asks the Python package index, so this "
            "machine must reach the network (or a mirror set in pip's configuration).\n\n"
            + last_lines(done.stdout)
        )
    STAMP.write_text(wanted(extras) + "\n")


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a command quietly, keeping what it says for the case that it fails."""
    return subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )


def last_lines(output: str) -> str:
    """Return the end of what a failed command said: that is where the reason stands."""
    return "\n".join("    " + line for line in output.strip().splitlines()[-8:])


def say(sentence: str) -> None:
    """Tell the person who waits what is going on."""
    print(sentence, flush=True)


def main() -> None:
    """Bring `.venv` up to date; with `--dev` also the tools of the tests and checks."""
    extras = "dev" if "--dev" in sys.argv[1:] else ""
    use_a_python_new_enough()
    if is_up_to_date(extras):
        return
    if not has_a_working_environment():
        make_environment()
    install(extras)


if __name__ == "__main__":
    try:
        main()
    except CannotInstall as reason:
        sys.exit(f"\n{reason}")
    except OSError as reason:
        sys.exit(
            f"\nLamplit could not be installed in {VENV}: {reason}\n"
            "Check that the disk is not full and that this user may write there."
        )
    except KeyboardInterrupt:
        sys.exit("\nStopped. Run the same command again to go on.")
