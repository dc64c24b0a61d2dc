"""The rules a promise can break."""

from flask_babel import gettext as _

from core.errors import NotFound


class PromiseNotFound(NotFound):
    """No promise has this id, or its module is gone."""

    code = "promise_not_found"

    def message(self) -> str:
        return _("There is no such promise. Look for it in the list of promises.")
