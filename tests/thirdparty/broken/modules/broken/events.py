"""Under somebody else's name."""

from bus import Event, event


@event("sales.broken")
class Broken(Event):
    """Something broke."""

    what: str
