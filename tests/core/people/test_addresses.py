"""After signing in a person goes back to a page of this installation, never to another server."""

import pytest

from core.people.addresses import is_local, local_or_home


@pytest.mark.parametrize("address", ["/", "/sales/orders?stage=open&q=%20", "/deals/SO-2026-0001"])
def test_a_path_of_this_server_is_followed(address):
    assert is_local(address)
    assert local_or_home(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "javascript:alert(1)",
        "evil.example",
        "",
        None,
    ],
)
def test_whatever_could_lead_elsewhere_leads_home(address):
    assert local_or_home(address) == "/"
