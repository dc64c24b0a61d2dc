"""The rules of orders that can be broken."""

from flask_babel import gettext as _

from core.errors import DomainError, NotFound


class OrderNotFound(NotFound):
    """No order has this number."""

    code = "order_not_found"

    def message(self) -> str:
        return _("There is no order %(number)s. Check the number.", number=self.extra["order"])


class AlreadyConfirmed(DomainError):
    """The quotation has become an order already."""

    code = "already_confirmed"

    def message(self) -> str:
        return _("Order %(number)s is confirmed already.", number=self.extra["order"])


class OrderIsCancelled(DomainError):
    """Nothing more can be done with a cancelled order."""

    code = "order_cancelled"

    def message(self) -> str:
        return _(
            "Order %(number)s is cancelled. Write a new quotation.", number=self.extra["order"]
        )


class AlreadyShipped(DomainError):
    """What has left the house can be neither called off nor sold at another price."""

    code = "already_shipped"

    def message(self) -> str:
        return _(
            "%(name)s: only %(open)s %(unit)s have not been shipped yet. "
            "What was shipped can come back as a return.",
            name=self.extra["name"],
            open=self.extra["to_ship"],
            unit=self.extra["unit"],
        )


class SettledHistory(DomainError):
    """An imported order is closed."""

    code = "settled_history"

    def message(self) -> str:
        return _(
            "Order %(number)s was taken over as settled history and cannot be changed.",
            number=self.extra["order"],
        )
