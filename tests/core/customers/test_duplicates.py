"""Cards that may be the same customer: noticed while typing, listed, compared, kept apart."""

import pytest

from core.customers import services
from core.customers.duplicates import BY, Typed, alike, groups
from core.customers.merging import keep_apart, merge

ID, USCC = "990101198809260024", "91990101MA0DEM021N"


@pytest.fixture
def known(acting):
    """A person and a company who are in the books."""
    with acting("sales"):
        person = services.create_customer("李丽", ["13800138001"], area="长宁", resident_id=ID).id
        company = services.create_customer("晨光公司", kind="company", uscc=USCC).id
    return {"person": person, "company": company}


@pytest.mark.parametrize(
    ("typed", "whom", "why"),
    [
        (Typed(numbers=["+8613800138001"]), "person", ("phone",)),
        (Typed(resident_id=f" {ID[:6]} {ID[6:]}"), "person", ("resident_id",)),
        (Typed(uscc=USCC.lower()), "company", ("uscc",)),
        (Typed(name="黎莉", area="长宁"), "person", ("name_area",)),
        (Typed(name="力丽", numbers=["+8613911118001"]), "person", ("name_tail",)),
        (Typed(name="李 丽"), "person", ("name",)),
        (Typed(name="晨光公司"), "company", ("name",)),
    ],
)
def test_somebody_known_is_noticed(acting, known, typed, whom, why) -> None:
    with acting("sales"):
        found = [(each.customer.id, each.reasons) for each in alike(typed)]

    assert found == [(known[whom], why)]


def test_who_only_sounds_alike_is_left_in_peace(acting, known) -> None:
    with acting("sales"):
        assert alike(Typed(name="黎莉")) == []
        assert alike(Typed(name="王伟", area="长宁")) == []
        assert alike(Typed(resident_id="12", uscc="12")) == []


def test_a_common_name_alone_says_nothing(acting) -> None:
    with acting("sales"):
        for _each in range(7):
            services.create_customer("王伟")
        assert alike(Typed(name="王伟")) == []


def test_it_is_said_under_the_form_while_it_is_filled_in(client, known) -> None:
    sales = client("sales")
    said = sales.post("/customers/alike", data={"name": "黎莉", "area": "长宁"})
    assert str(known["person"]) in said.text
    assert "同区域" in said.text


def test_each_kind_of_likeness_has_its_list(acting, client) -> None:
    alike_ = {
        "phone": {"phones": ["13800138001"]},
        "resident_id": {"resident_id": ID},
        "uscc": {"uscc": USCC},
        "company": {"kind": "company"},
        "name": {"area": "长宁"},
    }
    with acting("sales"):
        for by, facts in alike_.items():
            name = f"{by} 李丽" if by in ("company", "name") else ""
            first = services.create_customer(name or f"{by} 一", **facts)
            second = services.create_customer(name or f"{by} 二", **facts)
            pair = {first.id, second.id}
            assert [{one.id for one in each.customers} for each in groups(by).items] == [pair]
    for by in BY:
        page = client("sales").get(f"/customers/duplicates?by={by}")
        assert page.status_code == 200
        assert "/compare/" in page.text
    assert client("sales").get("/customers/duplicates?by=luck").status_code == 404


def test_lists_go_on_page_by_page(acting) -> None:
    with acting("sales"):
        for number in range(5):
            for name in ("一", "二"):
                services.create_customer(name, [f"1380013800{number}"])
        seen, after = [], None
        while True:
            page = groups("phone", limit=2, after=after)
            seen += [group.shared for group in page.items]
            if (after := page.next) is None:
                break
    assert seen == [f"+861380013800{number}" for number in range(5)]


def test_two_customers_that_look_alike_are_named_no_more(acting, known, client) -> None:
    with acting("sales"):
        wife = services.create_customer("张伟", ["13800138001"]).id
        assert [each.customer.id for each in alike(Typed(numbers=["+8613800138001"]), wife)]

        keep_apart(wife, known["person"])

        assert alike(Typed(numbers=["+8613800138001"]), wife) == []
        assert groups("phone").items == []


def test_what_is_merged_is_no_duplicate_any_more(acting, known) -> None:
    with acting("sales"):
        second = services.create_customer("李莉", ["13800138001"]).id
        merge(known["person"], second)
        assert groups("phone").items == []
        assert alike(Typed(numbers=["+8613800138001"]), known["person"]) == []
        assert [each.customer.id for each in alike(Typed(numbers=["+8613800138001"]))] == [
            known["person"]
        ]


def test_on_the_screen_two_are_compared_merged_and_set_apart(client, acting, known) -> None:
    with acting("sales"):
        second = services.create_customer("李莉", ["13900139002"]).id
    first, sales = known["person"], client("sales")

    shown = sales.get(f"/customers/{first}/compare/{second}").text
    assert "李丽" in shown
    assert "李莉" in shown

    merged = sales.post(f"/customers/{first}/merge/{second}", follow_redirects=True).text
    assert "13900139002" in merged
    assert "可以在下面撤销" in merged
    assert sales.get(f"/customers/{second}").location.endswith(str(first))

    apart = sales.post(f"/customers/{second}/unmerge", follow_redirects=True).text
    assert "李莉" in apart
    assert sales.get(f"/customers/{second}").status_code == 200
