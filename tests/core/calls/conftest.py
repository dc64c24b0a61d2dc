"""People who are called, and a telephone system with a login of its own."""

import pytest

from core.db import unit_of_work
from core.people import services
from core.people.queries import person_by_login
from core.people.roles import TELEPHONE_SYSTEM
from core.testing.clients import ApiClient


@pytest.fixture
def telephone(app):
    """The telephone system's program."""
    with unit_of_work(app):
        services.create_person("pbx", "电话交换机", [TELEPHONE_SYSTEM], password="ring-ring-2026")
    return ApiClient(app, "pbx")


@pytest.fixture
def answers(app):
    """Give somebody an extension: answers("sales", "8012")."""

    def give(login, extension):
        with unit_of_work(app):
            row = services.person(person_by_login(login).id)
            services.edit_person(row.id, row.name, row.role_names, row.language, extension)
            return row.id

    return give


@pytest.fixture
def li(api):
    """A customer with a number."""
    card = {"name": "李丽", "phones": ["138 0013 8000"]}
    return api.post("customers", card).json["id"]
