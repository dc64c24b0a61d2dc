"""What is told about messages."""

from uuid import UUID

from bus import Event, event


@event("messages.message_sent", aggregate="customer_id")
class MessageSent(Event):
    """A message has left for a customer; its text stays with the message alone."""

    customer_id: UUID
    customer_name: str
    message_id: UUID
    #: sms, mail or letter.
    channel: str
    #: service, marketing or greeting.
    kind: str
    #: What the template is called; empty for words written for her alone.
    template: str = ""
    written_by: str | None = None


@event("messages.consent_changed", aggregate="customer_id")
class ConsentChanged(Event):
    """A customer wants no advertising any more, or wants it again."""

    customer_id: UUID
    customer_name: str
    opted_out: bool
    #: hand, link or answer.
    how: str
