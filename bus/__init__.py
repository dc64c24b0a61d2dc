"""Transport: stores what happened and brings it to everyone who listens; knows no business."""

from bus.dead_letters import retry, retry_all, skip
from bus.draining import drain, drain_all, settle
from bus.envelopes import Delivery, Envelope, StoredEvent, delivery_context
from bus.errors import (
    BusError,
    Busy,
    DeclarationError,
    InvalidEvent,
    NewerVersion,
    NotConnected,
    NoTransaction,
    Poison,
    UnknownSubscriber,
    WrongState,
)
from bus.events import Event, event, upcast
from bus.history import catch_up, heard, replay
from bus.outbox import publish, publish_many
from bus.queries import DeliveryRow, Load, deliveries, event_by_id, events, loads, log
from bus.readings import reading
from bus.runtime import connect, disconnect
from bus.subscribers import install
from bus.subscriptions import subscribe, subscriber_policy
from bus.switch import Progress, disable, enable, pause, progress, resume, waiting

__all__ = [
    "BusError",
    "Busy",
    "DeclarationError",
    "Delivery",
    "DeliveryRow",
    "Envelope",
    "Event",
    "InvalidEvent",
    "Load",
    "NewerVersion",
    "NoTransaction",
    "NotConnected",
    "Poison",
    "Progress",
    "StoredEvent",
    "UnknownSubscriber",
    "WrongState",
    "catch_up",
    "connect",
    "deliveries",
    "delivery_context",
    "disable",
    "disconnect",
    "drain",
    "drain_all",
    "enable",
    "event",
    "event_by_id",
    "events",
    "heard",
    "install",
    "loads",
    "log",
    "pause",
    "progress",
    "publish",
    "publish_many",
    "reading",
    "replay",
    "resume",
    "retry",
    "retry_all",
    "settle",
    "skip",
    "subscribe",
    "subscriber_policy",
    "upcast",
    "waiting",
]
