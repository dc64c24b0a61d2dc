"""The rules a product can break."""

from flask_babel import gettext as _

from core.errors import DomainError, NotFound


class ProductNotFound(NotFound):
    """No product has this number."""

    code = "product_not_found"

    def message(self) -> str:
        return _("There is no product %(sku)s. Check the product number.", sku=self.extra["sku"])


class SkuTaken(DomainError):
    """Two products cannot have one number."""

    code = "sku_taken"

    def message(self) -> str:
        return _(
            "Another product has the number %(sku)s already. Enter a different one.",
            sku=self.extra["sku"],
        )
