"""The rules a customer's card can break."""

from flask_babel import gettext as _

from core.errors import DomainError, NotFound


class CustomerNotFound(NotFound):
    """No customer has this id."""

    code = "customer_not_found"

    def message(self) -> str:
        return _("This customer does not exist. Search for the name or the phone number.")


class CustomerCodeTaken(DomainError):
    """Two cards cannot have one number."""

    code = "customer_code_taken"

    def message(self) -> str:
        return _("Another customer has this customer number already. Enter a different one.")


class AlreadyMerged(DomainError):
    """Both cards are one customer already."""

    code = "already_merged"

    def message(self) -> str:
        return _("These two cards are one customer already.")


class NotMerged(DomainError):
    """The card stands for itself."""

    code = "not_merged"

    def message(self) -> str:
        return _("This card is merged with no other. Open it to see how it stands.")
