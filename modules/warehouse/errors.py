"""The rules of the warehouse, in the words of the person who broke one."""

from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from core.errors import DomainError, NotFound
from core.money import format_money, format_quantity, quantity_text


class ShipmentNotFound(NotFound):
    """No shipment has this id."""

    code = "shipment_not_found"

    def message(self) -> str:
        return _("There is no such shipment any more. Look for the order in the list.")


class SerialNotFound(NotFound):
    """Nobody ever received a piece with this number."""

    code = "serial_not_found"

    def message(self) -> str:
        return _("No piece with this serial number has been here. Check the number.")


class AlreadyShipped(DomainError):
    """The goods have left: they can neither leave again nor be called off."""

    code = "already_shipped"

    def message(self) -> str:
        return _("These goods have been shipped already. Look at what is still open and try again.")


class LineCancelled(DomainError):
    """The customer no longer wants these goods."""

    code = "line_cancelled"

    def message(self) -> str:
        return _("These goods have been cancelled meanwhile. Ship only what is still open.")


class _Held(DomainError):
    """Goods that may not leave; the head of the warehouse may let them go with a reason."""


class DepositDue(_Held):
    """The deposit is not paid yet."""

    code = "deposit_due"

    def __init__(self, amount: Decimal, currency: str, *, nobody_collects: bool) -> None:
        super().__init__(amount=f"{amount:f}", currency=currency)
        self._amount = format_money(amount, currency)
        self._nobody_collects = nobody_collects

    def message(self) -> str:
        if self._nobody_collects:
            return _(
                "A deposit of %(amount)s is due before shipping, and the finance department is "
                "switched off, so it stays held. The head of the warehouse may release it.",
                amount=self._amount,
            )
        return _("A deposit of %(amount)s is due before shipping.", amount=self._amount)


class ShippingHeld(_Held):
    """An open complaint or another worry holds the goods."""

    code = "shipping_held"

    def message(self) -> str:
        return _("Shipping is held: %(text)s", text=self.extra["text"])


class StockShort(DomainError):
    """There is less in stock than is to leave."""

    code = "stock_short"

    def __init__(self, sku: str, wanted: Decimal, in_stock: Decimal) -> None:
        super().__init__(sku=sku, wanted=quantity_text(wanted), in_stock=quantity_text(in_stock))
        self._shown: dict[str, Any] = {
            "sku": sku,
            "wanted": format_quantity(wanted),
            "in_stock": format_quantity(in_stock),
        }

    def message(self) -> str:
        return _(
            "%(sku)s: %(wanted)s needed, %(in_stock)s can leave. "
            "Ship what is there, or receive more first.",
            **self._shown,
        )


class NotShippedYet(DomainError):
    """Only what has left can arrive."""

    code = "not_shipped_yet"

    def message(self) -> str:
        return _("This shipment has not left yet. Ship it first.")


class AlreadyDelivered(DomainError):
    """Somebody confirmed the delivery already."""

    code = "already_delivered"

    def message(self) -> str:
        return _("This shipment has been delivered already.")


class NotWithCustomer(DomainError):
    """More would come back than the customer has."""

    code = "not_with_customer"

    def message(self) -> str:
        return _(
            "The customer has only %(quantity)s of %(name)s. Enter at most that much.",
            quantity=self.extra["with_customer"],
            name=self.extra["name"],
        )


class ChangedMeanwhile(DomainError):
    """Something happened to the order between reading it and acting on it."""

    code = "changed_meanwhile"

    def message(self) -> str:
        return _("This order has just changed. Look at it again and repeat what you did.")
