"""One card for each customer, shared by everybody."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete

from core.customers import queries, services
from core.customers.drafts import AddressDraft, CustomerDraft, PhoneDraft
from core.customers.errors import CustomerCodeTaken, CustomerNotFound
from core.customers.models import CustomerAlias
from core.customers.resolution import forget_aliases, resolve, same_customer
from core.db import db, reading
from core.errors import EditedMeanwhile, InvalidInput


def a_customer(acting, name, *phones) -> UUID:
    with acting("admin"):
        return services.create_customer(name, phones).id


def names(app, **query):
    with reading(app):
        return [row.name for row in queries.customers(**query).items]


def test_a_card_keeps_what_was_typed_and_is_found_by_what_it_means(app, acting) -> None:
    with acting("admin"):
        card = services.create_customer(
            "  上海晨光文具有限公司 ",
            [PhoneDraft("１３８ ００１３ ８０００", "老板"), "021-52345678-801"],
            [AddressDraft("上海市徐汇区漕溪北路18号", "仓库", "李师傅")],
            note="上午送货",
        ).id

    with reading(app):
        card = queries.customer(card)
        assert (card.name, card.note) == ("上海晨光文具有限公司", "上午送货")
        assert [phone.shown for phone in card.phones] == [
            "１３８ ００１３ ８０００",
            "021-52345678-801",
        ]
        assert [phone.number for phone in card.phones] == ["+8613800138000", "+862152345678"]
        assert card.phones[1].extension == "801"
        assert (card.addresses[0].text, card.addresses[0].contact) == (
            "上海市徐汇区漕溪北路18号",
            "李师傅",
        )
    for question in ("shcg", "晨光", "13800138000", "138 0013", "52345678", "上海晨光文具有限公司"):
        assert names(app, q=question) == ["上海晨光文具有限公司"], question


def test_bad_input_names_every_field_and_writes_nothing(app, acting) -> None:
    with pytest.raises(InvalidInput) as refused, acting("admin"):
        services.create_customer(
            " ", ["none", "13800138000", "12"], [AddressDraft("", "家")], note="x" * 4001
        )

    assert set(refused.value.errors) == {"name", "phones.0", "phones.2", "addresses.0", "note"}
    assert names(app) == []


def test_what_a_database_cannot_store_is_taken_out(app, acting) -> None:
    with acting("admin"):
        card = services.create_customer("王\x00伟\ud800", note="a\x00b\nc").id

    with reading(app):
        assert queries.customer(card).name == "王 伟"
        assert queries.customer(card).note == "a b\nc"


def test_the_same_number_twice_on_one_card_is_one_number(acting) -> None:
    with acting("admin"):
        card = services.create_customer("王伟", ["13800138000", "+86 138 0013 8000"])

        assert len(card.phones) == 1


def test_a_change_replaces_phones_and_is_found_anew(app, acting) -> None:
    card = a_customer(acting, "王伟", "13800138000")

    with acting("admin"):
        services.change_customer(card, name="王小伟", phones=["13900139000"], version=1)

    assert names(app, q="13900139000") == ["王小伟"]
    assert names(app, q="13800138000") == []
    assert names(app, q="wxw") == ["王小伟"]
    with reading(app):
        assert queries.customer(card).version == 2


def test_nobody_saves_over_what_somebody_else_saved(acting) -> None:
    card = a_customer(acting, "王伟", "13800138000")
    with acting("admin"):
        services.change_customer(card, phones=["13900139000"], version=1)

    with pytest.raises(EditedMeanwhile), acting("admin"):
        services.change_customer(card, note="Calls in the morning", version=1)


def test_a_number_that_another_card_has_is_pointed_out(acting) -> None:
    with acting("admin"):
        husband = services.create_customer("张三", ["021-52345678", "13800138000"])
        wife = services.create_customer("李四", ["+86 138 0013 8000"])
        services.create_customer("王五", ["13900139000"])

        alike = queries.same_phone(["+8613800138000"], besides=wife.id)

        assert [row.id for row in alike] == [husband.id]


def test_a_platforms_passing_number_matches_nobody(acting) -> None:
    with acting("admin"):
        services.create_customer("甲", ["13800138000转1234"])

        assert queries.same_phone(["+8613800138000"]) == []


def test_the_list_is_in_the_order_of_sound_and_continues_by_key(app, acting) -> None:
    with acting("admin"):
        for name in ("张三", "曾国藩", "Baker", "李四", "阿里", "Adam"):
            services.create_customer(name)

    seen, after = [], None
    while True:
        with reading(app):
            page = queries.customers(limit=2, after=after)
            seen += [row.name for row in page.items]
        if page.next is None:
            break
        after = page.next

    assert seen == ["Adam", "阿里", "Baker", "李四", "曾国藩", "张三"]


def test_many_cards_at_once_are_found_like_single_ones(app, acting) -> None:
    drafts = [
        CustomerDraft(f"客户{n}", [PhoneDraft(f"1380000{n:04d}")], code=f"C{n}")
        for n in range(1200)
    ]

    with acting("admin"):
        ids = services.create_customers(drafts)

    assert len(set(ids)) == 1200
    assert names(app, q="13800000777") == ["客户777"]
    with reading(app):
        assert queries.ids_by_code(["C5", "C6", "C9999"]) == {"C5": ids[5], "C6": ids[6]}
        assert queries.customer_count() == 1200


def test_two_cards_cannot_have_one_number_of_another_system(acting) -> None:
    with acting("admin"):
        services.create_customer("甲", code="K-1")

    with pytest.raises(CustomerCodeTaken), acting("admin"):
        services.create_customer("乙", code="K-1")


def test_merged_cards_are_one_customer_at_once_and_two_again_when_undone(app, acting) -> None:
    first, second, third = (a_customer(acting, name) for name in ("王伟", "王 伟", "WANG Wei"))

    with acting("admin"):
        assert resolve(third) == third
        db.session.add(CustomerAlias(alias_id=second, customer_id=first))
        db.session.add(CustomerAlias(alias_id=third, customer_id=second))
        db.session.flush()
        forget_aliases()

        assert {resolve(one) for one in (first, second, third)} == {first}
        assert same_customer(third) == {first, second, third}

    assert names(app) == ["王伟"]
    with reading(app):
        assert queries.customer(third).id == first

    with acting("admin"):
        db.session.execute(delete(CustomerAlias))

    with reading(app):
        assert queries.customer(third).id == third


def test_an_unknown_customer_is_not_found(app) -> None:
    with reading(app), pytest.raises(CustomerNotFound):
        queries.customer(uuid4())
