"""What is told about a customer's card."""

from uuid import UUID

from bus import Event, event


@event("customers.card_changed", aggregate="customer_id")
class CardChanged(Event):
    """Somebody has opened or changed a card; what its fields say stands on the card alone."""

    customer_id: UUID
    customer_name: str
    #: Names of fields, never what stands in them.
    fields: tuple[str, ...]
    #: The card is new.
    opened: bool = False


@event("customers.merged", aggregate="customer_id")
class CardsMerged(Event):
    """Two cards were found to be one customer; `customer_id` is the one that leads."""

    customer_id: UUID
    customer_name: str
    alias_id: UUID
    alias_name: str


@event("customers.unmerged", aggregate="customer_id")
class CardsUnmerged(Event):
    """Two cards are two customers after all; `alias_id` stands for itself again."""

    customer_id: UUID
    customer_name: str
    alias_id: UUID
    alias_name: str
