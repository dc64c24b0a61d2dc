"""Where mails reach a customer stands on her card, in the form, by REST and in files."""

from core.customers.models import Customer
from core.db import db, reading, unit_of_work
from core.ids import new_id
from core.imports.customer_files import CustomerLine, Customers
from core.imports.importer import Terms
from core.imports.sheets import Entry


def test_the_form_takes_an_address_and_says_what_is_wrong(client, api):
    browser = client("admin")
    form = {"kind": "person", "name": "李丽", "phones-0-number": "13800138000"}

    wrong = browser.post("/customers/new", data={**form, "email": "nobody"})
    right = browser.post("/customers/new", data={**form, "email": " li@company.com "})

    assert wrong.status_code == 422
    assert "name@company.com" in wrong.text
    assert "nobody" in wrong.text
    customer_id = right.location.rstrip("/").split("/")[-1]
    assert api.get(f"customers/{customer_id}").json["email"] == "li@company.com"
    assert "li@company.com" in browser.get(f"/customers/{customer_id}/edit").text
    assert "li@company.com" in browser.get(f"/customers/{customer_id}").text


def test_programs_give_and_take_it_away(api):
    card = api.post("customers", {"name": "李丽", "email": "li@company.com"}).json
    changed = api.send("PATCH", f"/api/v1/customers/{card['id']}", json={"email": ""})
    refused = api.send("PATCH", f"/api/v1/customers/{card['id']}", json={"email": "x@"})

    assert (card["email"], changed.json["email"]) == ("li@company.com", "")
    assert refused.json["errors"][0]["field"] == "email"


def test_a_file_brings_it(app):
    importer, terms = Customers(), Terms(new_id(), "CNY")
    lines = [CustomerLine("李丽", email="li@company.com"), CustomerLine("王伟", email="wang")]
    entries = [Entry(2, lines[0]), Entry(3, lines[1])]

    with reading(app):
        problems = list(importer.check(entries, terms))
    with unit_of_work(app):
        assert importer.apply(entries[:1], terms) == 1

    assert [each.line for each in problems] == [3]
    with reading(app):
        assert [row.email for row in db.session.query(Customer)] == ["li@company.com"]
