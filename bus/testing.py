"""For tests: declare events and handlers that are forgotten at the end."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bus.effects import effect_kinds
from bus.events import catalogue
from bus.jobs import declared_jobs
from bus.readings import readings
from bus.subscriptions import subscriptions


@contextmanager
def own_declarations() -> Iterator[None]:
    """What is declared inside holds inside only; nothing declared before is known."""
    stores: list[dict[Any, Any]] = [
        catalogue.by_type,
        catalogue.upcasters,
        readings,
        subscriptions.policies,
        effect_kinds,
        declared_jobs,
    ]
    before = [dict(store) for store in stores]
    handlers = list(subscriptions.all)
    for store in stores:
        store.clear()
    subscriptions.replace_all([])
    try:
        yield
    finally:
        for store, content in zip(stores, before, strict=True):
            store.clear()
            store.update(content)
        subscriptions.replace_all(handlers)
