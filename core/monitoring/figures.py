"""What is counted while this process works, and what is read when somebody asks."""

from collections.abc import Collection, Iterator, Sequence

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import func, select, text

import bus
from bus.tables import bus_effect, bus_job
from core.clock import now
from core.db import db
from core.monitoring.health import health

_SHORT = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
_LONG = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 60.0, 600.0, 3600.0)

#: What is shown of each subscriber, by its name in `bus.Load`.
_STANDING = {
    "open": "Deliveries that wait.",
    "dead": "Dead letters.",
    "blocked": "Deliveries behind a dead letter.",
    "lag": "Seconds for which the oldest open delivery has waited.",
    "caught_up": "Places in the log caught up with, while it catches up.",
    "to_catch_up": "Places in the log to catch up with in all.",
}

registry = CollectorRegistry()
requests = Histogram(
    "lamplit_request_seconds",
    "How long requests took.",
    ["endpoint", "method", "status"],
    buckets=_SHORT,
    registry=registry,
)
_waits = Histogram(
    "lamplit_delivery_wait_seconds",
    "From the commit of an event to the commit of what a subscriber made of it.",
    ["subscriber"],
    buckets=_LONG,
    registry=registry,
)
_works = Histogram(
    "lamplit_delivery_work_seconds",
    "How long the handlers of one transaction took.",
    ["subscriber"],
    buckets=_SHORT,
    registry=registry,
)
_failures = Counter(
    "lamplit_delivery_failures", "Deliveries that failed.", ["subscriber"], registry=registry
)
_pokes = Counter("lamplit_pokes", "Pokes that went to the broker.", ["reached"], registry=registry)
_found = Counter(
    "lamplit_forgotten",
    "How often the sweeper found deliveries that no poke had woken anybody for.",
    ["subscriber"],
    registry=registry,
)


class BusFigures:
    """Counts what the bus tells of itself."""

    def delivered(self, subscriber: str, waits: Sequence[float], seconds: float) -> None:
        """Count deliveries that are committed."""
        for wait in waits:
            _waits.labels(subscriber).observe(wait)
        _works.labels(subscriber).observe(seconds)

    def failed(self, subscriber: str) -> None:
        """Count a delivery that failed."""
        _failures.labels(subscriber).inc()

    def poked(self, *, reached: bool) -> None:
        """Count a poke."""
        _pokes.labels("yes" if reached else "no").inc()

    def found(self, subscribers: Collection[str]) -> None:
        """Count what was found late."""
        for subscriber in subscribers:
            _found.labels(subscriber).inc()


class CompanyFigures(Collector):
    """Reads how the bus stands when somebody asks, in the caller's read transaction."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield the gauges."""
        yield from _loads()
        yield _gauge("lamplit_effects_unsent", "Effects that wait to be sent.", _effects("0"))
        yield _gauge("lamplit_effects_dead", "Effects that need a person.", _effects("1"))
        yield from _jobs()
        found = health()
        yield _gauge("lamplit_ready", "1 when this process can serve.", found.is_ready)
        yield _gauge("lamplit_broker_reached", "0 while it is away.", found.broker != "away")


def _loads() -> Iterator[GaugeMetricFamily]:
    loads = bus.loads()
    for name, meaning in _STANDING.items():
        gauge = GaugeMetricFamily(f"lamplit_subscriber_{name}", meaning, labels=["subscriber"])
        for load in loads:
            gauge.add_metric([load.subscriber], getattr(load, name))
        yield gauge


def _jobs() -> Iterator[GaugeMetricFamily]:
    late = GaugeMetricFamily("lamplit_job_late_seconds", "How long a job is due.", labels=["job"])
    failed = GaugeMetricFamily("lamplit_job_failed", "1 when it failed last.", labels=["job"])
    for row in db.session.execute(select(bus_job)):
        late.add_metric([row.name], max(0.0, (now() - row.due_at).total_seconds()))
        failed.add_metric([row.name], float(row.error is not None))
    yield late
    yield failed


def _effects(status: str) -> int:
    counted = select(func.count()).select_from(bus_effect)
    # "< 2" says nothing more, but only then is the index of what waits looked at.
    return db.session.scalar(counted.where(text(f"status < 2 AND status = {status}"))) or 0


def _gauge(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    gauge = GaugeMetricFamily(name, meaning)
    gauge.add_metric([], float(value))
    return gauge


def all_figures() -> bytes:
    """Return what was counted here, and how the company stands; in a read transaction."""
    company = CollectorRegistry()
    company.register(CompanyFigures())
    return generate_latest(registry) + generate_latest(company)
