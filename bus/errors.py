"""What can go wrong on the bus, one sentence each."""


class BusError(Exception):
    """Everything the bus itself complains about."""


class DeclarationError(BusError):
    """An event, reading or handler is declared in a way that cannot work."""


class NotConnected(BusError):
    """The bus is used before `bus.connect` told it where the database is."""


class NoTransaction(BusError):
    """Something is published outside a transaction, so it could outlive its cause."""


class InvalidEvent(BusError):
    """An event does not keep to its own declaration and is refused at publish."""


class UnknownSubscriber(BusError):
    """No subscriber of that name is installed."""


class WrongState(BusError):
    """What was asked for does not fit the state of the delivery or the subscriber."""


class Busy(BusError):
    """The bus could not be held still in time, because of a publisher that takes long."""


class Poison(BusError):
    """This delivery can never succeed: it becomes a dead letter at once, without more tries."""


class NewerVersion(BusError):
    """The event is newer than this process: wait for the upgrade, spend no attempt."""
