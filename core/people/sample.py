"""The people of the sample company; everybody may see their passwords, on the sign-in page."""

from dataclasses import dataclass

from sqlalchemy import select

from core.company import company
from core.db import db
from core.people.models import PersonRow
from core.people.person import ADMINISTRATOR
from core.people.roles import roles
from core.people.services import create_person


@dataclass(frozen=True)
class SamplePerson:
    """Somebody who works for the sample company."""

    login: str
    name: str
    #: Role names; one whose module is not installed is left out.
    roles: tuple[str, ...]

    @property
    def password(self) -> str:
        """The password that the sign-in page shows."""
        return f"lamplit-{self.login}"


SAMPLE_PEOPLE = (
    SamplePerson("admin", "周敏", (ADMINISTRATOR,)),
    SamplePerson("sales", "王伟", ("sales_member", "sales_head")),
    SamplePerson("finance", "李静", ("finance_member", "finance_head")),
    SamplePerson("warehouse", "张强", ("warehouse_member", "warehouse_head")),
    SamplePerson("service", "陈洁", ("service_member", "service_head")),
)


def add_sample_people() -> tuple[SamplePerson, ...]:
    """Take on the people of the sample company, and return them with their passwords."""
    known = roles()
    for each in SAMPLE_PEOPLE:
        given = [role for role in each.roles if role in known]
        create_person(each.login, each.name, given, password=each.password, is_sample=True)
    return SAMPLE_PEOPLE


def shown_people() -> list[SamplePerson]:
    """Return whose password the sign-in page shows: in the sample company, until it is changed."""
    if not company().is_sample:
        return []
    query = select(PersonRow.login).where(PersonRow.is_sample, PersonRow.active)
    unchanged = set(db.session.scalars(query))
    return [each for each in SAMPLE_PEOPLE if each.login in unchanged]
