"""The rules a task can break."""

from flask_babel import gettext as _

from core.errors import DomainError, NotFound


class TaskNotFound(NotFound):
    """No such task, or not one that this person may see."""

    code = "task_not_found"

    def message(self) -> str:
        return _("This task does not exist, or it belongs to another department.")


class TaskClosed(DomainError):
    """A task is done once."""

    code = "task_closed"

    def message(self) -> str:
        if self.extra.get("state") == "withdrawn":
            return _("This task is no longer needed: %(note)s", note=self.extra.get("note", ""))
        if self.extra.get("state") == "gathered":
            return _("This task is done together with another one about her. Look at the list.")
        if self.extra.get("by"):
            return _("%(person)s has done this task already.", person=self.extra["by"])
        return _("This task is done already.")


class WrongOwner(DomainError):
    """Work can only be given to somebody who does such work."""

    code = "wrong_owner"
    status = 422

    def message(self) -> str:
        if self.extra.get("who") and self.extra.get("kind"):
            return _(
                "%(person)s does not do “%(kind)s”. Choose somebody of the department.",
                person=self.extra["who"],
                kind=self.extra["kind"],
            )
        return _("This person does not do such tasks. Choose somebody of the department.")


class NothingChosen(DomainError):
    """Several tasks were to be taken, and none was named."""

    code = "nothing_chosen"
    status = 422

    def message(self) -> str:
        return _("Tick the tasks first.")
