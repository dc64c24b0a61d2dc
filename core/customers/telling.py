"""The words for what happened to a card, on the customer's timeline."""

from flask_babel import gettext as _

from bus.events import Payload
from core.customers.labels import field_named
from core.timeline.telling import Told


def card_changed(event: Payload) -> Told:
    """Tell which fields somebody filled in or changed; never what stands in them."""
    if event.get("opened"):
        return Told(_("opened the card"), icon="person-plus")
    named = _(", ").join(field_named(each) for each in event["fields"])
    return Told(_("changed the card: %(fields)s", fields=named), icon="pencil")


def merged(event: Payload) -> Told:
    """Tell that another card was found to be hers."""
    words = _("found the card of %(name)s to be the same customer", name=event["alias_name"])
    return Told(words, icon="intersect")


def unmerged(event: Payload) -> Told:
    """Tell that it is somebody else's after all."""
    words = _("set the card of %(name)s apart again", name=event["alias_name"])
    return Told(words, icon="people")
