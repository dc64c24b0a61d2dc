"""The words for an event on a customer's timeline: its module's own, or those of its fact."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

from bus import Envelope
from bus.codec import encode, read
from bus.events import Payload, catalogue
from core.registry import switchboard
from core.registry.discovery import resolve


@dataclass(frozen=True)
class Told:
    """One event in words, in the language of whoever reads it."""

    title: str
    #: What was said or noted, in its own words.
    text: str = ""
    url: str = ""
    icon: str = ""


#: None leaves the event to whoever tells it otherwise.
Teller = Callable[[Payload], Told | None]


def tellers() -> Mapping[str, str]:
    """Return which function tells of which kind of event; only modules that are on tell."""
    return {
        kind: teller
        for manifest in switchboard.manifests_on()
        for kind, teller in manifest.timeline.items()
    }


def tell(event: Envelope, known: Mapping[str, str]) -> Told | None:
    """Return an event in words; None when nobody has any for it.

    An event that extends a fact has the fact's words unless its module gives it its own.
    """
    kind = next((each for each in event.kinds if each in known), None)
    if kind is None:
        return None
    teller = cast("Teller", resolve(known[kind]))
    return teller(_up_to_date(event, kind))


def _up_to_date(event: Envelope, kind: str) -> Payload:
    """The payload as its kind is written today, also when it was stored by older code."""
    declaration = catalogue.by_type.get(kind)
    stored = event.fact_version if kind == event.fact else event.version
    if declaration is None or stored >= declaration.version:
        return event.payload
    return encode(read(event, declaration.cls))
