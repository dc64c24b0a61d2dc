"""Customers over REST."""

from uuid import uuid4


def test_a_program_opens_changes_and_finds_a_card(api) -> None:
    made = api.post(
        "customers",
        {
            "name": "李娜",
            "phones": ["13800138000", {"number": "021-52345678", "label": "家"}],
            "addresses": ["杭州市文三路1号"],
        },
    )

    assert made.status_code == 201
    card = made.json
    assert card["phones"] == ["13800138000", "021-52345678"]
    assert card["phone_details"][1]["label"] == "家"
    assert card["addresses"] == ["杭州市文三路1号"]
    assert (card["owed"], card["currency"]) == ("0.00", "CNY")

    changed = api.patch(f"customers/{card['id']}", {"note": "VIP", "version": card["version"]})
    assert (changed.status_code, changed.json["note"]) == (200, "VIP")
    assert changed.json["phones"] == card["phones"]
    assert api.get(f"customers/{card['id']}").json["note"] == "VIP"
    assert [one["name"] for one in api.get("customers", q="ln").json["items"]] == ["李娜"]
    assert api.get("customers", q="nobody").json == {"items": [], "next": None}


def test_a_stale_change_is_refused(api) -> None:
    card = api.post("customers", {"name": "李娜"}).json
    api.patch(f"customers/{card['id']}", {"note": "one", "version": 1})

    refused = api.patch(f"customers/{card['id']}", {"note": "two", "version": 1})

    assert (refused.status_code, refused.json["code"]) == (409, "edited_meanwhile")


def test_a_second_card_with_the_number_names_the_first(api) -> None:
    first = api.post("customers", {"name": "张三", "phones": ["13800138000"]}).json

    second = api.post("customers", {"name": "李四", "phones": ["+86 138 0013 8000"]})

    assert second.status_code == 201
    assert second.json["same_phone"] == [{"id": first["id"], "name": "张三"}]


def test_bad_input_says_which_field_and_what_to_enter(api) -> None:
    refused = api.post("customers", {"name": "", "phones": ["x", 5], "colour": "red"})

    assert refused.status_code == 422
    assert refused.content_type == "application/problem+json"
    assert {error["field"] for error in refused.json["errors"]} == {"phones.1", "colour"}

    refused = api.post("customers", {"name": "", "phones": ["x"]})
    assert {error["field"] for error in refused.json["errors"]} == {"name", "phones.0"}


def test_only_known_people_and_cards(api, app) -> None:
    assert api.get(f"customers/{uuid4()}").json["code"] == "customer_not_found"
    assert api.get("customers/unknown").status_code == 404
    assert app.test_client().get("/api/v1/customers").status_code == 401


def test_pages_continue_by_their_key(api) -> None:
    for number in range(5):
        api.post("customers", {"name": f"Customer {number}"})

    first = api.get("customers", limit=3).json
    second = api.get("customers", limit=3, after=first["next"]).json

    assert [one["name"] for one in first["items"] + second["items"]] == [
        f"Customer {n}" for n in range(5)
    ]
    assert second["next"] is None
    assert api.get("customers", after="rubbish").status_code == 422
    assert api.get("customers", limit=0).status_code == 422
