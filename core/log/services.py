"""What an administrator does to the bus; each act is kept with who, when and why."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import bus
from core.errors import NotFound
from core.log.errors import NotThatWay, PauseReasonMissing, ReasonMissing
from core.people.identity import current_person
from core.text import tidy


def pause(subscriber: str, reason: str) -> None:
    """Make no deliveries to a subscriber for now.

    Raises:
        PauseReasonMissing: when nobody says why.
    """
    if not tidy(reason):
        raise PauseReasonMissing
    with _refusals(subscriber):
        bus.pause(subscriber, by=current_person().name, why=tidy(reason))


def resume(subscriber: str, reason: str = "") -> None:
    """Go on with a subscriber that was paused; why may be said, and is kept."""
    with _refusals(subscriber):
        bus.resume(subscriber, by=current_person().name, why=tidy(reason))


def retry(subscriber: str, event_id: UUID) -> None:
    """Try one dead letter anew."""
    with _refusals(subscriber):
        bus.retry(subscriber, event_id, by=current_person().name)


def retry_all(subscriber: str, error_class: str) -> int:
    """Try anew all dead letters of one error; returns how many."""
    with _refusals(subscriber):
        return bus.retry_all(subscriber, error_class, by=current_person().name)


def skip(subscriber: str, event_id: UUID, reason: str) -> None:
    """Give one dead letter up for good.

    Raises:
        ReasonMissing: when nobody says why.
    """
    if not tidy(reason):
        raise ReasonMissing
    with _refusals(subscriber):
        bus.skip(subscriber, event_id, by=current_person().name, reason=tidy(reason))


def retry_effect(key: str) -> None:
    """Try to send once more what could not be sent."""
    with _refusals(key):
        bus.retry_effect(key, by=current_person().name)


def skip_effect(key: str, reason: str) -> None:
    """Do not send it after all.

    Raises:
        ReasonMissing: when nobody says why.
    """
    if not tidy(reason):
        raise ReasonMissing
    with _refusals(key):
        bus.skip_effect(key, by=current_person().name, reason=tidy(reason))


@contextmanager
def _refusals(subscriber: str) -> Iterator[None]:
    try:
        yield
    except bus.UnknownSubscriber:
        raise NotFound(subscriber=subscriber) from None
    except bus.WrongState:
        raise NotThatWay from None
