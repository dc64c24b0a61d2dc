"""Why a warranty or a claim under it cannot be taken on."""

from flask_babel import gettext as _

from core.errors import DomainError, NotFound


class WarrantyNotFound(NotFound):
    """No warranty has this id or number."""

    code = "warranty_not_found"

    def message(self) -> str:
        return _("There is no such warranty. Look for the serial number or the order.")


class WarrantyEnded(DomainError):
    """The goods came back, or somebody has ended the warranty."""

    code = "warranty_ended"

    def message(self) -> str:
        return _("This warranty has ended. Its journal says why.")


class RegisteredAlready(DomainError):
    """Another customer has registered the warranty."""

    code = "registered_already"

    def message(self) -> str:
        return _("This warranty is registered already. Its journal says by whom.")


class ClaimNotFound(NotFound):
    """No registration waits under this id."""

    code = "claim_not_found"

    def message(self) -> str:
        return _("There is no such registration. Look at the list of those that wait.")


class ClaimSettled(DomainError):
    """Somebody has looked at the registration before."""

    code = "claim_settled"

    def message(self) -> str:
        return _("A colleague has settled this registration already.")


class DoneOnClaim(DomainError):
    """A registration is settled on its own page."""

    code = "done_on_claim"

    def message(self) -> str:
        return _("Settle the registration under Warranties; the task is then done by itself.")
