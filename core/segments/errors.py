"""The rules a segment can break."""

from flask_babel import gettext as _

from core.errors import DomainError, NotFound


class SegmentNotFound(NotFound):
    """No such segment."""

    code = "segment_not_found"

    def message(self) -> str:
        return _("This segment does not exist any more.")


class SegmentNameTaken(DomainError):
    """Two segments of one name would be taken for one another."""

    code = "segment_name_taken"
    status = 422

    def message(self) -> str:
        return _("Another segment has this name. Choose another one.")


class SegmentIncomplete(DomainError):
    """A module is off that knows a part of what is asked; the answer would be wrong."""

    code = "segment_incomplete"

    def message(self) -> str:
        return _(
            "This segment asks for “%(fields)s”, which only %(module)s knows; that is switched "
            "off. Switch it on, or take the condition away.",
            fields=self.extra.get("fields", ""),
            module=self.extra.get("module") or _("another module"),
        )
