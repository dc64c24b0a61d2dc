"""Errors named for the rule that was broken; one place (core.api.errors) turns them into HTTP.

A message says what is wrong and what to do, in the words of the person who reads it.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from flask_babel import gettext as _


class LamplitError(Exception):
    """Root of every error that a person may be shown."""


class DomainError(LamplitError):
    """A rule of the business was broken; nothing has been changed."""

    code: ClassVar[str] = "rule_broken"
    status: ClassVar[int] = 409

    def __init__(self, **extra: Any) -> None:
        super().__init__(self.code)
        #: Facts that belong to the answer, e.g. the new balance; JSON types only.
        self.extra: dict[str, Any] = extra

    def message(self) -> str:
        """Say what is wrong and what to do."""
        return _("This is not possible right now. Reload the page and look at the new state.")

    def __str__(self) -> str:
        return f"{self.code} {self.extra}" if self.extra else self.code


class NotFound(DomainError):
    """What was asked for does not exist, or the person may not know that it does."""

    code = "not_found"
    status = 404

    def message(self) -> str:
        return _("There is nothing here under this address. Check the number or search for it.")


class Forbidden(DomainError):
    """The person lacks a permission."""

    code = "forbidden"
    status = 403

    def message(self) -> str:
        return _("Your role does not allow this. Ask an administrator for the permission.")


class Unauthorized(DomainError):
    """Nobody is signed in."""

    code = "unauthorized"
    status = 401

    def message(self) -> str:
        return _("Please sign in first.")


class ModuleOff(NotFound):
    """The address belongs to a module that is switched off."""

    code = "module_off"

    def message(self) -> str:
        return _("This module is switched off. An administrator can switch it on under Modules.")


class InvalidInput(DomainError):
    """Something was entered that cannot be used: a message for each field."""

    code = "invalid_input"
    status = 422

    def __init__(self, errors: Mapping[str, str], **extra: Any) -> None:
        super().__init__(**extra)
        #: Field path ("lines.0.quantity") to the translated message.
        self.errors = dict(errors)

    def message(self) -> str:
        return _("Please correct the marked fields.")

    def __str__(self) -> str:
        return f"{self.code} {self.errors}"


class EditedMeanwhile(DomainError):
    """Somebody else saved the record after this person opened it."""

    code = "edited_meanwhile"

    def message(self) -> str:
        return _("Somebody else changed this in the meantime. Compare both values and save again.")


class SetupError(LamplitError):
    """The program cannot start; the text says what to do and is printed without a traceback."""


class DatabaseAway(DomainError):
    """The database does not answer, or not in time."""

    code = "database_away"
    status = 503

    def message(self) -> str:
        return _("The database cannot be reached just now. Nothing was changed; try again soon.")
