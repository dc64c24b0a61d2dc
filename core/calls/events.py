"""What is told about calls."""

from uuid import UUID

from bus import Event, event


@event("calls.call_received", aggregate="customer_id")
class CallReceived(Event):
    """A customer has called; who she is was found by her number or said by whoever took it."""

    customer_id: UUID
    customer_name: str
    call_id: UUID
    #: Who was called, by name; empty when the number called belongs to nobody.
    called: tuple[str, ...] = ()
    #: Nobody took it.
    missed: bool = False
