"""Who may see what of a card, and the trail it leaves."""

import pytest

from core.clock import today
from core.customers import services
from core.customers.drafts import ContactDraft
from core.customers.models import CustomerAccess
from core.db import db, reading
from core.people.services import create_person
from core.tasks import services as tasks
from core.tasks.kinds import TaskKind, task_kind
from core.testing.clients import person_called

ID = "990101198809260024"
task_kind(TaskKind("testing.card_visit", "Visit", "sales.sell"))


@pytest.fixture
def card(acting, app):
    """A card of one salesperson, and a colleague who has nothing to do with it."""
    with acting("admin"):
        owner, _password = create_person("wang", "王芳", ["sales_member"], password="lamplit-wang")
        create_person("zhao", "赵云", ["sales_member"], password="lamplit-zhao")
        return services.create_customer(
            "李丽",
            ["13800138001"],
            note="Divorced",
            prefers="Evenings",
            resident_id=ID,
            seller_id=owner,
            contacts=[ContactDraft("son", "张小宇")],
        ).id


def test_family_and_notes_are_for_those_who_have_to_do_with_her(client, card, acting) -> None:
    for login in ("wang", "admin", "service"):
        page = client(login).get(f"/customers/{card}").text
        assert "张小宇" in page, login
        assert "Divorced" in page, login

    colleague = client("zhao")
    page = colleague.get(f"/customers/{card}").text
    assert "张小宇" not in page
    assert "Divorced" not in page
    for words in ("李丽", "13800138001", "Evenings", "王芳"):
        assert words in page

    with acting("sales"):
        ask = tasks.Ask(
            kind="testing.card_visit",
            unique_key="v",
            title="Call",
            due_on=today(),
            customer_id=card,
        )
        tasks.ask_many([ask])
    assert "张小宇" in colleague.get(f"/customers/{card}").text


def test_a_list_shows_a_colleagues_customers_by_the_ends_of_their_numbers(client, card) -> None:
    assert "138****01" in client("zhao").get("/customers").text
    assert "13800138001" not in client("zhao").get("/customers").text
    assert "13800138001" in client("wang").get("/customers").text


def test_what_somebody_may_not_see_she_does_not_wipe_out(client, card, app) -> None:
    colleague = client("zhao")
    form = colleague.get(f"/customers/{card}/edit").text
    assert "Divorced" not in form
    assert "张小宇" not in form

    saved = colleague.post(
        f"/customers/{card}/edit", data={"name": "李丽丽", "kind": "person", "version": "1"}
    )

    assert saved.status_code == 303
    page = client("admin").get(f"/customers/{card}").text
    assert "李丽丽" in page
    assert "Divorced" in page
    assert "张小宇" in page
    assert "990101********0024" in page


def test_the_whole_id_number_needs_a_permission_and_leaves_a_trail(client, api_as, card, app):
    assert client("zhao").post(f"/customers/{card}/resident-id").status_code == 403
    assert client("wang").post(f"/customers/{card}/resident-id").status_code == 403

    assert ID in client("admin").post(f"/customers/{card}/resident-id").text
    assert api_as("service").post(f"customers/{card}/resident-id").json == {"resident_id": ID}

    with reading(app):
        seen = db.session.scalars(db.select(CustomerAccess).order_by(CustomerAccess.at)).all()
        who = [(row.what, row.customer_id, row.person_id) for row in seen]
    assert who == [
        ("resident_id", card, person_called(app, login).id) for login in ("admin", "service")
    ]


def test_programs_are_told_what_is_left_out(api_as, card) -> None:
    shown = api_as("zhao").get(f"customers/{card}").json
    assert (shown["private"], shown["contacts"], shown["note"]) == (True, [], "")
    assert "resident_id" not in shown
    assert api_as("wang").get(f"customers/{card}").json["private"] is False
