"""Transport: stores what happened and brings it to everyone who listens; knows no business."""

from bus.acts import Act, acts, note_act
from bus.dead_letters import retry, retry_all, skip
from bus.draining import drain, drain_all, is_settled, settle
from bus.effects import Effect, note_effect, sends
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
from bus.hearing import heard
from bus.history import catch_up, replay
from bus.jobs import daily, every, job, job_titles, run_jobs
from bus.loads import Load, loads
from bus.outbox import publish, publish_many
from bus.queries import DeliveryRow, deliveries, event_by_id, events, log
from bus.readings import reading
from bus.runtime import connect, disconnect
from bus.sending import send_effects
from bus.subscribers import install
from bus.subscriptions import subscribe, subscriber_policy
from bus.switch import Progress, disable, enable, pause, progress, resume, waiting
from bus.unsent import Unsent, retry_effect, skip_effect, unsent_effects
from bus.upkeep import forget, reconcile

__all__ = [
    "Act",
    "BusError",
    "Busy",
    "DeclarationError",
    "Delivery",
    "DeliveryRow",
    "Effect",
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
    "Unsent",
    "WrongState",
    "acts",
    "catch_up",
    "connect",
    "daily",
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
    "every",
    "forget",
    "heard",
    "install",
    "is_settled",
    "job",
    "job_titles",
    "loads",
    "log",
    "note_act",
    "note_effect",
    "pause",
    "progress",
    "publish",
    "publish_many",
    "reading",
    "reconcile",
    "replay",
    "resume",
    "retry",
    "retry_all",
    "retry_effect",
    "run_jobs",
    "send_effects",
    "sends",
    "settle",
    "skip",
    "skip_effect",
    "subscribe",
    "subscriber_policy",
    "unsent_effects",
    "upcast",
    "waiting",
]
