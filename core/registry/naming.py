"""What people call those who tell and hear."""

from flask_babel import gettext as _

from core.registry.switchboard import installed


def names_of_departments() -> dict[str, str]:
    """Return the names of the modules and of the parts of the core that have a word to say."""
    parts = {
        "core": _("Company"),
        "calls": _("Calls"),
        "customers": _("Customers"),
        "deals": _("Deals"),
        "messages": _("Messages"),
        "tasks": _("Tasks"),
    }
    return parts | {name: str(each.manifest.title) for name, each in installed().items()}
