"""A reading that asks for what the event does not carry."""

from bus import reading, subscribe


@reading("deals.sold")
class Misunderstood:
    """What nobody says."""

    weight: int


@subscribe
def misunderstand(_sale: Misunderstood) -> None:
    """Never gets here."""
