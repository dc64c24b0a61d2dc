"""A filter that is misspelt is refused: else everything would be listed as if it fitted."""


def test_every_list_refuses_a_filter_that_it_does_not_know(api):
    document = api.get("openapi.json").json
    asked = [
        path.removeprefix("/api/v1/")
        for path, operations in document["paths"].items()
        if "{" not in path
        and any(one["in"] == "query" for one in operations.get("get", {}).get("parameters", ()))
    ]
    assert {"bus/events", "customers", "trail", "tasks"} <= set(asked)

    for path in asked:
        refused = api.get(path, nonsense="1")
        assert refused.status_code == 422, path
        assert "nonsense" in [error["field"] for error in refused.json["errors"]], path


def test_events_are_narrowed_by_their_type(api):
    api.post("customers", {"name": "李丽"})

    every = api.get("bus/events", type="customers.card_changed").json["items"]

    assert [one["type"] for one in every] == ["customers.card_changed"]
    assert api.get("bus/events", type="sales.order_placed").json["items"] == []
