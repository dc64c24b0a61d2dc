"""Why a file cannot be imported."""

from flask_babel import gettext as _

from core.errors import DomainError, NotFound


class UnreadableFile(DomainError):
    """The file as a whole cannot be used; its reason says what to do."""

    code = "unreadable_file"
    status = 422

    def __init__(self, reason: str) -> None:
        super().__init__(reason=reason)
        self.reason = reason

    def message(self) -> str:
        return self.reason


class UnknownKind(NotFound):
    """Nothing of this kind can be imported, or its module is off."""

    code = "unknown_import_kind"

    def message(self) -> str:
        return _("This kind of file cannot be imported here. Choose another kind.")


class ImportNotFound(NotFound):
    """There is no such import."""

    code = "import_not_found"

    def message(self) -> str:
        return _("This import does not exist. Upload the file again.")


class NotReady(DomainError):
    """The import cannot be started as it stands."""

    code = "import_not_ready"

    def message(self) -> str:
        return _("This file has not been checked, or has rows to correct. Upload it once more.")
