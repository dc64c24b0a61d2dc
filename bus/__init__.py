"""Transport: stores what happened and brings it to everyone who listens; knows no business."""

from bus.drain import drain, drain_all, settle
from bus.envelopes import Delivery, Envelope, StoredEvent, delivery_context
from bus.errors import BusError, DeclarationError, InvalidEvent, NewerVersion, NoTransaction, Poison
from bus.events import Event, event, upcast
from bus.outbox import publish, publish_many
from bus.readings import reading
from bus.runtime import connect
from bus.subscribers import install
from bus.subscriptions import subscribe, subscriber_policy

__all__ = [
    "BusError",
    "DeclarationError",
    "Delivery",
    "Envelope",
    "Event",
    "InvalidEvent",
    "NewerVersion",
    "NoTransaction",
    "Poison",
    "StoredEvent",
    "connect",
    "delivery_context",
    "drain",
    "drain_all",
    "event",
    "install",
    "publish",
    "publish_many",
    "reading",
    "settle",
    "subscribe",
    "subscriber_policy",
    "upcast",
]
