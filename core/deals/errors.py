"""What can go wrong with a deal."""

from flask_babel import gettext as _

from core.errors import DomainError, NotFound


class DealNotFound(NotFound):
    """No deal has this number."""

    code = "deal_not_found"

    def message(self) -> str:
        return _("There is no order %(number)s. Check the number.", number=self.extra["number"])


class DealUnknown(DomainError):
    """A fact was stated about a deal that nobody has sold."""

    code = "deal_unknown"

    def message(self) -> str:
        return _("Order %(number)s has not been sold yet. Confirm it first.", **self.extra)
