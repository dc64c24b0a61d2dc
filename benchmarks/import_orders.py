"""How long past orders take to come in, while somebody else keeps working.

    python benchmarks/import_orders.py [FILE] [--rows 69659] [--currency USD]

Without FILE it makes one of the same size and shape as a real shop's: order_ref, ordered_on,
customer_ref, sku, quantity, amount. A fresh installation is made in a temporary folder, or on
the database that LAMPLIT_DATABASE_URL names, which must be empty.
"""

import argparse
import csv
import os
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from statistics import quantiles

import click

from core.app import create_app
from core.config import Settings
from core.db import unit_of_work
from core.live.hints import hint
from core.testing.clients import ApiClient

LAMPLIT = Path(sys.executable).with_name("lamplit")
PAGES = (
    "/api/v1/deals?limit=50",
    "/api/v1/customers?limit=50",
    "/api/v1/search?q=C000",
    "/api/v1/search?q=CD0001",
    "/api/v1/finance/receivables?limit=50",
    "/api/v1/warehouse/shipments?limit=50",
    "/api/v1/service/tasks?limit=50",
)


def main() -> None:
    """Run the whole benchmark and print its figures."""
    asked = _arguments()
    with tempfile.TemporaryDirectory(prefix="lamplit-benchmark-") as home:
        os.environ["LAMPLIT_HOME"] = home
        file = asked.file or _made_file(Path(home) / "orders.csv", asked.rows)
        _timed("init", "init", "--empty")
        with Neighbour() as neighbour:
            _timed("import", "import", "orders", str(file), "--currency", asked.currency)
        neighbour.tell()
        _timed("import again", "import", "orders", str(file), "--currency", asked.currency)
        _timed("doctor", "doctor")
        _look_at_pages()


class Neighbour:
    """Somebody in another process who saves something small ten times a second."""

    def __enter__(self) -> "Neighbour":
        self._waits: list[float] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._thread.join(30)

    def _work(self) -> None:
        app = create_app(Settings.from_environment())
        while not self._over.wait(0.1):
            begun = time.perf_counter()
            with unit_of_work(app):
                hint("benchmark")
            self._waits.append(time.perf_counter() - begun)

    def tell(self) -> None:
        """Print for how long the neighbour waited for the database."""
        cuts = quantiles(self._waits, n=100) if len(self._waits) > 1 else [0.0] * 99
        click.echo(
            f"{'neighbour':<14} {len(self._waits)} saves, half within {cuts[49] * 1000:.0f} ms, "
            f"95 % within {cuts[94] * 1000:.0f} ms, longest {max(self._waits) * 1000:.0f} ms"
        )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--rows", type=int, default=69_659)
    parser.add_argument("--currency", default="USD")
    return parser.parse_args()


def _made_file(path: Path, rows: int) -> Path:
    chance = random.Random(1997)
    customers = max(1, rows // 3)
    with path.open("w", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(("order_ref", "ordered_on", "customer_ref", "sku", "quantity", "amount"))
        for number in range(1, rows + 1):
            quantity = chance.choice((1, 1, 1, 2, 2, 3, 5))
            writer.writerow(
                (
                    f"CD{number:06}",
                    date(1997, 1, 1) + timedelta(days=number * 540 // rows),
                    f"C{chance.randint(1, customers):05}",
                    "CD",
                    quantity,
                    quantity * Decimal(chance.randint(599, 2999)) / 100,
                )
            )
    return path


def _timed(name: str, *command: str) -> None:
    begun = time.perf_counter()
    done = subprocess.run([LAMPLIT, *command], capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    click.echo(f"{name:<14} {seconds:7.1f} s, children's peak so far {peak} MB")
    said = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    for line in said[-6:]:
        click.echo(f"    {line}")
    if done.returncode:
        sys.exit(f"lamplit {' '.join(command)} ended with {done.returncode}")


def _look_at_pages() -> None:
    client = ApiClient(create_app(Settings.from_environment()), "admin")
    for page in PAGES:
        client.send("GET", page)
        begun = time.perf_counter()
        answer = client.send("GET", page)
        click.echo(
            f"{page:<44} {answer.status_code} {(time.perf_counter() - begun) * 1000:6.0f} ms"
        )


if __name__ == "__main__":
    main()
