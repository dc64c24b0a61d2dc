"""The company's own name and numbers: written once by the owner, and printed everywhere."""

import pytest

WORDS = {
    "name": "杭州灯火贸易有限公司",
    "phone": "0571-8888 0000",
    "address": "杭州市西湖区文三路 1 号",
    "tax_number": "91330100MA2ABCDE1X",
    "bank_account": "中国银行 6217 0000 0000",
}


@pytest.fixture
def owner(client):
    return client("admin")


def test_what_is_written_stands_on_every_page_for_customers(owner, visitor):
    done = owner.post("/company", data=WORDS)
    assert (done.status_code, done.headers["Location"]) == (303, "/company")

    page = owner.get("/company").text
    assert all(f'value="{words}"' in page for words in WORDS.values())
    assert WORDS["name"] in visitor.get("/w").text


def test_a_company_without_a_name_is_refused_and_what_was_typed_stays(owner):
    done = owner.post("/company", data={**WORDS, "name": " "})

    assert done.status_code == 422
    assert WORDS["address"] in done.text
    assert WORDS["name"] not in owner.get("/company").text


def test_too_long_a_number_is_refused_at_its_field(owner):
    done = owner.post("/company", data={**WORDS, "tax_number": "9" * 41})

    assert done.status_code == 422
    assert 'id="f-tax_number-error"' in done.text


def test_only_an_administrator_writes_it(client):
    assert client("sales").get("/company").status_code == 403
    assert client("sales").post("/company", data=WORDS).status_code == 403
