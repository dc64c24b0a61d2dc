"""Who registers a warranty, as she said it."""

from dataclasses import dataclass, replace

from flask_babel import gettext as _

from core.calendar.anniversaries import Birthday
from core.customers.completing import Told
from core.customers.phones import NotAPhone, Phone, parse_phone
from core.errors import InvalidInput
from core.text import tidy
from modules.service.queries.warranties import serial_key

LONGEST_NAME = 120
LONGEST_SERIAL = 80
MOST_PEOPLE = 50


@dataclass(frozen=True, kw_only=True)
class Registrant:
    """Who registers, as she said it."""

    name: str
    phone: str
    birthday: Birthday | None = None
    household_size: int | None = None
    may_call: bool = False

    @property
    def told(self) -> Told:
        """What may complete a card."""
        return Told(name=self.name, birthday=self.birthday, household_size=self.household_size)


def checked(serial: str, who: Registrant) -> tuple[str, Registrant, Phone]:
    """Return what she sent, tidied, and her number as numbers are compared.

    Raises:
        InvalidInput: naming every field that must be corrected.
    """
    serial, name = tidy(serial), tidy(who.name)
    errors: dict[str, str] = {}
    if not serial_key(serial) or len(serial) > LONGEST_SERIAL:
        errors["serial"] = _("Enter the serial number as it stands on the goods.")
    if not name:
        errors["name"] = _("Enter your name.")
    elif len(name) > LONGEST_NAME:
        errors["name"] = _("Enter at most %(number)s characters.", number=LONGEST_NAME)
    if who.household_size is not None and not 1 <= who.household_size <= MOST_PEOPLE:
        errors["household_size"] = _("Enter a number from 1 to %(most)s.", most=MOST_PEOPLE)
    try:
        phone = parse_phone(tidy(who.phone))
    except NotAPhone as error:
        errors["phone"] = str(error)
    if errors:
        raise InvalidInput(errors)
    return serial, replace(who, name=name, phone=phone.typed), phone
