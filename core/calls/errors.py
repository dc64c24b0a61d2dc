"""What can be wrong with a call."""

from typing import ClassVar

from flask_babel import gettext as _

from core.errors import NotFound


class CallNotFound(NotFound):
    """No call has this number."""

    code: ClassVar[str] = "call_not_found"

    def message(self) -> str:
        return _("There is no such call. It may have been told under another number.")
