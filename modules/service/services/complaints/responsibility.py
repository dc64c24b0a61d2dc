"""Who answers for a complaint, and who is asked about it; handed over warm: offered, taken."""

from uuid import UUID

from core.people.identity import current_person, person_by_id
from core.people.person import Person
from modules.service.errors import NoSuchPerson, OfferedToAnother
from modules.service.models import Complaint
from modules.service.services.complaints import errands
from modules.service.services.complaints.acts import append, checked, held


def offer(complaint_id: UUID, person_id: UUID, text: str) -> Complaint:
    """Offer a complaint to a colleague; until it is taken over one answers for it oneself.

    Raises:
        NoSuchPerson: when that person does not look after complaints.
    """
    complaint = held(complaint_id)
    person = person_by_id(person_id)
    if person is None or "service.work" not in person.permissions:
        raise NoSuchPerson
    text = checked(text)
    complaint.offered_id, complaint.offered = person.id, person.name
    append(complaint, "offered", text, {"to": person.name})
    errands.ask_offered(complaint, person.id, text)
    return complaint


def take_over(complaint_id: UUID, text: str) -> Complaint:
    """Answer for a complaint from now on.

    Raises:
        OfferedToAnother: when it was offered to somebody else.
    """
    complaint, person = held(complaint_id), current_person()
    if complaint.offered_id not in (None, person.id):
        raise OfferedToAnother(complaint.offered or "")
    _hand(complaint, person)
    append(complaint, "taken_over", checked(text))
    errands.withdraw(complaint, "offer")
    errands.follow(complaint)
    return complaint


def ask_colleague(complaint_id: UUID, department: str, person_id: UUID, text: str) -> Complaint:
    """Ask somebody, of any department, what happened; the answer is kept with the complaint.

    Raises:
        NoSuchPerson: when nobody has this id.
    """
    complaint = held(complaint_id)
    person = person_by_id(person_id)
    if person is None:
        raise NoSuchPerson
    text = checked(text)
    complaint.department, complaint.responsible = department, person.name
    append(complaint, "asked", text, {"to": person.name, "department": department})
    errands.ask_report(complaint, person.id, text)
    return complaint


def report(complaint: Complaint, text: str) -> None:
    """Keep what a colleague answered."""
    append(complaint, "reported", text)


def _hand(complaint: Complaint, person: Person) -> None:
    complaint.answerable_id, complaint.answerable = person.id, person.name
    complaint.offered_id = complaint.offered = None
