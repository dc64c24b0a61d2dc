"""Registrations that cannot be true by themselves: kept for staff, confirmed or dismissed."""

from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from core.calendar.anniversaries import Birthday
from core.clock import now
from core.customers.completing import Told, complete
from core.customers.phones import Phone
from core.customers.queries import same_phone
from core.customers.resolution import resolve
from core.customers.services import create_customer
from core.db import db
from core.errors import InvalidInput
from core.ids import new_id
from core.live.hints import hint
from core.people.identity import current_person_or_none
from core.tasks import services as tasks
from core.text import tidy_lines
from modules.service.errors import ClaimNotFound, ClaimSettled
from modules.service.models import Warranty, WarrantyClaim
from modules.service.models.warranties import OPEN, REGISTERED
from modules.service.queries.warranties import living, serial_key
from modules.service.services.warranties import asking
from modules.service.services.warranties.acts import held
from modules.service.services.warranties.owning import move, register
from modules.service.services.warranties.registrant import Registrant

LONGEST_NOTE = 2000


def claim(serial: str, who: Registrant, phone: Phone, row: Warranty | None) -> None:
    """Keep a registration for staff; the same number and telephone are kept once.

    Whoever has goods that somebody else bought has her card and her salesperson at once; what a
    card says is not touched before a colleague has confirmed it.
    """
    key = serial_key(serial)
    query = select(WarrantyClaim.id).where(
        WarrantyClaim.serial_key == key, WarrantyClaim.phone_number == phone.number
    )
    if db.session.scalar(query) is not None:
        return
    made = _new(serial, who, phone, row)
    made.customer_id = _card(made, row)
    db.session.add(made)
    db.session.flush()
    asking.ask_about_claim(made)
    hint("service.warranties")


def confirm_claim(claim_id: UUID, serial: str = "") -> Warranty:
    """Believe a registration: the warranty is hers, and her card is made or completed.

    `serial` says which number she meant, where we know none like hers.

    Raises:
        ClaimNotFound, ClaimSettled: when it cannot be settled.
        InvalidInput: when there are no goods with that number.
    """
    made = _open(claim_id)
    row = held(_meant(made, serial).id)
    if made.customer_id is None:
        made.customer_id = _known_or_new(made)
    card_id = resolve(made.customer_id)
    asking.propose(card_id, made.name, complete(card_id, _told(made)), row.serial)
    move(row, card_id)
    row.registered_phone = made.phone_number
    register(row, "staff", may_call=made.may_call)
    made.warranty_id = row.id
    _settle(made, "confirmed", "")
    return row


def dismiss_claim(claim_id: UUID, note: str) -> WarrantyClaim:
    """Do not believe a registration, and say why.

    Raises:
        ClaimNotFound, ClaimSettled: when it cannot be settled.
        InvalidInput: when nobody says why.
    """
    made = _open(claim_id)
    note = tidy_lines(note)
    if not note or len(note) > LONGEST_NOTE:
        raise InvalidInput({"note": _("Say why, so that everybody understands it later.")})
    _settle(made, "dismissed", note)
    return made


def _new(serial: str, who: Registrant, phone: Phone, row: Warranty | None) -> WarrantyClaim:
    day = who.birthday
    why = "unknown" if row is None else "taken" if row.state == REGISTERED else "other_phone"
    return WarrantyClaim(
        id=new_id(),
        why=why,
        serial=serial,
        serial_key=serial_key(serial),
        warranty_id=row.id if row else None,
        name=who.name,
        phone=phone.typed,
        phone_number=phone.number,
        household_size=who.household_size,
        birth_calendar=day.calendar if day else None,
        birth_month=day.month if day else None,
        birth_day=day.day if day else None,
        birth_leap=day.leap if day else False,
        birth_year=day.year if day else None,
        may_call=who.may_call,
        state=OPEN,
        at=now(),
    )


def _card(made: WarrantyClaim, row: Warranty | None) -> UUID | None:
    """Return her card; one is made where she has real goods that nobody else has registered."""
    if row is None or made.why != "other_phone":
        known = same_phone([made.phone_number])
        return known[0].id if known else None
    before = same_phone([made.phone_number])
    card_id = before[0].id if before else _known_or_new(made)
    if not before:
        complete(card_id, _told(made))
        asking.hand_over_card(card_id, made.name, row)
    return card_id


def _known_or_new(made: WarrantyClaim) -> UUID:
    known = same_phone([made.phone_number])
    return known[0].id if known else create_customer(made.name, [made.phone]).id


def _told(made: WarrantyClaim) -> Told:
    day = None
    if made.birth_calendar and made.birth_month and made.birth_day:
        calendar = "lunar" if made.birth_calendar == "lunar" else "solar"
        day = Birthday(
            calendar,  # type: ignore[arg-type]
            made.birth_month,
            made.birth_day,
            made.birth_leap,
            made.birth_year,
        )
    return Told(name=made.name, birthday=day, household_size=made.household_size)


def _meant(made: WarrantyClaim, serial: str) -> Warranty:
    found = living(serial or made.serial)
    same = [row for row in found if row.id == made.warranty_id]
    if not found:
        raise InvalidInput(
            {"serial": _("We know no goods with this number. Enter the right one, or dismiss it.")}
        )
    return (same or list(found))[0]


def _open(claim_id: UUID) -> WarrantyClaim:
    query = select(WarrantyClaim).where(WarrantyClaim.id == claim_id).with_for_update()
    made = db.session.scalar(query.execution_options(populate_existing=True))
    if made is None:
        raise ClaimNotFound
    if made.state != OPEN:
        raise ClaimSettled
    return made


def _settle(made: WarrantyClaim, state: str, note: str) -> None:
    person = current_person_or_none()
    made.state, made.note, made.settled_at = state, note, now()
    made.settled_by = person.name if person else None
    tasks.withdraw(note or _("Confirmed."), unique_key=asking.key_of(made))
    db.session.flush()
    hint("service.warranties")
