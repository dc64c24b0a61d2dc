"""What is told of customers' grades."""

from uuid import UUID

from bus import Event, event


@event("customers.graded", aggregate="customer_id")
class CustomerGraded(Event):
    """A customer is of another grade now; before or after is empty where she has none."""

    customer_id: UUID
    before: str
    after: str
    #: "rule", "locked" or "unlocked".
    why: str
    note: str = ""
